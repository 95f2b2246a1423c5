"""ZIP code, city and state held against each other, offline."""

import time

import pytest

from flows.commands import Set
from flows.reading.read import read
from flows.reading.types import ReadContext
from flows.reading.zips import correct_city, count_states, find_zip, list_counties
from tools.read import report

SURE = 0.6


def _sets(text: str, asked: str = "street", **held: str) -> dict[str, Set]:
    context = ReadContext(asked=asked, known=frozenset(held), held=held)
    return {command.slot: command for command in read(text, context).commands if isinstance(command, Set)}


def test_a_zip_code_knows_its_place() -> None:
    place = find_zip("85008-1234")
    assert place is not None
    assert (place.city, place.state, place.county) == ("Phoenix", "AZ", "Maricopa")
    assert find_zip("99999") is None
    assert find_zip("abcde") is None


def test_a_city_knows_its_states_and_counties() -> None:
    assert {"MO", "IL", "MA"} <= set(count_states("Springfield"))
    assert not count_states("Nowhere At All")
    assert list_counties("St. Petersburg", "FL") == ("Pinellas",)
    assert list_counties("kansas city", "KS") == ("Wyandotte",)


@pytest.mark.parametrize(
    ("written", "state", "right"),
    [
        ("Pheonix", "AZ", "Phoenix"), ("tuscon", "AZ", "Tucson"), ("Albequerque", "NM", "Albuquerque"),
        ("Sacremento", "CA", "Sacramento"), ("Philadelpia", "PA", "Philadelphia"), ("Phoenix", "AZ", None),
        ("St. Paul", "MN", None), ("Mesa", "AZ", None), ("Xyzzy", "AZ", None),
    ],
)  # fmt: skip
def test_a_misspelt_city_is_put_right_where_only_one_fits(written: str, state: str, right: str | None) -> None:
    assert correct_city(written, state) == right


def test_the_state_follows_from_city_and_zip_code() -> None:
    found = _sets("9 Elm St, Springfield 65806")
    assert found["state"].value == "MO"
    assert found["state"].confidence > SURE


def test_what_only_follows_has_no_words_and_is_not_reported_as_said() -> None:
    reading = read("14 Oak St 85008", ReadContext(asked="street"))
    found = {command.slot: command for command in reading.commands if isinstance(command, Set)}
    assert (found["city"].value, found["state"].value, found["city"].raw) == ("Phoenix", "AZ", "")
    assert report(reading)["slots"] == {"street": "14 Oak St", "postal_code": "85008", "country": "US"}


@pytest.mark.parametrize(
    ("text", "held", "doubted"),
    [
        ("14 oak st tempe az 85719", {}, "postal_code"),
        ("808 Ridge Rd, Duluth GA 55802", {}, "postal_code"),
        ("12 Oak St, Phoenix NE 85008", {}, "state"),
        ("85008", {"city": "Reno", "state": "NV"}, "postal_code"),
        ("00000", {}, "postal_code"),
    ],
)
def test_what_cannot_be_true_together_is_asked(text: str, held: dict[str, str], doubted: str) -> None:
    found = _sets(text, "postal_code" if len(text) == 5 else "street", **held)
    assert {slot for slot, command in found.items() if command.confidence < SURE} == {doubted}


@pytest.mark.parametrize(
    "text",
    ["44 Palm Ln, Paradise NV 89119", "1 Sunset Blvd, Hollywood CA 90028", "5 Oak St, Scottsdale AZ 85008",
     "Urb. Country Club calle 7 B-14, Carolina PR 00982"],
)  # fmt: skip
def test_names_of_the_neighbourhood_are_not_doubted(text: str) -> None:
    assert all(command.confidence > SURE for command in _sets(text).values())


def test_a_correct_zip_code_does_not_touch_what_is_on_file() -> None:
    assert set(_sets("85008", "postal_code", city="Phoenix", state="AZ")) == {"postal_code"}


def test_looking_up_is_quick() -> None:
    find_zip("10001")
    started = time.process_time()
    for code in range(85001, 85051):
        find_zip(str(code))
    assert (time.process_time() - started) / 50 < 0.005
