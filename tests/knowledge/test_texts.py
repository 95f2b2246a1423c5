"""What is said: short, dated, sourced, of one market, and never a promise."""

import re
from datetime import date, timedelta

import pytest

from bot.knowledge import find_answer
from bot.knowledge.entry import LANGUAGES, Entry
from bot.knowledge.load import load_knowledge
from flows.markets import MARKETS
from tests.knowledge.cases import TODAY

PROMISES = ("guarantee", "will save", "risk-free", "risk free", "garantiza", "ahorrarás", "sin riesgo")
TEXTS = [
    (entry, language, wording.texts[language])
    for entry in load_knowledge().entries
    for wording in entry.wordings
    for language in LANGUAGES
]
IDS = [f"{entry.topic}-{language}-{number}" for number, (entry, language, _) in enumerate(TEXTS)]


@pytest.mark.parametrize(("entry", "language", "text"), TEXTS, ids=IDS)
def test_text_is_short_and_promises_nothing(entry: Entry, language: str, text: str) -> None:
    assert 40 <= len(text) <= 600
    assert "\n" not in text
    assert not [promise for promise in PROMISES if promise in text.lower()]


@pytest.mark.parametrize(("entry", "language", "text"), TEXTS, ids=IDS)
def test_money_has_a_source_and_a_year(entry: Entry, language: str, text: str) -> None:
    if re.search(r"[$€]\s?\d|\d\s?%|\d (cents|centavos)", text):
        assert entry.sources
        assert re.search(r"\b20\d\d\b", text)


@pytest.mark.parametrize("entry", load_knowledge().entries, ids=lambda entry: entry.topic)
def test_answer_ends_with_its_review_date(entry: Entry) -> None:
    question, market = entry.questions["en"][0], sorted(entry.wordings[0].markets)[0]
    assert find_answer(question, "en", market, entry.review_by) is not None
    assert find_answer(question, "en", market, entry.review_by + timedelta(days=1)) is None


def say(question: str, market: str, today: date = TODAY) -> str | None:
    answer = find_answer(question, "en", market, today)
    return answer.text if answer else None


def test_incentives_are_of_the_market() -> None:
    texts = {market: say("is there a tax credit", market) for market in MARKETS}
    assert len(set(texts.values())) == len(MARKETS)
    assert [market for market, text in texts.items() if text and "federal" in text] == ["US"]
    assert [market for market, text in texts.items() if text and "29 February 2024" in text] == ["ZA"]


def test_net_metering_is_of_the_market() -> None:
    texts = {market: say("how does net metering work", market) for market in MARKETS}
    assert len(set(texts.values())) == len(MARKETS)
    assert [market for market, text in texts.items() if text and "California" in text] == ["US"]


def test_price_is_named_only_where_it_has_a_source() -> None:
    priced = [market for market in MARKETS if re.search(r"\d", say("how much does it cost", market) or "")]
    assert priced == ["US"]


def test_market_without_a_text_gets_no_answer() -> None:
    assert say("what about my HOA", "US")
    assert say("what about my HOA", "ZW") is None
    assert say("how much does it cost", "FR") is None


def test_programme_past_its_end_is_said_to_have_ended() -> None:
    before, after = (say("is there a tax deduction", "ES", day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert before is not None
    assert after is not None
    assert "ended" not in before
    assert "ended" in after


def test_privacy_says_what_the_product_does() -> None:
    text = say("will you sell my number", "US")
    assert text is not None
    assert all(words in text for words in ("unless you say yes", "deleted", "STOP"))


def test_help_lists_the_words() -> None:
    text = say("help", "US")
    assert text is not None
    assert all(word in text for word in ("help", "back", "skip", "start over", "human", "stop"))
