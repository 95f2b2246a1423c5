"""Carries out effects other than messages: claim one, run it outside any transaction, settle it, until none is due."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from bot.failpoints import reach
from bot.wake import EFFECT_QUEUES
from db.outbox import claim_effect
from jobs import (
    alert_staff,
    apply_for_incentives,
    fetch_media,
    look_up_incentives,
    note_decision,
    order_design,
    read_bill,
    read_voice,
    remind,
    send_proposal,
    share_media,
    sync_project,
)
from jobs.context import Context
from jobs.outcomes import Outcome, retry
from jobs.settling import Claim, describe_error, settle

RUNS: Mapping[str, Callable[[Context, Any], Outcome]] = {
    "alert_staff": alert_staff.run,
    "apply_for_incentives": apply_for_incentives.run,
    "fetch_media": fetch_media.run,
    "look_up_incentives": look_up_incentives.run,
    "note_decision": note_decision.run,
    "order_design": order_design.run,
    "read_bill": read_bill.run,
    "read_voice": read_voice.run,
    "remind": remind.run,
    "send_proposal": send_proposal.run,
    "share_media": share_media.run,
    "sync_project": sync_project.run,
}
"""What carries each kind out; messages have a way of their own in `jobs.sends`."""

LEASES = {"vendors": 2, "documents": 4}  # of LEASE_SECONDS: a mail and a file of 16 MB may take longer than a turn
FIRST = {"documents": ("fetch_media", "read_voice")}
"""What goes before a queue's other effects: a channel's files can be fetched for minutes only, reading a bill may take
some."""
DRAIN_SECONDS = 60.0

log = structlog.get_logger(__name__)


def drain_queue(context: Context, queue: str, drain_seconds: float = DRAIN_SECONDS) -> int:
    """Runs every due effect of a queue; how many runs there were."""
    context.bell.silence(queue)
    until = time.monotonic() + drain_seconds
    count = 0
    lease_seconds = context.settings.lease_seconds * LEASES[queue]
    ranks = rank_kinds(queue)
    while any(run_next(context, kinds, lease_seconds) for kinds in ranks):
        count += 1
        if time.monotonic() > until:
            context.bell.ring(queue)
            break
    return count


def rank_kinds(queue: str) -> list[list[str]]:
    """The queue's kinds in the order of their claims; those of one rank as they are due."""
    first = FIRST.get(queue, ())
    others = [kind for kind, of in EFFECT_QUEUES.items() if of == queue and kind not in first]
    return [*([kind] for kind in first), others]


def run_next(context: Context, kinds: list[str], lease_seconds: float) -> bool:
    """Runs one due effect; False if there was none."""
    with context.engine.begin() as connection:
        row, read_at = claim_effect(connection, kinds, lease_seconds), time.monotonic()
        reach("effect.before_claim_commit")
    if row is None:
        return False
    reach("effect.after_claim")
    outcome = run_effect(context, row)
    reach("effect.after_run")
    settle(context, Claim(row, row.lease_token, row.attempts, read_at), outcome)
    log.info("effect settled", kind=row.kind, row=row.id, status=outcome.status, reason=outcome.reason)
    return True


def run_effect(context: Context, row: Any) -> Outcome:
    """The outcome of one run; what nobody foresaw is tried again, and parked in the end."""
    try:
        return RUNS[row.kind](context, row)
    except Exception as error:
        log.exception("effect failed in an unforeseen way", kind=row.kind, row=row.id)
        return retry(describe_error(error))
