"""With PROPOSAL_VENDOR=aurora: designs are ordered at Aurora unasked, and Aurora alone speaks of them."""

from tests.journey.conftest import OpenJourney
from tests.journey.homeowner import Desk, Exchange, Homeowner, Party
from tests.journey.wording import INTAKE, PAID, SEALED
from tests.kill.watching import new_phone

SETTINGS = {"PROPOSAL_VENDOR": "aurora", "AURORA_DESIGN": "design_team"}
COMPLETES, REJECTED = "901 Mears Court, Stanford, CA 94305", "600 Montgomery Street, San Francisco, CA 94111"
INCENTIVES = r"Confirmed: Bright Roof Rebate, \$500\..*up to \$60 a year, if "
FIGURES = r"6\.2 kW with 14 panels, about 8,747 kWh a year, \$17,864"
DESIGN = rf"^Hi Dana, the design for your home is ready: {FIGURES}\."
PROPOSAL = rf"^Hi Dana, your solar proposal is ready: {FIGURES}\. Open it here: \S+/aurora/web_proposals/\S+ "
REJECTION = "could not make a design: The roof cannot be seen on any image of the site"


def test_a_design_is_ordered_and_told(open_journey: OpenJourney) -> None:
    """The address at which Aurora's designers are done at once."""
    stack = open_journey("sqlite", **SETTINGS)
    party = Party(stack, [Homeowner(stack, new_phone())])
    party.talk(live_at(COMPLETES), INCENTIVES, DESIGN)
    party.move("aurora", "web_proposal", PROPOSAL)
    party.move("opensolar", "proposal_sent")
    party.move("aurora", "agreement", SEALED, statuses=["sent", "viewed", "signed"], copies=2, order="shuffled")
    party.move("opensolar", "paid", PAID)
    alerts = [text for text in party.people[0].list_alerts() if "design request" not in text]
    assert "has opened the proposal" in alerts[-1], alerts
    assert any("proposal is ready" in text for text in alerts), "OpenSolar's proposal is for staff"
    there = Desk(stack, "aurora").find(party.people[0].phone)
    assert [each["status"] for each in there["design_requests"]] == ["accepted"]
    assert len(there["designs"]) == 1


def test_a_rejection_is_for_staff(open_journey: OpenJourney) -> None:
    stack = open_journey("sqlite", **SETTINGS)
    party = Party(stack, [Homeowner(stack, new_phone())])
    party.talk(live_at(REJECTED), INCENTIVES)
    someone = party.people[0]
    stack.await_true(lambda: any(REJECTION in text for text in someone.list_alerts()), "staff hear of it", 60.0)
    assert len([text for text in someone.list_alerts() if REJECTION in text]) == 1


def live_at(address: str) -> list[Exchange]:
    """The usual intake from another home."""
    place, _, postal_code = address.rpartition(" ")
    shown = f"{place}, {postal_code}"
    return [
        (address, answer) if "Brooklyn, NY 11201" in text else (text, answer.replace("Brooklyn, NY, 11201", shown))
        for text, answer in INTAKE
    ]
