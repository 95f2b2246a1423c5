"""One interface over both contracts, against the simulated Leap, which knows nothing of our mapping."""

from dataclasses import replace
from typing import Any

import pytest

from integrations.errors import (
    NotFound,
    RateLimited,
    Refused,
    Unanswered,
    Unauthorised,
    Uncertain,
    Unreachable,
    VendorError,
)
from integrations.exchange import Exchange
from integrations.leap.client import LeapClient
from integrations.leap.legacy import find_expected
from integrations.leap.values import (
    BAD_ADDRESS,
    CONFLICT,
    MISMATCH,
    NO_TERRITORY,
    NOT_ASKABLE,
    UNKNOWN_CUSTOMER,
    UNKNOWN_DEVICE,
    UNKNOWN_UTILITY,
    IncentiveAnswer,
    LeapCase,
    Unit,
)
from tests.integrations.leap.conftest import ALASKA, FRESNO, NOWHERE, OpenLeap, ask, computed, pull
from tests.integrations.stub_api import Answer, StubApi
from tools.sandbox.options import LEAP_KEY
from tools.sandbox.runner import Sandbox

ENDPOINTS = {"lookup": "leap.lookups", "refresh": "leap.refreshes", "override": "leap.overrides"}


def add_up(answer: IncentiveAnswer) -> dict[str, int]:
    """Cents by what they rest on."""
    eligible = [each for each in answer.results if each.eligible]
    return {
        "firm": sum(each.install_cents for each in eligible if each.firm),
        "possible": sum(each.install_cents for each in eligible if not each.firm),
        "yearly": sum(each.yearly_cents for each in eligible),
    }


def test_what_is_firm_is_told_from_what_is_possible(leap: LeapClient) -> None:
    answer = leap.lookup(ask("battery"))
    assert add_up(answer) == {"firm": 120_000, "possible": 30_000 + 75_000, "yearly": 18_000}
    conditions = {text for each in answer.results if not each.firm for text in each.list_texts("IGNORED")}
    assert conditions == {
        "Installed by a licensed contractor within 12 months",
        "The homeowner signs the enrolment agreement",
    }
    assert answer.primary is not None
    assert (answer.primary.eiaid, answer.primary.name) == (4226, "Consolidated Edison Co-NY Inc")
    assert {each.number for each in answer.results} == {1, 2}
    assert answer.reference_id == "hg-1-abc123"


def test_a_failed_requirement_earns_nothing(leap: LeapClient) -> None:
    answer = leap.lookup(ask(classification="COMMERCIAL"))
    assert answer.results
    assert not any(each.eligible or each.install_cents or each.yearly_cents for each in answer.results)
    assert any(each.list_texts("FAILED") for each in answer.results)


def test_every_unit_counts(leap: LeapClient, sandbox: Sandbox) -> None:
    units = tuple(Unit(44, f"thermostat-{number}") for number in range(3))
    assert add_up(leap.lookup(ask(units=units)))["firm"] == 3 * 7_500
    assert len(computed(sandbox)[-1]["devices"]) == 3


def test_a_refresh_needs_the_reference_alone(leap: LeapClient, sandbox: Sandbox) -> None:
    first = leap.lookup(ask("battery"))
    again = leap.refresh(replace(ask("battery"), address=None, classification=""))
    assert again.results == first.results
    assert [entry["operation"] for entry in computed(sandbox)] == ["lookup", "refresh"]


def test_an_override_replaces_the_devices(leap: LeapClient, sandbox: Sandbox) -> None:
    leap.lookup(ask("battery"))
    answer = leap.override(ask("ev_charger"))
    assert {each.number for each in answer.results} == {1, 32}
    assert [one[-2:] for one in computed(sandbox)[-1]["devices"]] == ["01", "32"]


def test_several_utilities_are_offered(leap: LeapClient) -> None:
    answer = leap.lookup(ask(address=replace(FRESNO, city="Sacramento", postal_code="95814")))
    assert [each.eiaid for each in answer.possible] == [16534, 14328]


def test_the_homeowner_applies_only_when_asked_to(leap: LeapClient, sandbox: Sandbox) -> None:
    leap.lookup(ask())
    assert not sandbox.world.ledger.entries("leap_application_created")
    answer = leap.refresh(replace(ask(), address=None), create_application=True)
    assert answer.connect_url.endswith("/refId/hg-1-abc123")
    assert len(sandbox.world.ledger.entries("leap_application_created")) == 1


@pytest.mark.parametrize("reference", ["", "ab", "has space", "a/b", "a#b", "x" * 257, "ñandú"])
def test_a_bad_reference_is_refused_before_the_call(
    leap: LeapClient, exchanges: list[Exchange], reference: str
) -> None:
    for call in (leap.lookup, leap.refresh, leap.override):
        assert_refused(lambda call=call: call(ask(reference_id=reference)), NOT_ASKABLE)
    assert exchanges == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"address": None}, NOT_ASKABLE),
        ({"address": replace(FRESNO, country="ZW")}, NO_TERRITORY),
        ({"classification": "single_family"}, NOT_ASKABLE),
        ({"units": ()}, NOT_ASKABLE),
        ({"units": tuple(Unit(44, f"t-{number}") for number in range(51))}, NOT_ASKABLE),
        ({"units": (Unit(999, "what"),)}, UNKNOWN_DEVICE),
    ],
)
def test_what_leap_would_refuse_is_not_asked(
    leap: LeapClient, exchanges: list[Exchange], changes: dict[str, Any], code: str
) -> None:
    assert_refused(lambda: leap.lookup(ask(**changes)), code)
    assert exchanges == []


def test_no_territory_is_final(leap: LeapClient) -> None:
    error = catch(lambda: leap.lookup(ask(address=ALASKA)))
    assert isinstance(error, NotFound)
    assert (error.code, error.retryable) == (NO_TERRITORY, False)


def test_a_customer_who_was_never_looked_up(leap: LeapClient) -> None:
    for call in (leap.refresh, leap.override):
        error = catch(lambda call=call: call(ask()))
        assert isinstance(error, NotFound)
        assert (error.code, error.retryable) == (UNKNOWN_CUSTOMER, False)


@pytest.mark.parametrize("operation", ["lookup", "refresh"])
def test_too_many_calls_wait_as_long_as_leap_says(leap: LeapClient, sandbox: Sandbox, operation: str) -> None:
    leap.lookup(ask())
    sandbox.world.faults.add({"endpoint": ENDPOINTS[operation], "kind": "rate_limit", "seconds": 7})
    error = catch(lambda: leap.calculate(operation, ask()))  # type: ignore[arg-type]
    assert isinstance(error, RateLimited)
    assert (error.code, error.retry_after, error.retryable) == ("429", 7.0, True)


@pytest.mark.parametrize("kind", ["error_before", "error_after", "reset_before", "reset_after", "garbage_after"])
@pytest.mark.parametrize("operation", ["lookup", "refresh"])
def test_leap_in_trouble_is_asked_again(leap: LeapClient, sandbox: Sandbox, operation: str, kind: str) -> None:
    leap.lookup(ask())
    sandbox.world.faults.add({"endpoint": ENDPOINTS[operation], "kind": kind})
    error = catch(lambda: leap.calculate(operation, ask()))  # type: ignore[arg-type]
    assert isinstance(error, Unanswered)
    assert error.retryable


@pytest.mark.parametrize("kind", ["error_before", "error_after", "reset_after", "garbage_after"])
def test_an_override_is_called_once(
    open_leap: OpenLeap, exchanges: list[Exchange], sandbox: Sandbox, kind: str
) -> None:
    for contract in ("current", "legacy"):
        leap = open_leap(contract, retries=3)
        reference = f"hg-{contract}"
        leap.lookup(ask(reference_id=reference, address=replace(FRESNO, street=f"{contract} street")))
        sandbox.world.faults.add({"endpoint": "leap.overrides", "kind": kind, "count": 5})
        exchanges.clear()
        error = catch(lambda leap=leap, reference=reference: leap.override(ask(reference_id=reference)))
        assert isinstance(error, Uncertain)
        assert not error.retryable
        assert len(exchanges) == 1
        sandbox.world.faults.remove()


def test_a_lookup_is_repeated_on_the_spot(open_leap: OpenLeap, exchanges: list[Exchange], sandbox: Sandbox) -> None:
    leap = open_leap("legacy", retries=1)
    sandbox.world.faults.add({"endpoint": "leap.lookups", "kind": "error_before"})
    assert leap.lookup(ask()).results
    assert [(each.attempt, each.status) for each in exchanges] == [(1, 500), (2, 200)]


def test_a_key_that_is_not_accepted(open_leap: OpenLeap) -> None:
    for contract in ("current", "legacy"):
        leap = open_leap(contract, api_key="leap_live_of_somebody_else")
        for call in (leap.lookup, leap.refresh, leap.override):
            assert isinstance(catch(lambda call=call: call(ask())), Unauthorised)
        assert isinstance(catch(leap.check), Unauthorised)
        leap_applications = catch(lambda leap=leap: leap.read_application("a1"))
        assert isinstance(leap_applications, Refused)


def test_the_key_is_never_written_down(leap: LeapClient, exchanges: list[Exchange]) -> None:
    leap.lookup(ask())
    assert exchanges
    assert not [each for each in exchanges if LEAP_KEY in f"{each}"]


def test_a_key_is_checked_harmlessly(leap: LeapClient, sandbox: Sandbox) -> None:
    assert "accepts the key" in leap.check()
    assert computed(sandbox) == []


def test_nobody_listens(leap: LeapClient, open_leap: OpenLeap) -> None:
    away = open_leap(leap.contract, url="http://127.0.0.1:9")
    assert isinstance(catch(lambda: away.override(ask(units=()))), Refused)
    assert isinstance(catch(lambda: away.refresh(replace(ask(), units=()))), Unreachable)


def test_a_wrong_address_in_the_settings_is_no_missing_territory(open_leap: OpenLeap, api: StubApi) -> None:
    api.reply = lambda _: Answer(404, b"<h1>Not Found</h1>", {"Content-Type": "text/html"})
    for contract in ("current", "legacy"):
        leap = open_leap(contract, url=api.url)
        error = catch(lambda leap=leap: leap.calculate("refresh", replace(ask(), units=())))
        assert isinstance(error, NotFound)
        assert error.code == "404"
        assert "LEAP_API_URL" in error.sentence


def test_the_address_of_the_other_contract_means_this_one(open_leap: OpenLeap) -> None:
    addresses = {open_leap(contract, url="https://api.leap.energy")._dialect._incentives._base  # type: ignore[attr-defined]
                 for contract in ("current", "legacy")}  # fmt: skip
    assert addresses == {"https://api.leap.energy", "https://api.incentives.leap.energy/alpha"}


class TestCurrent:
    """What the current contract alone has."""

    @pytest.fixture
    def leap(self, open_leap: OpenLeap) -> LeapClient:
        return open_leap("current")

    @pytest.mark.parametrize("shape", ["plain", "published"])
    def test_either_spelling_of_the_programmes(self, leap: LeapClient, sandbox: Sandbox, shape: str) -> None:
        pull(sandbox, "account", shape=shape)
        answer = leap.lookup(ask("battery", "ev_charger"))
        assert add_up(answer) == {"firm": 120_000 + 25_000, "possible": 105_000, "yearly": 18_000 + 5_000}
        assert {each.number for each in answer.results} == {1, 2, 32}
        assert len(answer.program_ids) == 3

    @pytest.mark.parametrize("shape", ["plain", "published"])
    def test_units_of_one_tier_share_its_amount(self, leap: LeapClient, sandbox: Sandbox, shape: str) -> None:
        pull(sandbox, "account", shape=shape)
        units = (Unit(44, "t-1"), Unit(44, "t-2"), Unit(44, "t-3"))
        answer = leap.lookup(ask(units=units))
        assert [each.install_cents for each in answer.results] == [7_500] * 3
        assert all(each.firm for each in answer.results)

    def test_the_utility_of_the_bill_is_kept(self, leap: LeapClient, sandbox: Sandbox) -> None:
        address = replace(FRESNO, city="Sacramento", postal_code="95814")
        answer = leap.lookup(ask(address=address, eiaid=14328))
        assert answer.primary is not None
        assert answer.primary.eiaid == computed(sandbox)[-1]["eiaid"] == 14328

    def test_a_utility_that_leap_does_not_know(self, leap: LeapClient) -> None:
        assert_refused(lambda: leap.lookup(ask(eiaid=999_999)), UNKNOWN_UTILITY)

    def test_an_address_that_is_on_no_map(self, leap: LeapClient) -> None:
        assert_refused(lambda: leap.lookup(ask(address=NOWHERE)), BAD_ADDRESS)

    def test_a_device_that_leap_dropped(self, leap: LeapClient) -> None:
        leap._catalogue["hvac"] = (float("inf"), ())  # asked for again at once, and found
        assert leap.lookup(ask("heat_pump")).results
        gone = LeapCase("hg-1-abc123", "RESIDENTIAL", FRESNO, (Unit(1, "pv-1"),))
        stale = leap._catalogue["solar_panel"][1][0]
        leap._catalogue["solar_panel"] = (
            leap._catalogue["solar_panel"][0],
            (replace(stale, id="0" * 8 + stale.id[8:-1] + "9"),),
        )
        assert_refused(lambda: leap.lookup(gone), UNKNOWN_DEVICE)

    def test_a_geocoder_that_is_away_is_asked_again(self, leap: LeapClient, sandbox: Sandbox) -> None:
        pull(sandbox, "geocoder", failures=1)
        error = catch(lambda: leap.lookup(ask()))
        assert isinstance(error, Unanswered)
        assert (error.code, error.retryable) == ("502", True)
        assert leap.lookup(ask()).results

    def test_another_override_is_under_way(self, leap: LeapClient, sandbox: Sandbox) -> None:
        leap.lookup(ask())
        pull(sandbox, "customers/hg-1-abc123/hold", held=True)
        assert_refused(lambda: leap.override(ask("battery")), CONFLICT)

    def test_a_known_customer_gets_no_device_by_a_lookup(self, leap: LeapClient) -> None:
        assert not leap.lookup(ask()).devices_ignored
        assert leap.lookup(ask("battery", address=FRESNO)).devices_ignored

    def test_nothing_to_apply_for_has_no_link(self, leap: LeapClient) -> None:
        assert leap.lookup(ask(classification="COMMERCIAL"), create_application=True).connect_url == ""

    def test_applications_carry_the_other_header(self, leap: LeapClient, sandbox: Sandbox) -> None:
        leap.lookup(ask(), create_application=True)
        leap.lookup(ask(reference_id="hg-2-abc123", address=FRESNO), create_application=True)
        (application,) = leap.list_applications("hg-1-abc123")
        assert (application.program_name, application.status) == ("Sunny Block Rebate", "not_started")
        pull(sandbox, "customers/hg-1-abc123/applications", status="approved")
        assert leap.read_application(application.external_id).status == "approved"
        assert isinstance(catch(lambda: leap.read_application("no-such-application")), NotFound)

    def test_the_catalogue_is_asked_for_once(self, leap: LeapClient, exchanges: list[Exchange]) -> None:
        leap.lookup(ask("heat_pump", "air_conditioner"))
        leap.override(ask("heat_pump", "air_conditioner"))
        searches = [each.path for each in exchanges if each.method == "GET"]
        assert len(searches) == 2  # one category each: solar_panel and hvac

    def test_every_row_of_the_table_is_found(self, leap: LeapClient) -> None:
        from integrations.leap.devices import load_devices

        assert all(leap.offers(row.number) for row in load_devices())
        assert len(leap.search_devices("hvac")) == 3
        assert [each.name for each in leap.search_devices("hvac", "split")] == ["Ductless mini-split"]


class TestLegacy:
    """What the former contract alone has."""

    @pytest.fixture
    def leap(self, open_leap: OpenLeap) -> LeapClient:
        return open_leap("legacy")

    def test_one_home_is_one_customer(self, leap: LeapClient) -> None:
        leap.lookup(ask())
        error = catch(lambda: leap.lookup(ask(reference_id="hg-2-abc123")))
        assert error.code == MISMATCH
        assert find_expected(error.sentence) == "hg-1-abc123"

    @pytest.mark.parametrize(("state", "words"), [("expired", "API key has expired"), ("ip_not_allowed", "IP address")])
    def test_a_key_that_leap_no_longer_likes(self, leap: LeapClient, sandbox: Sandbox, state: str, words: str) -> None:
        pull(sandbox, "account", key_state=state)
        error = catch(lambda: leap.lookup(ask()))
        assert isinstance(error, Unauthorised)
        assert words in error.sentence

    def test_a_company_is_missing(self, leap: LeapClient, sandbox: Sandbox) -> None:
        pull(sandbox, "account", company="")
        for call in (lambda: leap.lookup(ask()), leap.check):
            error = catch(call)
            assert isinstance(error, Refused)
            assert "Organization company should be set" in error.sentence

    def test_applications_are_not_told(self, leap: LeapClient) -> None:
        leap.lookup(ask(), create_application=True)
        assert leap.list_applications("hg-1-abc123") == ()
        assert_refused(lambda: leap.read_application("1"), "not_offered")

    def test_there_is_no_catalogue(self, leap: LeapClient, exchanges: list[Exchange]) -> None:
        assert leap.search_devices("hvac") == ()
        assert leap.offers(32) and not leap.offers(999)
        assert exchanges == []


def catch(call: Any) -> VendorError:
    with pytest.raises(VendorError) as caught:
        call()
    assert caught.value.sentence.endswith((".", ")")) or isinstance(caught.value, Refused)
    return caught.value


def assert_refused(call: Any, code: str) -> None:
    error = catch(call)
    assert isinstance(error, Refused), error
    assert (error.code, error.retryable) == (code, False)
