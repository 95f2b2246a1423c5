"""Incentives of a project: which operation, what is told, what is not, and what staff see."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.outbox import OutboxRow
from jobs.settling import MAX_ATTEMPTS
from tests.jobs.incentive_stage import ANCHORAGE, Home
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

OpenHome = Callable[..., Home]
OVERRIDES = "leap.overrides"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", seed=7)) as running:
        yield running


@pytest.fixture
def open_home(database_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[OpenHome]:
    opened: list[Home] = []

    def open_it(**more: Any) -> Home:
        opened.append(Home(database_url, redis_url, sandbox, **more))
        return opened[-1]

    yield open_it
    for home in opened:
        home.close()


@pytest.fixture
def home(open_home: OpenHome) -> Home:
    return open_home()


def test_firm_is_told_apart_from_possible(home: Home) -> None:
    row = home.look_up()
    assert (row.status, row.error) == ("done", "")
    (facts,) = home.news()
    assert facts["source"] == "leap"
    assert facts["firm"] == [{"program": "Sunny Block Rebate", "amount_cents": 120_000, "yearly": False}]
    later = ["Installed by a licensed contractor within 12 months"]
    assert facts["possible"] == [
        {"program": "Sunny Block Rebate", "amount_cents": 30_000, "yearly": False, "conditions": later},
        {"program": "Battery Reserve Rewards", "amount_cents": 75_000, "yearly": False, "conditions": later},
        {
            "program": "Battery Reserve Rewards",
            "amount_cents": 18_000,
            "yearly": True,
            "conditions": ["The homeowner signs the enrolment agreement"],
        },
    ]
    assert facts["connect_url"].endswith(f"/refId/{home.case().reference_id}")
    assert home.stage.sandbox.world.ledger.entries("leap_application_created") == []


def test_everything_is_kept(home: Home) -> None:
    home.look_up()
    case = home.case()
    assert (case.scope, case.source, case.status, case.operation) == ("project", "leap", "known", "lookup")
    assert case.reference_id.startswith(f"hg-{home.project_id}-")
    assert (case.firm_cents, case.possible_cents, case.yearly_cents) == (120_000, 105_000, 18_000)
    assert case.utilities["primary"] == {"eiaid": 4226, "name": "Consolidated Edison Co-NY Inc"}
    assert case.devices == [{"device_id": 1, "quantity": 1}, {"device_id": 2, "quantity": 1}]
    assert case.answer["incentive_summary"]["install_amount"] == 2250
    assert (case.lease_until, case.override_row, case.classification) == (None, None, "RESIDENTIAL")
    rows = [(row.program_name, row.tier_name, row.requirement, row.status, row.install_cents) for row in home.results()]
    assert ("Sunny Block Rebate", "Standard", "The building is a home", "COMPLETED", 120_000) in rows
    assert ("Battery Reserve Rewards", "Joining gift", "Installed by a licensed contractor within 12 months", "IGNORED",
            75_000) in rows  # fmt: skip
    calls = [call for call in home.calls() if call.method == "POST"]
    assert [(call.vendor, call.project_id, call.status) for call in calls] == [("leap", home.project_id, "success")]


def test_the_same_answer_is_silence(home: Home) -> None:
    for _ in range(3):
        assert home.look_up().status == "done"
    assert home.operations() == ["lookup", "refresh", "refresh"]
    assert len(home.news()) == 1
    assert len(home.results()) == len({row.id for row in home.results()}) == 11


def test_other_devices_override(home: Home) -> None:
    home.look_up()
    home.change(devices=[{"type": "ev_charger", "quantity": 1}, {"type": "kettle", "quantity": 2}])
    assert home.look_up().status == "done"
    assert home.operations() == ["lookup", "override"]
    assert [each["program"] for each in home.news()[-1]["firm"]] == ["Sunny Block Rebate", "Charge Calm"]
    home.change(devices=[{"type": "ev_charger", "quantity": 1}])  # a kettle is nothing to Leap
    home.look_up()
    assert home.operations()[2:] == ["refresh"]
    assert len(home.news()) == 2


def test_another_address_is_looked_up(home: Home) -> None:
    home.look_up()
    home.change(street="742 Juniper Court", city="Fresno", state="CA", postal_code="93722")
    home.look_up()
    assert home.operations() == ["lookup", "lookup"]
    assert home.news()[-1]["firm"][0]["program"] == "Bright Roof Rebate"
    assert len(home.sandbox.world.leap.customers) == 1


def test_spelling_is_no_other_address(home: Home) -> None:
    home.look_up()
    home.change(street="1 EXAMPLE  St.", postal_code="11201-1234")
    home.look_up()
    assert home.operations() == ["lookup", "refresh"]


@pytest.mark.parametrize("contract", ["current", "legacy"])
def test_a_new_address_with_new_devices(open_home: OpenHome, contract: str) -> None:
    home = open_home(contract=contract)
    home.look_up()
    home.change(
        street="742 Juniper Court", city="Fresno", state="CA", postal_code="93722",
        devices=[{"type": "ev_charger", "quantity": 1}],
    )  # fmt: skip
    assert home.look_up().status == "done"
    assert home.operations() == ["lookup", "lookup", "override"]
    assert len(home.news()) == 2
    assert [each["program"] for each in home.news()[-1]["firm"]] == ["Bright Roof Rebate", "Charge Calm"]


def test_a_lookup_that_was_lost_and_other_devices_since(home: Home) -> None:
    home.break_leap("leap.lookups", "reset_after", count=3)
    row = home.look_up()
    assert row.status == "ready"
    home.change(devices=[{"type": "ev_charger", "quantity": 1}])
    assert home.again(row.id).status == "done"
    assert home.operations()[-2:] == ["lookup", "override"]
    assert home.case().devices == [{"device_id": 1, "quantity": 1}, {"device_id": 32, "quantity": 1}]
    assert len(home.news()) == 1


def test_leap_in_its_former_contract(open_home: OpenHome) -> None:
    home = open_home(contract="legacy")
    home.look_up()
    home.look_up()
    assert home.operations() == ["lookup", "refresh"]
    (facts,) = home.news()
    assert facts["firm"] == [{"program": "Sunny Block Rebate", "amount_cents": 120_000, "yearly": False}]
    assert [each["yearly"] for each in facts["possible"]] == [False, False, True]


def test_a_second_project_at_the_same_home(open_home: OpenHome) -> None:
    """The former contract knows a home by one reference."""
    home = open_home(contract="legacy")
    home.look_up()
    second = home.add_project(2, devices=[{"type": "ev_charger", "quantity": 1}])
    assert home.look_up(2).status == "done"
    first = home.case()
    assert home.case(second).customer_reference == first.reference_id
    assert first.customer_reference is None
    assert len(home.news()) == 2


def test_the_utility_of_the_bill_is_passed_on(home: Home) -> None:
    home.change(street="10 K St", city="Sacramento", state="CA", postal_code="95814", utility="PG&E")
    home.look_up()
    assert home.case().utilities["primary"]["eiaid"] == 14328


def test_several_possible_utilities_are_kept(home: Home) -> None:
    home.change(street="10 K St", city="Sacramento", state="CA", postal_code="95814")
    home.look_up()
    assert [each["eiaid"] for each in home.case().utilities["possible"]] == [16534, 14328]


def test_a_utility_that_leap_does_not_know_is_left_to_it(home: Home) -> None:
    home.change(utility="Green Mountain Power", state="VT", city="Burlington", postal_code="05401")
    home.look_up()
    assert home.news()[0]["source"] == "table"
    home.change(street="2 Example St", city="Brooklyn", state="NY", postal_code="11201", utility="Con Edison")
    home.look_up()
    assert home.case().utilities["primary"]["eiaid"] == 4226


class TestTable:
    """Where Leap is no help."""

    def test_no_territory(self, home: Home) -> None:
        home.change(**ANCHORAGE)
        row = home.look_up()
        assert row.status == "done"
        (facts,) = home.news()
        assert facts["source"] == "table"
        assert facts["ended"][0]["ended_on"] == "2025-12-31"
        assert (facts["firm"], facts["possible"], facts["connect_url"]) == ([], [], "")
        assert (home.case().source, home.case().status, home.case().looked_up_at) == ("table", "known", None)

    def test_leap_is_off(self, open_home: OpenHome) -> None:
        home = open_home(leap_api_key="")
        assert home.look_up().status == "done"
        (facts,) = home.news()
        assert facts["source"] == "table"
        assert facts["possible"][0]["amount_cents"] == 500_000
        assert home.calls() == []
        home.look_up()
        assert len(home.news()) == 1

    @pytest.mark.parametrize(("market", "known"), [("ZW", 2), ("ZA", 0), ("ES", 1)])
    def test_another_country(self, open_home: OpenHome, market: str, known: int) -> None:
        home = open_home(market=market)
        home.change(country=market, state="", postal_code="", city="Somewhere")
        assert home.look_up().status == "done"
        (facts,) = home.news()
        assert (len(facts["notes"]), len(facts["ended"])) == (known, market == "ZA")
        assert home.calls() == []

    def test_a_pin_instead_of_an_address(self, home: Home) -> None:
        home.change(street="", postal_code="", city="", state="")
        assert home.look_up().status == "done"
        assert home.news()[0]["source"] == "table"
        assert home.calls() == []

    def test_programmes_with_nothing_for_this_home(self, home: Home) -> None:
        home.change(street="1 Palm Way", city="Miami", state="FL", postal_code="33101", devices=[])
        home.look_up()
        assert home.news()[0]["source"] == "table"
        assert (home.case().status, home.case().looked_up_at is None) == ("nothing", False)

    def test_what_leap_said_no_longer_holds(self, home: Home) -> None:
        home.look_up()
        home.change(**ANCHORAGE)
        home.look_up()
        assert [facts["source"] for facts in home.news()] == ["leap", "table"]
        assert home.results() == []
        assert home.case().connect_url == ""


class TestTrouble:
    """Leap down, wrong or busy: the homeowner hears nothing of it."""

    @pytest.mark.parametrize("kind", ["error_before", "reset_after", "garbage_after"])
    def test_leap_that_is_down_is_asked_again_and_parked_in_the_end(self, home: Home, kind: str) -> None:
        home.break_leap("leap.lookups", kind, count=None)
        row = home.look_up()
        assert (row.status, row.attempts) == ("ready", 1)
        assert row.due_at > datetime.now(UTC)
        assert row.error.startswith("Leap")
        home.stage.change(OutboxRow, row.id, attempts=MAX_ATTEMPTS - 1)
        home.restart()
        row = home.again(row.id)
        assert row.status == "parked"
        assert row.error.startswith("Leap")
        (alert,) = home.stage.rows("alert_staff")
        assert alert.payload["summary"] == f"Incentives were not looked up. {row.error}"
        assert home.news() == []
        assert home.case().status == "failed"

    def test_leap_that_comes_back(self, home: Home) -> None:
        home.break_leap("leap.lookups", "error_before", count=3)
        row = home.look_up()
        assert row.status == "ready"
        assert home.again(row.id).status == "done"
        assert (len(home.news()), home.case().error) == (1, "")

    def test_too_many_calls_wait_as_long_as_leap_says(self, home: Home) -> None:
        home.break_leap("leap.lookups", "rate_limit", seconds=30)
        row = home.look_up()
        assert (row.status, row.error_code) == ("ready", "429")
        assert 20 < (row.due_at - datetime.now(UTC)).total_seconds() < 31

    def test_a_geocoder_that_is_away(self, home: Home) -> None:
        home.pull("geocoder", failures=3)
        row = home.look_up()
        assert (row.status, row.error_code) == ("ready", "502")
        assert home.again(row.id).status == "done"

    def test_an_address_that_is_on_no_map(self, home: Home) -> None:
        home.change(postal_code="99999")
        row = home.look_up()
        assert (row.status, row.error_code) == ("parked", "bad_address")
        assert "check it with the homeowner" in row.error
        assert home.news() == []

    def test_a_key_that_is_not_accepted_is_said_to_staff_once(self, open_home: OpenHome) -> None:
        home = open_home(leap_api_key="leap_live_of_somebody_else")
        assert home.look_up().status == home.look_up().status == "parked"
        alerts = home.stage.rows("alert_staff")
        assert len(alerts) == 1
        assert "check its key" in alerts[0].payload["summary"]
        assert home.news() == []


class TestOverride:
    """Replacing devices happens once, or staff decide."""

    @pytest.fixture
    def home(self, open_home: OpenHome) -> Home:
        home = open_home()
        home.look_up()
        home.change(devices=[{"type": "ev_charger", "quantity": 1}])
        return home

    @pytest.mark.parametrize("kind", ["error_before", "error_after", "reset_after", "garbage_after"])
    def test_an_outcome_that_nobody_knows_is_parked(self, home: Home, kind: str) -> None:
        home.break_leap(OVERRIDES, kind, count=None)
        row = home.look_up()
        assert (row.status, row.error_code) == ("parked", "uncertain")
        assert len([call for call in home.calls() if "overrides" in call.path]) == 1
        assert (home.case().override_row, home.case().devices, home.case().lease_until) == (None, [], None)
        assert len(home.news()) == len(home.stage.rows("alert_staff")) == 1

    def test_staff_have_it_sent_again(self, home: Home) -> None:
        home.break_leap(OVERRIDES, "reset_after")
        row = home.look_up()
        home.stage.change(OutboxRow, row.id, status="ready")
        assert home.again(row.id).status == "done"
        assert len([call for call in home.calls() if "overrides" in call.path]) == 2
        assert [each["program"] for each in home.news()[-1]["firm"]] == ["Sunny Block Rebate", "Charge Calm"]

    def test_another_override_is_under_way(self, home: Home) -> None:
        home.pull(f"customers/{home.case().reference_id}/hold", held=True)
        row = home.look_up()
        assert (row.status, row.error_code) == ("parked", "conflict")
        assert home.case().override_row is None

    def test_too_many_calls_is_a_certain_no(self, home: Home) -> None:
        home.break_leap(OVERRIDES, "rate_limit")
        row = home.look_up()
        assert (row.status, home.case().override_row) == ("ready", None)
        home.restart()
        assert home.again(row.id).status == "done"

    def test_a_process_that_died_on_the_way_does_not_send_it_again(self, home: Home) -> None:
        row_id = home.stage.add_effect(
            home.conversation, "look_up_incentives", {"is": "LookUpIncentives", "project": 1}
        )
        home.change_case(override_row=row_id)
        row = home.again(row_id)
        assert (row.status, row.error_code) == ("parked", "uncertain")
        assert home.operations() == ["lookup"]
        home.stage.change(OutboxRow, row_id, status="ready")
        assert home.again(row_id).status == "done"
        assert home.operations() == ["lookup", "override"]

    def test_another_effect_waits_for_one_that_died(self, home: Home) -> None:
        payload = {"is": "LookUpIncentives", "project": 1}
        died = home.stage.add_effect(home.conversation, "look_up_incentives", payload)
        home.stage.change(OutboxRow, died, due_at=datetime.now(UTC) + timedelta(hours=1))
        home.change_case(override_row=died)
        row = home.look_up()
        assert (row.status, row.attempts, home.operations()) == ("ready", 0, ["lookup"])
        home.stage.change(OutboxRow, died, status="cancelled")  # staff dropped it
        assert home.again(row.id).status == "done"
        assert home.operations() == ["lookup", "override"]

    def test_a_customer_whom_leap_lost_is_looked_up(self, home: Home) -> None:
        home.sandbox.world.leap.customers.clear()
        assert home.look_up().status == "done"
        assert home.operations() == ["lookup", "lookup"]
        assert home.case().devices == [{"device_id": 1, "quantity": 1}, {"device_id": 32, "quantity": 1}]


def test_one_look_up_of_a_home_at_a_time(home: Home) -> None:
    home.look_up()
    home.change_case(lease_until=datetime.now(UTC) + timedelta(minutes=1))
    row = home.look_up()
    assert (row.status, row.attempts, home.operations()) == ("ready", 0, ["lookup"])
    home.change_case(lease_until=datetime.now(UTC) - timedelta(seconds=1))
    assert home.again(row.id).status == "done"


def test_a_project_that_is_not_there(home: Home) -> None:
    row = home.look_up(7)
    assert (row.status, row.error) == ("cancelled", "The conversation has no project 7.")
