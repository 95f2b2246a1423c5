"""Twilio's error codes: what each means for the message, and who has to know."""

import re
from dataclasses import replace

from integrations.channel import Rule

_RATE = Rule("retry", "Twilio or WhatsApp asks for fewer messages; it is sent again by itself.")
_TEMPLATE = Rule(
    "template",
    "WhatsApp refused the template or a value in it; it is not sent again until the template is put right.",
    alert="staff",
    stop_template=True,
    stop_menu=True,
)
_ACCOUNT = Rule("fail", "The Twilio account or sender is restricted; look into the Twilio console.", alert="operator")
_LOGIN = Rule(
    "fail", "Twilio refuses our credentials; check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.", alert="operator"
)
_SENDER = Rule("fail", "Twilio does not know our sender for WhatsApp; check TWILIO_WHATSAPP_FROM.", alert="operator")
_MEDIA = Rule("fail", "Twilio could not fetch the file or it is too large; a link goes out instead.", "retry_then_link")
_ABSENT = Rule("unreachable", "This number is not on WhatsApp; reach the contact another way.", mark_identifier=True)
_BROKEN = Rule("fail", "WhatsApp or Twilio failed to deliver the message; send it again by hand if it matters.")
_CONTENT = Rule("fail", "Twilio refused how the message was built; tell the developers.", alert="staff", stop_menu=True)

RULES: dict[str, Rule] = {
    "63016": Rule(
        "window", "The contact last wrote more than 24 hours ago; only a template may go out.", "resend_as_template"
    ),
    "63018": _RATE,
    "20429": _RATE,
    "429": _RATE,
    "21611": _RATE,
    "30001": _RATE,
    "63024": _ABSENT,
    "63003": _ABSENT,
    "21211": replace(_ABSENT, sentence="Twilio does not accept this address; check the number."),
    "63032": Rule("fail", "Meta keeps this contact out of business messages for an experiment; do not send again."),
    "63049": Rule(
        "fail",
        "WhatsApp refused this as marketing; the template belongs into the category utility.",
        alert="staff",
    ),
    "63021": _TEMPLATE,
    "63027": _TEMPLATE,
    "63028": _TEMPLATE,
    "63040": _TEMPLATE,
    "63041": _TEMPLATE,
    "63042": _TEMPLATE,
    "63013": Rule("fail", "The message breaks a rule of WhatsApp; the detail says which.", alert="staff"),
    "63019": _MEDIA,
    "11751": _MEDIA,
    "63015": Rule("fail", "The contact has not joined the Twilio sandbox: they send `join` and its two words first."),
    "63051": _ACCOUNT,
    "63112": _ACCOUNT,
    "63020": _ACCOUNT,
    "30002": _ACCOUNT,
    "20005": _ACCOUNT,
    "20003": _LOGIN,
    "401": _LOGIN,
    "403": _LOGIN,
    "63007": _SENDER,
    "21212": _SENDER,
    "21606": _SENDER,
    "21610": Rule("stop", "The contact has opted out."),
    "21617": Rule("fail", "The message is longer than Twilio takes; tell the developers.", alert="staff"),
    "21655": _CONTENT,
    "21656": _CONTENT,
    "63005": _CONTENT,
    "63006": _CONTENT,
    "63010": _BROKEN,
    "63012": _BROKEN,
    "63023": _BROKEN,
}

DEFAULT = Rule(
    "fail", "Twilio refused or lost the message for a reason that we do not know; see the code.", alert="staff"
)

_NAMES_TEMPLATE = re.compile(r"templat|placeholder|variable|parameter", re.IGNORECASE)


def rule_for(code: str, detail: str = "") -> Rule:
    """The rule of `code`. `detail` is Twilio's own text: 63013 has many causes and stops a template only if it names
    it."""
    if code == "63013" and _NAMES_TEMPLATE.search(detail):
        return _TEMPLATE
    return RULES.get(code, DEFAULT)
