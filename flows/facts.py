"""What is known of a project as labelled lines: for the recap, for staff, for everything that lists it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from flows.definition import Flow
from flows.markets import market_of
from flows.pending import is_open
from flows.state import SlotValue, State
from flows.wording import Voice, has_text, join_words, render, show_money, show_number

NUMBERS = ("one", "many")
Show = Callable[[Any, Voice], str]


def facts(state: State, language: str = "en") -> tuple[tuple[str, str], ...]:
    """(label, text) of everything known, in the flow's order; English unless told, as staff read it."""
    from flows.registry import flow_named  # the registry's flows are checked with wording that lives beside this

    voice = voice_of(state.slots, language, state.market)
    return list_facts(flow_named(state.flow), state.slots, voice, state.skipped)


def list_facts(
    flow: Flow, slots: Mapping[str, SlotValue], voice: Voice, skipped: Collection[str] = ()
) -> tuple[tuple[str, str], ...]:
    """One line a row, the slots of a row in the flow's order; values of slots that the flow no longer has come last.

    What was left open of the `skipped` has a line that says so.
    """
    rows: dict[str, list[str]] = {}
    for slot in flow.slots:
        held = slots.get(slot.name)
        text = show_value(flow, slot.name, held.value, voice) if held else ""
        if text:
            rows.setdefault(slot.fact_row, []).append(text)
        elif slot.later and slot.name in skipped and is_open(slot, slots, voice.market):
            rows[slot.name] = [render("value.gap", voice.language)]
    lines = [(label_of(row, voice.language), ", ".join(texts)) for row, texts in rows.items()]
    stray = [(name, str(held.value)) for name, held in slots.items() if name not in flow.by_name]
    return (*lines, *stray)


def sum_up(flow: Flow, slots: Mapping[str, SlotValue], voice: Voice, skipped: Collection[str]) -> str:
    """Everything known in one line; what was left open has its label with it."""
    gap = render("value.gap", voice.language)
    own = {name: held for name, held in slots.items() if name not in flow.follow_ups}
    rows = list_facts(flow, own, voice, skipped)
    return " · ".join(f"{label}: {text}" if text == gap else text for label, text in rows)


def show_row(flow: Flow, name: str, slots: Mapping[str, SlotValue], voice: Voice) -> str:
    """The text of the row that a slot belongs to, "" when nothing of it is known."""
    return dict(list_facts(flow, slots, voice)).get(label_of(flow.by_name[name].fact_row, voice.language), "")


def label_of(row: str, language: str) -> str:
    return render(f"label.{row}", language) if has_text(f"label.{row}", language) else row


def voice_of(slots: Mapping[str, SlotValue], language: str, market: str) -> Voice:
    """How to speak: in the bill's own currency, else in the market's."""
    held = slots.get("currency")
    return Voice(language, market, str(held.value) if held else market_of(market).currency)


def show_value(flow: Flow, name: str, value: Any, voice: Voice) -> str:
    """A value in words; "" for what goes without saying (the market's own country and currency, consent)."""
    own = f"value.{name}.{str(value).lower()}"
    if has_text(own, voice.language):
        return render(own, voice.language)
    return _SHOWS.get(flow.by_name[name].kind, _show_text)(value, voice)


def _show_text(value: Any, voice: Voice) -> str:
    return str(value)


def _show_code(value: Any, voice: Voice) -> str:
    is_currency = len(str(value)) == 3  # amounts are shown with theirs
    return "" if is_currency or value == market_of(voice.market).country else str(value)


def _show_bill(value: Any, voice: Voice) -> str:
    return render("value.monthly_bill", voice.language, amount=show_money(value, voice))


def _show_annual(value: Any, voice: Voice) -> str:
    return render("value.annual_kwh", voice.language, amount=show_number(value, voice))


def _show_kwh(value: Any, voice: Voice) -> str:
    if not isinstance(value, list):
        return render("value.monthly_kwh", voice.language, amount=show_number(value, voice))
    known = [month for month in value if month is not None]
    mean = show_number(round(sum(known) / len(known)), voice)
    return render("value.twelve_months", voice.language, amount=mean, months=len(known))


def _show_devices(value: Any, voice: Voice) -> str:
    if not value:
        return render("value.no_devices", voice.language)
    return join_words([show_device(row, voice.language, voice.market) for row in value], voice.language)


def show_device(row: Mapping[str, Any], language: str, market: str = "") -> str:
    """How many of what, in the market's word: "2 air conditioners", "no generator", "lights" for an unknown number."""
    quantity, key = row["quantity"], f"device.{row['type']}"
    own = f"{key}.{market.lower()}"
    one, many = (render(f"{own if has_text(f'{own}.{form}', language) else key}.{form}", language) for form in NUMBERS)
    if quantity is None:
        return many
    if quantity == 0:
        return render("value.zero_devices", language, device=one)
    return f"{quantity} {one if quantity == 1 else many}"


def _show_location(value: Any, voice: Voice) -> str:
    words = value.get("address") or value.get("label")
    return render("value.location", voice.language, place=words or f"{value['latitude']:.5f}, {value['longitude']:.5f}")


def _show_document(value: Any, voice: Voice) -> str:
    return render("value.document", voice.language, count=len(value["media_ids"]))


def _show_told(value: Any, voice: Voice) -> str:
    """A fact of a vendor's for staff: its link or its day, else that it is there."""
    if isinstance(value, Mapping):
        return str(value.get("url") or value.get("status") or render("value.told", voice.language))
    return str(value)


def _show_nothing(value: Any, voice: Voice) -> str:
    return ""


_SHOWS: dict[str, Show] = {
    "money": _show_bill,
    "annual_kwh": _show_annual,
    "kwh": _show_kwh,
    "code": _show_code,
    "devices": _show_devices,
    "location": _show_location,
    "document": _show_document,
    "consent": _show_nothing,
    "photo": _show_document,
    "told": _show_told,
}
