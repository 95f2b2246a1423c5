"""The figures of a design, an incentive and a day as words; what is not known is left out, never invented."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from flows.wording import Voice, has_text, join_words, render, show_cents, show_date, show_kw, show_kwh, show_number

LONGEST_NAME, LONGEST_CONDITION = 90, 160
MOST = ((3, 3), (3, 2), (2, 2), (1, 2), (1, 1), (1, 0))
"""How many programmes of a sort and conditions of an amount are named, until all fits; the others are counted."""

LONGEST_DETAILS = 650
"""Characters about incentives in one message; notes that do not fit are left out whole."""

Facts = Mapping[str, Any]


def read_number(facts: Facts, name: str) -> int | float | None:
    """A number above zero; None for whatever else stands there."""
    value = facts.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if value > 0 else None


def read_day(text: Any) -> date | None:
    """A day from ISO 8601, a time behind it let be."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def pick_text(value: Any, language: str, longest: int = LONGEST_NAME) -> str:
    """Words that come in several languages, or in one; cut where they are too long."""
    if isinstance(value, Mapping):
        value = value.get(language) or value.get("en") or ""
    return cut_text(" ".join(str(value).split()) if value else "", longest)


def cut_text(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def show_figures(facts: Facts, voice: Voice) -> str:
    """Three at most: the system's size, a year's production, and the price or else the share of the consumption."""
    found = [_show_size(facts, voice), _show_production(facts, voice), _show_price(facts, voice)]
    return ", ".join(filter(None, found)) or render("figures.none", voice.language)


def has_figures(facts: Facts) -> bool:
    return any(read_number(facts, name) is not None for name in ("kw", "yearly_kwh", "price_cents", "offset"))


def _show_size(facts: Facts, voice: Voice) -> str:
    kilowatts, panels = read_number(facts, "kw"), read_number(facts, "panels")
    if kilowatts is None:
        return ""
    size = show_kw(kilowatts, voice)
    if panels is None:
        return size
    return render("figures.size", voice.language, size=size, panels=show_number(int(panels), voice))


def _show_production(facts: Facts, voice: Voice) -> str:
    yearly = read_number(facts, "yearly_kwh")
    return "" if yearly is None else render("figures.year", voice.language, amount=show_kwh(yearly, voice))


def _show_price(facts: Facts, voice: Voice) -> str:
    cents, offset = read_number(facts, "price_cents"), read_number(facts, "offset")
    if cents is not None:
        return show_cents(cents, str(facts.get("currency") or ""), voice)
    return "" if offset is None else render("figures.offset", voice.language, percent=show_number(round(offset), voice))


def has_incentives(facts: Facts) -> bool:
    return any(facts.get(part) for part in ("firm", "possible", "ended", "notes"))


def show_incentives(facts: Facts, voice: Voice) -> str:
    """A line for what is firm, one for what is possible under conditions, one for what has ended, each by itself: no
    sum mixes them. At most 650 characters."""
    for programmes, conditions in MOST:
        lines = _list_programmes(facts, voice, programmes, conditions)
        if len("\n".join(lines)) <= LONGEST_DETAILS:
            break
    for note in facts.get("notes") or ():
        text = pick_text(note, voice.language, LONGEST_DETAILS)
        if text and len("\n".join((*lines, text))) <= LONGEST_DETAILS:
            lines.append(text)
    return cut_text("\n".join(lines), LONGEST_DETAILS)


def _list_programmes(facts: Facts, voice: Voice, most: int, conditions: int) -> list[str]:
    lines = []
    show_possible = partial(_show_possible, most=conditions)
    for part, show in (("firm", _show_programme), ("possible", show_possible), ("ended", _show_ended)):
        rows = [row for row in facts.get(part) or () if isinstance(row, Mapping)]
        shown = [show(row, facts, voice) for row in rows[:most]]
        if len(rows) > most:
            shown.append(render("figures.more", voice.language, count=len(rows) - most))
        if shown:
            lines.append(render(f"figures.{part}", voice.language, programmes="; ".join(shown)))
    if facts.get("connect_url"):
        lines.append(render("figures.connect", voice.language, url=facts["connect_url"]))
    return lines


def _show_programme(row: Facts, facts: Facts, voice: Voice, prefix: str = "figures.") -> str:
    name, cents = pick_text(row.get("program"), voice.language), read_number(row, "amount_cents")
    if cents is None:
        return name
    amount = show_cents(cents, str(row.get("currency") or facts.get("currency") or ""), voice)
    key = prefix + ("yearly" if row.get("yearly") else "once")
    return render(key, voice.language, program=name, amount=amount)


def _show_possible(row: Facts, facts: Facts, voice: Voice, most: int) -> str:
    """`most` conditions by name; the others are counted, never dropped."""
    shown = _show_programme(row, facts, voice, "figures.maybe_")
    conditions = [each for each in row.get("conditions") or () if pick_text(each, voice.language)]
    words = [_show_condition(each, voice.language) for each in conditions[:most]]
    if left := len(conditions) - len(words):
        key = ("figures.more_conditions" if words else "figures.conditions") + ("_one" if left == 1 else "")
        words.append(render(key, voice.language, count=left))
    joined = join_words(words, voice.language)
    return render("figures.if", voice.language, program=shown, conditions=joined) if joined else shown


def _show_condition(condition: Any, language: str) -> str:
    """A vendor's own words, which are English, are quoted in another language."""
    text = pick_text(condition, language, LONGEST_CONDITION)
    if language != "en" and not isinstance(condition, Mapping):
        return render("figures.quoted", language, text=text)
    return _begin_small(text)


def _begin_small(text: str) -> str:
    """As in the middle of a sentence; what is an abbreviation stays one."""
    return text[0].lower() + text[1:] if text[1:2].islower() else text


def _show_ended(row: Facts, facts: Facts, voice: Voice) -> str:
    name, day = pick_text(row.get("program"), voice.language), read_day(row.get("ended_on"))
    return render("figures.ended_on", voice.language, program=name, day=show_date(day, voice)) if day else name


def show_status(status: Any, language: str) -> str:
    """An application's status in words, the vendor's own where we have none."""
    key = f"value.application.{str(status).lower()}"
    return render(key, language) if has_text(key, language) else str(status).replace("_", " ")
