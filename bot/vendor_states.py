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


def list_gaps(settings: Settings) -> list[str]:
    """What vendors that are on will miss."""
    opensolar = explain_vendor_off(settings, "OpenSolar") is None
    aurora = explain_vendor_off(settings, "Aurora") is None
    speaker_off = explain_vendor_off(settings, TITLES[settings.proposal_vendor])
    gaps = (
        (opensolar and not settings.opensolar_org_id, "OpenSolar refuses every call: no OPENSOLAR_ORG_ID"),
        (aurora and not settings.aurora_tenant_id, "Aurora refuses every call: no AURORA_TENANT_ID"),
        (
            opensolar and not settings.opensolar_webhook_secret,
            "OpenSolar's webhooks are refused: no OPENSOLAR_WEBHOOK_SECRET; its news comes by polling",
        ),
        (
            aurora and not settings.aurora_webhook_secret,
            "Aurora's webhooks are refused: no AURORA_WEBHOOK_SECRET; its news comes by polling",
        ),
        (
            opensolar and not settings.opensolar_auto_sync_enabled,
            "Confirmed projects wait for staff to sync them: OPENSOLAR_AUTO_SYNC_ENABLED is false",
        ),
        (
            (opensolar or aurora) and speaker_off,
            f"Nobody tells homeowners of designs and proposals: PROPOSAL_VENDOR is {settings.proposal_vendor}, and "
            f"{speaker_off}",
        ),
    )
    return [sentence for gap, sentence in gaps if gap]


def list_remarks(settings: Settings) -> list[str]:
    """What to say at start: whatever is off, and why; the chat goes on without it."""
    reasons = [explain_vendor_off(settings, vendor) for vendor in MARKET_VENDORS["US"]]
    remarks = [*filter(None, reasons), *list_gaps(settings)]
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
