"""A flow with a fault does not load, and everything that is wrong is said at once."""

from dataclasses import replace

import pytest

from flows.checks import FlowError, check_flow
from flows.conditions import Has, Is, Not
from flows.definition import Ending, Flow, Slot
from tests.flows.cast import INTAKE

NAME = Slot("name", "person")
OWNER = Slot("owner", "yes_no", options=("owner=true", "owner=false"), yes=(True,), no=(False,))
CONSENT = Slot("consent", "consent", options=("consent=yes", "change"))
DONE = Ending("submitted", Has("consent"), "submitted", "submitted.done", submits=True)


def faults_of(*slots: Slot, endings: tuple[Ending, ...] = (DONE,)) -> list[str]:
    with pytest.raises(FlowError) as error:
        check_flow(Flow("trial", 1, slots, endings))
    return error.value.faults


def test_a_sound_flow_loads() -> None:
    flow = Flow("trial", 1, (NAME, OWNER, CONSENT), (DONE,))
    assert check_flow(flow) is flow


def test_dead_end() -> None:
    faults = faults_of(NAME, OWNER, replace(CONSENT, when=Is("owner", True)))
    assert faults == ["owner: no leads to a dead end"]


def test_question_that_is_never_asked() -> None:
    faults = faults_of(OWNER, Slot("utility", "text", when=Is("monthly_bill", 5)), CONSENT)
    assert faults == ["utility: no slot monthly_bill"]
    later = Ending("closed", Not(Has("name")), "closed", "closed.renting")
    owned = Ending("owned", Has("owner"), "closed", "closed.renting")
    email = Slot("email", "email", when=Is("owner", True))
    assert "email: never asked for" in faults_of(NAME, email, OWNER, CONSENT, endings=(DONE, owned))
    assert "name: never asked for" in faults_of(NAME, CONSENT, endings=(later, DONE))


def test_ending_that_is_never_reached() -> None:
    shadowed = Ending("late", Has("consent"), "closed", "closed.renting")
    assert faults_of(NAME, CONSENT, endings=(DONE, shadowed)) == ["ending late: never reached"]


def test_a_value_among_many_is_only_one_way() -> None:
    barred = Ending("barred", Is("name", "Nobody"), "closed", "closed.renting")
    flow = Flow("trial", 1, (NAME, CONSENT), (barred, DONE))
    assert check_flow(flow) is flow


def test_submission_without_consent() -> None:
    free = Ending("free", Has("name"), "submitted", "submitted.done", submits=True)
    assert "ending free: submits without consent" in faults_of(NAME, endings=(free,))


def test_unknown_kind_and_strays_are_all_listed() -> None:
    faults = faults_of(
        NAME, NAME, Slot("street", "parcel", satisfied_by=("pin",), depends_on=("planet",), words_to="void"), CONSENT
    )
    assert faults == [
        "two slots have the same name",
        "street: unknown kind parcel",
        "street: no slot pin",
        "street: no slot planet",
        "street: no slot void",
    ]


def test_value_that_its_kind_refuses() -> None:
    assert faults_of(replace(OWNER, yes=("maybe",)), CONSENT) == ["owner: 'maybe' is neither yes nor no"]


def test_missing_wording_is_named_for_every_language() -> None:
    faults = faults_of(NAME, Slot("shoe_size", "money"), CONSENT)
    for language in ("en", "es"):
        for key in ("ask", "short", "rephrase", "example", "other_way", "why"):
            assert f"{language}: no wording for shoe_size.{key}" in faults


def test_options_over_the_limits() -> None:
    many = tuple(f"roof_type={name}" for name in ("slate", "metal", "thatch", "clay_tile"))
    roof = Slot("roof_type", "roof", optional=True, options=("@roofs", *many, "skip"))
    assert "roof_type: 11 options in US, 10 at most" in faults_of(NAME, roof, CONSENT)
    unknown = replace(OWNER, options=("owner=perhaps", "dance"))
    faults = faults_of(unknown, CONSENT)
    assert "option owner=perhaps means nothing" in faults
    assert "option dance means nothing" in faults
    assert "es: no wording for option dance" in faults


def test_hash_follows_the_definition() -> None:
    assert INTAKE.hash == replace(INTAKE).hash
    for slot in INTAKE.slots:
        changed = tuple(replace(each, optional=not each.optional) if each is slot else each for each in INTAKE.slots)
        assert replace(INTAKE, slots=changed).hash != INTAKE.hash
    assert replace(INTAKE, endings=INTAKE.endings[:1]).hash != INTAKE.hash
