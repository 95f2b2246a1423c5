"""A newcomer talks to the running product on the phone page, by clicking and typing."""

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone

pytestmark = pytest.mark.browser


def test_a_whole_conversation_ends_in_a_stored_project(phone: Phone) -> None:
    assert "automated" in phone.write("hi, I'd like solar for my place")
    phone.write("noor haddad")
    phone.write("742 Juniper Court, Fresno, CA 93722")
    phone.keep_screenshot("1-address")
    phone.tap("Yes")
    phone.write("pge")
    assert "$240" in phone.write("about 240 a month")
    phone.pick("Pool pump")
    phone.tap("That's all")
    assert "$240 a month → $265 a month" in phone.write("sorry, the bill is 265 not 240")
    phone.pick("Asphalt shingle")
    phone.tap("Skip")
    recap = phone.tap("Skip")
    phone.keep_screenshot("2-recap")
    for fact in ("Noor Haddad", "742 Juniper Court", "Fresno", "PG&E", "$265", "pool pump", "asphalt shingle"):
        assert fact.lower() in recap.lower()
    phone.tap("Yes, send it")
    stored = phone.page.get_by_test_id("stored-project").and_(phone.page.locator(f'[data-phone="{phone.number}"]'))
    expect(stored).to_contain_text("742 Juniper Court")
    expect(stored).to_contain_text("265")
    phone.keep_screenshot("3-stored")


def test_pin_and_bill_are_taken(phone: Phone) -> None:
    phone.write("hello")
    phone.write("Noor")
    phone.share_location()
    phone.tap("Yes")
    phone.write("pg&e")
    phone.attach("attach-sample-bill")  # it may be read before one looks
    expect(phone.answers.filter(has_text="I'm reading it")).to_have_count(1)
    expect(phone.answers.filter(has_text="From your bill: 812 kWh")).to_have_count(1, timeout=30_000)
    phone.keep_screenshot("bill")


def test_stop_silences_and_start_resumes(phone: Phone) -> None:
    phone.write("hi")
    phone.write("please quit texting me")
    phone.send("how much does it cost?")
    assert "call you" in phone.write("START")
    expect(phone.answers.filter(has_text="$")).to_have_count(0)


def test_a_message_sent_twice_is_answered_once(phone: Phone) -> None:
    phone.write("hi")
    phone.page.get_by_test_id("send-twice").click()
    phone.write("my name is Noor")
    count = phone.answers.count()
    phone.write("742 Juniper Court, Fresno, CA 93722")
    assert phone.answers.count() == count + 1


def test_five_days_later_it_goes_on_with_a_recap(phone: Phone) -> None:
    phone.write("hi")
    phone.write("Noor")
    phone.page.get_by_test_id("five-days-later").click()
    expect(phone.page.get_by_test_id("days-passed").first).to_be_visible()
    answer = phone.write("sorry, was away")
    assert "Noor" in answer
    phone.keep_screenshot("five-days")


def test_a_person_is_called(phone: Phone) -> None:
    phone.write("hi")
    assert "colleague" in phone.write("can i talk to someone real")
