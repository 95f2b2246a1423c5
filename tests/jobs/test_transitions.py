"""A transition is told once: first, again, lost and found, in any order, by one vendor or two."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.vendor_news import WHATS
from integrations.vendor import Design, VendorState, Visit
from jobs.state_json import dump_state, load_state
from jobs.transitions import Found, find_news

NOW = datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
DESIGN = Design("s1", kw=6.2, panels=18, price_cents=980_000, currency="USD", yearly_kwh=8547, panel_model="Sunny 345")
BIGGER = replace(DESIGN, external_id="s2", kw=7.1, panels=20)
LINK = "https://opensolar.example.com/p/1"
OTHER_LINK = "https://opensolar.example.com/p/2"

NOTHING = VendorState()
DESIGNED = VendorState(design=DESIGN)
PROPOSED = replace(DESIGNED, proposal=LINK)
VIEWED = replace(PROPOSED, viewed=True)
SEALED = replace(VIEWED, sealed=True, status="scheduled")
PAID = replace(SEALED, payments=("9",))
DATED = replace(PAID, installation_date="2026-12-08")
THERE = replace(DATED, installation_date="2026-12-01", visits=(Visit("40", NOW),), status="in_progress")
DONE = replace(DATED, installed=True, status="completed")


def look(told: dict[str, Any], state: VendorState, **more: Any) -> Found:
    return find_news(told, state, **{"now": NOW, **more})


def walk(*states: VendorState, **more: Any) -> list[list[str]]:
    """What each of the states tells, one after the other."""
    told: dict[str, Any] = {}
    heard = []
    for state in states:
        found = look(told, state, **more)
        told = found.told
        heard.append([each.what for each in found.news])
    return heard


def walk_aloud(*states: VendorState, **more: Any) -> list[str]:
    """The same in one row, without what only takes a day back or brings it again."""
    told: dict[str, Any] = {}
    heard = []
    for state in states:
        found = look(told, state, **more)
        told = found.told
        heard += [each.what for each in found.news if each.what != "unscheduled" and not each.facts.get("again")]
    return heard


@pytest.mark.parametrize(
    ("states", "heard"),
    [
        ([NOTHING, NOTHING], [[], []]),
        ([DESIGNED, DESIGNED, NOTHING, DESIGNED], [["design_ready"], [], [], []]),
        ([DESIGNED, VendorState(design=BIGGER)], [["design_ready"], ["design_changed"]]),
        ([DESIGNED, VendorState(design=replace(DESIGN, panel_model="Other", offset=90.0))], [["design_ready"], []]),
        ([VendorState(design=Design("s1", kw=6.2)), DESIGNED], [["design_ready"], []]),
        ([DESIGNED, VendorState(design=Design("s1")), DESIGNED], [["design_ready"], [], []]),
        ([PROPOSED, PROPOSED, DESIGNED, PROPOSED], [["design_ready", "proposal_ready"], [], [], []]),
        ([VendorState(proposal=LINK), PROPOSED], [["proposal_ready"], []]),
        ([PROPOSED, replace(PROPOSED, proposal=OTHER_LINK), PROPOSED], [["design_ready", "proposal_ready"],
                                                                       ["proposal_ready"], []]),
        ([PROPOSED, VIEWED, VIEWED], [["design_ready", "proposal_ready"], ["proposal_viewed"], []]),
        ([VIEWED, SEALED, VIEWED, SEALED], [["design_ready", "proposal_ready", "proposal_viewed"], ["sealed"], [], []]),
        ([SEALED, PAID, replace(PAID, payments=("9", "10"))], [["design_ready", "proposal_ready", "proposal_viewed",
                                                               "sealed"], ["paid"], ["paid"]]),
        ([VendorState(failed_payments=("7",))] * 2, [["payment_failed"], []]),
        ([VendorState(installation_date="2026-12-08"), VendorState(), VendorState(installation_date="2026-12-08")],
         [["scheduled"], ["unscheduled"], ["scheduled"]]),
        ([VendorState(installation_date="2026-11-30"), VendorState()], [["scheduled"], []]),
        ([DATED, NOTHING, DONE], [["design_ready", "proposal_ready", "proposal_viewed", "sealed", "paid", "scheduled"],
                                  ["unscheduled"], ["installed"]]),
        ([VendorState(installation_date="2026-12-08"), VendorState(installation_date="2026-12-09"),
          VendorState(installation_date="2026-12-08")], [["scheduled"], ["scheduled"], ["scheduled"]]),
        ([VendorState(rejected="No roof to be seen")] * 2, [["design_rejected"], []]),
        ([VendorState(remarks={"a": "One."}), VendorState(remarks={"a": "One."}), VendorState(remarks={"a": "Two."})],
         [["remark"], [], ["remark"]]),
        ([VendorState(installed=True), VendorState(installed=True, installation_date="2026-12-01")],
         [["installed"], []]),
        ([DATED, DONE, DONE], [["design_ready", "proposal_ready", "proposal_viewed", "sealed", "paid", "scheduled"],
                               ["installed"], []]),
    ],
)  # fmt: skip
def test_what_is_told(states: Sequence[VendorState], heard: list[list[str]]) -> None:
    assert walk(*states) == heard


@pytest.mark.parametrize(
    ("visit", "day", "heard"),
    [
        (Visit("40", NOW + timedelta(days=3)), "", ["scheduled"]),
        (Visit("40", NOW + timedelta(days=3)), "2026-12-04", ["scheduled"]),
        (Visit("40", NOW + timedelta(minutes=31)), "2026-12-01", ["scheduled"]),
        (Visit("40", NOW + timedelta(minutes=29)), "2026-12-01", ["on_the_way", "scheduled"]),
        (Visit("40", NOW - timedelta(minutes=179)), "2026-12-01", ["on_the_way", "scheduled"]),
        (Visit("40", NOW - timedelta(minutes=181)), "2026-12-01", ["scheduled"]),
        (Visit("40", NOW, complete=True), "2026-12-01", ["scheduled"]),
        (Visit("40"), "2026-12-01", ["on_the_way", "scheduled"]),
        (Visit("40"), "2026-12-02", ["scheduled"]),
    ],
)
def test_visits(visit: Visit, day: str, heard: list[str]) -> None:
    state = VendorState(visits=(visit,), installation_date=day)
    assert sorted(walk(state)[0]) == heard
    assert walk(state, state)[1] == []


def test_a_day_that_comes_again_is_marked_as_known() -> None:
    dated = VendorState(installation_date="2026-12-08")
    taken = look(look({}, dated).told, NOTHING)
    assert [(each.what, each.facts) for each in taken.news] == [("unscheduled", {"text": "2026-12-08"})]
    assert look(taken.told, NOTHING).news == ()
    [again] = look(taken.told, dated).news
    assert again.facts == {"date": "2026-12-08", "again": True}
    [other] = look(taken.told, VendorState(installation_date="2026-12-09")).news
    assert other.facts == {"date": "2026-12-09"}


def test_a_day_that_another_vendor_names_is_not_taken_back() -> None:
    dated = look({}, VendorState(installation_date="2026-12-08")).told
    assert look(dated, NOTHING, elsewhere=[dated]).news == ()
    assert look(dated, NOTHING, certain=False).news == ()
    visited = VendorState(visits=(Visit("40", NOW + timedelta(days=2)),))
    over = replace(visited, visits=(replace(visited.visits[0], complete=True),))
    assert look(look({}, visited).told, over).news == (), "the crew was there"


def test_a_visit_in_the_calendar_is_told_when_it_begins() -> None:
    """Calendars are filled in days ahead."""
    state = VendorState(visits=(Visit("40", NOW),))
    ahead = look({}, state, now=NOW - timedelta(days=5))
    assert ([each.what for each in ahead.news], ahead.look_at) == (["scheduled"], NOW)
    early = look(ahead.told, state, now=NOW - timedelta(hours=1))
    assert (early.news, early.look_at) == ((), NOW)
    begun = look(early.told, state)
    assert ([each.what for each in begun.news], begun.look_at) == (["on_the_way"], None)
    assert look(begun.told, state, now=NOW + timedelta(hours=1)).news == ()
    assert look(begun.told, replace(state, visits=(Visit("40", NOW, complete=True),))).news == ()


def test_a_visit_that_is_put_off_is_told_on_its_other_day() -> None:
    first = look({}, VendorState(visits=(Visit("40", NOW),)))
    later = NOW + timedelta(days=1)
    put_off = VendorState(visits=(Visit("40", later),))
    again = look(first.told, put_off)
    assert ([each.what for each in again.news], again.look_at) == (["scheduled"], later)
    assert [each.what for each in look(again.told, put_off, now=later).news] == ["on_the_way"]


def test_the_nearest_of_what_waits_is_looked_at() -> None:
    told = look(look({}, DESIGNED).told, VendorState(design=BIGGER)).told
    soon, late = NOW + timedelta(minutes=40), NOW + timedelta(days=2)
    state = VendorState(design=replace(BIGGER, panels=22), visits=(Visit("41", late), Visit("40", soon)))
    assert look(told, state).look_at == soon


def test_a_day_is_one_transition_whichever_signal_comes_first() -> None:
    start = datetime(2026, 12, 8, 15, tzinfo=UTC)
    by_visit = VendorState(visits=(Visit("40", start),))
    assert walk(by_visit, replace(by_visit, installation_date="2026-12-08"), by_visit) == [["scheduled"], [], []]


def test_a_visits_day_is_local() -> None:
    state = VendorState(visits=(Visit("40", datetime(2026, 12, 9, 1, tzinfo=UTC)),))
    [news] = look({}, state, offset=timedelta(hours=-8)).news
    assert news.facts == {"date": "2026-12-08"}


def test_two_crews_on_one_day_are_on_their_way_once() -> None:
    first = VendorState(visits=(Visit("40", NOW),), installation_date="2026-12-01")
    both = replace(first, visits=(*first.visits, Visit("41", NOW + timedelta(hours=1))))
    assert walk(first, both) == [["scheduled", "on_the_way"], []]


def test_changes_of_a_design_wait_for_their_hour() -> None:
    told = look({}, DESIGNED).told
    told = look(told, VendorState(design=BIGGER)).told
    early, late = NOW + timedelta(minutes=59), NOW + timedelta(minutes=60)
    again = VendorState(design=replace(BIGGER, panels=22))
    held = look(told, again, now=early)
    assert (held.news, held.look_at, held.told) == ((), late, told)
    changed = look(held.told, again, now=late)
    assert [(each.what, each.facts["panels"]) for each in changed.news] == [("design_changed", 22)]
    assert look(held.told, VendorState(design=BIGGER), now=late).news == (), "what changed back meanwhile is no news"


def test_a_proposal_tells_a_change_that_was_held_back() -> None:
    told = look(look({}, DESIGNED).told, VendorState(design=BIGGER)).told
    biggest = replace(BIGGER, panels=22)
    found = look(told, VendorState(design=biggest, proposal=LINK))
    assert [(each.what, each.facts["panels"]) for each in found.news] == [("proposal_ready", 22)]
    assert found.look_at is None
    assert look(found.told, VendorState(design=biggest, proposal=LINK), now=NOW + timedelta(hours=2)).news == ()


def test_a_renewed_link_is_told_to_nobody_but_kept() -> None:
    first = VendorState(proposal=LINK, details={"proposal_id": "d1"})
    fresh = replace(first, proposal=OTHER_LINK)
    assert walk(first, first, fresh, fresh, replace(first, details={"proposal_id": "d2"})) == [
        ["proposal_ready"], [], ["proposal_renewed"], [], ["proposal_ready"],
    ]  # fmt: skip
    [renewed] = look(look({}, first).told, fresh).news
    assert renewed.facts == {"url": OTHER_LINK}
    assert walk(first, fresh, speaks=False) == [["proposal_ready"], []]


def test_the_facts() -> None:
    design, proposal = look({}, PROPOSED).news
    known = {"kw": 6.2, "panels": 18, "price_cents": 980_000, "currency": "USD", "yearly_kwh": 8547}
    assert design.facts == {**known, "panel_model": "Sunny 345"}
    assert proposal.facts == {**design.facts, "url": LINK}


def test_only_one_vendor_speaks_of_designs_and_proposals() -> None:
    quiet = {each.what: each.for_staff for each in look({}, DONE, speaks=False).news}
    assert quiet["design_ready"] and quiet["proposal_ready"]
    assert not quiet["sealed"] and not quiet["installed"]
    aloud = {each.what for each in look({}, replace(DONE, failed_payments=("8",))).news if each.for_staff}
    assert aloud == {"proposal_viewed", "payment_failed"}


def test_what_another_vendor_told_is_not_told_again() -> None:
    first = look({}, THERE)
    second = look({}, THERE, speaks=False, elsewhere=[first.told])
    assert {each.what for each in second.news} == {"design_ready", "proposal_ready", "proposal_viewed", "paid"}
    ended = look({}, VendorState(installed=True), elsewhere=[look(first.told, DONE).told])
    assert ended.news == () and ended.told["installed"]


def test_a_day_that_was_stated_but_not_read_is_told_once() -> None:
    """A sender that cannot be asked may repeat itself late."""
    days = [VendorState(installation_date=f"2026-12-0{number}") for number in (8, 9, 8, 9, 7)]
    heard = walk(*days, certain=False)
    assert heard == [["scheduled"], ["scheduled"], [], [], ["scheduled"]]


STEPS = (DESIGNED, PROPOSED, VIEWED, SEALED, PAID, DATED, DONE)
WHOLE = ["design_ready", "proposal_ready", "proposal_viewed", "sealed", "paid", "scheduled", "installed"]


@given(order=st.lists(st.sampled_from(range(len(STEPS))), min_size=1, max_size=30), speaks=st.booleans())
def test_any_order_and_repetition_tells_each_transition_once(order: list[int], speaks: bool) -> None:
    heard = walk_aloud(*(STEPS[number] for number in order), speaks=speaks)
    assert len(heard) == len(set(heard))
    furthest = max(order)
    if order[0] == furthest or order == sorted(order):
        overtaken = furthest == 6 and 5 not in order[: order.index(6)]  # a date is no news once it is installed
        assert set(heard) == set(WHOLE[: furthest + 1]) - ({"scheduled"} if overtaken else set())


@given(order=st.permutations(range(len(STEPS))))
def test_nothing_is_lost_whatever_the_order(order: list[int]) -> None:
    heard = set(walk_aloud(*(STEPS[number] for number in order)))
    assert set(WHOLE) - heard <= {"design_ready", "scheduled"}, "said by the proposal, overtaken by the end"


@given(state=st.sampled_from([NOTHING, *STEPS, THERE]))
def test_a_state_survives_its_json(state: VendorState) -> None:
    kept = json.loads(json.dumps(dump_state(state)))
    assert kept == dump_state(state), "what is kept can be compared with what is read"
    assert load_state(kept) == state


def test_every_transition_has_its_place_in_a_projects_life() -> None:
    assert {each.what for state in (DONE, THERE) for each in look({}, state).news} <= set(WHATS)
