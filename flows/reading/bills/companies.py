"""Whose bill it is, and of which country."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from flows.reading.bills.keys import fold, squeeze
from flows.reading.bills.lines import Cell, Line
from flows.reading.utilities import UTILITIES, Utility

CURRENCIES = {"US": "USD", "MX": "MXN", "ES": "EUR", "ZA": "ZAR", "ZW": "USD"}
_ORDINARY = frozenset(
    ("natural", "consumers", "genera", "liberty", "edison", "reliant", "natural gas", "gas natural", "united power", "city light",
     "city power", "light and power", "public power")
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[&+][^\W_]+)*")
_SITE = re.compile(r"[a-z0-9-]+(?=\.(?:com|org|net|gov|co|es|mx|us|coop)\b)")
_RANDS = re.compile(r"(?<![a-z])r ?-?\d")
_COMPANY = re.compile(
    r"\b(?:electric|electricity|power|energy|light|utilit\w+|municipal\w*|city of|co-?op\w*|energia|electricidad|luz|edison|county|public service|emc|pud|district)\b"
)


@dataclass(frozen=True, slots=True)
class Company:
    """A utility as the bill shows it; `known` when the table has it, `sure` when nothing else comes near."""

    name: str
    country: str | None
    known: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class _Name:
    key: str
    folded: str
    utility: Utility


def _list_names() -> tuple[_Name, ...]:
    rows = {(name, utility.name): utility for utility in UTILITIES for name in (utility.name, *utility.aliases)}
    return tuple(
        _Name(squeeze(name), fold(name).replace(" and ", " & "), utility)
        for (name, _), utility in rows.items()
        if fold(name) not in _ORDINARY
    )


_NAMES = _list_names()
_SHORTEST = 7


def find_company(lines: Sequence[Line], country: str) -> Company | None:
    """The utility named most, at the top and in large letters; the letterhead's words where the table has none."""
    if not lines:
        return None
    usual = median(line.height for line in lines)
    scores: defaultdict[str, float] = defaultdict(float)
    by_name: dict[str, Utility] = {}
    for line in lines:
        for cell in line.cells:
            for utility, share in _match_cell(cell):
                by_name[utility.name] = utility
                weight = share * _weigh_place(line, cell, usual)
                scores[utility.name] += weight * (1.2 if utility.country == country else 1.0)
    for name, utility in by_name.items():
        if utility.collects_for_others:
            scores[name] *= 0.3
    if not scores:
        return _read_letterhead(lines, usual)
    (best, name), (second, _) = sorted(((score, name) for name, score in [*scores.items(), ("", 0.0)]), reverse=True)[
        :2
    ]
    return Company(name, by_name[name].country, True, best >= 1.5 and best >= 1.4 * second)


def _match_cell(cell: Cell) -> list[tuple[Utility, float]]:
    """Utilities that a cell names, the longest name at a place only."""
    key, folded = squeeze(cell.text), fold(cell.text)
    tokens = {fold(word) for word in _WORD.findall(cell.text)}
    shouted = {fold(word) for word in _WORD.findall(cell.text) if word.isupper() or not word.islower()}
    sites = set(_SITE.findall(folded))
    found: dict[str, tuple[int, float, Utility]] = {}
    for name in _NAMES:
        share = 0.0
        if len(name.key) >= _SHORTEST and name.key in key:
            share = 1.0
        elif len(name.key) < _SHORTEST and (
            name.folded in shouted if " " not in name.folded else _has_words(name.folded, folded)
        ):
            share = 0.8 if name.folded in tokens or " " in name.folded else 0.0
        elif name.folded.replace(" ", "") in sites and len(name.key) >= 3:
            share = 1.2
        if share and len(name.key) > _length(found, name.utility):
            found[name.utility.name] = (len(name.key), share, name.utility)
    longest = max((length for length, _, _ in found.values()), default=0)
    return [(utility, share) for length, share, utility in found.values() if length * 2 >= longest]


def _length(found: dict[str, tuple[int, float, Utility]], utility: Utility) -> int:
    return found[utility.name][0] if utility.name in found else 0


def _has_words(name: str, folded: str) -> bool:
    return f" {name} " in f" {folded} "


def _weigh_place(line: Line, cell: Cell, usual: float) -> float:
    top = 2.0 if line.page == 0 and line.middle < 0.15 else (1.3 if line.middle < 0.15 else 1.0)
    large = min(2.0, max(1.0, cell.height / usual))
    alone = 1.3 if len(cell.text) < 40 else 0.7
    return top * large * alone


def _read_letterhead(lines: Sequence[Line], usual: float) -> Company | None:
    """A name at the top that says it sells power."""
    tops = [cell for line in lines if line.middle < 0.2 for cell in line.cells]
    named = [
        c
        for c in tops
        if _COMPANY.search(fold(c.text)) and 4 < len(c.text) <= 60 and not any(x.isdigit() for x in c.text)
    ]
    named = [
        c
        for c in named
        if len(c.text.split()) >= 2
        and not re.search(r"\b(?:your|bill|statement|account|charges|usage|factura)\b", fold(c.text))
    ]
    best = max(named, key=lambda cell: cell.height, default=None)
    if best is None or best.height < 0.9 * usual:
        return None
    return Company(best.text.strip(" .,:"), None, False, False)


def find_country(lines: Sequence[Line], company: Company | None, default: str) -> str:
    """The utility's country, else what the currency and the language say, else `default`."""
    if company and company.country and company.sure:
        return company.country
    text = fold(" \n ".join(line.text for line in lines))[:60_000]
    euros, rands, dollars = text.count("€") + text.count(" eur"), len(_RANDS.findall(text)), text.count("$")
    spanish = sum(text.count(word) for word in ("factura", "consumo", "importe", "lectura", "periodo", "suministro"))
    if euros > max(2, dollars):
        return "ES"
    if rands >= 4 and dollars == 0:
        return "ZA"
    if (
        spanish >= 4
        and dollars
        and (" cfe " in f" {text} " or "mxn" in text or "pesos" in text or (default == "US" and "rmu" in text))
    ):
        return "MX"
    if company and company.country:
        return company.country
    return default
