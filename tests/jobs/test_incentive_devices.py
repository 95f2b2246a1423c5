"""What Leap does not take never silences the rest, and what it was not told yet it is told."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.jobs.incentive_stage import Home
from tools.sandbox.options import Options
from tools.sandbox.runner import Sandbox, run_sandbox

OpenHome = Callable[..., Home]
BATTERY = {"type": "battery", "quantity": 1}
THERMOSTAT = {"type": "smart_thermostat", "quantity": 1}


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


@pytest.fixture(params=["current", "legacy"])
def either(request: pytest.FixtureRequest, open_home: OpenHome) -> Home:
    """The test runs once in each contract."""
    return open_home(contract=request.param)


def owned(home: Home) -> dict[int, int]:
    return {each["device_id"]: each["quantity"] for each in home.case().devices}


def test_one_that_is_not_in_the_catalogue_is_left_out(home: Home) -> None:
    home.pull("catalogue", missing=[44])
    home.change(devices=[BATTERY, THERMOSTAT])
    row = home.look_up()
    assert (row.status, row.error) == ("done", "Left out, since Leap's catalogue has no such device: Smart thermostat.")
    assert home.news()[0]["firm"][0]["program"] == "Sunny Block Rebate"
    assert owned(home) == {1: 1, 2: 1}
    home.look_up()
    assert home.operations() == ["lookup", "refresh"]
    home.pull("catalogue", missing=[])
    assert home.look_up().error == ""
    assert (home.operations()[2:], owned(home)) == (["override"], {1: 1, 2: 1, 44: 1})


def test_more_units_than_leap_takes(either: Home) -> None:
    either.change(devices=[{"type": "air_conditioner", "quantity": 60}, BATTERY, THERMOSTAT])
    row = either.look_up()
    assert (row.status, row.error) == ("done", "Left out, since Leap takes 50 devices: 13 more.")
    assert owned(either) == {1: 1, 2: 1, 43: 47, 44: 1}
    assert either.news()[0]["source"] == "leap"
    either.look_up()
    assert either.operations() == ["lookup", "refresh"]


def test_a_catalogue_that_cannot_be_read_is_asked_for_again(home: Home) -> None:
    home.break_leap("leap.devices", "error_before", count=3)
    row = home.look_up()
    assert (row.status, home.operations(), home.case().lease_until) == ("ready", [], None)
    assert home.again(row.id).status == "done"


def test_no_panels_leave_the_table(either: Home) -> None:
    either.pull("catalogue", missing=[1, 3])
    row = either.look_up()
    assert either.news()[0]["source"] == "table"
    assert (either.operations(), either.case().lease_until) == ([], None)
    assert "solar panel" in row.error.lower() or "device_ids: 1" in row.error


def test_one_that_leap_refuses_though_it_was_there(either: Home) -> None:
    """The catalogue that we know is a day old, or there is none."""
    either.change(devices=[{"type": "ev_charger", "quantity": 1}, BATTERY, THERMOSTAT])
    either.look_up()
    either.pull("catalogue", missing=[44])
    either.change(street="2 Example St")
    assert either.look_up().status == "done"
    assert [each["program"] for each in either.news()[-1]["firm"]][:1] == ["Sunny Block Rebate"]
    assert owned(either).keys() >= {1, 2, 32}
    assert either.case().override_row is None
    assert either.stage.rows("alert_staff") == []


def test_a_new_one_that_leap_refuses_costs_none_of_the_others(open_home: OpenHome) -> None:
    home = open_home(contract="legacy")
    home.look_up()
    home.pull("catalogue", missing=[44])
    home.change(devices=[BATTERY, THERMOSTAT])
    row = home.look_up()
    assert (row.status, row.error) == ("done", "Left out, since Leap refuses one of them: Smart thermostat.")
    assert (home.operations(), owned(home)) == (["lookup", "refresh"], {1: 1, 2: 1})


def test_a_utility_that_is_named_later_is_looked_up(home: Home) -> None:
    """Leap's own guess would hold for ever: a refresh keeps it."""
    home.change(street="10 K St", city="Sacramento", state="CA", postal_code="95814")
    home.look_up()
    assert home.case().utilities["primary"]["eiaid"] == 16534
    home.change(utility="PG&E")
    home.look_up()
    assert home.case().utilities["primary"]["eiaid"] == 14328
    home.look_up()
    assert home.operations() == ["lookup", "lookup", "refresh"]


def test_a_utility_that_leap_would_not_have_is_named_once(home: Home) -> None:
    home.change(street="10 K St", city="Sacramento", state="CA", postal_code="95814", utility="PG&E")
    home.look_up()
    guess = {"eiaid": 16534, "name": "Sacramento Municipal Util Dist"}
    home.change_case(utilities={"primary": guess, "possible": [guess], "asked": 14328})
    home.look_up()
    assert home.operations() == ["lookup", "refresh"]


def test_the_former_contract_cannot_be_told_of_a_utility(open_home: OpenHome) -> None:
    home = open_home(contract="legacy")
    home.change(street="10 K St", city="Sacramento", state="CA", postal_code="95814")
    home.look_up()
    home.change(utility="PG&E")
    home.look_up()
    assert home.operations() == ["lookup", "refresh"]
