"""The markets: country, money, number forms, languages, and what homes there are like."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Market:
    """`thousands` and `decimal` separate digits; `devices` and `roofs` are offered in this order."""

    code: str
    country: str
    currency: str
    languages: tuple[str, ...]
    thousands: str
    decimal: str
    devices: tuple[str, ...]
    roofs: tuple[str, ...]


_SOUTHERN_DEVICES = (
    "water_heater", "borehole_pump", "pool_pump", "air_conditioner", "inverter", "battery", "generator", "refrigerator",
)  # fmt: skip

MARKETS = {
    market.code: market
    for market in (
        Market(
            "US", "US", "USD", ("en", "es"), ",", ".",
            ("air_conditioner", "heat_pump", "ev", "ev_charger", "pool_pump", "battery", "smart_thermostat",
             "water_heater"),
            ("asphalt_shingle", "metal", "clay_tile", "concrete_tile", "slate", "flat_membrane"),
        ),
        Market(
            "ZW", "ZW", "USD", ("en",), ",", ".", _SOUTHERN_DEVICES,
            ("asbestos_cement", "metal", "concrete_tile", "clay_tile", "flat_concrete", "thatch"),
        ),
        Market(
            "ZA", "ZA", "ZAR", ("en",), " ", ",", _SOUTHERN_DEVICES,
            ("concrete_tile", "clay_tile", "metal", "flat_concrete", "slate", "thatch"),
        ),
        Market(
            "ES", "ES", "EUR", ("es", "en"), ".", ",",
            ("air_conditioner", "heat_pump", "water_heater", "ev", "ev_charger", "pool_pump", "battery", "stove"),
            ("clay_tile", "concrete_tile", "flat_concrete", "metal", "slate", "flat_membrane"),
        ),
    )
}  # fmt: skip

DEVICES = (
    "air_conditioner", "battery", "borehole_pump", "ev", "ev_charger", "freezer", "gate_motor", "generator",
    "heat_pump", "heat_pump_water_heater", "inverter", "kettle", "light", "pool_pump", "refrigerator",
    "smart_thermostat", "solar_panel", "stove", "tv", "water_heater", "wifi_router",
)  # fmt: skip

ROOFS = (
    "asphalt_shingle", "asbestos_cement", "clay_tile", "concrete_tile", "flat_concrete", "flat_membrane", "metal",
    "metal_tile", "slate", "thatch", "tile",
)  # fmt: skip


def market_of(code: str) -> Market:
    """The market, the United States for a code that is not one of them."""
    return MARKETS.get(code, MARKETS["US"])


BILL_RANGES = {"USD": (10, 3_000), "EUR": (10, 3_000), "ZAR": (100, 40_000)}
"""By currency the monthly amounts between which the bill of nearly every home is."""


def bill_range(currency: str) -> tuple[float, float]:
    """(lowest, highest) plausible amount of a home's monthly bill; of a currency that is not known, any."""
    return BILL_RANGES.get(currency, (0, float("inf")))
