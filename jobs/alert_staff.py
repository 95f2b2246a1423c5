"""Tell staff: the first address of STAFF_ALERTS_TO that takes it; a number gets a message, an address a mail."""

from typing import Any

from sqlalchemy import Connection, select

from db.contacts import Contact
from db.conversations import Conversation
from db.outbox import OFF_DUTY, insert_effect
from db.staff_lines import open_line
from jobs.context import Context
from jobs.mail import MailFailed, send_mail
from jobs.outcomes import Outcome, done, go_on, park

TEMPLATE = "staff_alert"
TEMPLATE_BODY = "A homeowner needs you. {{1}} Details: {{2}}. Please take the conversation or answer from your desk."
TEMPLATE_SAMPLES = ("They ask for a call back.", "Contact: +15555550123; Conversation: 12")
LONGEST = 1500  # characters of a message
NOBODY = "nobody is on duty: STAFF_ALERTS_TO is empty"


def run(context: Context, row: Any) -> Outcome:
    """Done once an address has taken it or a message to it is on its way; if that message fails, this runs again for
    the next address. Parked when none is left."""
    addresses, tried = context.settings.staff_alerts_to, row.payload.get("tried", {})
    if not addresses:
        return park(NOBODY, OFF_DUTY)
    left = [address for address in addresses if address not in tried]
    if not left:
        reasons = "; ".join(f"{address}: {reason}" for address, reason in tried.items())
        return park(f"No address took the alert. {reasons}", "alert_failed")
    facts = list_facts(context, row)
    if left[0].startswith("mailto:"):
        return _mail(context, row, left[0], facts)
    return _write_message(context, row, left[0], facts)


def list_facts(context: Context, row: Any) -> list[tuple[str, str]]:
    """Who it is about, then what the turn wanted to be known."""
    with context.engine.connect() as connection:
        name, reply_to = connection.execute(
            select(Contact.name, Conversation.reply_to)
            .join(Conversation, Conversation.contact_id == Contact.id)
            .where(Conversation.id == row.conversation_id)
        ).one()
    about = [
        ("Contact", reply_to.removeprefix("whatsapp:")),
        ("Name", name),
        ("Conversation", str(row.conversation_id)),
    ]
    given = [(str(label), str(value)) for label, value in row.payload.get("facts", ())]
    labels = {label for label, _ in given}
    return [fact for fact in about if fact[1] and fact[0] not in labels] + given


def _mail(context: Context, row: Any, address: str, facts: list[tuple[str, str]]) -> Outcome:
    settings, summary = context.settings, row.payload.get("summary", "")
    text = "\n".join([summary, "", *(f"{label}: {value}" for label, value in facts), ""])
    try:
        send_mail(settings.smtp_url, settings.mail_from, address.removeprefix("mailto:"), f"Alert: {summary}", text)
    except MailFailed as error:
        tried = {**row.payload.get("tried", {}), address: str(error)}
        return go_on(changes={"payload": {**row.payload, "tried": tried}})
    return done("", f"mailed to {address.removeprefix('mailto:')}")


def _write_message(context: Context, row: Any, address: str, facts: list[tuple[str, str]]) -> Outcome:
    """The message goes its own way: intent, window, template, pace, reconciliation and statuses are those of any."""
    channel, _, phone = address.partition(":")
    summary, ours = row.payload.get("summary", ""), context.sender
    lines = [summary, *(f"{label}: {value}" for label, value in facts)]
    number = len(row.payload.get("tried", {}))

    def write(connection: Connection) -> None:
        insert_effect(
            connection,
            key=f"{row.key}>{row.lease_token}.{number}",
            conversation_id=open_line(connection, channel, ours, phone),
            kind="send_message",
            payload={
                "is": "SendMessage",
                "text": "\n".join(lines)[:LONGEST],
                "language": "en",
                "keys": [TEMPLATE],
                "template": TEMPLATE,
                "variables": [summary, "; ".join(lines[1:])[:LONGEST]],
                "unprompted": True,
                "always": True,
                "alert": row.id,
                "address": address,
            },
        )

    return done("", f"a message to {address} is on its way", write, rings=("sends",))
