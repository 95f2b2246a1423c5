"""A homeowner in a chat: knows only what the bot says, and answers in their own way until the matter is over."""

import random
from dataclasses import dataclass, field, replace
from typing import Any

from flows.wording import render
from tests.cases.score_reading import words
from tests.homeowners.checking import FACT_OF, fits
from tests.homeowners.goals import Goal
from tests.homeowners.habits import Habits
from tests.homeowners.hearing import Heard, find_slot
from tests.homeowners.mistakes import Values, list_values, mistake
from tests.homeowners.phrases import PARTS, WORDS, Said, Speaker

ORDER = (
    "name", "street", "city", "state", "postal_code", "owner", "renter_path", "utility", "bill", "devices", "roof_type",
    "email", "alternate_name",
)  # fmt: skip
ASKED_AS = {"monthly_bill": "bill", "bill": "bill"}
ENDS = {
    "submitted.done": "submitted", "closed.renting": "closed", "optout.done": "optout", "safety": "danger",
    "cancel.done": "cancel", "cancel.submitted": "cancel",
}  # fmt: skip
PATIENCE = 5
"""How often somebody writes into a silence, or corrects the same thing, before they let it be."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done. `kind`: text, tap (`text` is the title), pin, photo, voice, wait (`hours`) or staff, who take the
    conversation and give it back. `purpose`: needed, besides what was asked, or again because it was asked again.
    `wants`: what is to happen whatever was asked: person, optout, danger or cancel."""

    kind: str
    text: str = ""
    tells: tuple[str, ...] = ()
    purpose: str = "needed"
    hours: int = 0
    wants: str = ""


@dataclass
class Homeowner:
    """`told` counts how often each fact was told, `asked` how often each question was heard, `ended` says how it ended
    as far as this person knows. `language` is the one they write in now."""

    goal: Goal
    habits: Habits
    rng: random.Random
    speaker: Speaker = field(init=False)
    told: dict[str, int] = field(default_factory=dict)
    told_at: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    wrong: Values = field(default_factory=dict)
    mended: dict[str, int] = field(default_factory=dict)
    questions: int = 0
    lost: int = 0
    ended: str = ""
    devices_left: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        values = list_values(self.goal)
        for what in sorted(self.habits.mistakes):
            first = mistake(self.goal, what, self.rng)
            if first is not None:
                self.wrong[what] = first
        self.speaker = Speaker(
            self.goal, self.rng, self.habits.sloppy, self.habits.lower, self.goal.language, {**values, **self.wrong}
        )

    @property
    def language(self) -> str:
        return self.speaker.language

    def open(self) -> list[Act]:
        """The first words."""
        if self.habits.style == "dumper":
            hello = self.speaker.pick("hello") + ". " if self.habits.says_hello else ""
            said = self._dump()
            return [replace(said, text=hello + said.text)]
        if self.habits.says_hello or self.habits.style == "terse":
            return [Act("text", self.speaker.pick("hello"), purpose="besides")]
        return [self._volunteer() or Act("text", self.speaker.pick("hello"), purpose="besides")]

    def react(self, heard: Heard) -> list[Act]:
        """What is done after the bot's messages; nothing when the matter is over."""
        ending = next((ENDS[key] for key in heard.keys if key in ENDS), "")
        if ending:
            return self._finish(ending)
        if any(key.startswith("handoff.begun") for key in heard.keys):
            return [Act("staff", purpose="besides")]
        if not heard.sort:
            return self._write_into_silence(heard)
        self.questions += 1
        acts = self._interrupt(heard)
        if acts is None:
            acts = self._mend(heard) or self._answer(heard)
        return self._repeat(acts)

    def _finish(self, ending: str) -> list[Act]:
        after = self.ended
        self.ended = self.ended or ending
        if after or ending != "submitted":
            return []
        if self.habits.corrects_after and self.goal.email and "email" not in self.habits.keeps:
            return [self._correct("email")]
        return [Act("text", self.speaker.pick("thanks"), purpose="besides")] if self.rng.random() < 0.4 else []

    def _write_into_silence(self, heard: Heard) -> list[Act]:
        if self.ended or self.lost >= PATIENCE:
            return []
        self.lost += 1
        if "paused" in heard.keys:
            return [Act("wait", hours=30), Act("text", self.speaker.pick("go_on"), purpose="besides")]
        return [self._volunteer() or Act("text", self.speaker.pick("go_on"), purpose="again")]

    def _repeat(self, acts: list[Act]) -> list[Act]:
        """Some people send a message twice."""
        last = acts[-1] if acts else None
        if last and last.kind == "text" and last.text and self.rng.random() < self.habits.doubles:
            return [*acts, replace(last, purpose="besides")]
        return acts

    def _interrupt(self, heard: Heard) -> list[Act] | None:
        """What comes between a question and its answer; None for nothing."""
        habits, number = self.habits, self.questions
        if number == habits.switch_at:
            self.speaker.language = "en" if self.speaker.language == "es" else "es"
        if number == habits.turnoff_at and habits.turnoff:
            return [Act("text", self.speaker.pick(habits.turnoff), purpose="besides", wants=habits.turnoff)]
        if number == habits.person_at:
            return [Act("text", self.speaker.pick("person"), purpose="besides", wants="person")]
        if number in habits.silent_at:
            return self._fall_silent(habits.silent_at[number])
        if number == habits.voice_at:
            return [Act("voice", purpose="besides")]
        if number in habits.asks_at:
            return [Act("text", self.speaker.ask(), purpose="besides")]
        if number in habits.thanks_at and not _takes_yes(heard):
            return [Act("text", self.speaker.pick("thanks"), purpose="besides")]
        if habits.later_at_end and heard.slot == "consent" and self.asked.get("consent", 0) == 0:
            self.asked["consent"] = 1
            return [Act("text", self.speaker.pick("later"), purpose="besides")]
        return None

    def _fall_silent(self, hours: int) -> list[Act]:
        words = [Act("text", self.speaker.pick("back_again"), purpose="besides")]
        return [Act("wait", hours=hours), *(words if self.rng.random() < 0.7 else [self._volunteer() or words[0]])]

    def _mend(self, heard: Heard) -> list[Act]:
        """Take back what was told wrong, and what a summary shows wrong."""
        if self.devices_left and heard.slot != "devices":
            return [replace(self._tell_left("full"), purpose="besides")]
        if heard.slot == "renter_path" and self.goal.owner and self.mended.get("owner", 0) < PATIENCE:
            self.mended["owner"] = self.mended.get("owner", 0) + 1
            return [replace(self._correct("owner"), purpose="besides" if "owner" in self.habits.mistakes else "again")]
        for what, at in list(self.told_at.items()):
            is_due = heard.slot == "consent" or self.questions >= at + self.rng.randint(1, 3)
            if what in self.wrong and is_due:
                return [self._correct(what)]
        if not (self.habits.careful or heard.slot == "consent") or self.wrong:
            return []
        for label, text in heard.rows:
            slot = find_slot(label, self.language) or find_slot(label, "en") or find_slot(label, "es")
            fact = FACT_OF.get(slot, slot)
            if fact == "street":
                fact = self._find_wrong_part(text)
            if self._looks_wrong(fact, slot, text) and self.mended.get(fact, 0) < 2:
                self.mended[fact] = self.mended.get(fact, 0) + 1
                return [replace(self._correct(fact, text), purpose="again")]
        return []

    def _find_wrong_part(self, text: str) -> str:
        """The part of an address that is to be told again: the first one that was told and is not there."""
        place, shown = self.goal.place, set(words(text))
        parts = {
            "street": words(self.speaker.values["street"]), "city": words(place.city), "state": words(place.state),
            "postal_code": words(self.speaker.values["postal_code"]),
        }  # fmt: skip
        return next((part for part, told in parts.items() if part in self.told and not set(told) <= shown), "street")

    def _looks_wrong(self, fact: str, slot: str, text: str) -> bool:
        if fact not in self.told or fact in ("wishes", "devices_note"):
            return False
        gap = text in (render("value.gap", "en"), render("value.gap", "es"))
        languages = ("en", "es")
        return gap or not any(fits(self.goal, self.speaker.values, slot, text, each) for each in languages)

    def _correct(self, what: str, shown: str = "") -> Act:
        """The right value in words that say it is a correction."""
        old = self.wrong.pop(what, None)
        values = list_values(self.goal)
        topic = {"roof_type": "roof"}.get(what, what)
        if topic in values:
            self.speaker.values[topic] = values[topic]
        self._note((what,))
        if topic not in (
            "name",
            "street",
            "postal_code",
            "bill",
            "devices",
            "roof",
            "email",
            "city",
            "utility",
            "owner",
        ):
            return self._act(self.speaker.tell(what, "full"))
        if topic == "bill" and self.goal.bill.kind != "month":
            return self._act(self.speaker.tell("bill", "full"))
        if topic == "devices" and not self.goal.devices:
            return self._act(self.speaker.tell("devices", "full"))
        was, now = old, values.get(topic)
        if topic == "devices" and old is not None:
            was, now = old[:1], values[topic][:1]
        new = self._spell(topic, now)
        return Act("text", self.speaker.pick("correct", topic, new=new, old=shown or self._spell(topic, was)), (what,))

    def _spell(self, topic: str, value: Any) -> str:
        match topic:
            case "bill":
                return self.speaker.show_money(value or 0)
            case "devices":
                return self.speaker.list_devices(value or ((self.goal.devices[0][0], 1),))
            case "roof":
                return self.speaker.name_roof(value) if value else ""
            case "utility":
                return self.rng.choice(self.goal.place.utilities)
            case "city":
                return self.goal.place.city
            case _:
                return str(value or "")

    def _answer(self, heard: Heard) -> list[Act]:
        match heard.sort:
            case "confirm" | "reads" | "differs":
                return self._confirm(heard)
            case "review":
                return [self._say(heard, FACT_OF.get(heard.slot, heard.slot))]
            case "change":
                return [Act("text", self.speaker.pick("insist", "fits"), purpose="again")]
            case "more":
                return self._tell_more(heard)
            case _:
                return self._answer_slot(heard)

    def _confirm(self, heard: Heard) -> list[Act]:
        values, fact = self.speaker.values, FACT_OF.get(heard.slot, heard.slot)
        known = fact in self.told or heard.sort == "reads"
        right = known and any(fits(self.goal, values, heard.slot, heard.value, each) for each in ("en", "es"))
        option = "confirm=yes" if right else "confirm=no"
        tap = self._tap(heard, option)
        if tap:
            return [replace(tap, purpose="again")]
        if right or not known or self.rng.random() < 0.4:
            return [Act("text", self.speaker.pick("yes" if right else "no"), purpose="again")]
        return [replace(self._act(self.speaker.tell(fact, "full")), purpose="again")]

    def _tell_more(self, heard: Heard) -> list[Act]:
        if heard.slot == "street":
            said = self.speaker.tell("street") if self.rng.random() < 0.6 else None
            return [self._act(said) if said else Act("text", self.speaker.pick("devices_done"))]
        if self.devices_left:
            return [self._tell_left("bare")]
        return [self._tap(heard, "done") or Act("text", self.speaker.pick("devices_done"))]

    def _tell_left(self, form: str) -> Act:
        """The devices that were not named at first."""
        left, self.devices_left = self.devices_left, ()
        return self._act(Said(self.speaker.pick("devices", form, list=self.speaker.list_devices(left)), ("devices",)))

    def _answer_slot(self, heard: Heard) -> list[Act]:
        slot = heard.slot
        fact = ASKED_AS.get(slot, slot)
        purpose = "again" if self.told.get(fact) else "needed"
        self.asked[slot] = self.asked.get(slot, 0) + 1
        if slot == "consent":
            return [self._tap(heard, "consent=yes") or Act("text", self.speaker.pick("consent"))]
        if self.is_kept(fact):
            return [self._refuse(heard, fact)]
        if slot == "street" and self.goal.place.pin and self.asked[slot] == 1:
            self._note(("location",))
            return [Act("pin", tells=("location",))]
        if self.rng.random() < self.habits.scrambles and (other := self._volunteer(fact)):
            return [replace(other, purpose="besides")]
        act = replace(self._say(heard, fact), purpose=purpose)
        return self._add(act, fact)

    def is_kept(self, fact: str) -> bool:
        """Whether this person does not tell a fact, or has nothing to tell."""
        empty = {"roof_type": self.goal.roof, "email": self.goal.email, "alternate_name": self.goal.other}
        return fact in self.habits.keeps or (fact in empty and empty[fact] is None)

    def _refuse(self, heard: Heard, fact: str) -> Act:
        tap = self._tap(heard, "skip")
        if tap:
            return tap
        if fact == "alternate_name" and self.goal.other is None:
            return Act("text", self.speaker.pick("alternate_none"))
        optional = fact in ("roof_type", "email", "alternate_name")
        return Act("text", self.speaker.pick("refuse", "optional" if optional else "needed"))

    def _say(self, heard: Heard, fact: str) -> Act:
        """The asked fact: tapped, or in words; plainer the more often it was asked."""
        if fact == "bill" and self.goal.bill.kind == "photo" and not self.told.get(fact):
            self._note(("bill",))
            return Act("photo", self.speaker.pick("bill_photo"), ("bill",))
        option = self._find_option(fact)
        tap = self._tap(heard, option) if option else None
        if tap:
            self._note((fact,))
            if fact == "devices":
                self.devices_left = self.speaker.values["devices"][1:]
            return replace(tap, tells=(fact,))
        if fact == "devices" and len(self.goal.devices) > 1 and not self.told.get(fact) and self.rng.random() < 0.2:
            first, *rest = self.speaker.values["devices"]
            self.devices_left = tuple(rest)
            return self._act(Said(self.speaker.list_devices((first,)), (fact,)))
        if self.told.get(fact, 0) >= 2:
            return self._act(Said(self._spell_out(fact), (fact,)))
        return self._act(self.speaker.tell(fact))

    def _spell_out(self, fact: str) -> str:
        """The bare value, as somebody types it who was not understood twice."""
        place = self.goal.place
        plain = {
            "city": place.city,
            "state": place.state_name,
            "street": f"{self.speaker.values['street']}, {place.city}",
        }
        if fact in plain:
            return plain[fact]
        if fact in ("name", "email", "postal_code"):
            return str(self.speaker.values[fact])
        return self.speaker.tell(fact, "full").text

    def _find_option(self, fact: str) -> str:
        values = self.speaker.values
        match fact:
            case "owner":
                return f"owner={str(values['owner']).lower()}"
            case "renter_path":
                return f"renter_path={'landlord' if self.goal.landlord else 'later'}"
            case "roof_type":
                return f"roof_type={values['roof']}"
            case "devices" if not values["devices"]:
                return "devices=none"
            case "devices" if values["devices"][0][1] == 1:
                return f"devices={values['devices'][0][0]}"
            case _:
                return ""

    def _tap(self, heard: Heard, option_id: str) -> Act | None:
        """The option tapped, its title typed, or its number; None for somebody who writes in words."""
        titles = [option.title for option in heard.options if option.id == option_id]
        if not titles or self.rng.random() >= self.habits.taps:
            return None
        dice = self.rng.random()
        if dice < 0.75:
            return Act("tap", titles[0])
        number = [option.id for option in heard.options].index(option_id) + 1
        is_count = option_id.startswith("devices=")
        return Act("text", titles[0] if dice < 0.93 or is_count else str(number))

    def _add(self, act: Act, fact: str) -> list[Act]:
        """Sometimes another fact comes along, in the same message or right after it, or a question."""
        if act.kind != "text":
            return [act]
        if self.rng.random() < self.habits.adds and (other := self._volunteer(fact)):
            glue = self.rng.choice((", ", ". ", "\n", WORDS[self.language]["glue"]["and"]))
            return [replace(act, text=f"{act.text}{glue}{other.text}", tells=(*act.tells, *other.tells))]
        if self.rng.random() < self.habits.bursts and (other := self._volunteer(fact)):
            return [act, replace(other, purpose="needed")]
        if self.rng.random() < self.habits.asks_beside:
            return [replace(act, text=f"{act.text}. {self.speaker.ask()}")]
        return [act]

    def _volunteer(self, but: str = "") -> Act | None:
        """A fact that was not told yet, in words that can stand alone."""
        untold = [each for each in self._list_tellable() if each != but and not (but == "street" and each in PARTS)]
        return self._act(self.speaker.tell(self.rng.choice(untold), "full")) if untold else None

    def _list_tellable(self) -> list[str]:
        """What could be told unasked: not what depends on an answer, and parts of an address only after its street."""
        skipped = {"alternate_name", "renter_path"} | ({"bill"} if self.goal.bill.kind == "photo" else set())
        skipped |= set() if "street" in self.told else set(PARTS)
        skipped |= {"street", *PARTS} if self.goal.place.pin else set()
        skipped |= set() if self.goal.place.state else {"state"}
        skipped |= set() if self.goal.place.postal_code else {"postal_code"}
        return [each for each in ORDER if each not in self.told and each not in skipped and not self.is_kept(each)]

    def _dump(self) -> Act:
        """Several facts in one message, or everything."""
        facts = [each for each in self._list_tellable() if each not in PARTS]
        self.rng.shuffle(facts)
        facts = facts[: self.rng.randint(2, max(2, len(facts)))]
        if self.rng.random() < 0.5:
            facts.sort(key=ORDER.index)
        parts = [self.speaker.tell(each, "full") for each in facts]
        glue = self.rng.choice((", ", ". ", "\n", ", "))
        return self._act(Said(glue.join(part.text for part in parts), tuple(f for part in parts for f in part.tells)))

    def _act(self, said: Said) -> Act:
        self._note(said.tells)
        return Act("text", said.text, said.tells)

    def _note(self, facts: tuple[str, ...]) -> None:
        for fact in facts:
            self.told[fact] = self.told.get(fact, 0) + 1
            what = {"roof_type": "roof"}.get(fact, fact)
            self.told_at.setdefault(what, self.questions)


def _takes_yes(heard: Heard) -> bool:
    """Whether "ok" or "great" would be an answer."""
    return heard.sort in ("confirm", "reads", "differs") or heard.slot in ("owner", "renter_path", "consent")
