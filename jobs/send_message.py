"""Say something to a contact: the network call between the two commits, and what its answer means."""

from dataclasses import replace
from time import monotonic
from typing import Any

import structlog
from sqlalchemy import Connection

from bot.failpoints import reach
from db.contents import stop_content
from integrations.channel import Channel, Outbound, OutOption, SendResult
from jobs.context import Context
from jobs.intent import Ready
from jobs.outcomes import Outcome, done, doubt, park, retry
from jobs.remedies import change_way, remedy_refusal

log = structlog.get_logger(__name__)


def run(context: Context, ready: Ready) -> Outcome:
    """Hands the message to the channel once."""
    row, content_id = ready.claim.row, ready.content_id
    channel: Channel | None = context.channel
    if channel is None:
        return retry("The channel is off: it has no account.")
    try:
        message = build_message(context, row, content_id)
    except ValueError as error:
        return park(f"This message can never be sent: {error}.")
    if monotonic() > ready.start_by:  # this process stood still, or a menu took too long
        return retry("The lease was nearly over before anything was sent.", after=0.0)
    try:
        result = channel.send(message)
    except ValueError as error:  # refused before anything was sent
        return park(f"This message can never be sent: {error}.")
    except Exception:
        log.exception("send failed in an unforeseen way", row=row.id)
        return doubt("An unforeseen error; see the log.")
    reach("send.after_post")
    if message.content_id and not content_id and _blames_menu(context, result):
        return drop_menu(context, row, message.content_id, result)
    return explain_result(context, row, content_id, result)


def build_message(context: Context, row: Any, content_id: str) -> Outbound:
    """What the channel is asked to send; menus become Content on the way. ValueError where nothing can be built."""
    payload = row.payload
    message = Outbound(
        to=row.reply_to,
        text=payload.get("text", ""),
        options=tuple(
            OutOption(option["id"], option["title"], option.get("description", ""))
            for option in payload.get("options", ())
        ),
        menu=payload.get("menu", ""),
        media_url=payload.get("media_url", ""),
        status_callback=f"{context.settings.public_url.rstrip('/')}{context.need_channel().status_path}?m={row.id}",
    )
    if content_id:
        variables = tuple(payload.get("variables", ()))
        return Outbound(
            to=message.to, content_id=content_id, variables=variables, status_callback=message.status_callback
        )
    if not message.options:
        return message
    if payload.get("way") == "numbered":
        return context.need_channel().number_options(message)
    return context.menus.apply(context, message, payload.get("language", "en"))


def _blames_menu(context: Context, result: SendResult) -> bool:
    return result.outcome in ("template", "fail") and context.rule_for(result.code, result.sentence).stop_menu


def drop_menu(context: Context, row: Any, menu_id: str, result: SendResult) -> Outcome:
    """The channel refused a menu: it is forgotten, and the same words go out with numbered lines."""
    context.menus.forget(menu_id)

    def stop(connection: Connection) -> None:
        stop_content(connection, menu_id, f"{result.code}: {result.sentence}")

    outcome = retry(result.sentence, result.code, after=0.0)
    return replace(outcome, writes=(stop,), changes={"payload": change_way(row.payload, "numbered")})


def explain_result(context: Context, row: Any, content_id: str, result: SendResult) -> Outcome:
    """The outcome of a send from the channel's answer."""
    if result.outcome == "sent":
        return done(result.external_id)
    if result.outcome == "retry":
        return retry(result.sentence, result.code, result.retry_after)
    if result.outcome == "unknown":
        return doubt(result.sentence, result.code)
    return remedy_refusal(context, row, content_id, result)
