"""The offline judge of a crash test: reads Twilio's ledger, what is parked and when staff took over; no job state.

What must hold, for each homeowner: every message that Twilio has is answered or parked; every reply is said once; the
replies come in the order of their messages and build on one another; nothing is said after STOP or after a take-over.
Each has one project at each vendor, and hears once of everything that happens to it there.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.kill.evidence import Evidence, Heard, Said
from tests.kill.grammar import NEWS, UNPROMPTED, Key, read_change
from tests.kill.news import NEWS_RULES, find_project_faults
from tests.kill.thread import Outside, Thread, is_ambiguous


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that must never be. `kind` is one of the names of `RULES`' functions."""

    kind: str
    phone: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.phone}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ambiguous` are replies said twice where nobody could have known about the first."""

    violations: list[Violation]
    ambiguous: list[Said]


def judge(evidence: Evidence, outside: Outside | None = None) -> Verdict:
    """Every rule over every homeowner of the ledger."""
    known = outside or Outside()
    threads = _split(evidence, known)
    found = [Violation(name, thread.phone, text) for thread in threads for name, rule in RULES for text in rule(thread)]
    found += [Violation("alert said twice", phone, text) for phone in known.staff for text in _twice(evidence, phone)]
    found += [Violation("project", phone, text) for phone, text in _compare_projects(threads, known)]
    found += [Violation(kind, phone, text) for kind, phone, text in find_project_faults(evidence, threads, known)]
    return Verdict(found, [item for thread in threads for item in _repeats(thread) if is_ambiguous(thread, item)])


def find_unanswered(thread: Thread) -> list[str]:
    """Messages without an answer; STOP, a person asked for and a take-over end what must be answered before them."""
    waiting = [item for item in thread.heard if not thread.answers(item.key) and not _is_excused(thread, item)]
    return [f"{item.sid} “{item.text}” (acknowledged: {item.acked is not None})" for item in waiting]


def find_repeated(thread: Thread) -> list[str]:
    """Replies said more often than asked for."""
    return [_quote(item) for item in _repeats(thread) if not is_ambiguous(thread, item)]


def find_stray(thread: Thread) -> list[str]:
    """Replies to nothing that this homeowner wrote."""
    asked = {*(item.key for item in thread.heard), *_unprompted(), *((kind, "") for kind, _ in NEWS)}
    return [_quote(item) for item in thread.said if item.key is None or item.key not in asked]


def find_disorder(thread: Thread) -> list[str]:
    """Replies in another order than their messages; messages on their way at the same time have no order."""
    first = {item.key: item.seq for item in reversed(thread.said)}
    found = []
    for earlier, later in _ordered_pairs(thread.heard):
        if first.get(earlier.key, 0) > first.get(later.key, thread.evidence.last):
            found.append(f"“{later.text}” was answered before “{earlier.text}”")
    return found


def find_broken_chain(thread: Thread) -> list[str]:
    """Corrections that do not build on the one before: a turn was lost, or two read the same state."""
    if thread.is_parked():
        return []
    changes = [change for item in thread.said if (change := read_change(item.text))]
    once = list(dict.fromkeys(changes))
    broken = [(before, after) for before, after in pairwise(once) if before[1] != after[0]]
    return [f"${old} → ${new}, and then ${later_old} → ${later}" for (old, new), (later_old, later) in broken]


def find_speech_after_stop(thread: Thread) -> list[str]:
    """Anything after the confirmation of STOP, or long after STOP was acknowledged."""
    stops = [item for item in thread.heard if item.key == ("stop", "")]
    if not stops:
        return []
    confirmed = [item.seq for item in thread.answers(("stop", ""))]
    late = [item for item in thread.said if confirmed and item.seq > confirmed[0] and item.key != ("stop", "")]
    return [_quote(item) for item in {*late, *_say_late(thread, stops[0].acked, ("stop", ""))}]


def find_speech_after_handoff(thread: Thread) -> list[str]:
    """Anything after staff own the conversation, but for a call that was on its way when they took it."""
    begun = [item.seq for item in thread.answers(("person", ""))]
    late = [item for item in thread.said if begun and item.seq > begun[0] and item.key != ("person", "")]
    return [_quote(item) for item in {*late, *_say_late(thread, thread.outside.taken.get(thread.phone))}]


RULES: Sequence[tuple[str, Callable[[Thread], list[str]]]] = (
    ("unanswered", find_unanswered),
    ("said twice", find_repeated),
    ("said to nobody", find_stray),
    ("out of order", find_disorder),
    ("broken chain", find_broken_chain),
    ("spoke after STOP", find_speech_after_stop),
    ("spoke after a take-over", find_speech_after_handoff),
    *NEWS_RULES,
)


def _split(evidence: Evidence, outside: Outside) -> list[Thread]:
    heard: dict[str, list[Heard]] = {}
    said: dict[str, list[Said]] = {}
    for message in evidence.heard:
        heard.setdefault(message.phone, []).append(message)
    for reply in evidence.said:
        said.setdefault(reply.phone, []).append(reply)
    phones = [phone for phone in {**heard, **said} if phone not in outside.staff]
    return [Thread(phone, heard.get(phone, ()), said.get(phone, ()), evidence, outside) for phone in phones]


def _is_excused(thread: Thread, item: Heard) -> bool:
    if item.sid in thread.outside.parked or thread.phone in thread.outside.parked:
        return True
    return thread.silenced() is not None and item.key not in (("stop", ""), ("person", ""))


def _repeats(thread: Thread) -> list[Said]:
    """Replies beyond as many as there are messages that call for them; replies to nothing are another rule's."""
    left = Counter([*(item.key for item in thread.heard), *_unprompted()])
    asked = set(left)
    repeated = []
    for item in thread.said:
        left[item.key] -= 1
        if item.key in asked and left[item.key] < 0:
            repeated.append(item)
    return repeated


def _unprompted() -> list[Key]:
    return [(kind, "") for kind, _ in UNPROMPTED]


def _ordered_pairs(heard: Sequence[Heard]) -> list[tuple[Heard, Heard]]:
    """Pairs of which the first was acknowledged before the second was written."""
    return [
        (earlier, later)
        for number, earlier in enumerate(heard)
        for later in heard[number + 1 :]
        if earlier.acked is not None and earlier.acked < later.seq
    ]


def _say_late(thread: Thread, since: int | None, but: Key | None = None) -> list[Said]:
    """What was said later than `grace` after the line `since`."""
    if since is None:
        return []
    end = thread.evidence.times[since] + thread.outside.grace
    return [item for item in thread.said if item.at > end and (but is None or item.key != but)]


def _compare_projects(threads: Sequence[Thread], outside: Outside) -> list[tuple[str, str]]:
    if outside.projects is None:
        return []
    stored = Counter(outside.projects)
    told = {thread.phone for thread in threads if thread.answers(("consent", ""))}
    lost = [(phone, "told that the request is in, but there is no project") for phone in told - set(stored)]
    doubled = [(phone, f"{count} projects of one request") for phone, count in stored.items() if count > 1]
    return lost + doubled + [(phone, "a project nobody heard of") for phone in set(stored) - told]


def _twice(evidence: Evidence, phone: str) -> list[str]:
    texts = Counter(item.text for item in evidence.said if item.phone == phone)
    return [text[:80] for text, count in texts.items() if count > 1]


def _quote(item: Said) -> str:
    return f"line {item.seq}: “{item.text[:80]}”"
