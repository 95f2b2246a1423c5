"""Events of every sort, with values that slots take and values that they refuse."""

from hypothesis import strategies as st

from flows.commands import (
    Affirm,
    Ask,
    Back,
    Cancel,
    ChangeLanguage,
    Choose,
    Clear,
    Correct,
    Deny,
    Handoff,
    OptOut,
    Pause,
    Repeat,
    Restart,
    Set,
    Skip,
    Start,
    Unclear,
)
from flows.events import Media
from tests.flows.cast import ANSWERS, INTAKE

VALUES = {
    "name": ("Maria Lopez", "Tom"),
    "street": ("12 Oak Street", "Stand 4521, Budiriro"),
    "city": ("Springfield", "Harare"),
    "state": ("NY", "TX"),
    "postal_code": ("10001", "78701"),
    "country": ("US", "ZW"),
    "location": ({"latitude": 40.7, "longitude": -74.0}, {"latitude": -17.8, "longitude": 31.0, "label": "Home"}),
    "owner": (True, False),
    "renter_path": ("landlord", "later"),
    "utility": ("Con Edison", "ZETDC"),
    "monthly_bill": (240, 85.5),
    "currency": ("USD", "ZAR"),
    "monthly_kwh": (650, [820, None, 700, 640, 690, 980, 1240, 1190, 930, 700, 690, 800]),
    "annual_kwh": (11000,),
    "devices": (
        [],
        [{"type": "ev", "quantity": 1}],
        [{"type": "light", "quantity": None}, {"type": "tv", "quantity": 0}],
    ),
    "devices_note": ("hot tub",),
    "wishes": ("a battery",),
    "roof_type": ("metal", "slate"),
    "email": ("maria@example.com",),
    "alternate_name": ("Sam Lopez",),
    "alternate_phone": ("555-0142",),
    "bill_document": ("promised",),
}
REFUSED = (None, "", "????", -1, float("nan"), [], {"a": 1}, True, "x" * 5000, [{"type": "spaceship", "quantity": 1}])
OPTIONS = (
    "owner=true", "owner=false", "renter_path=landlord", "renter_path=later", "human", "bill_document=promised",
    "devices=ev", "devices=none", "devices=spaceship", "roof_type=metal", "skip", "done", "keep", "confirm=yes",
    "confirm=no", "consent=yes", "change", "change=utility", "change=name", "change=nothing", "undo", "start", "", "=",
)  # fmt: skip
WORDS = ("????????", "hot tub", "asdf qwer", "12 somewhere else", "{name} {0} %s", "x" * 3000)


def _settings(kind: type) -> st.SearchStrategy:
    good = st.sampled_from(sorted(VALUES)).flatmap(
        lambda name: st.builds(
            kind, st.just(name), st.sampled_from(VALUES[name]), st.just("raw"), st.just("rule"),
            st.sampled_from((1.0, 1.0, 1.0, 0.7, 0.4)),
        )
    )  # fmt: skip
    bad = st.builds(kind, st.sampled_from((*sorted(VALUES), "consent", "shoe_size")), st.sampled_from(REFUSED))
    return st.one_of(good, good, good, bad)


COMMANDS = st.one_of(
    _settings(Set),
    _settings(Set),
    _settings(Correct),
    st.builds(Choose, st.sampled_from(OPTIONS)),
    st.sampled_from((Affirm(), Deny(), Skip(), Back(), Repeat(), Pause())),
    st.builds(Unclear, st.sampled_from(WORDS), st.booleans()),
    st.builds(Ask, st.just("what does it cost?"), st.none(), st.sampled_from((None, "It depends."))),
    st.builds(Clear, st.sampled_from(sorted({*VALUES, "consent", "shoe_size"}))),
    st.builds(ChangeLanguage, st.sampled_from(("en", "es", "sn"))),
    st.sampled_from((Start(), Start(opt_in=True), Restart(), Cancel(), OptOut())),
    st.builds(Handoff, st.sampled_from(("asked", "emergency", "complaint")), st.just("help me")),
)
MESSAGES = st.lists(COMMANDS, max_size=4).map(tuple)
MEDIA = st.lists(st.sampled_from((Media("ME1", "image/jpeg"), Media("ME2", "application/pdf"))), max_size=2).map(tuple)

assert set(ANSWERS) <= set(VALUES)
assert set(VALUES) | {"consent"} == set(INTAKE.by_name), "a slot has no values here"
