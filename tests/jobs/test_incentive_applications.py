"""Applications: only after a yes, read until they end, each status told once."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.incentives import IncentiveApplication
from db.outbox import OutboxRow
from jobs.incentive_applications import ask_for_poll, read_applications
from tests.jobs.incentive_stage import Home
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

OpenHome = Callable[..., Home]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", seed=7)) as running:
        yield running


@pytest.fixture
def open_home(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[OpenHome]:
    opened: list[Home] = []

    def open_it(**more: Any) -> Home:
        opened.append(Home(database_url, redis_url, sandbox, **more))
        opened[-1].look_up()
        return opened[-1]

    yield open_it
    for home in opened:
        home.close()


@pytest.fixture
def home(open_home: OpenHome) -> Home:
    """A home whose incentives are known."""
    return open_home()


def count_made(home: Home) -> int:
    return len(home.sandbox.world.ledger.entries("leap_application_created"))


def read_again(home: Home) -> int:
    """Every open application is due now, and read."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    for row in home.applications():
        if row.due_at is not None:
            home.stage.change(IncentiveApplication, row.id, due_at=past)
    return read_applications(home.stage.context)


def move(home: Home, status: str, **more: Any) -> None:
    home.pull(f"customers/{home.case().reference_id}/applications", status=status, **more)


def test_nothing_is_applied_for_without_a_yes(home: Home) -> None:
    home.look_up()
    assert (count_made(home), home.case().consented_at, home.applications()) == (0, None, [])


def test_a_yes_makes_one_application_for_each_programme(home: Home) -> None:
    row = home.apply()
    assert (row.status, row.error) == ("done", "")
    case = home.case()
    assert case.consented_at is not None
    assert [(each.program_name, each.status) for each in home.applications()] == [
        ("Sunny Block Rebate", "not_started"), ("Battery Reserve Rewards", "not_started"),
    ]  # fmt: skip
    (facts,) = home.news("application")
    assert facts == {
        "program": "Sunny Block Rebate, Battery Reserve Rewards",
        "status": "not_started",
        "connect_url": case.connect_url,
    }
    assert case.connect_url.endswith(case.reference_id)
    assert len(home.news()) == 1
    assert (case.firm_cents, case.devices) == (
        120_000,
        [{"device_id": 1, "quantity": 1}, {"device_id": 2, "quantity": 1}],
    )


def test_a_second_yes_makes_no_second_application(home: Home) -> None:
    home.apply()
    first = home.case().consented_at
    home.apply()
    assert (count_made(home), len(home.applications()), home.case().consented_at) == (2, 2, first)


def test_the_yes_is_kept_though_leap_is_down(home: Home) -> None:
    home.break_leap("leap.refreshes", "error_before", count=3)
    row = home.apply()
    assert row.status == "ready"
    assert home.case().consented_at is not None
    assert home.again(row.id).status == "done"
    assert (count_made(home), len(home.news("application"))) == (2, 1)


def test_a_list_that_fails_is_asked_for_again(home: Home) -> None:
    home.break_leap("leap.applications", "error_before", count=3)
    row = home.apply()
    assert (row.status, home.applications()) == ("ready", [])
    assert home.again(row.id).status == "done"
    assert (count_made(home), len(home.applications())) == (2, 2)


def test_leap_that_is_off_holds_the_wish(open_home: OpenHome) -> None:
    home = open_home(leap_api_key="")
    row = home.apply()
    assert (row.status, row.error_code) == ("held", "vendor_off")
    assert row.error == "Leap is off: no key (LEAP_API_KEY)."
    assert home.case().consented_at is not None


def test_a_home_that_leap_was_never_asked_about(home: Home) -> None:
    second = home.add_project(2, street="")
    row = home.apply(2)
    assert (row.status, row.error_code) == ("parked", "not_looked_up")
    assert home.case(second).lease_until is None


def test_nothing_to_apply_for_is_said_to_staff_and_the_homeowner(home: Home) -> None:
    home.change(street="1 Palm Way", city="Miami", state="FL", postal_code="33101", devices=[])
    home.look_up()
    assert home.apply().status == "done"
    assert [row.payload["summary"] for row in home.stage.rows("alert_staff")] == [
        "The homeowner agreed to apply for incentives, but Leap has nothing to apply for at their address."
    ]
    assert home.news("application") == [{"program": "", "status": "nothing", "connect_url": ""}]


def test_a_yes_speaks_of_what_waits_for_the_homeowner(home: Home) -> None:
    """One of the applications was approved long ago, the other is still open."""
    home.apply()
    move(home, "approved", program_id=102)
    home.apply()
    told = home.news("application")[-1]
    assert (told["program"], told["status"]) == ("Battery Reserve Rewards", "not_started")


def test_a_status_is_told_once(home: Home) -> None:
    home.apply()
    assert read_again(home) == 2
    assert len(home.news("application")) == 1
    move(home, "awaiting_customer", program_id=102)
    for _ in range(3):
        assert read_again(home) == 2
    told = home.news("application")[1:]
    assert [(facts["program"], facts["status"]) for facts in told] == [("Sunny Block Rebate", "awaiting_customer")]


def test_an_application_that_ended_is_read_no_more(home: Home) -> None:
    home.apply()
    move(home, "approved", program_id=102)
    move(home, "rejected", program_id=110)
    assert read_again(home) == 2
    assert [row.due_at for row in home.applications()] == [None, None]
    assert read_again(home) == 0
    assert {facts["status"] for facts in home.news("application")} == {"not_started", "approved", "rejected"}


def test_one_that_goes_back_and_forth_is_told_each_time(home: Home) -> None:
    home.apply()
    for status in ("in_progress", "awaiting_customer", "in_progress"):
        move(home, status, program_id=102)
        read_again(home)
    statuses = [facts["status"] for facts in home.news("application")[1:]]
    assert statuses == ["in_progress", "awaiting_customer", "in_progress"]


def test_one_that_leap_has_no_more_is_left(home: Home) -> None:
    home.apply()
    home.sandbox.world.leap.applications.clear()
    assert read_again(home) == 2
    assert read_again(home) == 0
    assert len(home.news("application")) == 1


def test_leap_that_is_down_is_left_until_later(home: Home) -> None:
    home.apply()
    home.break_leap("leap.applications", "error_before", count=3)
    assert read_again(home) == 0
    later = [row for row in home.applications() if row.due_at > datetime.now(UTC) + timedelta(minutes=10)]
    assert len(later) == 1  # the other one was not even asked for
    assert read_again(home) == 2


def test_the_clock_asks_only_when_something_is_due(home: Home) -> None:
    context = home.stage.context
    home.apply()
    ask_for_poll(context)
    assert not context.bell.redis.exists("bell:jobs.incentive_applications.poll")
    for row in home.applications():
        home.stage.change(IncentiveApplication, row.id, due_at=datetime.now(UTC) - timedelta(seconds=1))
    ask_for_poll(context)
    assert context.bell.redis.exists("bell:jobs.incentive_applications.poll")


def test_the_former_contract_tells_no_status(open_home: OpenHome) -> None:
    home = open_home(contract="legacy")
    assert home.apply().status == "done"
    assert [(row.program_name, row.due_at) for row in home.applications()] == [
        ("Sunny Block Rebate", None), ("Battery Reserve Rewards", None),
    ]  # fmt: skip
    assert home.news("application")[0]["connect_url"].endswith(home.case().reference_id)


def test_a_yes_during_an_override_that_nobody_knows_of(home: Home) -> None:
    row_id = home.stage.add_effect(
        home.conversation, "apply_for_incentives", {"is": "ApplyForIncentives", "project": 1}
    )
    other = home.stage.add_effect(home.conversation, "look_up_incentives", {"is": "LookUpIncentives", "project": 1})
    home.stage.change(OutboxRow, other, due_at=datetime.now(UTC) + timedelta(hours=1))
    home.change_case(override_row=other)
    assert home.again(row_id).status == "ready"
    assert count_made(home) == 0
