"""Invented households: people, addresses and account numbers that belong to nobody."""

from dataclasses import dataclass
from random import Random

FIRST = ("Dana", "Milo", "Priya", "Owen", "Lucia", "Thabo", "Ines", "Walter", "Naledi", "Greta", "Rafael", "Joan")
LAST = ("Okafor", "Pellegrino", "Vance", "Ibarra", "Lindqvist", "Dube", "Castellano", "Marsh", "Quintero", "Haverford")
STREETS = (
    "Alder",
    "Birchwood",
    "Cordelia",
    "Dunmore",
    "Elmhurst",
    "Fairlawn",
    "Granville",
    "Hollis",
    "Ivydale",
    "Juniper",
)
KINDS = ("St", "Ave", "Rd", "Ln", "Dr", "Ct", "Pl", "Blvd")
CALLES = ("Calle Almendro", "Calle del Olivar", "Avenida de la Ribera", "Plaza Mayorazgo", "Paseo del Molino")
AFRICAN = ("Protea Road", "Milkwood Avenue", "Heron Close", "Boschendal Street", "Vlei Lane", "Kiepersol Crescent")


@dataclass(frozen=True, slots=True)
class Household:
    """`street` and `place` are the two printed lines of where the meter is; `mail` the lines of where post goes."""

    person: str
    street: str
    place: str
    mail: tuple[str, str]

    @property
    def address(self) -> str:
        return f"{self.street}, {self.place}"


def invent_household(chance: Random, places: tuple[str, ...], country: str = "US") -> Household:
    """Post goes elsewhere for one in three."""
    person = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    street, place = invent_street(chance, country), chance.choice(places)
    mail = (street, place)
    if chance.random() < 0.33:
        box = {"ES": "Apartado de Correos", "ZA": "P O Box"}.get(country, "PO Box")
        mail = (f"{box} {chance.randint(100, 9900)}", chance.choice(places))
    return Household(person, street, place, mail)


def invent_street(chance: Random, country: str) -> str:
    number = chance.randint(2, 140 if country in ("ES", "ZA") else 4800)
    if country == "ES":
        floor = chance.choice(("", f", {chance.randint(1, 8)}º {chance.choice('ABCD')}"))
        return f"{chance.choice(CALLES)} {number}{floor}"
    if country == "ZA":
        return f"{number} {chance.choice(AFRICAN)}"
    side = chance.choice(("", "", "N ", "W "))
    flat = chance.choice(("", "", "", f" Apt {chance.randint(1, 30)}{chance.choice('ABC')}"))
    return f"{number} {side}{chance.choice(STREETS)} {chance.choice(KINDS)}{flat}"


def invent_digits(chance: Random, *groups: int, between: str = " ") -> str:
    """Account numbers: groups of digits, e.g. 2, 4, 4 with "-"; the first is never 0."""
    parts = ["".join(chance.choice("0123456789") for _ in range(size)) for size in groups]
    parts[0] = chance.choice("123456789") + parts[0][1:]
    return between.join(parts)
