"""A homeowner sends the bill: it is fetched, read in a process of its own, told and confirmed in the chat."""

import base64
import re

from tests.bills.draw import draw
from tests.journey.conftest import OpenJourney
from tests.journey.homeowner import Homeowner, Party
from tests.kill.watching import new_phone

READING = r"^Got it, I'm reading it"
LOCKED = b"%PDF-1.7\nnot really one"


def test_a_bill_is_read_and_told(open_journey: OpenJourney) -> None:
    stack = open_journey("postgresql")
    person = Homeowner(stack, new_phone())
    party = Party(stack, [person])
    party.talk([("Hi, I'm Dana Reyes", r"Nice to meet you, Dana Reyes.*address of the home")])
    send(person, LOCKED, "application/pdf")
    party.expect(READING, r"doesn't open.*in money or in kWh\?$")
    bill = draw(3, "pseg", "pdf")
    send(person, bill.content, bill.content_type)
    kwh, amount = f"{bill.truth['kwh']:,.0f} kWh", re.escape(f"${bill.truth['amount']:,.2f}")
    street = bill.truth["service_address"].partition(",")[0]
    party.expect(READING, rf"^From your bill: {kwh} and {amount} for .* at PSE&G\..*The bill is for {street}.*\?$")
    party.tap("confirm=yes", r"^Do you own the home")
    party.talk([("I own it", r"^Which of these do you have")])


def send(person: Homeowner, content: bytes, kind: str) -> None:
    """A file with words that say what it is."""
    file = {"content_type": kind, "base64": base64.b64encode(content).decode(), "name": "bill.pdf"}
    person.write("here is my electric bill", media=[file])
