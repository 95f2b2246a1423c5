"""The languages themselves: each is the `language.toml` of its folder of wording."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "wording"
FILE = "language.toml"


@dataclass(frozen=True, slots=True)
class Tongue:
    """`joint` stands before the last word of a list. `forms` says how days and times are put, `.us` after a form's name
    for the United States. `wish` finds the words that ask for the language; `words` are usual in it, `sure` those of no
    other, `signs` letters that only it has."""

    code: str
    joint: str
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    forms: dict[str, str]
    wish: re.Pattern[str]
    words: frozenset[str]
    sure: frozenset[str]
    signs: str

    def form_of(self, name: str, market: str) -> str:
        return self.forms.get(f"{name}.{market.lower()}", self.forms[name])


@cache
def tongues() -> dict[str, Tongue]:
    """By ISO 639-1 code; whatever folder of wording there is."""
    return {path.parent.name: _read_tongue(path) for path in sorted(FOLDER.glob(f"*/{FILE}"))}


def _read_tongue(path: Path) -> Tongue:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    ear, forms = raw["ear"], raw["forms"]
    markets = {market: table for market, table in forms.items() if isinstance(table, dict)}
    own = {f"{name}.{market}": form for market, table in markets.items() for name, form in table.items()}
    return Tongue(
        code=path.parent.name,
        joint=raw["and"],
        months=tuple(raw["months"]),
        weekdays=tuple(raw["weekdays"]),
        forms={**{name: form for name, form in forms.items() if isinstance(form, str)}, **own},
        wish=_match_wishes(ear["wish"], ear["only"]),
        words=frozenset(ear["words"].split()),
        sure=frozenset(ear["sure"].split()),
        signs=ear["signs"],
    )


def _match_wishes(wishes: Iterable[str], only: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(wishes, key=len, reverse=True)
    anywhere, alone = ("|".join(map(re.escape, each)) for each in (longest_first, only))
    return re.compile(rf"\b(?:{anywhere})\b|^\W*(?:{alone})\W*$")
