"""Aurora's words and ours."""

from itertools import permutations

import pytest

from integrations.aurora.words import (
    find_status,
    further,
    read_status_map,
    says_accepted,
    sort_agreement,
    sort_job,
    sort_request,
)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        ("designer_completed", "completed"),
        ("completed", "completed"),
        ("succeeded", "completed"),
        ("Designer-Completed", "completed"),
        ("designer_rejected", "rejected"),
        ("rejected", "rejected"),
        ("accepted", "accepted"),
        ("submitted", "open"),
        ("in_progress", "open"),
        ("", "open"),
        (None, "open"),
    ],
)
def test_design_requests(status: object, meaning: str) -> None:
    assert sort_request(status) == meaning


@pytest.mark.parametrize(
    ("status", "meaning"),
    [("succeeded", "succeeded"), ("completed", "succeeded"), ("failed", "failed"), ("in-progress", "running")],
)
def test_jobs(status: str, meaning: str) -> None:
    assert sort_job(status) == meaning


@pytest.mark.parametrize(
    "sentence",
    [
        "Aurora refuses this: The design request is already accepted.",
        "Design request has already been accepted",
        "It was accepted yesterday",
        "cannot accept: accepted already",
    ],
)
def test_accepted_before(sentence: str) -> None:
    assert says_accepted(sentence)


@pytest.mark.parametrize("sentence", ["It cannot be accepted yet.", "Only completed ones can be accepted", "no"])
def test_not_accepted_before(sentence: str) -> None:
    assert not says_accepted(sentence)


def test_agreements_in_any_order_end_the_same() -> None:
    for order in permutations(("sent", "viewed", "signed", "sent")):
        state = ""
        for status in order:
            state = further(state, sort_agreement(status))
        assert state == "signed"
    assert further("signed", sort_agreement("cancel_pending")) == "cancel-pending"
    assert further("canceled", "signed") == "canceled"
    assert further("viewed", sort_agreement("archived")) == "viewed"
    assert sort_agreement("Cancelled") == "canceled"


def test_a_tenants_statuses() -> None:
    found = read_status_map(("Permit approved=scheduled", "A = B=in_progress", "PTO granted= Completed "))
    assert find_status(found, "permit  APPROVED") == "scheduled"
    assert find_status(found, "a = b") == "in_progress"
    assert find_status(found, "PTO granted") == "completed"
    assert find_status(found, "Permit") == ""


@pytest.mark.parametrize("entry", ["Permit approved", "=scheduled", "Permit=done", "Permit="])
def test_a_status_map_that_is_none(entry: str) -> None:
    with pytest.raises(ValueError, match="Permit approved=scheduled"):
        read_status_map((entry,))
