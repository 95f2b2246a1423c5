"""Facts about incentives: dated, sourced, told while they hold, told as ended afterwards, not told when stale."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.knowledge.incentives.fact import Fact, Place
from bot.knowledge.incentives.table import TableError, load_facts, read_facts, tell_facts

TODAY = date(2026, 11, 21)
BROOKLYN = Place("US", "NY", "Brooklyn", "11201")
YONKERS = Place("US", "NY", "Yonkers", "10701")
FRESNO = Place("US", "CA", "Fresno", "93722")


def tell(place: Place, *devices: str, today: date = TODAY) -> dict[str, Any]:
    found = tell_facts(place, devices, today)
    assert found is not None
    return found


def list_ended(told: dict[str, Any]) -> dict[str, str]:
    return {each["program"]["en"].partition(" (")[0]: each["ended_on"] for each in told["ended"]}


def note(told: dict[str, Any], language: str = "en") -> str:
    return " ".join(each[language] for each in told["notes"])


def test_the_table_that_ships_is_sound() -> None:
    facts = {fact.id: fact for fact in load_facts()}
    assert set(facts) == {
        "us-25d", "us-25c", "us-30c", "us-48e", "us-ny-it255", "us-nyc-abatement", "us-ny-net-metering",
        "us-ca-net-billing", "za-6c", "zw-duty", "zw-net-metering", "es-irpf",
    }  # fmt: skip
    assert all(fact.checked_on <= TODAY < fact.review_after for fact in facts.values())


def test_the_federal_credit_has_ended() -> None:
    assert list_ended(tell(FRESNO)) == {"Federal tax credit for home solar": "2025-12-31"}
    told = tell(FRESNO, "heat_pump", "ev_charger", "kettle")
    assert list_ended(told) == {
        "Federal tax credit for home solar": "2025-12-31",
        "Federal tax credit for efficient home equipment": "2025-12-31",
        "Federal tax credit for EV chargers": "2026-06-30",
    }
    assert "carried forward" in note(told)


def test_nothing_is_firm_and_nothing_federal_is_offered_to_a_buyer() -> None:
    for place in (BROOKLYN, YONKERS, FRESNO, Place("US"), Place("ZA"), Place("ZW"), Place("ES")):
        told = tell(place)
        assert told["firm"] == []
        assert not [each for each in told["possible"] if "Federal" in each["program"]["en"]]
    assert "not to you" in note(tell(FRESNO))


def test_new_york_state_is_up_to_if() -> None:
    (credit,) = tell(YONKERS)["possible"]
    assert (credit["amount_cents"], credit["yearly"]) == (500_000, False)
    conditions = " ".join(each["en"] for each in credit["conditions"])
    assert "25%" in conditions and "main home" in conditions and "25 kW" in conditions and "five years" in conditions
    assert tell(FRESNO)["possible"] == []


def test_the_city_is_told_from_its_neighbours() -> None:
    for place in (BROOKLYN, Place("US", "NY", "  the   Bronx "), Place("US", "NY", "", "10301")):
        assert "property tax" in note(tell(place))
    for place in (YONKERS, Place("US", "NY", "White Plains"), Place("US", "NJ", "Brooklyn"), Place("US", "NY")):
        assert "property tax" not in note(tell(place))
    assert "Sources disagree" in note(tell(BROOKLYN)) and "no coinciden" in note(tell(BROOKLYN), "es")


def test_two_ends_are_said_as_such() -> None:
    fact = next(fact for fact in load_facts() if fact.id == "us-nyc-abatement")
    kept = change(fact, review_after=date(2040, 1, 1))
    days = (date(2034, 12, 31), date(2035, 1, 1), date(2035, 12, 31), date(2036, 1, 1))
    assert [kept.stands(day) for day in days] == ["current", "disputed", "disputed", "ended"]
    disputed = tell_facts(BROOKLYN, (), days[1], [kept])
    assert disputed is not None and "Sources disagree" in note(disputed) and disputed["ended"] == []
    over = tell_facts(BROOKLYN, (), days[3], [kept])
    assert over is not None and over["ended"][0]["ended_on"] == "2035-12-31" and over["notes"] == []


@pytest.mark.parametrize(
    ("country", "words"),
    [("ZW", ["duty-free", "0.8"]), ("ES", ["20% and 40%", "31 December 2026", "check before"]), ("ZA", [])],
)
def test_other_countries(country: str, words: list[str]) -> None:
    told = tell(Place(country))
    assert all(word in note(told) for word in words)
    assert list_ended(told) == ({"Section 6C solar rebate": "2024-02-29"} if country == "ZA" else {})


def test_net_metering_is_of_the_state() -> None:
    assert "one for one" in note(tell(YONKERS)) and "$1.84" in note(tell(YONKERS))
    assert "net billing" in note(tell(FRESNO)) and "5 a 8 centavos" in note(tell(FRESNO), "es")
    assert "net billing" not in note(tell(YONKERS))


def test_what_ends_is_told_as_ended_from_the_next_day() -> None:
    spain = Place("ES")
    assert tell(spain, today=date(2026, 12, 31))["ended"] == []
    told = tell(spain, today=date(2027, 1, 1))
    assert (told["ended"][0]["ended_on"], told["notes"]) == ("2026-12-31", [])


def test_a_row_past_its_review_is_not_quoted() -> None:
    spain = next(fact for fact in load_facts() if fact.id == "es-irpf")
    assert tell_facts(Place("ES"), (), spain.review_after) is not None
    assert tell_facts(Place("ES"), (), spain.review_after + timedelta(days=1)) is None
    assert all(tell_facts(place, ("ev",), date(2028, 1, 1)) is None for place in (BROOKLYN, FRESNO, Place("ZW")))


def test_a_row_before_its_beginning_is_not_quoted() -> None:
    assert tell_facts(Place("US", "CA"), (), date(2023, 4, 14), only("us-ca-net-billing")) is None
    assert tell_facts(Place("US", "CA"), (), date(2023, 4, 15), only("us-ca-net-billing")) is not None


def test_where_nothing_is_known_nothing_is_told() -> None:
    assert tell_facts(Place("PT"), (), TODAY) is None


ROW = """
[[fact]]
id = "x-1"
country = "US"
applies_to = ["solar"]
programme = { en = "A credit", es = "Un crédito" }
source = { name = "Somebody", url = "https://example.com" }
checked_on = 2026-11-21
review_after = 2027-03-31
text = { en = "In 2026 it is 5%.", es = "En 2026 es el 5 %." }
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "x-1"', 'id = "X 1"', "id is not"),
        ('country = "US"', 'country = "FR"', "country 'FR'"),
        ('country = "US"', 'country = "US"\ncolour = 1', "'colour' is not a known key"),
        ('["solar"]', "[]", "applies_to names nothing"),
        ('["solar"]', '["spaceship"]', "neither solar nor a device"),
        ('name = "Somebody", ', "", "source has no name"),
        ("https://example.com", "http://example.com", "https://"),
        ("checked_on = 2026-11-21\n", "", "checked_on is missing"),
        ("2026-11-21", '"2026-11-21"', "checked_on is not a date"),
        ("2027-03-31", "2026-03-31", "review_after is not after checked_on"),
        ("2027-03-31", "2027-03-31\nvalid_from = 2027-01-01\nvalid_to = 2026-12-31", "valid_to is not after"),
        ("2027-03-31", "2027-03-31\nvalid_to = 2026-12-31\ndisputed_to = 2027-12-31", "needs valid_to and"),
        ("2027-03-31", "2027-03-31\npercent = 130", "percent is not between"),
        ("2027-03-31", "2027-03-31\ncap_cents = 10.5", "cap_cents is no whole number"),
        ("2027-03-31", '2027-03-31\nconditions = [{ en = "a", es = "b" }]', "nothing to tell as an amount"),
        ("2027-03-31", '2027-03-31\nstates = ["ny"]', "state 'ny'"),
        ("2027-03-31", '2027-03-31\npostal_prefixes = ["1"]', "need cities"),
        ("2027-03-31", '2027-03-31\ncities = ["Reno"]', "small letters"),
        ("In 2026 it is 5%.", "It is 5%.", "needs the year"),
        ("In 2026 it is 5%.", "You will save.", "promises something"),
        ("In 2026 it is 5%.", " ", "is empty"),
        (', es = "En 2026 es el 5 %."', "", "is not in en and es"),
        ('text = { en = "In 2026 it is 5%.", es = "En 2026 es el 5 %." }', "", "nothing says it"),
        (ROW, ROW + ROW, "occurs twice"),
        (ROW, "[[", "not readable TOML"),
    ],
)
def test_a_wrong_row_is_refused_with_its_fault(old: str, new: str, fault: str) -> None:
    assert len(read_facts(ROW)) == 1
    assert old in ROW
    with pytest.raises(TableError) as caught:
        read_facts(ROW.replace(old, new, 1))
    assert fault in str(caught.value)


def only(name: str) -> list[Fact]:
    return [fact for fact in load_facts() if fact.id == name]


def change(fact: Fact, **changes: Any) -> Fact:
    return replace(fact, **changes)
