"""A message -> the form that Twilio's Messages resource takes; its answer -> a SendResult."""

import json

import httpx

from integrations.channel import Outbound, SendResult
from integrations.twilio.address import format_address
from integrations.twilio.codes import rule_for
from integrations.twilio.form import clean_text
from integrations.twilio.inbound import SID
from integrations.twilio.render import WHATSAPP, sanitise_variables
from integrations.twilio.wire import NOTHING_SENT, read_fault, read_object, read_retry_after

UNKNOWN = "Nobody knows yet whether Twilio took this message; it is looked up before anything is sent again."
UNREACHABLE = "Twilio cannot be reached; the message is sent again by itself."


def build_form(message: Outbound, sender: str) -> dict[str, str]:
    """The fields of a send. ValueError for what can never be sent: no recipient, nothing to say, more than 1,600
    characters, options without Content (create it first, or use `numbered_text`)."""
    form = {"To": format_address(message.to), **_name_sender(sender)}
    if message.status_callback:
        form["StatusCallback"] = message.status_callback
    if message.content_id:
        return form | _build_content(message)
    if message.options:
        raise ValueError("options need a Content id, or numbered text")
    text = clean_text(message.text)
    if len(text) > WHATSAPP.body:
        raise ValueError(f"a text has at most {WHATSAPP.body} characters; split it")
    if text.strip():
        form["Body"] = text
    if message.media_url:
        form["MediaUrl"] = message.media_url
    if "Body" not in form and "MediaUrl" not in form:
        raise ValueError("a message says nothing")
    return form


def _name_sender(sender: str) -> dict[str, str]:
    return {"MessagingServiceSid": sender} if sender.startswith("MG") else {"From": format_address(sender)}


def _build_content(message: Outbound) -> dict[str, str]:
    fields = {"ContentSid": message.content_id}
    values = sanitise_variables([clean_text(value) for value in message.variables])
    if values:
        numbered = {str(number): value for number, value in enumerate(values, start=1)}
        fields["ContentVariables"] = json.dumps(numbered, ensure_ascii=False)
    return fields


def classify_answer(response: httpx.Response) -> SendResult:
    """What an answer says of the message. Only a readable 2xx with a SID is `sent`; any 5xx, and whatever else leaves
    room for doubt, is `unknown`, since Messages has no idempotency key."""
    status = response.status_code
    code, words = read_fault(response)
    if status == 429 or code == "20429":
        return SendResult("retry", "", code, rule_for("20429").sentence, read_retry_after(response))
    if 200 <= status < 300:
        sid = (read_object(response) or {}).get("sid")
        if isinstance(sid, str) and SID.fullmatch(sid):
            return SendResult("sent", sid)
        return SendResult("unknown", "", str(status), UNKNOWN)
    if 400 <= status < 500 and status != 408:
        rule = rule_for(code, words)
        return SendResult(rule.outcome, "", code, f"{rule.sentence} ({words})" if words else rule.sentence)
    return SendResult("unknown", "", code, UNKNOWN)


def classify_silence(error: httpx.HTTPError) -> SendResult:
    """What it means for the message that no answer came."""
    name = type(error).__name__
    if isinstance(error, NOTHING_SENT):
        return SendResult("retry", "", name, UNREACHABLE)
    return SendResult("unknown", "", name, UNKNOWN)
