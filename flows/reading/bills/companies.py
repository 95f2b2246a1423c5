"""Whose bill it is, and of which country."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from flows.reading.bills.addresses import Address
from flows.reading.bills.keys import fold, squeeze
from flows.reading.bills.lines import Cell, Line
from flows.reading.utilities import UTILITIES, Utility

CURRENCIES = {"US": "USD", "MX": "MXN", "ES": "EUR", "ZA": "ZAR", "ZW": "USD"}
_ORDINARY = frozenset(
    ("natural", "consumers", "genera", "liberty", "edison", "reliant", "natural gas", "gas natural", "united power",
     "city light", "city power", "light and power", "public power")
)  # fmt: skip
_SENTENCE = 60
_LEADING = frozenset(
    [
        "the",
        "your",
        "to",
        "by",
        "from",
        "pay",
        "payable",
        "welcome",
        "www",
        "my",
        "a",
        "an",
        "su",
        "tu",
        "de",
        "con",
        "dear",
        "with",
        "contact",
        "for",
    ]
)
_WORD = re.compile(r"[^\W_]+(?:[&+][^\W_]+)*")
_SITE = re.compile(r"[a-z0-9-]+(?=\.(?:com|org|net|gov|co|es|mx|us|coop)\b)")
_RANDS = re.compile(r"(?<![a-z])r ?-?\d")
_COMPANY = re.compile(
    r"^(?:city|town|village|county) of |\b(?:electric|power|energy|light|utilit(?:y|ies)|municipal(?:ity)?|co-?op"
    r"|edison|energia|electricidad|luz|emc|pud|rec)(?: (?:&|and) (?:power|light|gas|water))?"
    r"(?: (?:company|co|corp|corporation|inc|llc|cooperative|co-?op|association|department|district|authority|services?"
    r"|board|works|membership corporation|s\.?a\.?(?:u\.?)?))?,?(?: inc)?$"
)
_PROSE = re.compile(r"\b(?:your|bill|statement|account|charges|usage|factura|used|use|de la|total|current|details)\b")


@dataclass(frozen=True, slots=True)
class Company:
    """A utility as the bill shows it; `known` when the table has it, `sure` when nothing else comes near."""

    name: str
    country: str | None
    known: bool
    sure: bool


def _list_names() -> list[tuple[str, Utility]]:
    names = [(name, utility) for utility in UTILITIES for name in (utility.name, *utility.aliases)]
    return [(fold(name), utility) for name, utility in names if fold(name) not in _ORDINARY]


_SHORTEST = 7
_NAMES = _list_names()
_LONG = sorted({(squeeze(name), utility.name) for name, utility in _NAMES if len(squeeze(name)) >= _SHORTEST})
_SHORT = sorted({(name, utility.name) for name, utility in _NAMES if len(squeeze(name)) < _SHORTEST})
_SITES = {name.replace(" ", "").replace("&", ""): utility.name for name, utility in _NAMES if len(name) >= 3}
_BY_NAME = {utility.name: utility for utility in UTILITIES}


def _list_members() -> dict[str, tuple[str, ...]]:
    """Groups whose name begins those of their companies."""
    members = {name: tuple(other for other in _BY_NAME if other.startswith(f"{name} ")) for name in _BY_NAME}
    return {name: others for name, others in members.items() if len(others) > 1}


_MEMBERS = _list_members()
_STATE = re.compile(r"\b([A-Z]{2}),? ?\d{5}\b")


def find_company(lines: Sequence[Line], country: str) -> Company | None:
    """The utility named most, at the top and in large letters; the letterhead's words where the table has none."""
    if not lines:
        return None
    usual = median(line.height for line in lines)
    scores: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        for cell in line.cells:
            for name, share in _match_cell(cell):
                scores[name] += share * _weigh_place(line, cell, usual) * _weigh_utility(_BY_NAME[name], country)
    _leave_to_members(scores)
    (best, name), (second, _) = sorted([*((score, name) for name, score in scores.items()), (0.0, ""), (0.0, "")])[
        :-3:-1
    ]
    if best < 0.9:
        return _read_letterhead(lines, usual) or (Company(name, _BY_NAME[name].country, True, False) if name else None)
    return Company(name, _BY_NAME[name].country, True, best >= 1.5 and best >= 1.4 * second and name not in _MEMBERS)


def _leave_to_members(scores: defaultdict[str, float]) -> None:
    """What speaks for a group ("Duke Energy") speaks for the one of its companies that the bill names most."""
    for group in [name for name in scores if name in _MEMBERS]:
        named = sorted(((scores[name], name) for name in _MEMBERS[group] if name in scores), reverse=True)
        if named and (len(named) == 1 or named[0][0] >= 1.4 * named[1][0]):
            scores[named[0][1]] += scores.pop(group)


def settle_member(company: Company | None, address: Address | None) -> Company | None:
    """The group's one company in the state of the service address; a group stays a doubt."""
    if company is None or company.name not in _MEMBERS or address is None:
        return company
    states = set(_STATE.findall(address.text)[-1:])
    served = [name for name in _MEMBERS[company.name] if states & set(_BY_NAME[name].states)]
    return Company(served[0], company.country, True, address.sure) if len(served) == 1 else company


def _weigh_utility(utility: Utility, country: str) -> float:
    return (1.2 if utility.country == country else 1.0) * (0.3 if utility.collects_for_others else 1.0)


def _match_cell(cell: Cell) -> list[tuple[str, float]]:
    """Utilities that a cell names and what that is worth, the longest name at a place only."""
    key, folded = squeeze(cell.text), fold(cell.text)
    found: dict[str, tuple[int, float]] = {}
    for name, utility in _LONG:
        if name in key and len(name) > found.get(utility, (0, 0))[0]:
            found[utility] = (len(name), _share_of(name, key, cell))
    padded = f" {' '.join(_WORD.findall(folded))} "
    loud = {fold(word) for word in _WORD.findall(cell.text) if not word.islower()}
    for name, utility in _SHORT:
        if utility not in found and (name in loud or (" " in name and f" {name} " in padded)):
            found[utility] = (len(name), 0.8)
    for site in _SITE.findall(folded):
        if site in _SITES:
            found.setdefault(_SITES[site], (len(site), 1.2))
    _drop_groups(found)
    longest = max((length for length, _ in found.values()), default=0)
    return [(utility, share) for utility, (length, share) in found.items() if length * 2 >= longest]


def _drop_groups(found: dict[str, tuple[int, float]]) -> None:
    """A cell that names a group's company does not name the group."""
    for group in _MEMBERS.keys() & found.keys():
        if found.keys() & set(_MEMBERS[group]):
            del found[group]


def _share_of(name: str, key: str, cell: Cell) -> float:
    """Little for a name inside a longer one: "Tern Valley Electric Cooperative" is not Valley Electric."""
    before = key[: key.find(name)]
    if not before or "#" in before[-3:] or len(cell.text) > _SENTENCE:
        return 1.0
    words = [squeeze(word) for word in _WORD.findall(cell.text)]
    at = next((index for index in range(len(words)) if "".join(words[:index]) == before), 0)
    last = _WORD.findall(cell.text)[at - 1] if at else ""
    return 1.0 if not last or last.islower() or fold(last) in _LEADING or len(before) > 25 else 0.25


def _weigh_place(line: Line, cell: Cell, usual: float) -> float:
    top = 2.0 if line.page == 0 and line.middle < 0.15 else (1.3 if line.middle < 0.15 else 1.0)
    large = min(2.0, max(1.0, cell.height / usual))
    alone = 1.3 if len(cell.text) < 40 else 0.7
    return top * large * alone


def _read_letterhead(lines: Sequence[Line], usual: float) -> Company | None:
    """A name at the top that ends like a company's that sells power."""
    tops = [cell for line in lines if line.middle < 0.2 for cell in line.cells if 4 < len(cell.text) <= 60]
    named = [c for c in tops if _COMPANY.search(fold(c.text).strip(" .,")) and not any(x.isdigit() for x in c.text)]
    named = [c for c in named if len(c.text.split()) >= 2 and not _PROSE.search(fold(c.text))]
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
