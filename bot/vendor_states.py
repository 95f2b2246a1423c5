"""Which vendors are on: a key, the flag, and the market."""

from bot.settings import Settings

MARKET_VENDORS = {
    "US": ("OpenSolar", "Aurora", "Leap"),
    "ZW": ("OpenSolar",),
    "ZA": ("OpenSolar",),
    "ES": ("OpenSolar",),
}


def explain_vendor_off(settings: Settings, vendor: str) -> str | None:
    """A sentence saying why `vendor` ("OpenSolar", "Aurora", "Leap") is off; None when it is on."""
    key, enabled = {
        "OpenSolar": (settings.opensolar_api_key, settings.opensolar_integration_enabled),
        "Aurora": (settings.aurora_api_key, True),
        "Leap": (settings.leap_api_key, True),
    }[vendor]
    if vendor not in MARKET_VENDORS[settings.market]:
        return f"{vendor} is off: not in market {settings.market}"
    if not enabled:
        return f"{vendor} is off: {vendor.upper()}_INTEGRATION_ENABLED is false"
    if not key:
        return f"{vendor} is off: no key ({vendor.upper()}_API_KEY)"
    return None


def list_vendors_off(settings: Settings) -> list[str]:
    """The sentences to say at start."""
    reasons = (explain_vendor_off(settings, vendor) for vendor in MARKET_VENDORS["US"])
    return [reason for reason in reasons if reason]
