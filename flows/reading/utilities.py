"""Electric utilities by their names and nicknames."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from rapidfuzz.distance import OSA

from flows.reading.phrases import Match, Phrases, split_words
from flows.reading.segments import Message


@dataclass(frozen=True, slots=True)
class Utility:
    """A utility; `eia_id` is its number in EIA form 861 where certain, `city` the city whose municipality it is.

    `counties`: state -> the main counties it serves there; `serves`: towns; `short`: a name for a button; `offered`:
    whether it may be offered to tap.
    """

    name: str
    country: str
    states: tuple[str, ...] = ()
    eia_id: int | None = None
    aliases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    collects_for_others: bool = False
    city: str | None = None
    counties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    serves: tuple[str, ...] = ()
    short: str = ""
    offered: bool = True


def _load() -> tuple[Utility, ...]:
    text = resources.files("flows.reading").joinpath("data", "utilities.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["utility"]
    return tuple(_build(row) for row in rows)


def _build(row: dict[str, Any]) -> Utility:
    lists = {name: tuple(row.get(name, ())) for name in ("states", "aliases", "weak", "serves")}
    return Utility(**{**row, **lists})


UTILITIES = _load()
_COMMON_TEXT = """
ui nes rec pec tep rge mce pse ava pso ipl cpa genera liberty consumers edison duke excel dominion seco ppl mge cmp
gmp kub aps srp iid epb octopus repsol plenitude oge bcm nmb rmp avista reliant versant entergy aee oncor city_light
natural la_comision gas_natural gru wps rpu endesa tva black_hills ameren pedernales alliant northwestern
direct_energy united_power pacific_power mid_american mea hea cde nbu dme pwc oec vec bpu mdu kua lus bwl pwp cec
mte holy_cross greystone connexus first_electric constellation ambit dixie_power blue_ridge_energy union_power
"""
_COMMON = frozenset(name.replace("_", " ") for name in _COMMON_TEXT.split())
"""Names that are ordinary words or short letters: outside their own question they need words about electricity."""
_ALONE_TEXT = "aps srp tep pse ppl iid epb oge rge mge cmp gmp pso ipl gru wps rpu nes pec kub rmp sce sdge smud tva"
_ALONE = frozenset(_ALONE_TEXT.split())
"""Initials that are a whole answer whatever was asked."""
_TABLE: list[tuple[str, tuple[Utility, bool]]] = [
    (name, (utility, name in utility.weak))
    for utility in UTILITIES
    for name in (utility.name, *utility.aliases, *utility.weak)
]
_PHRASES: Phrases[tuple[Utility, bool]] = Phrases(_TABLE)
_POWER = re.compile(
    r"\b(?:utility|electric\w*|power|energy|bill(?:s|ed)?|pay|provider|company|with|from|by|on|luz|compania"
    r"|through|grid|kwh|factura|recibo|zesa|prepaid"
    r"|con|pag\w+|supplier|service|use|have|is|tokens|krag|magetsi|contrato)\b"
)
_PAID = re.compile(r"\b(?:with|w/|w|from|through|thru|pay(?:ing)?|to|con|by|utility is|company is)/? (?:the )?$")
_ELECTRIC = re.compile(r"\b(?:bill|electric\w*|power|utility|kwh|luz|factura|recibo)\b")
_NOT = re.compile(
    r"\b(?:not|isn'?t|no es|no longer|used to be|instead of|no|nie|switched from|was)(?: (?:the|with|from"
    r"|on|con|de))* *$"
)
_UNKNOWN = re.compile(
    r"\b(?P<name>(?:(?!en |de |del |con |mi |al |mes |por |la |el |una? |tengo|pago|gasto|my|the|our|is|its|it|from"
    r"|with|by|at|pay|an?|some|i|we|use|have|and|local|small|your"
    r"|an|called|through|on|of)[a-z&'.-]+ ){1,4}"
    r"(?:electric(?: (?:co-?op(?:erative)?|association|company|coop|membership|department|service|board"
    r"|utility|authority))?|(?:power|light|energy|municipal|utilities) (?:co-?op|company|district"
    r"|department|authority|board|association|and light|& light)"
    r"|energy|power|emc|rec|pud|remc|utilities|co-?op|cooperative|municipality|munisipaliteit|light and "
    r"power|municipal|energia|luz))\b"
)
_PRICED = re.compile(
    r"\W*(?:[a-z&']+ ){1,4}(?:electric|energy|power|co-?op|emc|pud|rec|electric co-?op)\b"
    r"[\s,:-]*(?:about |around |like )?\$?\d{2,4}(?: ?(?:to|-|or) ?\$?\d{2,4})?\W*"
)
_CITY_OF = re.compile(
    r"\b(?P<name>(?:city|town|village) of [a-z]+(?: [a-z]+)?)(?= *(?:$|[.,;!\n]| (?:utilities|electric|and"
    r"|is)))"
)
_SMALL = frozenset({"of", "and", "the", "de", "la"})


def read_utility(
    message: Message, asked: str | None, country: str, questions: tuple[tuple[int, int], ...] = ()
) -> None:
    """Set `utility` to the canonical name; the company that sends the bill wins over a programme billed by another."""
    inside = [] if asked == "utility" else [span for span in questions if len(message.plain[slice(*span)].split()) > 3]
    found = [
        m
        for m in _PHRASES.find(message)
        if _counts(message, m, asked, country) and not any(a <= m.start < b for a, b in inside)
    ]
    kept = [m for m in found if not _NOT.search(message.plain, max(0, m.start - 24), m.start)]
    for match in found:
        message.take(match.start, match.end)
    if kept:
        best = min(
            kept, key=lambda m: (m.value[0].collects_for_others, m.value[0].country != country, m.value[1], m.start)
        )
        message.add("utility", best.value[0].name, best.start, best.end, 0.75 if best.value[1] else 0.95)
    elif asked == "utility" and (near := _find_misspelt(message, country)):
        message.add("utility", near, 0, len(message.plain), 0.55)
    elif asked == "utility" or _PRICED.fullmatch(message.free):
        _read_unknown(message)


def _counts(message: Message, match: Match[tuple[Utility, bool]], asked: str | None, country: str) -> bool:
    utility, weak = match.value
    if asked == "utility":
        return match.text not in ("is", "it") and (utility.country == country or not weak)
    if utility.country != country and match.text in _COMMON:
        return False
    if weak:
        return utility.country == country and _is_paid(message, match)
    if match.text in _ALONE and utility.country == country and message.plain.strip(" .,!?\n") == match.text:
        return True
    if match.text in _COMMON:
        start, end = message.sentence_at(match.start)
        rest = message.plain[start : match.start] + " " + message.plain[match.end : end]
        return bool(_POWER.search(rest)) or message.has("monthly_bill")
    return True


def _is_paid(message: Message, match: Match[tuple[Utility, bool]]) -> bool:
    """ "220 a month with duke": a nickname right behind the word that says who is paid."""
    start, _ = message.sentence_at(match.start)
    lead = _PAID.search(message.plain, max(start, match.start - 20), match.start)
    return bool(lead) and (message.has("monthly_bill") or bool(_ELECTRIC.search(message.plain)))


_LEAD = re.compile(
    r"^\W*(?:(?:it'?s|its|i|we|have|use|with|i'?m|think|the|my|company|is|es|con|la|tengo|creo|que)\W+)*"
)


def _find_misspelt(message: Message, country: str) -> str | None:
    """The one company whose name is a letter or two away from all that was said; it is asked whether that is meant."""
    said = _LEAD.sub("", message.plain).strip(" .,!?\n")
    if not 5 <= len(said) <= 30 or any(c.isdigit() for c in said):
        return None
    most = 1 if len(said) < 8 else 2
    near = {
        utility.name
        for name, (utility, weak) in _TABLE
        if utility.country == country
        and not weak
        and len(name) > 4
        and abs(len(name) - len(said)) <= most
        and OSA.distance(said, name.lower(), score_cutoff=most) <= most
    }
    return near.pop() if len(near) == 1 else None


def _read_unknown(message: Message) -> None:
    match = _CITY_OF.search(message.free) or _UNKNOWN.search(message.free)
    if match and not re.search(
        r"\b(?:no|what|not|solar|more|any|much|sell|buy|get|lose|save|cut|green|clean|free|cheap|need|want|lots?)\b",
        match.group("name"),
    ):
        raw = message.raw[match.start("name") : match.end("name")]
        name = raw if raw != raw.lower() else " ".join(w if w in _SMALL else w.capitalize() for w in raw.split())
        message.add("utility", name, match.start("name"), match.end("name"), 0.6)


_NAMES = frozenset(" ".join(split_words(name)) for name, _ in _TABLE)


def is_alias(text: str) -> bool:
    """True when folded words are, as a whole, a way to write some utility."""
    return " ".join(split_words(text)) in _NAMES


def find_city_of(name: str) -> str | None:
    """The city whose municipality sells the electricity."""
    return next((utility.city for utility in UTILITIES if utility.name == name), None)
