"""Looks up incentives for a project: the operation that its changes ask for, or the table where Leap is no help."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.knowledge.incentives.fact import Place
from bot.knowledge.incentives.table import tell_facts
from bot.vendor_news import News, record_news
from db.incentive_rows import ensure_project_case, give_up_reference, replace_results, write_case
from db.types import now
from db.vendor_sync import find_project
from integrations.errors import VendorError
from integrations.leap.devices import make_units
from integrations.leap.legacy import find_expected
from integrations.leap.values import (
    MISMATCH,
    NO_TERRITORY,
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
    sort_failure,
    wait_for_lease,
    write_devices,
)
from jobs.incentive_facts import describe_answer, has_money, is_news
from jobs.incentive_wishes import NO_PANELS, Wish, fit_wish, make_wish, narrow_wish
from jobs.outcomes import Outcome, cancel, done, go_on
from jobs.vendor_log import about

HOME = "RESIDENTIAL"
OURS = "hg-"  # what our own references at Leap begin with


def look_up_project(context: Context, row: Any) -> Outcome:
    """The effect of a conversation: payload {"project": number}."""
    number = row.payload["project"]
    with context.engine.begin() as connection:
        project = find_project(connection, row.conversation_id, number)
        if project is None:
            return cancel(f"The conversation has no project {number}.")
        case = lease_for(context, connection, ensure_project_case(connection, project).id)
        project = find_project(connection, row.conversation_id, number)  # as it is now that nobody else asks
    if case is None:
        return wait_for_lease()
    leap, wish = context.vendors.leap(), make_wish(project)
    if leap is None or wish is None:
        return tell_table(context, row, case, project)
    return look_up_wish(Asking(context, row, case, leap), project, wish)


def choose_operation(asking: Asking, wish: Wish) -> Operation:
    """A lookup for a new customer, a new address or another utility, an override for other devices, a refresh for the
    same."""
    known = asking.address
    if asking.case.looked_up_at is None or known is None or known.home != wish.address.home:
        return "lookup"
    if _names_another_utility(asking, wish):
        return "lookup"
    return "refresh" if asking.counted == wish.counted and asking.case.override_row is None else "override"


def _names_another_utility(asking: Asking, wish: Wish) -> bool:
    """Whether the project names a utility that Leap neither took nor was told of; a refresh would keep Leap's own."""
    if not wish.eiaid or asking.leap.contract == "legacy":
        return False
    cached = asking.case.utilities
    return wish.eiaid not in ((cached.get("primary") or {}).get("eiaid"), cached.get("asked"))


def look_up_wish(asking: Asking, project: Any, wish: Wish) -> Outcome:
    if outcome := judge_open_override(asking):
        return outcome
    try:
        with about(project_id=project.id, conversation_id=asking.row.conversation_id, outbox_id=asking.row.id):
            fitting = fit_wish(asking.leap, wish)
    except VendorError as error:
        return sort_failure(asking, error)
    if fitting is None:
        return tell_table(asking.context, asking.row, asking.case, project, NO_PANELS)
    return ask_wish(asking, project, fitting)


def ask_wish(asking: Asking, project: Any, wish: Wish) -> Outcome:
    """`wish` is one that Leap can be asked."""
    operation = choose_operation(asking, wish)
    whole = replace(build_case(asking.reference, wish.address, HOME, wish.counted), eiaid=wish.eiaid)
    asked = whole if operation != "override" else replace(whole, eiaid=0)
    moved = operation == "lookup" and asking.case.looked_up_at is not None and bool(asking.counted)
    if operation == "refresh":
        asked = replace(whole, address=None, classification="", eiaid=0)
    elif moved:
        named = {number: quantity for number, quantity in asking.counted.items() if number in wish.counted}
        asked = replace(whole, units=make_units(named))
    answer = ask_leap(asking, operation, asked, whole=whole)
    if isinstance(answer, Outcome):
        narrower = narrow_wish(wish, asking.counted) if answer.code == UNKNOWN_DEVICE else None
        return ask_wish(asking, project, narrower) if narrower else _sort_outcome(asking, project, wish, answer)
    asked = whole if operation == "refresh" else asked
    if answer.devices_ignored and operation == "lookup":
        return _go_on_to_override(asking, asked, answer, {})
    if moved and asking.counted != wish.counted:
        return _go_on_to_override(asking, asked, answer, asking.counted)
    return tell_answer(asking, project, operation, asked, answer, wish.left_out)


def _go_on_to_override(asking: Asking, asked: LeapCase, answer: IncentiveAnswer, owned: dict[int, int]) -> Outcome:
    """The address is known at Leap now; the devices `owned` there (empty: nobody knows) are not the project's."""
    columns = describe_answered(asking, "lookup", asked, answer)
    columns["devices"] = write_devices(owned)
    return go_on(lambda connection: _keep(connection, asking, columns))


def _keep(connection: Connection, asking: Asking, columns: dict[str, Any]) -> None:
    write_case(connection, asking.case, **columns)


def _sort_outcome(asking: Asking, project: Any, wish: Wish, outcome: Outcome) -> Outcome:
    """No territory: the table answers, as it does while staff see to a device that Leap refuses. A home that Leap knows
    by another reference of ours goes by that."""
    if outcome.code == NO_TERRITORY:
        return tell_table(asking.context, asking.row, asking.case, project)
    if outcome.code == UNKNOWN_DEVICE:
        told = tell_table(asking.context, asking.row, asking.case, project)
        return replace(outcome, writes=(*told.writes, *outcome.writes), rings=(*told.rings, *outcome.rings))
    expected = find_expected(outcome.reason) if outcome.code == MISMATCH else ""
    if not expected.startswith(OURS) or expected == asking.reference:
        return outcome
    columns = {
        "customer_reference": expected,
        "address": {name: getattr(wish.address, name) for name in LeapAddress.__dataclass_fields__},
        "home": wish.address.home,
        "classification": HOME,
        "devices": [],
        "looked_up_at": now(),
    }

    def adopt(connection: Connection) -> None:
        give_up_reference(connection, expected)
        _keep(connection, asking, columns)

    return go_on(adopt)


def tell_answer(
    asking: Asking, project: Any, operation: Operation, asked: LeapCase, answer: IncentiveAnswer, left_out: str
) -> Outcome:
    """Keeps the answer and tells it, where it says something new. Programmes with nothing for this home: the table."""
    facts = describe_answer(answer, asking.row.db_now.date())
    columns = describe_answered(asking, operation, asked, answer)
    if not has_money(facts):
        table = find_table_facts(project, asking.row)
        facts = table if table is not None else facts
        columns |= {"status": "nothing"}
    silent = not has_money(facts) and facts["source"] == "leap" and asking.case.told is None

    def keep(connection: Connection) -> None:
        if not keep_answer(connection, asking, {**columns, "told": asking.case.told if silent else facts}, answer):
            return
        if not silent:
            tell(connection, asking.row, asking.case, project, facts)

    return done("", left_out, keep, rings=("turns",))


def tell_table(context: Context, row: Any, case: Any, project: Any, reason: str = "") -> Outcome:
    """What the table knows, where Leap is not asked or knows nothing; `reason` is for staff."""
    facts = find_table_facts(project, row)
    columns: dict[str, Any] = {
        "source": "table",
        "status": "nothing" if facts is None else "known",
        "error": "",
        "firm_cents": None,
        "possible_cents": None,
        "yearly_cents": None,
        "connect_url": "",
        "told": facts or case.told,
    }

    def keep(connection: Connection) -> None:
        if not write_case(connection, case, **columns):
            return
        replace_results(connection, case.id, ())
        if facts is not None:
            tell(connection, row, case, project, facts)

    return done("", reason, keep, rings=("turns",))


def find_table_facts(project: Any, row: Any) -> dict[str, Any] | None:
    place = Place(project.country.upper(), project.state, project.city, project.postal_code)
    types = [each["type"] for each in project.devices if each.get("quantity") != 0]
    return tell_facts(place, types, row.db_now.date())


def tell(connection: Connection, row: Any, case: Any, project: Any, facts: dict[str, Any]) -> None:
    """One event for each effect, and none for what was told before."""
    if is_news(facts, case.told):
        key = f"leap:{case.id}:{row.id}"
        record_news(connection, key, project.conversation_id, "leap", project.number, (News("incentives", facts),))
