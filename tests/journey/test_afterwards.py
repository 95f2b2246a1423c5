"""What a homeowner does after the request is in: changes, questions, a file, and being forgotten."""

import httpx

from tests.journey.conftest import OpenJourney
from tests.journey.homeowner import Desk, Homeowner, Party
from tests.journey.wording import INCENTIVES, INTAKE, PROPOSAL
from tests.kill.watching import Watch, new_phone

CHANGED = r"^Changed:\s+Monthly bill: \$180 a month → \$250 a month"
SINCE = (
    r"^Your proposal has been ready since \w+ \d+, .*6\.2 kW with 14 panels.*Here it is: \S+/opensolar/proposals/\S+"
)
COMING = r"^Sure, I'm getting the proposal as a file"
FILE = r"^Hi Dana, here is the file you asked for, proposal\.pdf: \S+/files/\S+/proposal\.pdf "
SWEEPS_SECONDS = 6.0  # several looks at the channel's list


def test_changes_questions_and_a_file(open_journey: OpenJourney) -> None:
    """A change reaches the same project; the proposal is spoken of with its time, and sent as a file that is served."""
    stack = open_journey("postgresql")
    party = Party(stack, [Homeowner(stack, new_phone())])
    phone = party.people[0].phone
    party.talk(INTAKE, INCENTIVES)
    party.talk([("Actually my bill is $250 a month", CHANGED)])
    assert Desk(stack, "opensolar").find(phone)["usage"]["values"] == [12 * 250]
    assert Desk(stack, "aurora").find(phone)["consumption"]["monthly_bill"] == [250.0] * 12
    party.move("opensolar", "proposal_sent", PROPOSAL)
    party.talk([("Where is my proposal?", SINCE)])
    party.talk([("Can I have it as a PDF?", COMING)], FILE)
    (address,) = party.people[0].list_accepted()[-1]["media_urls"]
    answer = httpx.get(address, trust_env=False, timeout=20)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    party.people[0].check_alerts("confirmed a new project", "changed: .*monthly_bill")


def test_who_is_forgotten_hears_nothing_more(open_journey: OpenJourney) -> None:
    """Neither from vendors, nor because the channel still lists what was written."""
    stack = open_journey("postgresql")
    party = Party(stack, [Homeowner(stack, new_phone())])
    person = party.people[0]
    party.talk(INTAKE, INCENTIVES)
    Watch(stack).run_tool("tools.forget", person.phone, "--yes")
    party.move("opensolar", "proposal_sent")
    assert not stack.await_for(lambda: person.read()[len(person.lines) :], SWEEPS_SECONDS)
    Desk(stack, "opensolar").find(person.phone)
