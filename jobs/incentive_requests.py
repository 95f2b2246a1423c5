"""Looks up incentives for a customer of a key's holder; how it ended is what the API answers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.incentive_answers import build_answer
from bot.incentive_facade import BAD_DEVICES, BUSY, INTERNAL, NO_CUSTOMER, NO_UTILITY, OTHER_REFERENCE, REFUSED
from db.incentive_rows import is_left_for_staff, write_case
from db.outbox import UNCERTAIN
from integrations.leap.values import (
    BAD_ADDRESS,
    CONFLICT,
    MISMATCH,
    NO_TERRITORY,
    NOT_ASKABLE,
    UNKNOWN_CUSTOMER,
    UNKNOWN_DEVICE,
    IncentiveAnswer,
    LeapAddress,
    LeapCase,
    Operation,
)
from jobs.context import Context
from jobs.incentive_asking import (
    Asking,
    ask_leap,
    build_case,
    describe_answered,
    judge_open_override,
    keep_answer,
    lease_for,
    wait_for_lease,
)
from jobs.outcomes import Outcome, cancel, done

REFUSALS: Mapping[str, tuple[int, str]] = {
    NO_TERRITORY: (404, NO_UTILITY),
    BAD_ADDRESS: (404, NO_UTILITY),
    UNKNOWN_DEVICE: (400, BAD_DEVICES),
    UNKNOWN_CUSTOMER: (400, NO_CUSTOMER),
    MISMATCH: (400, OTHER_REFERENCE),
    CONFLICT: (409, BUSY),
    **dict.fromkeys((NOT_ASKABLE, "400", "409", "422"), (400, REFUSED)),
}
"""What the request itself is wrong about: its caller hears of it, and nobody else has to."""

MOST_TRIES = 3  # a caller waits: later they ask again themselves


def look_up_request(context: Context, row: Any) -> Outcome:
    """The effect of an API call: payload as `bot.incentive_facade.open_case` writes it. `result` becomes {"status",
    "body"}."""
    with context.engine.begin() as connection:
        case = lease_for(context, connection, row.payload["case"])
    if case is None:
        return wait_for_lease()
    leap = context.vendors.leap()
    if leap is None:
        reason = f"{context.vendors.explain('leap')}."
        return answer_with(cancel(reason, "vendor_off", lambda connection: _release(connection, case)), 503, reason)
    asking = Asking(context, row, case, leap)
    if outcome := judge_open_override(asking):
        return end(asking, outcome)
    return carry_out(asking, row.payload["operation"])


def carry_out(asking: Asking, operation: Operation) -> Outcome:
    """What is not given is what Leap was last told. A lookup of somebody known keeps their devices."""
    payload, case = asking.row.payload, asking.case
    known = case.looked_up_at is not None
    address = LeapAddress(**payload["address"]) if payload["address"] else asking.address
    named = {each["device_id"]: each["quantity"] for each in payload["devices"] or ()}
    keeps = operation == "refresh" or (operation == "lookup" and known and asking.counted)
    classification = payload["building_type"] or case.classification
    whole = build_case(asking.reference, address, classification, asking.counted if keeps else named)
    answer = ask_leap(asking, operation, choose_asked(asking, operation, whole), payload["create_application"], whole)
    if isinstance(answer, IncentiveAnswer) and operation == "lookup" and answer.devices_ignored:
        # Leap knows them from a lookup whose answer was lost.
        answer = ask_leap(asking, "override", whole, payload["create_application"])
    if isinstance(answer, Outcome):
        return end(asking, answer)
    if operation == "refresh" and named:
        answer = replace(answer, results=tuple(each for each in answer.results if each.number in named))
    return finish(asking, operation, whole, answer)


def choose_asked(asking: Asking, operation: Operation, whole: LeapCase) -> LeapCase:
    """A lookup says everything, the others what is new: a cached utility must not be looked for again."""
    if operation == "lookup":
        return whole
    moved = whole.address if asking.address is None or whole.address != asking.address else None
    if operation == "override":
        return replace(whole, address=moved)
    return replace(whole, address=moved, classification=asking.row.payload["building_type"])


def finish(asking: Asking, operation: Operation, whole: LeapCase, answer: IncentiveAnswer) -> Outcome:
    payload, case = asking.row.payload, asking.case
    columns = describe_answered(asking, operation, whole, answer)
    body = build_answer(
        answer,
        reference_id=case.reference_id,
        customer_id=case.id,
        company=payload["company"],
        address=LeapAddress(**columns["address"]),
        building_type=columns["classification"],
        create_application=payload["create_application"],
    )

    def keep(connection: Connection) -> None:
        keep_answer(connection, asking, columns, answer)

    return answer_with(done("", "", keep), 200, body)


def end(asking: Asking, outcome: Outcome) -> Outcome:
    """How a failure is answered; one that may pass is tried again while the caller waits."""
    if outcome.status == "parked" and outcome.code in REFUSALS:
        status, words = REFUSALS[outcome.code]
        return answer_with(done("", outcome.reason, *outcome.writes), status, words)
    if outcome.status == "retry" and outcome.code != "429" and asking.row.attempts >= MOST_TRIES:
        return answer_with(cancel(outcome.reason, outcome.code, *outcome.writes), 500, INTERNAL)
    if outcome.status == "parked":
        return answer_with(_park_once(asking, outcome), 500, INTERNAL)
    return outcome


def _park_once(asking: Asking, outcome: Outcome) -> Outcome:
    """What staff have to see, once: every request may meet the same, and callers ask again themselves. An override that
    may have happened is each a case of its own."""
    with asking.context.engine.connect() as connection:
        known = outcome.code != UNCERTAIN and is_left_for_staff(connection, asking.row.kind, outcome.code)
    return cancel(outcome.reason, outcome.code, *outcome.writes) if known else outcome


def answer_with(outcome: Outcome, status: int, body: str | Mapping[str, Any]) -> Outcome:
    """The outcome with what the API answers: a text becomes {"error": text}."""
    answer = {"error": body} if isinstance(body, str) else dict(body)
    return replace(outcome, changes={**outcome.changes, "result": {"status": status, "body": answer}})


def _release(connection: Connection, case: Any) -> None:
    write_case(connection, case)
