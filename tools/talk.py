"""One conversation with the real engine and reading, in memory: what the golden transcripts and the terminal share."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.senses import BILLS, lend_senses
from bot.understand import understand
from flows.codec import dump, load
from flows.effects import Effect, Remind, SendMessage
from flows.engine import advance
from flows.events import (
    DocumentRead,
    Event,
    HandoffReturned,
    HandoffTaken,
    MessageReceived,
    News,
    StaffAsked,
    TimerFired,
    VendorEvent,
    VoiceUnheard,
)
from flows.registry import flow_named
from flows.state import State

BEGINNING = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
"""When a transcript begins, so that answers with a date stay the same."""


@dataclass
class Talk:
    """The state is JSON text between turns, as in the database; time passes only when told."""

    market: str = "US"
    language: str = ""
    on_duty: bool = False
    senses: tuple[str, ...] = (BILLS,)
    now: datetime = BEGINNING
    stored: str = ""
    offered: dict[str, str] = field(default_factory=dict)
    reminders: list[tuple[datetime, TimerFired]] = field(default_factory=list)
    heard: int = 0
    sent: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        return load(State, json.loads(self.stored)) if self.stored else State(market=self.market)

    def hear(
        self,
        text: str = "",
        *,
        tap: str = "",
        pin: dict[str, Any] | None = None,
        media: tuple[str, ...] = (),
        voice: bool = False,
    ) -> tuple[Effect, ...]:
        """A contact's message. `tap` is a title that was offered, `media` are content types; LookupError for others.
        `voice`: the text is what was heard in a voice message."""
        self.heard += 1
        self.now += timedelta(minutes=1)
        payload = {
            "kind": "text",
            "text": text,
            "tap": {"payload": self._find_option(tap), "title": tap} if tap else None,
            "pin": {"address": "", "label": "", **pin} if pin else None,
            "media": [
                {"media_id": f"ME{self.heard}-{count}", "content_type": kind} for count, kind in enumerate(media, 1)
            ],
            "channel": "whatsapp",
            "profile_name": "",
            "voice": voice,
        }
        read = understand("message", f"SM{self.heard}", payload, self.state, self.on_duty, self.now.date())
        event = lend_senses(read, payload, self.senses).event
        if self.language and self.state.phase == "new" and isinstance(event, MessageReceived):
            event = replace(event, language=self.language)
        return self._meet(event)

    def _find_option(self, title: str) -> str:
        if title not in self.offered:
            raise LookupError(f"nothing called {title!r} was offered")
        return self.offered[title]

    def wait(self, span: timedelta) -> Iterator[tuple[Effect, ...]]:
        """Time passes, and reminders come due on the way."""
        end = self.now + span
        for due_at, event in sorted(self.reminders, key=lambda each: each[0]):
            if due_at > end:
                continue
            self.reminders.remove((due_at, event))
            if event.about or event.turn == self.state.turn:  # else another turn in between makes it void
                self.now = max(self.now, due_at)
                yield self._meet(event)
        self.now = end

    def hand_over(self, by: str) -> tuple[Effect, ...]:
        return self._meet(HandoffTaken(by))

    def hand_back(self, by: str) -> tuple[Effect, ...]:
        return self._meet(HandoffReturned(by))

    def tell(self, vendor: str, news: tuple[News, ...], project: int = 0) -> tuple[Effect, ...]:
        """What one look at a vendor found new; of the present project unless told another."""
        self.now += timedelta(minutes=1)
        return self._meet(VendorEvent(vendor, project or self.state.project, news, self.on_duty))

    def tell_bill(
        self, bill: dict[str, Any], sure: tuple[str, ...], problems: tuple[str, ...], late: int = 0
    ) -> tuple[Effect, ...]:
        """What the files that were sent last as a bill say; `late`: of so many files less."""
        self.now += timedelta(seconds=8)
        state = self.state
        files = state.files.media_ids if state.files else self.sent
        return self._meet(DocumentRead(files[: len(files) - late], bill, sure, problems))

    def miss_voice(self) -> tuple[Effect, ...]:
        return self._meet(VoiceUnheard(f"ME{self.heard}-1"))

    def ask_staff(self, what: str, by: str) -> tuple[Effect, ...]:
        return self._meet(StaffAsked(what, by))

    def _meet(self, event: Event) -> tuple[Effect, ...]:
        state = self.state
        if state.files is not None:
            self.sent = state.files.media_ids
        turn = advance(flow_named(state.flow), state, event, self.now)
        self.stored = json.dumps(dump(turn.state))
        for effect in turn.effects:
            if isinstance(effect, Remind):
                self.reminders.append((effect.due_at, TimerFired(effect.kind, turn.state.turn, effect.about)))
            elif isinstance(effect, SendMessage):
                self.offered.update({option.title: option.id for option in effect.options})
        return turn.effects
