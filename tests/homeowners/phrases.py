"""A homeowner's words for what they mean: templates of their language, filled in, with slips of the fingers."""

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.homeowners.goals import SURE_DEVICES, Goal
from tests.homeowners.typos import hurry, mistype

FOLDER = Path(__file__).parent
WORDS: dict[str, Any] = {
    code: tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")) for code in ("en", "es")
}
PLACES = {
    "US": (
        ("{city}, {state} {code}", "city state postal_code"), ("{city} {state} {code}", "city state postal_code"),
        ("{city}, {state_name} {code}", "city state postal_code"), ("{city}, {state}", "city state"),
        ("{city} {state}", "city state"), ("{city}", "city"), ("{city} {code}", "city postal_code"),
    ),
    "ZW": (("{city}", "city"),),
    "ZA": (("{city} {code}", "city postal_code"), ("{city}, {code}", "city postal_code"), ("{city}", "city")),
    "ES": (
        ("{code} {city}", "city postal_code"), ("{city} {code}", "city postal_code"), ("{city}", "city"),
        ("{city}, {code}", "city postal_code"),
    ),
}  # fmt: skip
MONEY = {
    "US": {
        "en": ("${n}", "${n}", "{n} dollars", "{n} bucks", "{n}$", "${n}.00"),
        "es": ("${n}", "{n} dólares", "$ {n}"),
    },
    "ZW": {"en": ("${n}", "US${n}", "{n} usd", "{n} dollars", "USD {n}")},
    "ZA": {"en": ("R{n}", "R {n}", "R{s}", "{n} rand", "R {s}")},
    "ES": {"en": ("{n} euros", "€{n}", "{n} €", "{n} eur"), "es": ("{n} euros", "{n} €", "{n}€", "{d} euros", "{d} €")},
}
PARTS = ("city", "state", "postal_code")


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the facts that they tell."""

    text: str
    tells: tuple[str, ...] = ()


@dataclass
class Speaker:
    """`values` are what is told now for each fact that can be told wrong first. `language` may change on the way."""

    goal: Goal
    rng: random.Random
    sloppy: float
    lower: bool
    language: str
    values: dict[str, Any]

    def pick(self, topic: str, form: str = "bare", **params: Any) -> str:
        """One of the ways to say it, as this person types it."""
        template: str = self.rng.choice(WORDS[self.language][topic][form])
        if self.rng.random() < self.sloppy:
            template = mistype(template, self.rng)
        text = template.format_map(params) if params else template
        return hurry(text) if self.lower else text

    def tell(self, fact: str, form: str = "bare") -> Said:
        """A fact as answer to its question, or in a form that can stand anywhere."""
        match fact:
            case "street":
                return self._tell_street(form)
            case "owner":
                return Said(self.pick("owner_true" if self.values["owner"] else "owner_false", form), (fact,))
            case "renter_path":
                return Said(self.pick("renter_landlord" if self.goal.landlord else "renter_later", form), (fact,))
            case "bill":
                return Said(self._tell_bill(form), (fact,))
            case "devices":
                topic = "devices" if self.goal.devices else "devices_none"
                return Said(self.pick(topic, form, list=self.list_devices(self.values["devices"])), (fact,))
            case "roof_type":
                return Said(self.pick("roof", form, roof=self.name_roof(self.values["roof"])), (fact,))
            case "alternate_name":
                other, phone = self.goal.other or ("", "")
                return Said(self.pick("alternate", form, other=other, phone=phone), (fact,))
            case "utility":
                return Said(self.pick(fact, form, utility=self.rng.choice(self.goal.place.utilities)), (fact,))
            case "name" | "email":
                return Said(self.pick(fact, form, **{fact: self.values[fact]}), (fact,))
            case _:
                return Said(self._tell_part(fact, form), (fact,))

    def _tell_part(self, fact: str, form: str) -> str:
        place = self.goal.place
        return self.pick(
            fact, form, city=self.rng.choice(place.cities), state=place.state, state_name=place.state_name,
            postal_code=self.values["postal_code"],
        )  # fmt: skip

    def _tell_street(self, form: str) -> Said:
        street = self.values["street"]
        if form == "bare" and self.rng.random() < 0.25:
            return Said(self.pick("street", form, street=street), ("street",))
        place = self.goal.place
        template, parts = self.rng.choice(PLACES[self.goal.market])
        town = template.format(
            city=self.rng.choice(place.cities), state=place.state, state_name=place.state_name,
            code=self.values["postal_code"],
        )  # fmt: skip
        return Said(self.pick("address", form, street=street, place=town), ("street", *parts.split()))

    def _tell_bill(self, form: str) -> str:
        bill, value = self.goal.bill, self.values["bill"]
        kind = "month" if bill.kind == "photo" else bill.kind
        months = {f"m{number}": amount for number, amount in enumerate(bill.months, 1)}
        return self.pick(
            kind if kind.startswith("kwh") else f"bill_{kind}",
            form,
            money=self.show_money(bill.low if bill.kind == "year" else value),
            number=f"{value:.0f}",
            kwh=f"{bill.low if bill.kind == 'kwh_year' else value:.0f}",
            low=self.show_money(bill.low) if self.rng.random() < 0.5 else bill.low,
            high=self.show_money(bill.high),
            **months,
        )

    def show_money(self, amount: float) -> str:
        ways = MONEY[self.goal.market]
        template = self.rng.choice(ways.get(self.language, ways["en"]))
        grouped = f"{amount:,.0f}"
        return template.format(n=f"{amount:.0f}", s=grouped.replace(",", " "), d=grouped.replace(",", "."))

    def list_devices(self, devices: tuple[tuple[str, int], ...]) -> str:
        glue = WORDS[self.language]["glue"]
        words = [self._name_device(kind, count, glue) for kind, count in devices]
        if len(words) < 2:
            return "".join(words)
        return ", ".join(words[:-1]) + self.rng.choice((glue["and"], glue["and"], ", ", " & ")) + words[-1]

    def _name_device(self, kind: str, count: int, glue: dict[str, Any]) -> str:
        own = SURE_DEVICES.get(kind, kind) if self.goal.southern else kind
        one, many = self.rng.choice(WORDS[self.language]["device"][own])
        if count == 1:
            return str(self.rng.choice(glue["one"]).format(what=one))
        return str(self.rng.choice(glue["many"]).format(count=count, word=glue["numbers"][count], what=many))

    def name_roof(self, roof: str) -> str:
        return str(self.rng.choice(WORDS[self.language]["roofs"][roof]))

    def ask(self) -> str:
        """A question of their own."""
        questions = WORDS[self.language]["questions"]
        text: str = self.rng.choice([*questions["any"], *questions[self.goal.market]])
        return hurry(text) if self.lower else text
