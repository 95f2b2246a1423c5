"""The working copy of a state during one turn: what has changed so far, and what is to be said and done."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.definition import Flow, Slot
from flows.effects import AlertStaff, Effect, Option
from flows.events import Event, MessageReceived, News, VendorEvent
from flows.facts import list_facts, voice_of
from flows.merging import Bubble
from flows.pending import find_ending, list_together
from flows.state import Phase, SlotValue, State
from flows.wording import Voice, has_text, option_of, render

IDLE_OPTIONS: dict[Phase, tuple[str, ...]] = {"cancelled": ("start", "undo")}


class Draft:
    """Mutable, lives for one turn and never leaves it.

    `opening` is the item that was pending when the turn began. `touched` names the slots given in this turn, `changed`
    the old values of those that had another one, `added` those that had none. `understood`: something in the message
    was carried out. `missed`: the pending question was tried and not answered. `quiet`: no question after this turn.
    `fresh`: ask in full, as if for the first time. `heard`: words
    that no command carries were answered already. `form`: a wording of the pending question that suits what was said.
    """

    def __init__(self, flow: Flow, state: State, event: Event, now: datetime) -> None:
        self.flow, self.before, self.event, self.now = flow, state, event, now
        self.slots = dict(state.slots)
        self.attempts = dict(state.attempts)
        self.doubts = dict(state.doubts)
        self.agenda = list(state.agenda)
        self.skipped = list(state.skipped)
        self.trail = list(state.trail)
        self.flow_name, self.flow_version, self.flow_hash = state.flow, state.flow_version, state.flow_hash
        self.phase, self.control, self.opted_out = state.phase, state.control, state.opted_out
        self.language, self.market = state.language, state.market
        self.asked, self.undo = state.asked, state.undo
        self.project, self.nudges, self.heard_at = state.project, state.nudges, state.heard_at
        self.silenced: list[News] = list(state.silenced)
        self.files = state.files
        self.leaning, self.echo = state.leaning, state.echo
        self.turn = state.turn + 1
        self.opening: str | None = None
        self.touched: set[str] = set()
        self.changed: dict[str, SlotValue] = {}
        self.added: list[str] = []
        self.understood = self.missed = self.quiet = self.fresh = self.repeat = False
        self.form = ""
        self.heard = False
        self.bubbles: list[Bubble] = []
        self.effects: list[Effect] = []

    @property
    def message(self) -> MessageReceived | None:
        return self.event if isinstance(self.event, MessageReceived) else None

    @property
    def message_id(self) -> str:
        return self.event.message_id if isinstance(self.event, MessageReceived) else ""

    @property
    def on_duty(self) -> bool:
        return isinstance(self.event, MessageReceived | VendorEvent) and self.event.on_duty

    @property
    def voice(self) -> Voice:
        return voice_of(self.slots, self.language, self.market)

    @property
    def name(self) -> str:
        """The contact's name for staff: as given, else as their profile says."""
        held = self.slots.get("name")
        if held is not None:
            return str(held.value)
        return (self.message.profile_name if self.message else "") or "The contact"

    @property
    def has_news(self) -> bool:
        """Whether any value on file is another one than before the turn."""
        before = self.before.slots
        return any(
            name not in before or name not in self.slots or before[name].value != self.slots[name].value
            for name in before.keys() | self.slots.keys()
        )

    def slot(self, name: str) -> Slot:
        return self.flow.by_name[name]

    def follows(self, name: str | None) -> bool:
        """Whether the slot comes after submission: a fact that is told, or a question that one raised."""
        return name in self.flow.follow_ups

    def asks_consent(self, item: str | None) -> bool:
        return item in self.flow.by_name and self.flow.by_name[item].kind == "consent"

    def say(self, key: str, options: tuple[Option, ...] = (), menu: str = "", **params: Any) -> None:
        """A bubble of ordinary wording."""
        self.bubbles.append(Bubble(key, render(key, self.language, **params), options, menu))

    def vary(self, key: str) -> None:
        """A bubble that may be due twice running: its wordings take turns."""
        self.say(self.pick_variant(key))

    def pick_variant(self, key: str) -> str:
        """The key, or its next other wording."""
        variants = [each for each in (key, f"{key}_again", f"{key}_more") if has_text(each, self.language)]
        count = self.attempts.get(f"said:{key}", 0)
        self.attempts[f"said:{key}"] = count + 1
        return variants[count % len(variants)]

    def idle(self) -> None:
        """What to say when nothing is asked: how things stand, and what can be tapped to go on."""
        ending = find_ending(self.flow, self.slots, self.market)
        options = ending.options if ending and self.phase == ending.phase else IDLE_OPTIONS.get(self.phase, ())
        self.say(self.pick_variant(f"idle.{self.phase}"), self.offer(*options))

    def insist(self, key: str) -> None:
        """Safety words and opt-out confirmations: said whoever owns the conversation."""
        self.bubbles.append(Bubble(key, render(key, self.language), always=True))

    def offer(self, *option_ids: str) -> tuple[Option, ...]:
        return tuple(option_of(option_id, self.language, self.market) for option_id in option_ids)

    def do(self, effect: Effect) -> None:
        if effect not in self.effects:
            self.effects.append(effect)

    def alert(self, reason: str, summary: str) -> None:
        """Tell staff, with everything known of the project."""
        facts = list_facts(self.flow, self.slots, voice_of(self.slots, "en", self.market), self.skipped)
        self.do(AlertStaff(reason, summary, facts))

    def count_miss(self, item: str, most: int) -> int:
        """How often the item was asked for in vain, this time included, `most` at most."""
        self.attempts[item] = min(self.attempts.get(item, 0) + 1, most)
        return self.attempts[item]

    def settle(self, item: str) -> None:
        """Take an item off the agenda, with what it kept."""
        if item in self.agenda:
            self.agenda.remove(item)
        self.attempts.pop(item, None)
        if item.startswith("confirm:"):
            for name in self.list_together(item.removeprefix("confirm:")):
                self.doubts.pop(name, None)

    def list_together(self, name: str) -> list[str]:
        """The slot, and those of its row that a bill says along with it: one question confirms them all."""
        return list_together(self.flow, self.doubts, self.agenda, name)

    def raise_item(self, item: str) -> None:
        """Put an item first on the agenda."""
        self.settle(item)
        self.agenda.insert(0, item)

    def keep_state(self) -> State:
        """The state after the turn."""
        return replace(
            self.before,
            flow=self.flow_name, flow_version=self.flow_version, flow_hash=self.flow_hash,
            phase=self.phase, language=self.language, slots=self.slots, skipped=tuple(self.skipped), asked=self.asked,
            attempts=self.attempts, agenda=tuple(self.agenda), doubts=self.doubts, trail=tuple(self.trail),
            undo=self.undo, control=self.control, opted_out=self.opted_out, turn=self.turn, project=self.project,
            nudges=self.nudges, heard_at=self.heard_at, silenced=tuple(self.silenced), files=self.files,
            leaning=self.leaning, echo=self.echo,
        )  # fmt: skip
