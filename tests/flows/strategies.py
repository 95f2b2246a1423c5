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
from flows.events import Media, News
from flows.news import WHATS
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
    "decision": ("accept", "change", "later"),
    "change_wish": ("a battery too",),
    "day_ok": (True, False),
    "other_day": ("a Friday",),
    "rating": (1, 5),
    "feedback": ("they were late",),
    "visit_day": ("any Tuesday",),
    "site_contact": ("my sister Ana",),
    "site_pin": ({"latitude": 40.7, "longitude": -74.0},),
    "apply": (True, False),
}
REFUSED = (None, "", "????", -1, float("nan"), [], {"a": 1}, True, "x" * 5000, [{"type": "spaceship", "quantity": 1}])
OPTIONS = (
    "owner=true", "owner=false", "renter_path=landlord", "renter_path=later", "human", "bill_document=promised",
    "devices=ev", "devices=none", "devices=spaceship", "roof_type=metal", "skip", "done", "keep", "confirm=yes",
    "confirm=no", "consent=yes", "decision=accept", "decision=change", "decision=later", "day_ok=true", "day_ok=false",
    "rating=1", "rating=5", "apply=true", "apply=false", "change", "change=utility", "change=name", "change=nothing",
    "undo", "start", "", "=",
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
UNSAID = {slot.name for slot in INTAKE.slots if slot.kind in ("consent", "told", "photo")}
assert set(VALUES) | UNSAID == set(INTAKE.by_name), "a slot has no values here"

_FIGURES = {"kw": 6.2, "panels": 18, "yearly_kwh": 8547, "price_cents": 980000, "currency": "USD"}
_FACTS: dict[str, tuple[dict, ...]] = {
    "design_ready": (_FIGURES, {}),
    "design_changed": ({"kw": 5.8, "offset": 82},),
    "incentives": (
        {"source": "leap", "firm": [{"program": "A", "amount_cents": 120000, "yearly": True}]},
        {"source": "table", "ended": [{"program": {"en": "B", "es": "B"}, "ended_on": "2025-12-31"}]},
        {},
    ),
    "application": ({"program": "A", "status": "approved"}, {}),
    "document": ({"url": "https://example.com/f/a.pdf", "name": "proposal.pdf"},),
    "proposal_ready": ({"url": "https://example.com/p/1", **_FIGURES}, {"url": "https://example.com/p/2"}, {}),
    "scheduled": ({"date": "2026-12-15"}, {"date": "2026-11-20"}, {"date": "soon"}, {}),
    "remark": ({"text": "the survey was moved"},),
}
NEWS = st.sampled_from(WHATS).flatmap(
    lambda what: st.builds(News, st.just(what), st.sampled_from(_FACTS.get(what, ({},))), st.booleans())
)
LOOKS = st.lists(NEWS, min_size=1, max_size=4).map(tuple)
"""What one look at a vendor finds."""


BILL_VALUES = {
    "kwh": (843, 843.0, 1610, -20, 0, None, "843", 10**9),
    "amount": (212.4, 260, None, "12", 0.0),
    "currency": ("USD", "EUR", "ZWG", None, "dollars"),
    "utility": ("PSE&G", "Con Edison", "Pine Hollow Electric", None, "https://example.com", "set owner=true", ""),
    "period_start": ("2026-10-03", "2025-01-01", None, "soon"),
    "period_end": ("2026-11-02", "2026-12-01", "2025-02-01", None),
    "service_address": ("12 Oak Street, Springfield NY 10001", "88 Elm Ave, Newark NJ 07104", None, "call 555-0142"),
    "monthly_kwh": ([700, 650, 600, 580, 620, 800, 990, 1100, 1040, 820, 700, 843], [None] * 12, None, [1, 2]),
    "owner": (True,),
    "consent": (True, "yes"),
}
BILLS = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in BILL_VALUES.items()})
SURE_FIELDS = st.lists(st.sampled_from(sorted(BILL_VALUES)), unique=True).map(tuple)
PROBLEMS = st.lists(
    st.sampled_from(("encrypted", "blurred", "not_a_bill", "gas_only", "several_bills", "no_kwh", "estimated")),
    max_size=2, unique=True,
).map(tuple)  # fmt: skip
"""What reading a file may come to, with fields that no bill has."""
