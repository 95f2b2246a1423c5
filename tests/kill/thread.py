"""One homeowner's part of the evidence, and what the ledger alone cannot tell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tests.kill.evidence import Evidence, Heard, Moved, Said
from tests.kill.grammar import Key


@dataclass(frozen=True, slots=True)
class Outside:
    """What the ledger cannot tell. `parked`: MessageSids, or phones with a parked reply. `taken`: phone -> the ledger's
    last line when staff had taken it over. `staff`: phones of staff. `grace`: how long a call that was on its way
    already, or a turn that had begun, may take. `vendors`: where each confirmed project has to be in the end."""

    parked: Collection[str] = ()
    taken: Mapping[str, int] = field(default_factory=dict)
    staff: Collection[str] = ()
    projects: Sequence[str] | None = None
    grace: timedelta = timedelta(seconds=2)
    vendors: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """One homeowner's messages and replies, in the ledger's order."""

    phone: str
    heard: Sequence[Heard]
    said: Sequence[Said]
    evidence: Evidence
    outside: Outside

    def answers(self, key: Key | None) -> list[Said]:
        return [item for item in self.said if item.key == key]

    @property
    def moves(self) -> list[Moved]:
        """What was done at vendors with this homeowner's project."""
        return [item for item in self.evidence.moved if item.phone == self.phone]

    def is_parked(self) -> bool:
        """Whether something of this homeowner's waits for staff."""
        return bool({self.phone, *(item.sid for item in self.heard)} & set(self.outside.parked))

    def silenced(self) -> int | None:
        """The line from which on the bot had to be silent: STOP, a request for a person, or a take-over."""
        asked = [item.seq for item in self.heard if item.key and item.key[0] in ("stop", "person")]
        taken = [self.outside.taken[self.phone]] if self.phone in self.outside.taken else []
        return min((*asked, *taken), default=None)


def is_ambiguous(thread: Thread, again: Said) -> bool:
    """Twilio had accepted the first one, but had neither told us nor shown it in its list when we said it again."""
    before = [item for item in thread.answers(again.key) if item.seq < again.seq]
    told = any(item.proven is not None and item.proven < again.seq for item in before)
    hidden = any(before and before[0].seq < line < again.seq for line in thread.evidence.blind)
    return hidden and not told
