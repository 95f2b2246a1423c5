"""What a homeowner says first and takes back later."""

import random
from typing import Any

from flows.markets import MARKETS
from tests.homeowners.goals import Goal

Values = dict[str, Any]


def list_values(goal: Goal) -> Values:
    """Each fact that can be told wrong, as it is meant."""
    return {
        "name": goal.name,
        "street": goal.place.street,
        "postal_code": goal.place.postal_code,
        "owner": goal.owner,
        "bill": goal.bill.value,
        "devices": goal.devices,
        "roof": goal.roof,
        "email": goal.email,
    }


def mistake(goal: Goal, what: str, rng: random.Random) -> Any:
    """Another value than the one meant; None where there is nothing to get wrong."""
    value = list_values(goal)[what]
    if not value:
        return None
    match what:
        case "name":
            place = rng.randrange(1, len(value) - 1)
            wrong = value[:place] + value[place + 1 :]
            return wrong if value[place].isalpha() and wrong != value else None
        case "street" | "postal_code":
            return _change_digit(value, rng)
        case "owner":
            return None if not goal.owner else False
        case "bill":
            return round(value * rng.choice((0.6, 0.8, 1.3, 1.5))) if goal.bill.kind == "month" else None
        case "devices":
            kind, count = value[0]
            return ((kind, 3 if count < 3 else 2), *value[1:])
        case "roof":
            return rng.choice([each for each in MARKETS[goal.market].roofs if each != value])
        case _:
            return value[1:]


def _change_digit(text: str, rng: random.Random) -> str | None:
    places = [place for place, c in enumerate(text) if c.isdigit()]
    if not places:
        return None
    place = places[0] if text[0].isdigit() and len(places) < 5 else places[-1]
    other = rng.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]
