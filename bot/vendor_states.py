"""Which vendors are on – a key, the flag, and the market – and what else is said at start."""

from bot.settings import Settings
from flows.markets import market_of

SHORTEST_KEY = 16  # characters

MARKET_VENDORS = {
    "US": ("OpenSolar", "Aurora", "Leap"),
    "ZW": ("OpenSolar",),
    "ZA": ("OpenSolar",),
    "ES": ("OpenSolar",),
}

TITLES = {"opensolar": "OpenSolar", "aurora": "Aurora", "leap": "Leap"}
"""What staff call the vendors."""


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


def find_currency(settings: Settings) -> str:
    """The money of the market, for prices that do not name theirs."""
    return market_of(settings.market).currency


def list_remarks(settings: Settings) -> list[str]:
    """What to say at start: whatever is off, and why; the chat goes on without it."""
    reasons = [explain_vendor_off(settings, vendor) for vendor in MARKET_VENDORS["US"]]
    remarks = [reason for reason in reasons if reason]
    if not settings.twilio_account_sid or not settings.twilio_auth_token:
        remarks.append("WhatsApp is off: no TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN; messages wait")
    if not settings.secret_key:
        remarks.append("Files are not kept: no SECRET_KEY")
    if any(len(key) < SHORTEST_KEY for key in settings.secret_key):
        remarks.append("SECRET_KEY is short enough to be guessed; make one: openssl rand -hex 32")
    if not settings.staff_alerts_to:
        remarks.append("Nobody is on duty: no STAFF_ALERTS_TO")
    mails = any(address.startswith("mailto:") for address in settings.staff_alerts_to)
    if mails and not (settings.smtp_url and settings.mail_from):
        remarks.append("Alerts by mail are off: no SMTP_URL or MAIL_FROM")
    return remarks
