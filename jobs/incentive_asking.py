"""Asks Leap about a case under lease, an override once and never again by itself, and sorts what goes wrong."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection

from bot.outbox import insert_alert
from db.incentive_rows import is_waiting, lease_case, replace_results, write_case
from db.outbox import UNCERTAIN
from db.types import now
from integrations.errors import OutOfFunds, RateLimited, Resting, Throttled, Unauthorised, Uncertain, VendorError
from integrations.leap.client import LeapClient
from integrations.leap.devices import find_row, make_units
from integrations.leap.values import (
    UNKNOWN_CUSTOMER,
    UNKNOWN_UTILITY,
    IncentiveAnswer,
    LeapAddress,
    LeapCase,
    Operation,
    Utility,
)
from jobs.context import Context
from jobs.incentive_facts import count_cents, list_rows
from jobs.outcomes import Outcome, defer, park, retry
from jobs.settling import MAX_ATTEMPTS
from jobs.vendor_log import about

BUSY_SECONDS = 1.0
DIED = (
    "The process ended while it replaced the devices at Leap, so nobody knows whether it happened. "
    "A retry replaces them once more."
)
NOT_DONE = "Incentives were not looked up."


@dataclass(frozen=True, slots=True)
class Asking:
    """`row` is the effect, `case` the case under our lease."""

    context: Context
    row: Any
    case: Any
    leap: LeapClient

    @property
    def reference(self) -> str:
        """How the customer is called at Leap."""
        return str(self.case.customer_reference or self.case.reference_id)

    @property
    def counted(self) -> dict[int, int]:
        """How many of each device Leap was last told of, as far as the table still has them."""
        counted = {int(each["device_id"]): int(each["quantity"]) for each in self.case.devices}
        return {number: quantity for number, quantity in counted.items() if find_row(number)}

    @property
    def address(self) -> LeapAddress | None:
        return LeapAddress(**self.case.address) if self.case.address else None


def lease_for(context: Context, connection: Connection, case_id: int) -> Any | None:
    """The case under a lease that outlives the effect's own; None while somebody else asks about it."""
    return lease_case(connection, case_id, 3 * context.settings.lease_seconds)


def wait_for_lease() -> Outcome:
    return defer("Another look-up for the same home is at work.", BUSY_SECONDS)


def release(asking: Asking, **values: Any) -> None:
    """Gives the lease back, with `values` written."""
    with asking.context.engine.begin() as connection:
        write_case(connection, asking.case, **values)


def write_devices(counted: dict[int, int]) -> list[dict[str, int]]:
    return [{"device_id": number, "quantity": quantity} for number, quantity in sorted(counted.items())]


def build_case(
    reference: str, address: LeapAddress | None, classification: str, counted: Mapping[int, int]
) -> LeapCase:
    return LeapCase(reference, classification, address, make_units(counted))


def judge_open_override(asking: Asking) -> Outcome | None:
    """What an override that never settled means: ours died on its way, another's is waited for. None: there is none."""
    sent_by = asking.case.override_row
    if sent_by is None:
        return None
    if sent_by == asking.row.id:
        return park_override(asking, DIED)
    with asking.context.engine.begin() as connection:
        if is_waiting(connection, sent_by):
            write_case(connection, asking.case)
            return wait_for_lease()
    return None  # whoever sent it was dropped; what Leap has is not known, and an override is due


def park_override(asking: Asking, sentence: str) -> Outcome:
    """Staff decide; what devices Leap has is not known any more."""
    values: dict[str, Any] = {"override_row": None, "devices": [], "status": "failed", "error": sentence}
    return park_loudly(asking, sentence, UNCERTAIN, values)


def ask_leap(
    asking: Asking,
    operation: Operation,
    asked: LeapCase,
    create_application: bool = False,
    whole: LeapCase | None = None,
) -> IncentiveAnswer | Outcome:
    """The answer, or how the effect ends for now. A customer whom Leap has lost is looked up with `whole`; a utility
    that it does not know is left to it."""
    row = asking.row
    with about(project_id=asking.case.project_id, conversation_id=row.conversation_id, outbox_id=row.id):
        try:
            if operation == "override" and not _commit_intent(asking, asked):
                return wait_for_lease()
            return asking.leap.calculate(operation, asked, create_application)
        except VendorError as error:
            try:
                return _mend(asking, error, operation, asked, create_application, whole)
            except VendorError as failure:
                return sort_failure(asking, failure)


def _commit_intent(asking: Asking, asked: LeapCase) -> bool:
    """Whether the override may be sent: the lease is still ours. What takes time has been asked for before."""
    for number in {unit.number for unit in asked.units}:
        asking.leap.offers(number)
    with asking.context.engine.begin() as connection:
        return write_case(connection, asking.case, release=False, override_row=asking.row.id)


def _mend(
    asking: Asking,
    error: VendorError,
    operation: Operation,
    asked: LeapCase,
    create_application: bool,
    whole: LeapCase | None,
) -> IncentiveAnswer:
    if error.code == UNKNOWN_UTILITY and operation == "lookup" and asked.eiaid:
        return asking.leap.lookup(replace(asked, eiaid=0), create_application)
    if error.code == UNKNOWN_CUSTOMER and operation != "lookup" and whole is not None and whole.address is not None:
        return asking.leap.lookup(whole, create_application)
    raise error


def sort_failure(asking: Asking, error: VendorError) -> Outcome:
    """Later again where that may help, else staff decide. The homeowner hears nothing of it."""
    if isinstance(error, Uncertain):
        return park_override(asking, error.sentence)
    if isinstance(error, (Throttled, Resting)):
        release(asking, override_row=None)
        return defer(error.sentence, error.retry_after or BUSY_SECONDS, error.code)
    failure = {"status": "failed", "error": error.sentence, "override_row": None}
    if error.retryable and asking.row.attempts < MAX_ATTEMPTS:
        release(asking, **failure)
        return retry(error.sentence, error.code, error.retry_after if isinstance(error, RateLimited) else None)
    shared = isinstance(error, (Unauthorised, OutOfFunds))
    return park_loudly(asking, error.sentence, error.code, failure, shared=shared)


def park_loudly(asking: Asking, sentence: str, code: str, values: dict[str, Any], *, shared: bool = False) -> Outcome:
    """Staff decide, and hear of it: once a day where every look-up meets the same."""

    def keep(connection: Connection) -> None:
        _write(connection, asking, values)
        row = asking.row
        if row.conversation_id is not None:
            key = f"leap:{code}:{row.db_now.date().isoformat()}" if shared else f"{row.key}:parked:{code}"
            facts = [("Vendor", "Leap"), ("Code", code), ("Waits as", f"e{row.id}")]
            insert_alert(connection, key, row.conversation_id, "vendor_failed", f"{NOT_DONE} {sentence}", facts)

    return park(sentence, code, keep, rings=("vendors",))


def _write(connection: Connection, asking: Asking, values: dict[str, Any]) -> None:
    write_case(connection, asking.case, **values)


def describe_answered(asking: Asking, operation: Operation, asked: LeapCase, answer: IncentiveAnswer) -> dict[str, Any]:
    """Columns of a case after an answer; `asked` has all of what Leap knows now."""
    utilities = {
        "primary": _describe_utility(answer.primary),
        "possible": [_describe_utility(each) for each in answer.possible],
        "asked": asked.eiaid or asking.case.utilities.get("asked", 0),
    }
    counted: dict[int, int] = {}
    for unit in asked.units:
        counted[unit.number] = counted.get(unit.number, 0) + 1
    address = asked.address or asking.address
    return {
        "contract": asking.leap.contract,
        "external_id": answer.external_id,
        "address": asdict(address) if address else {},
        "home": address.home if address else "",
        "classification": asked.classification or asking.case.classification,
        "devices": write_devices(counted),
        "utilities": utilities,
        "operation": operation,
        "source": "leap",
        "status": "known",
        "error": "",
        "connect_url": answer.connect_url,
        "answer": dict(answer.raw),
        "override_row": None,
        "looked_up_at": now(),
        **count_cents(answer),
    }


def keep_answer(connection: Connection, asking: Asking, columns: dict[str, Any], answer: IncentiveAnswer) -> bool:
    """Writes the case and its results; False if the lease was lost, and then nothing."""
    if not write_case(connection, asking.case, **columns):
        return False
    replace_results(connection, asking.case.id, list_rows(answer))
    return True


def _describe_utility(utility: Utility | None) -> dict[str, Any] | None:
    return None if utility is None else {"eiaid": utility.eiaid, "name": utility.name}
