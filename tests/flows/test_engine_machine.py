"""Whatever people write, in whatever order: what the engine never does."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from flows.asking import LADDER
from flows.codec import dump
from flows.commands import (
    Affirm,
    Cancel,
    Choose,
    Clear,
    Command,
    Correct,
    Handoff,
    OptOut,
    Restart,
    Set,
    Start,
    Unclear,
)
from flows.effects import AlertStaff, SendMessage, SyncProject
from flows.engine import advance
from flows.events import (
    DocumentRead,
    HandoffReturned,
    HandoffTaken,
    Media,
    MessageReceived,
    News,
    TimerFired,
    VendorEvent,
)
from flows.kinds import KINDS
from flows.patterns.answers import SURE
from flows.patterns.tellings import is_worth_telling
from flows.state import State
from tests.flows.cast import INTAKE, Talk, copy_state
from tests.flows.strategies import BILLS, LOOKS, MEDIA, MESSAGES, PROBLEMS, SURE_FIELDS, VALUES, WORDS

FROM_BILLS = {
    "monthly_kwh", "annual_kwh", "monthly_bill", "currency", "utility", "city", "state", "postal_code", "country",
    "bill_document",
}  # fmt: skip
RESETTING = (Restart, Cancel, Clear)
LONGEST_ASKING = 40
MOST_MISSES = 6


class Conversation(RuleBasedStateMachine):
    """Random events against the engine; every rule of the house is an invariant or an assertion after a turn."""

    @initialize(
        market=st.sampled_from(("US", "ZW", "ZA", "ES")), language=st.sampled_from(("en", "es")), sent=st.booleans()
    )
    def begin(self, market: str, language: str, sent: bool) -> None:
        self.talk = Talk(market=market, language=language)
        self.before = self.talk.state
        self.recap: dict | None = None
        self.last_question = ""
        if sent:
            self.talk.hear()
            self.talk.give_all()
            self.talk.hear(Affirm())
            assert self.talk.state.phase == "submitted"

    @rule(commands=MESSAGES, media=MEDIA, on_duty=st.booleans(), minutes=st.sampled_from((1, 5, 60 * 30)))
    def message(self, commands: tuple[Command, ...], media: tuple[Media, ...], on_duty: bool, minutes: int) -> None:
        self._hear(commands, media, on_duty, minutes)

    @rule(bill=BILLS, sure=SURE_FIELDS, problems=PROBLEMS, sends=st.booleans())
    def bill_is_read(self, bill: dict, sure: tuple[str, ...], problems: tuple[str, ...], sends: bool) -> None:
        """It fills gaps and asks; nothing that the contact said is overwritten, and nothing else is touched."""
        if sends:
            self._hear((), (Media("ME1", "application/pdf"),), False, 1)
        before = self.before = self.talk.state
        self.talk.wait(minutes=1)
        files = before.files.media_ids if before.files else ("ME9",)
        self.talk.meet(DocumentRead(files, bill, sure, problems))
        self._check_silence(())
        after = self.talk.state
        changed = {name for name in after.slots if after.slots.get(name) != before.slots.get(name)}
        assert changed <= FROM_BILLS
        said = [name for name in changed if name in before.slots and before.slots[name].source != "document"]
        assert set(said) <= {"bill_document", "currency"}, said
        assert (after.project, after.phase, after.control) == (before.project, before.phase, before.control)
        questions = [message for message in self.talk.did(SendMessage) if message.options]
        assert len(questions) <= 1
        self.last_question = ""

    @rule(names=st.lists(st.sampled_from(sorted(VALUES)), min_size=3, max_size=12, unique=True))
    def many_answers(self, names: list[str]) -> None:
        self._hear(tuple(Set(name, VALUES[name][0]) for name in names), (), False, 1)

    @rule(words=st.sampled_from(WORDS), times=st.integers(1, 7))
    def nonsense(self, words: str, times: int) -> None:
        for _ in range(times):
            self._hear((Unclear(words),), (), False, 1)

    @rule(words=st.sampled_from(WORDS))
    def endless_nonsense(self, words: str) -> None:
        """However long it goes on, the asking ends: every ladder has a last rung, and no slot begins one twice."""
        for _ in range(LONGEST_ASKING):
            self._hear((Unclear(words),), (), False, 1)
        asked = self.talk.state.asked
        assert asked is None or asked.at < self.talk.now

    @rule(words=st.lists(st.sampled_from(WORDS), min_size=MOST_MISSES, max_size=MOST_MISSES), on_duty=st.booleans())
    def unclear_answers(self, words: list[str], on_duty: bool) -> None:
        """Nobody is asked the same for ever: soon it is left open, or a person is called."""
        before = self.talk.state
        if before.asked is None or before.control == "staff" or before.opted_out:
            return
        for each in words:
            self._hear((Unclear(each),), (), on_duty, 1)
        after = self.talk.state
        stuck = after.attempts.get(before.asked.item, 0) >= len(LADDER)
        moved_on = after.asked is None or after.asked.item != before.asked.item
        assert stuck or moved_on or after.control == "staff", before.asked.item

    @rule(on_duty=st.booleans())
    def agree(self, on_duty: bool) -> None:
        self._hear((Affirm(),), (), on_duty, 1)

    @rule(option=st.sampled_from(("skip", "done", "keep", "confirm=yes", "owner=true", "consent=yes")))
    def tap(self, option: str) -> None:
        self._hear((Choose(option),), (), False, 1)

    @precondition(lambda self: self.talk.state.asked is not None)
    @rule(confidence=st.sampled_from((1.0, 0.3)))
    def answer_what_was_asked(self, confidence: float) -> None:
        name = self.talk.state.asked.slot
        if name in VALUES:
            self._hear((Set(name, VALUES[name][0], confidence=confidence),), (), False, 1)

    @rule(late=st.booleans())
    def timer(self, late: bool) -> None:
        self.before = self.talk.state
        self.talk.wait(hours=22)
        self.talk.meet(TimerFired("nudge", self.talk.state.turn - late))
        self._check_silence(())
        assert len(self.talk.effects) <= 1
        assert all(effect.template == "nudge" and effect.unprompted for effect in self.talk.effects)

    @rule(event=st.sampled_from((HandoffTaken("Bob"), HandoffReturned("Bob"))))
    def staff_act(self, event: HandoffTaken | HandoffReturned) -> None:
        self.before = self.talk.state
        self.talk.meet(event)
        self._check_silence(())
        self.last_question = ""

    @rule(news=LOOKS, vendor=st.sampled_from(("opensolar", "aurora", "leap")), earlier=st.booleans())
    def vendor_tells(self, news: tuple[News, ...], vendor: str, earlier: bool) -> None:
        """One look at a vendor is one message at most, and facts are kept whoever owns the conversation."""
        before = self.before = self.talk.state
        project = max(before.project - earlier, 0)
        self.talk.wait(minutes=10)
        self.talk.meet(VendorEvent(vendor, project, news))
        messages = self.talk.did(SendMessage)
        self._check_silence(())
        assert len(messages) <= 1
        assert all(message.unprompted and message.template and message.news for message in messages)
        assert all("\n" not in each and each for message in messages for each in message.variables)
        may_hear = before.control == "bot" and not before.opted_out
        assert len(messages) == int(may_hear and any(map(is_worth_telling, news)))
        if before.phase != "submitted" or project != before.project:
            assert self.talk.state.slots == before.slots
        if any(each.what == "remark" for each in news):
            assert self.talk.did(AlertStaff)
        self.last_question = ""

    @rule(
        kind=st.sampled_from(("installation", "proposal", "feedback")), about=st.sampled_from(("2026-12-15", "1", "x"))
    )
    def reminder(self, kind: str, about: str) -> None:
        self.before = self.talk.state
        self.talk.meet(TimerFired(kind, 1, about))
        self._check_silence(())
        assert len(self.talk.did(SendMessage)) <= 1
        self.last_question = ""

    def _hear(self, commands: tuple[Command, ...], media: tuple[Media, ...], on_duty: bool, minutes: int) -> None:
        self.before = self.talk.state
        self.talk.wait(minutes=minutes)
        self.talk.hear(*commands, media=media, on_duty=on_duty, senses=("bills",))
        self._check_silence(commands)
        self._check_consent(commands)
        self._check_values(commands)
        self._check_question()

    def _check_silence(self, commands: tuple[Command, ...]) -> None:
        """Nothing after an opt-out or a take-over but safety words and the one confirmation."""
        before, messages = self.before, self.talk.did(SendMessage)
        stop = any(isinstance(command, OptOut) for command in commands)
        start = not stop and any(isinstance(command, Start) and command.opt_in for command in commands)
        if stop or (before.opted_out and not start):
            keys = {key for message in messages for key in message.keys}
            assert keys <= {"safety", "optout.done"}
            assert self.talk.state.opted_out
            assert ("optout.done" in keys) == (stop and not before.opted_out)
        if before.control == "staff" and self.talk.state.control == "staff":
            assert all(message.always for message in messages)

    def _check_consent(self, commands: tuple[Command, ...]) -> None:
        """A project is submitted by a yes to a recap of exactly the present answers, and by nothing else."""
        before, after = self.before, self.talk.state
        if after.project > before.project:
            said_yes = any(command in (Affirm(), Choose("consent=yes"), Choose("keep"), Choose("confirm=yes"))
                           for command in commands)  # fmt: skip
            assert said_yes
            assert before.asked is not None and before.asked.item == "consent"
            assert self.recap is not None and self.recap == _values(before)
            assert _values(after) == self.recap
            assert self.talk.did(SyncProject) == [SyncProject(after.project)]
        if any(key.startswith("recap.") for key in self.talk.keys):
            self.recap = _values(after)

    def _check_values(self, commands: tuple[Command, ...]) -> None:
        """What is given is kept, and what was on file goes only where a reset or a dependency says so."""
        before, after = self.before, self.talk.state
        if before.opted_out or after.opted_out or before.control == "staff" or after.phase == "cancelled":
            return
        if any(isinstance(command, RESETTING) or command == Choose("undo") for command in commands):
            return
        given = [each for each in commands if isinstance(each, Set | Correct) and _fits(each)]
        early = [each for each in given if each.slot in INTAKE.follow_ups and each.slot not in after.slots]
        if any(each.confidence >= SURE for each in early):
            assert self.talk.did(AlertStaff), "what is not open is for staff"
        given = [each for each in given if each.slot not in INTAKE.follow_ups]
        tapped = any(isinstance(command, Choose) for command in commands)
        for command in given:
            if command.confidence >= SURE:
                assert command.slot in after.slots, f"{command.slot} was given and lost"
            once = [each.slot for each in given].count(command.slot) == 1
            if once and not tapped and command.confidence >= SURE:
                self._check_given(command)
        lost = {name for name in before.slots if name not in after.slots}
        for name in (
            lost - {name for name in before.slots if before.slots[name].source == "document"} - {"bill_document"}
        ):
            assert INTAKE.by_name[name].depends_on, f"{name} was lost"

    def _check_given(self, command: Set | Correct) -> None:
        """The value that was given is the one on file; devices join those that were there."""
        kind = INTAKE.by_name[command.slot].kind
        value, held = KINDS[kind](command.value), self.talk.value(command.slot)
        if kind == "devices" and value:
            assert all(row in held for row in value)
        elif kind not in ("devices", "document", "note"):
            assert held == value

    def _check_question(self) -> None:
        """No question twice running in the same words, and no endless asking."""
        asked = self.talk.state.asked
        if asked is None or asked.at != self.talk.now or self.talk.state.control == "staff":
            return
        question = self.talk.did(SendMessage)[-1].text
        assert question != self.last_question, question
        self.last_question = question

    @invariant()
    def state_survives_json(self) -> None:
        assert copy_state(self.talk.state) == self.talk.state

    @invariant()
    def a_turn_is_repeatable(self) -> None:
        event = MessageReceived("SM0", "…", (Unclear("hm"),))
        turns = [advance(INTAKE, copy_state(self.talk.state), event, self.talk.now) for _ in range(2)]
        assert dump(turns[0]) == dump(turns[1])

    @invariant()
    def a_person_is_within_reach(self) -> None:
        """From anywhere, unless the contact has opted out or a person is there already."""
        state = self.talk.state
        if state.opted_out or state.control == "staff":
            return
        for on_duty, control in ((True, "staff"), (False, "bot")):
            event = MessageReceived("SM0", "a person please", (Handoff("asked"),), on_duty=on_duty)
            turn = advance(INTAKE, state, event, self.talk.now)
            assert turn.state.control == control
            assert [effect.reason for effect in turn.effects if isinstance(effect, AlertStaff)] == ["asked"]

    @invariant()
    def messages_fit_the_channel(self) -> None:
        for message in self.talk.did(SendMessage):
            assert 0 < len(message.text) <= 1024
            longest = 24 if len(message.options) > 3 else 20
            assert len(message.options) <= 10
            assert all(0 < len(option.title) <= longest for option in message.options)
            assert bool(message.menu) == (len(message.options) > 3)


def _values(state: State) -> dict:
    return {name: held.value for name, held in state.slots.items() if name != "consent"}


def _fits(command: Set | Correct) -> bool:
    if command.slot not in INTAKE.by_name:
        return False
    try:
        KINDS[INTAKE.by_name[command.slot].kind](command.value)
    except ValueError:
        return False
    return True


TestConversation = Conversation.TestCase
TestConversation.settings = settings(max_examples=120, stateful_step_count=30)
