"""Effects become outbox rows; the job of the same name carries each out."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.wake import EFFECT_QUEUES
from db.outbox import insert_effect
from flows.codec import dump
from flows.effects import SPEAKING, AlertStaff, Effect, Remind, SendMessage


def name_kind(effect: type) -> str:
    """SendMessage -> send_message."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", effect.__name__).lower()


KINDS = {effect: name_kind(effect) for effect in Effect.__args__}


def make_rows(
    effects: Sequence[Effect], conversation_id: int, turn: int, epoch: int, now: datetime
) -> list[dict[str, Any]]:
    """Columns of one outbox row an effect, in order; `epoch` is the control epoch after the turn."""
    return [
        {
            "key": f"{conversation_id}:{turn}:{index}",
            "conversation_id": conversation_id,
            "kind": KINDS[type(effect)],
            "payload": dump(effect),
            "epoch": choose_epoch(effect, epoch),
            "due_at": effect.due_at if isinstance(effect, Remind) else now,
        }
        for index, effect in enumerate(effects)
    ]


def choose_epoch(effect: Effect, epoch: int) -> int | None:
    """None for what does not speak, and for words that are said whoever owns the conversation."""
    if not isinstance(effect, SPEAKING) or (isinstance(effect, SendMessage) and effect.always):
        return None
    return epoch


def insert_alert(
    connection: Connection,
    key: str,
    conversation_id: int,
    reason: str,
    summary: str,
    facts: Sequence[tuple[str, str]],
) -> bool:
    """An alert that no turn asked for, once for each `key`; False if it was there. Ring its queue after the commit."""
    effect = AlertStaff(reason, summary, tuple(facts))
    kind = KINDS[AlertStaff]
    return insert_effect(connection, key=key, conversation_id=conversation_id, kind=kind, payload=dump(effect))


def list_queues(effects: Sequence[Effect]) -> list[str]:
    """The queues to ring for these effects, each once; a reminder is not due yet."""
    return list(dict.fromkeys(EFFECT_QUEUES[KINDS[type(each)]] for each in effects if not isinstance(each, Remind)))
