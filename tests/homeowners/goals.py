"""What a homeowner wants to have understood: one home with everything there is to say of it."""

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from flows.markets import MARKETS

FOLDER = Path(__file__).parent
PLACES: dict[str, Any] = tomllib.loads((FOLDER / "places.toml").read_text(encoding="utf-8"))
MARKET_WEIGHTS = {"US": 50, "ZW": 14, "ZA": 16, "ES": 20}
BILL_KINDS = {"month": 46, "range": 8, "year": 8, "kwh_month": 14, "kwh_year": 6, "kwh_months": 6, "photo": 12}
BILLS = {"US": (70, 420), "ZW": (40, 250), "ZA": (700, 4500), "ES": (40, 260)}
SURE_DEVICES = {"water_heater": "geyser"}
"""What a device is called in the south of Africa."""

BillKind = Literal["month", "range", "year", "kwh_month", "kwh_year", "kwh_months", "photo"]


@dataclass(frozen=True, slots=True)
class Place:
    """`says` are ways to write a slot's value; the value itself is one of them or stands for them."""

    street: str
    city: str
    cities: tuple[str, ...]
    state: str
    state_name: str
    postal_code: str
    utility: str
    utilities: tuple[str, ...]
    pin: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Bill:
    """`value` is the month's amount or kWh, `low` and `high` a range's ends, `months` twelve of them. `low` is the sum
    of a year, and of a photo the kWh on it."""

    kind: BillKind
    value: float
    low: int = 0
    high: int = 0
    months: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Goal:
    """`facts` are slots and what is to stand in them at the end; what a homeowner keeps to themselves is missing."""

    market: str
    language: str
    name: str
    place: Place
    owner: bool
    landlord: bool
    bill: Bill
    devices: tuple[tuple[str, int], ...]
    roof: str | None
    email: str | None
    other: tuple[str, str] | None

    @property
    def southern(self) -> bool:
        return self.market in ("ZW", "ZA")


def draw_goal(rng: random.Random) -> Goal:
    market = _pick(rng, MARKET_WEIGHTS)
    languages = MARKETS[market].languages
    language = languages[0] if len(languages) == 1 or rng.random() < 0.72 else languages[1]
    name = rng.choice(PLACES["people"][market])
    owner = rng.random() < 0.86
    return Goal(
        market=market,
        language=language,
        name=name,
        place=_draw_place(rng, market),
        owner=owner,
        landlord=not owner and rng.random() < 0.65,
        bill=_draw_bill(rng, market),
        devices=_draw_devices(rng, market),
        roof=rng.choice(MARKETS[market].roofs) if rng.random() < 0.85 else None,
        email=_draw_email(rng, name) if rng.random() < 0.6 else None,
        other=_draw_other(rng, market) if rng.random() < 0.2 or not owner else None,
    )


def _pick(rng: random.Random, weights: dict[str, int]) -> Any:
    return rng.choices(list(weights), list(weights.values()))[0]


def _draw_place(rng: random.Random, market: str) -> Place:
    row = rng.choice(PLACES[market])
    number = rng.choice((rng.randint(2, 99), rng.randint(100, 999), rng.randint(1000, 9800)))
    if market in ("ES", "ZA"):
        number = rng.randint(2, 140)
    utility, *ways = row["utility"]
    return Place(
        street=rng.choice(row["streets"]).replace("{n}", str(number)),
        city=row["city"],
        cities=tuple(row.get("cities", (row["city"], row["city"].lower()))),
        state=row.get("state", ""),
        state_name=row.get("state_name", ""),
        postal_code=rng.choice(row.get("codes", ("",))),
        utility=utility,
        utilities=tuple(ways),
        pin=(round(rng.uniform(-33, 45), 5), round(rng.uniform(-110, 30), 5)) if rng.random() < 0.08 else None,
    )


def _draw_bill(rng: random.Random, market: str) -> Bill:
    kind: BillKind = _pick(rng, BILL_KINDS)
    low, high = BILLS[market]
    amount = round(rng.randint(low, high), -1) if rng.random() < 0.6 else rng.randint(low, high)
    usage = rng.randint(25, 140) * 10
    match kind:
        case "range":
            span = max(20, round(amount * rng.uniform(0.1, 0.4), -1))
            return Bill(kind, amount + span / 2, amount, int(amount + span))
        case "year":
            yearly = round(amount * 12, -2)
            return Bill(kind, yearly / 12, low=yearly)
        case "kwh_year":
            yearly = round(usage * 12, -2)
            return Bill(kind, yearly / 12, low=yearly)
        case "kwh_months":
            months = tuple(round(usage * rng.uniform(0.7, 1.4)) for _ in range(12))
            return Bill(kind, sum(months) / 12, months=months)
        case "kwh_month":
            return Bill(kind, usage)
        case "photo":
            return Bill(kind, amount, low=usage)
        case _:
            return Bill(kind, amount)


def _draw_devices(rng: random.Random, market: str) -> tuple[tuple[str, int], ...]:
    count = rng.choices((0, 1, 2, 3, 4), (8, 27, 35, 20, 10))[0]
    kinds = rng.sample(MARKETS[market].devices, count)
    return tuple((kind, rng.choices((1, 2, 3), (70, 22, 8))[0] if _may_be_many(kind) else 1) for kind in kinds)


def _may_be_many(kind: str) -> bool:
    return kind in ("air_conditioner", "heat_pump", "ev", "water_heater", "refrigerator", "battery")


def _draw_email(rng: random.Random, name: str) -> str:
    parts = ["".join(c for c in word.lower() if c.isascii() and c.isalpha()) for word in name.split()]
    parts = [part for part in parts if part] or ["home"]
    local = rng.choice((".".join(parts), "_".join(parts), parts[0] + str(rng.randint(2, 99)), "".join(parts)))
    return f"{local}@{rng.choice(('example.com', 'example.org', 'mail.example.net', 'example.co.za'))}"


def _draw_other(rng: random.Random, market: str) -> tuple[str, str]:
    number = rng.randint(1000, 9999)
    phones = {
        "US": (f"555-{number}", f"(602) 555-{number % 100 + 100:04d}", f"602 555 {number % 100 + 100:04d}"),
        "ZW": (f"077 255 {number}", f"+263 77 255 {number}", f"0772 55{number}"),
        "ZA": (f"082 555 {number}", f"+27 82 555 {number}", f"083-555-{number}"),
        "ES": (f"612 55 {number // 100} {number % 100:02d}", f"+34 612 55 {number // 100} {number % 100:02d}"),
    }
    return rng.choice(PLACES["people"]["others"]), rng.choice(phones[market])
