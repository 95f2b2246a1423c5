"""What the benchmarks conclude from a ledger, and how they show it; not how fast anything is."""

from typing import Any

import pytest

from tools.bench.homeowners import choose_script, load_scripts, phone_of, walk_script
from tools.bench.table import Result, compare_ratio, format_table, take_share
from tools.bench.traffic import Crowd, Outcome, gather_crowd, judge
from tools.bench.traffic_lines import is_held

ALICE = "whatsapp:+12005550000"
CROWD = Crowd([b"", b""], {ALICE: [1, 1]})


def wrote(sid: str, second: float) -> dict[str, Any]:
    return {"kind": "inbound_created", "sid": sid, "sender": ALICE, "at": show(second)}


def called(sid: str, second: float) -> dict[str, Any]:
    return {"kind": "webhook_attempted", "sid": sid, "seconds": 0.01, "at": show(second)}


def replied(second: float, to: str = ALICE) -> dict[str, Any]:
    return {"kind": "message_accepted", "to": to, "at": show(second)}


def show(second: float) -> str:
    return f"2026-11-21T12:00:{second:09.6f}+00:00"


ANSWERED = [wrote("SM1", 1.0), called("SM1", 1.02), replied(1.05), wrote("SM2", 9.0), called("SM2", 9.5), replied(9.6)]


def test_times_run_from_the_message_and_from_its_webhook() -> None:
    outcome = judge(ANSWERED, CROWD)
    assert outcome.is_complete
    assert outcome.written == pytest.approx([0.05, 0.6])
    assert outcome.received == pytest.approx([0.04, 0.11])


def test_a_missing_reply_is_a_loss() -> None:
    outcome = judge(ANSWERED[:-1], CROWD)
    assert (outcome.missing, outcome.is_complete, is_held(outcome)) == (1, False, False)


def test_a_second_reply_to_one_message_is_seen() -> None:
    outcome = judge([*ANSWERED, replied(9.7)], CROWD)
    assert (outcome.surplus, outcome.is_complete) == (1, False)


def test_replies_to_others_do_not_count() -> None:
    assert judge([*ANSWERED, replied(9.7, "whatsapp:+12005559999")], CROWD).is_complete


def test_a_refused_send_is_a_loss() -> None:
    assert not judge([*ANSWERED, {"kind": "request_refused", "to": ALICE, "at": show(9.7)}], CROWD).is_complete


def test_a_slow_rate_is_not_held() -> None:
    times = [0.1] * 90 + [2.1] * 10
    assert not is_held(Outcome(sent=100, received=times, written=times))
    assert is_held(Outcome(sent=100, received=[0.1] * 100, written=[0.1] * 100))


def test_a_crowd_is_big_enough_for_its_rate() -> None:
    crowd = gather_crowd(0, per_second=40, seconds=60)
    assert len(crowd.requests) == 2400
    assert sum(map(len, crowd.expected.values())) == 2400
    assert max(map(len, crowd.expected.values())) < 30, "the pace of one contact would bind"


def test_every_script_ends_with_a_stored_project_and_answers_every_message() -> None:
    for script in load_scripts():
        steps = walk_script(script)
        assert steps[-1].after.phase == "submitted", script.name
        assert all(step.replies for step in steps), script.name


def test_homeowners_have_numbers_of_their_own() -> None:
    assert len({phone_of(number) for number in range(0, 100_000, 7)}) == len(range(0, 100_000, 7))
    assert choose_script(0) != choose_script(1)


def test_a_ratio_is_that_of_the_medians() -> None:
    result = compare_ratio("webhook", [80, 70, 10], [100, 100, 90], 0.7, "a second")
    assert (result.measured, result.met) == ("0.70 ×", True)
    assert not compare_ratio("webhook", [69], [100], 0.7, "a second").met


def test_a_share_lies_between_the_values_around_it() -> None:
    assert take_share([3, 1, 2], 0.5) == 2
    assert take_share([0, 10], 0.95) == pytest.approx(9.5)
    with pytest.raises(ValueError, match="nothing was measured"):
        take_share([], 0.5)


def test_the_table_says_what_was_missed() -> None:
    shown = format_table([Result("a", "1", "≥ 2", False, "because"), Result("b", "3", "≥ 2", True)])
    assert shown.splitlines()[2] == "| a    | 1        | ≥ 2    | missed |"
    assert shown.endswith("- a: because")
