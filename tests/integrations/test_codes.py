"""The table of error codes covers what the vendor's documents say, and decides for codes it does not know."""

from typing import get_args

import pytest

from integrations.channel import Outcome
from integrations.twilio.codes import RULES, rule_for


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("63016", "window"),
        ("63018", "retry"),
        ("429", "retry"),
        ("20429", "retry"),
        ("63024", "unreachable"),
        ("63032", "fail"),
        ("63049", "fail"),
        ("63021", "template"),
        ("63027", "template"),
        ("63028", "template"),
        ("63041", "template"),
        ("63019", "fail"),
        ("11751", "fail"),
        ("63015", "fail"),
        ("63051", "fail"),
        ("63112", "fail"),
        ("21610", "stop"),
    ],
)
def test_outcomes(code: str, outcome: str) -> None:
    assert rule_for(code).outcome == outcome


def test_what_else_there_is_to_do() -> None:
    assert rule_for("63016").remedy == "resend_as_template"
    assert rule_for("63019").remedy == rule_for("11751").remedy == "retry_then_link"
    assert rule_for("63024").mark_identifier
    for code in ("63021", "63027", "63028", "63041"):
        assert rule_for(code).stop_template and rule_for(code).alert == "staff"
    assert rule_for("63112").alert == rule_for("20003").alert == "operator"
    assert rule_for("63049").alert == "staff" and "utility" in rule_for("63049").sentence


def test_channel_policy_stops_a_template_only_when_it_names_it() -> None:
    assert rule_for("63013", "Unsupported media type").stop_template is False
    assert rule_for("63013", "a placeholder has too many spaces").stop_template is True
    assert rule_for("63013").outcome == "fail"


def test_unknown_codes_fail_and_staff_see_them() -> None:
    assert (rule_for("70001").outcome, rule_for("70001").alert) == ("fail", "staff")
    assert rule_for("").outcome == "fail"


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_speaks_to_staff(code: str) -> None:
    rule = RULES[code]
    assert rule.outcome in get_args(Outcome) and rule.outcome not in ("sent", "unknown")
    assert rule.sentence.endswith(".") and len(rule.sentence.split()) > 4
