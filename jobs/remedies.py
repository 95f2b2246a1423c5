"""What follows from a refused or failed message: another way to say it, who is told, what is stopped."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.outbox import insert_alert
from db.contents import stop_content
from db.suppression import mark_unreachable, suppress_contact
from integrations.channel import Rule, SendResult
from jobs.alerting import is_alert
from jobs.context import Context
from jobs.outcomes import Outcome, Write, cancel, hold, park, retry


def remedy_refusal(context: Context, row: Any, content_id: str, result: SendResult) -> Outcome:
    """The outcome of a send that was certainly refused, with code `result.code`."""
    rule = context.rule_for(result.code, result.sentence)
    if rule.remedy == "resend_as_template" and not content_id:
        return _say_again(row, result, "template")
    if rule.remedy == "retry_then_link" and row.payload.get("media_url"):
        return _say_again(row, result, "link" if row.attempts else "again")
    follow = list_writes(row, rule, content_id, result.code, result.sentence)
    rings = ("vendors",) if rule.alert else ()
    if result.outcome == "stop":
        return cancel(result.sentence, result.code, *follow)
    if result.outcome == "window":
        return hold(result.sentence, result.code, *follow)
    return park(result.sentence, result.code, *follow, rings=rings)


def list_writes(row: Any, rule: Rule, content_id: str, code: str, sentence: str) -> tuple[Write, ...]:
    """What has to be written besides the row: a stopped template, a dead identifier, an opt-out, an alert."""
    writes: list[Write] = []
    if rule.stop_template and content_id:
        writes.append(lambda connection: _ignore(stop_content(connection, content_id, f"{code}: {sentence}")))
    if rule.mark_identifier:
        writes.append(lambda connection: mark_unreachable(connection, row.conversation_id))
    if rule.outcome == "stop":
        writes.append(lambda connection: suppress_contact(connection, row.conversation_id))
    if rule.alert and not is_alert(row.payload):
        writes.append(lambda connection: alert_failure(connection, row, code, sentence))
    return tuple(writes)


def alert_failure(connection: Connection, row: Any, code: str, sentence: str) -> None:
    """Staff hear once that this message did not get through."""
    summary = f"A message was not delivered. {sentence}"
    facts = [("Code", code), ("Message", row.payload.get("text", "")[:200])]
    insert_alert(connection, f"{row.key}:alert", row.conversation_id, "message_failed", summary, facts)


def change_way(payload: dict[str, Any], way: str) -> dict[str, Any]:
    """The payload of the same message said in another way: template, link (of its file), numbered (menu) or again."""
    changed = {**payload, "way": way}
    if way == "link":
        text = f"{payload.get('text', '')}\n{payload['media_url']}".strip()
        return {**changed, "text": text, "media_url": ""}
    return changed


def _say_again(row: Any, result: SendResult, way: str) -> Outcome:
    outcome = retry(result.sentence, result.code, after=0.0)
    return replace(outcome, changes={"payload": change_way(row.payload, way)})


def _ignore(_: object) -> None:
    return None
