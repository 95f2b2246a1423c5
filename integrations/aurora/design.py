"""A design at Aurora, read in every shape in which it may come."""

import math
import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from integrations.aurora.wire import Body, iterate_items, unwrap
from integrations.aurora.words import read_word
from integrations.vendor import Design

MODULES = ("modules", "module", "solar_modules", "solar_panels", "panels")
INVERTERS = ("inverters", "string_inverters", "microinverters", "storage_inverters", "inverter")
BATTERIES = ("batteries", "battery", "storage")
SIZES = ("system_size_stc", "system_size_watts", "system_size")
PRICES = ("system_price", "system_cost", "total_system_price", "total_price")

PICTURES = ("panel_layout_url", "layout_url", "irradiance_map_url", "screenshot_url")
PICTURE_TYPES = ("cad_screenshot", "panel_layout", "design_layout", "irradiance", "cad_auto_screenshot", "screenshot")

SMALLEST_WATTS = 100.0
"""Below it a size is in kW: no roof carries a system of that few watts."""

LARGEST_FRACTION = 3.0
"""Up to it an offset is a fraction: 1.05 and 105 both are 105 %."""


def read_design(design_id: str, summary: Any, pricing: Any = None, assets: Any = None) -> Design:
    """The design as far as Aurora tells it; watts become kW, an offset percent, money cents."""
    design = unwrap(summary, "design")
    parts = [part for part in design.get("bill_of_materials") or [] if isinstance(part, Mapping)]
    price = read_price(pricing)
    return Design(
        external_id=design_id,
        kw=_read_size(design),
        panels=_count_panels(design, parts),
        panel_model=_name_part(parts, MODULES) or _name_thing(design, "module", "modules"),
        inverter_model=_name_part(parts, INVERTERS) or _name_thing(design, "inverter", "string_inverters", "inverters"),
        battery_model=_name_part(parts, BATTERIES) or _name_thing(design, "storage", "batteries", "battery"),
        yearly_kwh=read_yearly(design),
        monthly_kwh=_read_months(design),
        offset=_read_offset(design),
        price_cents=price,
        currency=_read_currency(pricing) if price is not None else "",
        picture_url=pick_picture(assets),
    )


def read_yearly(design: Mapping[str, Any]) -> float | None:
    """kWh a year, as `energy_production.annual` or `annual_energy_production`."""
    energy = design.get("energy_production")
    annual = energy.get("annual") if isinstance(energy, Mapping) else energy
    return _read_number(annual) or _read_number(design.get("annual_energy_production"))


def is_simulated(summary: Any) -> bool:
    """Whether the summary shows what a performance simulation finds."""
    return read_yearly(unwrap(summary, "design")) is not None


def is_stale(summary: Any) -> bool:
    """Whether the design has changed since its simulation."""
    energy = unwrap(summary, "design").get("energy_production")
    return isinstance(energy, Mapping) and energy.get("up_to_date") is False


def has_system(summary: Any) -> bool:
    """Whether there is a system in the design, rather than a bare roof."""
    design = read_design("", summary)
    return bool(design.panels or design.kw)


def read_price(pricing: Any) -> int | None:
    """Cents; None where there is no price yet."""
    prices = unwrap(pricing, "pricing")
    for name in PRICES:
        amount = _read_number(prices.get(name))
        if amount:
            return int((Decimal(str(amount)) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return None


def pick_picture(assets: Any) -> str:
    """A link to a picture of the panels, else of the irradiance; empty without one that a browser shows."""
    named = unwrap(assets, "assets")
    for name in PICTURES:
        if _is_picture(named.get(name), named=True):
            return str(named[name])
    found: dict[str, str] = {}
    for asset in iterate_items(assets, "asset"):
        kind = read_word(asset.get("asset_type") or asset.get("type") or asset.get("name"))
        url = asset.get("url") or asset.get("file_url") or asset.get("download_url")
        wanted = next((known for known in PICTURE_TYPES if known in kind), "")
        if wanted and _is_picture(url, named="screenshot" in kind):
            found.setdefault(wanted, str(url))
    return next((found[kind] for kind in PICTURE_TYPES if kind in found), "")


def _is_picture(url: Any, *, named: bool) -> bool:
    """By the ending of its path; without one, `named` decides."""
    if not isinstance(url, str) or not re.match(r"https?://[^\s/]+/", url):
        return False
    path = re.sub(r"[?#].*", "", url)
    ending = re.search(r"\.(\w{2,5})$", path.rpartition("/")[2])
    return ending.group(1).lower() in ("png", "jpg", "jpeg", "webp") if ending else named


def _read_size(design: Body) -> float | None:
    """kW; the DC size at standard conditions before the AC size, which is better than none."""
    for name in SIZES:
        if watts := _read_number(design.get(name)):
            return _as_kw(watts)
    arrays = [array for array in design.get("arrays") or [] if isinstance(array, Mapping)]
    if watts := math.fsum(_read_number(array.get("size")) or 0.0 for array in arrays):
        return _as_kw(watts)
    ac = _read_number(design.get("system_size_ac"))
    return _as_kw(ac) if ac else None


def _as_kw(size: float) -> float:
    return round(size / 1000 if size >= SMALLEST_WATTS else size, 3)


def _count_panels(design: Body, parts: Iterable[Mapping[str, Any]]) -> int | None:
    listed = sum(_read_count(part.get("quantity")) for part in parts if _is_kind(part, MODULES))
    if listed:
        return listed
    if told := _read_count(design.get("module_count")):
        return told
    arrays = [array for array in design.get("arrays") or [] if isinstance(array, Mapping)]
    counts = (_read_count(a.get("module_count") or unwrap(a, "module").get("count")) for a in arrays)
    return sum(counts) or None


def _is_kind(part: Mapping[str, Any], kinds: tuple[str, ...]) -> bool:
    return read_word(part.get("component_type")) in kinds


def _name_part(parts: Iterable[Mapping[str, Any]], kinds: tuple[str, ...]) -> str:
    """The model of which there are most; kinds of inverters in their order."""
    for kind in kinds:
        wanted = [part for part in parts if _is_kind(part, (kind,)) and _name_model(part)]
        if wanted:
            return _name_model(max(wanted, key=lambda part: _read_count(part.get("quantity"))))
    return ""


def _name_thing(design: Mapping[str, Any], *names: str) -> str:
    for name in names:
        thing = design.get(name)
        first = thing[0] if isinstance(thing, list) and thing else thing
        if isinstance(first, Mapping) and (found := _name_model(first)):
            return found
    return ""


def _name_model(thing: Mapping[str, Any]) -> str:
    """Manufacturer and model, the manufacturer once."""
    maker = _read_text(thing.get("manufacturer_name")) or _read_text(thing.get("manufacturer"))
    model = _read_text(thing.get("name")) or _read_text(thing.get("model"))
    if maker and not model.casefold().startswith(maker.casefold()):
        return f"{maker} {model}".strip()
    return model


def _read_months(design: Body) -> tuple[float, ...] | None:
    """Twelve kWh from January."""
    energy = design.get("energy_production")
    months = energy.get("monthly") if isinstance(energy, Mapping) else None
    months = months or design.get("monthly_energy_production")
    numbers = [_read_number(value) for value in months] if isinstance(months, list) else []
    known = tuple(number for number in numbers if number is not None)
    return known if len(known) == len(numbers) == 12 else None


def _read_offset(design: Body) -> float | None:
    """Percent of consumption, from 1.05, 105 or "105%"."""
    energy = design.get("energy_production")
    told = energy.get("annual_offset") if isinstance(energy, Mapping) else None
    told = design.get("offset") if told is None else told
    number = _read_number(told)
    if not number:
        return None
    is_percent = isinstance(told, str) and "%" in told
    return round(number if is_percent or number > LARGEST_FRACTION else number * 100, 1)


def _read_currency(pricing: Any) -> str:
    """ISO 4217; Aurora prices in US dollars where it does not say."""
    told = unwrap(pricing, "pricing").get("currency")
    return told.upper() if isinstance(told, str) and re.fullmatch(r"[A-Za-z]{3}", told) else "USD"


def _read_text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _read_number(value: Any) -> float | None:
    """A number, or a text that holds one ("87%", "12,400")."""
    if isinstance(value, str):
        try:
            value = float(value.strip().rstrip("%").replace(",", ""))
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value)


def _read_count(value: Any) -> int:
    number = _read_number(value)
    return int(number) if number and number > 0 else 0
