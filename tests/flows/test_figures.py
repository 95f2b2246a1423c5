"""Figures, days and clocks as each market writes them; what is not known is left out."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from flows.patterns.figures import cut_text, show_figures, show_incentives
from flows.state import SlotValue
from flows.wording import Voice, show_date, show_day, show_kw, show_kwh, show_moment
from flows.zones import at_local, zone_of
from tests.flows.cast import NOON

US, ES, ZA, ZW = Voice("en", "US", "USD"), Voice("es", "ES", "EUR"), Voice("en", "ZA", "ZAR"), Voice("en", "ZW", "USD")


def _possible(row: dict[str, Any]) -> str:
    """What the amount depends on, as it is said."""
    return show_incentives({"possible": [row]}, US).partition("up to $200, ")[2]


def test_a_text_that_is_too_long_ends_in_dots() -> None:
    assert cut_text("abc", 3) == "abc" and cut_text("abcd", 3) == "ab…"


class TestFigures:
    @pytest.mark.parametrize(
        ("facts", "voice", "text"),
        [
            ({}, US, "the figures are inside"),
            ({"kw": 6.21, "panels": 18}, US, "6.2 kW with 18 panels"),
            ({"kw": 0, "panels": -3, "yearly_kwh": "many", "price_cents": True}, US, "the figures are inside"),
            ({"yearly_kwh": 8547.4, "offset": 104.6}, US, "about 8,547 kWh a year, about 105% of your use"),
            ({"price_cents": 980050, "currency": "USD"}, US, "$9,800.50"),
            ({"price_cents": 980000, "currency": "USD"}, ZW, "US$9,800"),
            ({"price_cents": 15990000, "currency": "ZAR"}, ZA, "R 159 900"),
            ({"kw": 4.95, "price_cents": 745050}, ES, "5,0 kW, 7.450,50 €"),
        ],
    )
    def test_only_what_is_known(self, facts: dict[str, Any], voice: Voice, text: str) -> None:
        assert show_figures(facts, voice) == text

    def test_no_sum_mixes_what_is_firm_with_what_is_possible(self) -> None:
        facts = {
            "firm": [{"program": "A", "amount_cents": 10000, "yearly": True}],
            "possible": [{"program": "B", "amount_cents": 20000, "conditions": ["it rains"]}],
            "ended": [{"program": {"en": "C", "es": "Cé"}, "ended_on": "2025-12-31"}],
        }
        assert show_incentives(facts, US).splitlines() == [
            "Confirmed: A, $100 a year.",
            "Possible, not certain: B, up to $200, if it rains.",
            "No longer available: C, ended December 31, 2025.",
        ]
        assert "Cé, terminó el 31 de diciembre de 2025" in show_incentives(facts, ES)
        assert "$300" not in show_incentives(facts, US)

    def test_no_condition_is_dropped_in_silence(self) -> None:
        texts = ["It rains", "the HOA agrees", "the roof is sound", "an inspector comes", "the meter is new"]
        row = {"program": "B", "amount_cents": 20000, "conditions": texts[:3]}
        assert _possible(row) == "if it rains, the HOA agrees and the roof is sound."
        assert _possible({**row, "conditions": texts[:4]}) == (
            "if it rains, the HOA agrees, the roof is sound and 1 more condition is met."
        )
        assert _possible({**row, "conditions": texts}).endswith("the roof is sound and 2 more conditions are met.")
        assert "y se cumplen 2 condiciones más" in show_incentives({"possible": [{**row, "conditions": texts}]}, ES)

    def test_a_message_that_is_full_counts_the_conditions(self) -> None:
        """Whatever has to be left out is counted, and neither an amount nor the link is cut."""
        texts = [f"{word} {'and so on ' * 14}" for word in ("One", "Two", "Three", "Four")]
        row = {"program": "P" * 90, "amount_cents": 20000, "conditions": texts}
        url = f"https://example.com/{'c' * 150}"
        shown = show_incentives({"firm": [row] * 4, "possible": [row] * 4, "connect_url": url}, US)
        assert len(shown) <= 650 and shown.count("$200") == 2 and f"{url} " in shown
        assert "if 4 conditions are met" in shown or "more conditions are met" in shown
        assert shown.count("and 3 more") == 2

    def test_words_that_come_in_english_alone_are_quoted_in_spanish(self) -> None:
        facts = {"possible": [{"program": "B", "amount_cents": 20000, "conditions": ["It rains", {"es": "hay sol"}]}]}
        assert "si se cumple «It rains» y hay sol." in show_incentives(facts, ES)

    def test_days_and_times(self) -> None:
        day, today = date(2026, 12, 1), date(2026, 11, 21)
        assert show_day(day, US, today) == "Tuesday, December 1"
        assert show_day(day, ZA, today) == "Tuesday, 1 December"
        assert show_day(day, ES, today) == "martes, 1 de diciembre"
        assert show_day(day, US, date(2025, 1, 1)) == "Tuesday, December 1, 2026"
        assert show_date(day, ZW) == "1 December 2026"
        at = datetime(2026, 11, 21, 0, 5, tzinfo=UTC)
        assert show_moment(at, US) == "Nov 21, 12:05 AM"
        assert show_moment(at, ZA) == "21 Nov, 00:05" and show_moment(at, ES) == "21 nov, 00:05"
        assert show_kw(1234.56, ES) == "1.234,6 kW" and show_kwh(8547.6, ZA) == "8 548 kWh"


class TestZones:
    @pytest.mark.parametrize(
        ("market", "slots", "zone"),
        [
            ("ZW", {}, "Africa/Harare"),
            ("ES", {"state": "NY"}, "Europe/Madrid"),
            ("US", {"state": "NY"}, "America/New_York"),
            ("US", {"state": "tx"}, "America/Chicago"),
            ("US", {"state": "AZ"}, "America/Phoenix"),
            ("US", {"location": {"latitude": 34.0, "longitude": -118.2}}, "America/Los_Angeles"),
            ("US", {"state": "??", "location": {"latitude": 39.7, "longitude": -105.0}}, "America/Denver"),
            ("US", {"location": {"latitude": 41.9, "longitude": -87.6}}, "America/Chicago"),
            ("US", {}, "America/New_York"),
        ],
    )
    def test_whose_clock(self, market: str, slots: dict[str, Any], zone: str) -> None:
        held = {name: SlotValue(value, "", "rule", 1.0, True, "", NOON) for name, value in slots.items()}
        assert zone_of(market, held) == ZoneInfo(zone)

    def test_four_in_the_afternoon_there(self) -> None:
        zone = ZoneInfo("America/New_York")
        assert at_local(date(2026, 12, 1), 16, zone).hour == 21
        assert at_local(date(2026, 7, 1), 16, zone).hour == 20
