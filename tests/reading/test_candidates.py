"""Electric companies that an address allows: three at most, each short enough for a button."""

import pytest
import zipcodes

from flows.commands import Set
from flows.effects import Option
from flows.pending import list_options
from flows.reading.candidates import list_candidates, short_name
from flows.reading.read import read
from flows.reading.types import ReadContext
from flows.reading.utilities import UTILITIES
from flows.reading.zips import bare_county
from flows.registry import flow_named
from flows.wording import option_of
from tests.flows.cast import Talk

BUTTON = 20


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (("US", "AZ", "Phoenix", "85008"), {"Arizona Public Service", "Salt River Project"}),
        (("US", "CA", "San Diego"), {"SDG&E"}),
        (("US", "CA", "Los Angeles"), {"LADWP", "Southern California Edison"}),
        (("US", "NY", "Brooklyn", "11201"), {"Con Edison"}),
        (("US", "LA", "Lafayette"), {"Lafayette Utilities System", "SLEMCO", "Entergy"}),
        (("US", "PR", "Carolina", "00982"), {"LUMA Energy"}),
        (("ZA", "", "Johannesburg"), {"City Power", "Eskom"}),
        (("ZW", "", "Harare"), {"ZETDC"}),
        (("ES", "", "Madrid"), {"Iberdrola", "Endesa", "Naturgy"}),
        (("US", "CA"), set()),
        (("US", "VI", "Christiansted"), set()),
    ],
)
def test_candidates_of_a_place(place: tuple[str, ...], names: set[str]) -> None:
    assert set(list_candidates(*place)) == names


def test_every_name_fits_a_button_and_reads_back_as_itself() -> None:
    for row in UTILITIES:
        assert not row.offered or len(short_name(row.name)) <= BUTTON, row.name
        found = read(row.name.replace(",", ""), ReadContext(asked="utility", locale=f"en-{row.country}"))
        assert [command.value for command in found.commands if isinstance(command, Set)] == [row.name]


def test_counties_are_spelt_as_the_zip_codes_have_them() -> None:
    """A county that no ZIP code names would never be found."""
    known = {(row["state"], bare_county(row["county"])) for row in zipcodes.list_all()}
    stray = [
        (row.name, state, county)
        for row in UTILITIES
        for state, counties in row.counties.items()
        for county in counties
        if (state, county) not in known
    ]
    assert not stray


def test_the_question_offers_them_and_takes_a_tap() -> None:
    talk = Talk()
    talk.hear()
    talk.give("name", "street", "city", "state", "postal_code", "owner")
    flow = flow_named("intake")
    offered = list_options(flow, talk.state.slots, "utility", "US")
    assert offered and len(offered) <= 3
    assert option_of("utility=Salt River Project", "es") == Option("utility=Salt River Project", "SRP")
