"""From the first words to feedback, at OpenSolar and Aurora: everything once, in order, however webhooks travel."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.journey.conftest import OpenJourney
from tests.journey.homeowner import Desk, Homeowner, Party
from tests.journey.wording import (
    ACCEPTED,
    APPLICATION,
    APPLYING,
    DAY_CONFIRMED,
    DESIGN,
    INCENTIVES,
    INSTALLED,
    INTAKE,
    ON_THE_WAY,
    PAID,
    PRAISED,
    PROPOSAL,
    RATED,
    SCHEDULED,
    SEALED,
)
from tests.kill.stack import Mode, Stack
from tests.kill.watching import Watch, new_phone

OPENSOLAR_ADDRESS = ["55 Water Street", "Brooklyn", "NY", "11201", "US"]
ALERTS = (
    "confirmed a new project", "has opened the proposal", "accepts the proposal", "confirms the installation on 20",
    "about the installation: Everything was great",
)  # fmt: skip
MANNERS: tuple[Mapping[str, Any], ...] = ({}, {"copies": 2}, {"order": "shuffled"}, {"dialect": "documents"})
LOST: Mapping[str, Any] = {"webhooks": False}
IMPATIENT = Mode(settings={"VENDOR_POLL_SECONDS": "1"})


@pytest.mark.parametrize("database", ["postgresql", "sqlite"])
def test_everything_is_told_once(open_journey: OpenJourney, database: str) -> None:
    stack = open_journey(database)
    people = [Homeowner(stack, new_phone(), manner) for manner in MANNERS]
    party = Party(stack, [*people, Homeowner(stack, new_phone())])
    party.talk(INTAKE, INCENTIVES)
    check_projects(party)
    party.tap("apply=true", APPLYING, APPLICATION)
    party.move("opensolar", "design", DESIGN)
    party.move("opensolar", "proposal_sent", PROPOSAL)
    party.move("opensolar", "viewed")
    check_pictures(party)
    party.talk([("1", ACCEPTED)])
    party.move("opensolar", "signed", SEALED)
    lose_payment(stack, party)
    party.move("opensolar", "schedule", SCHEDULED)
    party.tap("day_ok=true", DAY_CONFIRMED)
    party.move("opensolar", "crew", ON_THE_WAY)
    party.move("opensolar", "installed", INSTALLED)
    party.tap("rating=5", RATED)
    party.talk([("Everything was great, thank you", PRAISED)])
    for person in party.people:
        person.check_alerts(*ALERTS)
    check_projects(party)
    check_statuses(stack, party)


def lose_payment(stack: Stack, party: Party) -> None:
    """The last one's payment is never announced: the poller finds it."""
    *others, last = party.people
    Party(stack, others).move("opensolar", "paid", PAID)
    alone = Party(stack, [replace(last, manner=LOST)])
    alone.move("opensolar", "paid")
    stack.run_as("clock", IMPATIENT)
    alone.expect(PAID)
    last.lines = alone.people[0].lines
    stack.run_as("clock")


def check_projects(party: Party) -> None:
    """Each homeowner has one project at each vendor, with everything that was said."""
    for person in party.people:
        there = Desk(party.stack, "opensolar").find(person.phone)
        assert [there[name] for name in ("address", "locality", "state", "zip", "country_iso2")] == OPENSOLAR_ADDRESS
        assert [each["phone"] for each in there["contacts_data"]] == [person.phone]
        assert {"first_name": "Dana", "family_name": "Reyes", "email": "dana@example.com"}.items() <= (
            there["contacts_data"][0].items()
        )
        assert there["usage"] == {"usage_data_source": "bill_annual", "values": [12 * 180]}
        assert all(words in there["notes"] for words in ("1 pool pump", "Con Edison", "USD 180.00 a month"))
        there = Desk(party.stack, "aurora").find(person.phone)
        assert there["location"]["property_address"] == "55 Water Street, Brooklyn, NY 11201, US"
        assert (there["customer_first_name"], there["customer_email"]) == ("Dana", "dana@example.com")
        assert there["consumption"]["monthly_bill"] == [180.0] * 12
        assert there["consumption"]["monthly_energy"] is None


def check_pictures(party: Party) -> None:
    """The proposal came with a picture that is served."""
    for person in party.people:
        (picture,) = person.list_accepted()[-1]["media_urls"]
        answer = httpx.get(picture, trust_env=False, timeout=20)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
        assert answer.content.startswith(b"\x89PNG")


def check_statuses(stack: Stack, party: Party) -> None:
    """Our own projects have gone with those at OpenSolar to the end."""
    known = [json.loads(line) for line in Watch(stack).run_tool("tools.projects").splitlines()]
    for person in party.people:
        assert [each["status"] for each in known if each["phone"] == person.phone] == ["completed"]
