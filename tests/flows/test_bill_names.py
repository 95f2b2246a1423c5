"""Names on a bill: what is a company, a street or a town, and what a chat would make a link of."""

import pytest

from flows.bill_names import read_parts, read_utility


@pytest.mark.parametrize(
    "name",
    ["bit.ly/abc Power", "Power evil.co/x", "Evil.xyz", "t.me/evil", "wa.me Power", "Power 10.0.0.1",
     "Evil\uff0exyz", "Pay at the door now", "Call 555-0100 now", "Visit us for power", "Power +1 555 010"],
)  # fmt: skip
def test_no_link_or_appeal_is_a_company(name: str) -> None:
    assert read_utility(name) == ""


@pytest.mark.parametrize(
    "name",
    ["3CE", "City Water, Light and Power", "Chelan County PUD No. 1", "PSE&G", "St. Olaf's Co-op",
     "Energía XXI Comercializadora, S.L.U."],
)  # fmt: skip
def test_names_with_marks_are_companies(name: str) -> None:
    assert read_utility(name) == name


@pytest.mark.parametrize(
    "address",
    ["12 evil.example/login Street, Phoenix AZ 85001", "12 bit.ly/x St", "12 wa.me St, Phoenix",
     "12 call 555-0100 St, Phoenix AZ 85001", "12 Oak 4805550100 St, Phoenix AZ 85001"],
)  # fmt: skip
def test_no_link_or_number_to_call_is_a_street(address: str) -> None:
    assert read_parts(address, "US") == {}


def test_a_link_is_no_town() -> None:
    parts = read_parts("100 Main St, Evil.xyz Phoenix AZ 85001", "US")
    assert "xyz" not in str(parts)


@pytest.mark.parametrize(
    ("address", "country", "street"),
    [("412 N.Main St, Phoenix AZ 85001-1234", "US", "412 N. Main St"),
     ("Avda.de la Paz 5, 28001 Madrid", "ES", "Avda. de la Paz 5")],
)  # fmt: skip
def test_short_words_without_a_blank_are_a_street(address: str, country: str, street: str) -> None:
    assert read_parts(address, country)["street"] == street
