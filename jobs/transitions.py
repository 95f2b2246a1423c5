"""Which transitions a project went through: what its vendor says now, compared with what was told. Pure.

A row of the vendors' table of signals is one transition, told once: its value is kept in `told`, and losing it is no
news. Kept once and for all: links, payments, refusals, remarks, what is sealed, on its way or installed. A design's
figures and the day of the installation may change again and again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.vendor_news import News
from integrations.vendor import Design, VendorState

Told = Mapping[str, Any]
COMPARED = ("kw", "panels", "price_cents")
FACTS = (
    "kw", "panels", "panel_model", "inverter_model", "battery_model", "yearly_kwh", "offset", "price_cents", "currency",
)  # fmt: skip
CHANGE_PAUSE = timedelta(hours=1)  # between two changes of a design that are told
EARLY, LATE = timedelta(minutes=30), timedelta(hours=3)  # around its start, the crew of a visit is on its way


@dataclass(frozen=True, slots=True)
class Found:
    """`news` in no order; `told` replaces what was told; `look_at`: when something that is held back
    can be told, or a visit begins."""

    news: tuple[News, ...]
    told: dict[str, Any]
    look_at: datetime | None = None


@dataclass
class Look:
    """One look at a vendor's project. `told` is being written. `speaks`: this vendor tells the homeowner of designs and
    proposals. `elsewhere` is what the project's other vendors told. `offset` is local time minus UTC. `certain`: the
    state was read; else it may be old, and a day that was told before is no news."""

    state: VendorState
    told: dict[str, Any]
    now: datetime
    speaks: bool
    elsewhere: Sequence[Told]
    offset: timedelta
    certain: bool
    news: list[News] = field(default_factory=list)
    look_at: datetime | None = None

    def tell(self, what: str, facts: dict[str, Any] | None = None, *, for_staff: bool = False) -> None:
        self.news.append(News(what, facts or {}, for_staff))

    def is_new(self, name: str, value: Any) -> bool:
        """Whether `value` was not yet in the list `name` of what was told; it is now."""
        known = self.told.get(name, [])
        if value in known:
            return False
        self.told[name] = [*known, value]
        return True

    def look_again(self, at: datetime) -> None:
        self.look_at = min(self.look_at or at, at)

    def was_told_elsewhere(self, name: str, value: Any = None) -> bool:
        found = [other[name] for other in self.elsewhere if other.get(name)]
        return bool(found) if value is None else any(value in each for each in found)


def find_news(
    told: Told,
    state: VendorState,
    *,
    now: datetime,
    speaks: bool = True,
    elsewhere: Sequence[Told] = (),
    offset: timedelta = timedelta(),
    certain: bool = True,
) -> Found:
    """What is new in `state`; see `Look`."""
    look = Look(state, dict(told), now, speaks, elsewhere, offset, certain)
    for part in (look_at_design, look_at_proposal, look_at_sale, look_at_day, look_at_visits, look_at_end, look_aside):
        part(look)
    return Found(tuple(look.news), look.told, look.look_at)


def look_at_design(look: Look) -> None:
    """Changes after the first are told at most once an hour; what comes in between waits for its hour."""
    design, before = look.state.design, look.told.get("design")
    if design is None:
        return
    figures = list_figures(design)
    if before is None:
        look.told["design"] = figures
        if "proposals" not in look.told:
            look.tell("design_ready", describe_design(design), for_staff=not look.speaks)
        return
    changed = any(name in before and before[name] != value for name, value in figures.items())
    last = look.told.get("design_changed")
    if changed and last and look.now < (again := datetime.fromisoformat(last) + CHANGE_PAUSE):
        look.look_again(again)
        return
    look.told["design"] = {**before, **figures}
    if changed:
        look.told["design_changed"] = look.now.isoformat()
        look.tell("design_changed", describe_design(design), for_staff=not look.speaks)


def look_at_proposal(look: Look) -> None:
    """A proposal tells its design, too. Where links expire and are renewed, the vendor's folder keeps whose link it is
    as `proposal_id`: a fresh link to the same takes the place of the other without a word."""
    link, design = look.state.proposal, look.state.design
    if not link:
        return
    before, look.told["link"] = look.told.get("link"), link
    if not look.is_new("proposals", name_proposal(look.state)):
        if look.speaks and look.state.details.get("proposal_id") and link != before:
            look.tell("proposal_renewed", {"url": link})
        return
    facts = {**(describe_design(design) if design else {}), "url": link}
    look.tell("proposal_ready", facts, for_staff=not look.speaks)
    if design:
        look.told["design"] = {**look.told.get("design", {}), **list_figures(design)}
        look.look_at = None


def name_proposal(state: VendorState) -> str:
    """By what one proposal differs from another; empty where there is none."""
    return str(state.details.get("proposal_id") or state.proposal) if state.proposal else ""


def look_at_sale(look: Look) -> None:
    state = look.state
    if state.viewed and not look.told.get("viewed"):
        look.told["viewed"] = True
        look.tell("proposal_viewed", for_staff=True)
    if state.sealed and not look.told.get("sealed"):
        look.told["sealed"] = look.now.isoformat()
        if not look.was_told_elsewhere("sealed"):
            look.tell("sealed")
    for payment in state.payments:
        if look.is_new("payments", payment):
            look.tell("paid", {"payment": payment})
    for payment in state.failed_payments:
        if look.is_new("failed_payments", payment):
            look.tell("payment_failed", {"payment": payment}, for_staff=True)


def look_at_day(look: Look) -> None:
    """The day of the installation: the vendor's own, else that of the first visit. One that was taken back and comes
    again is no other: it is not spoken of twice."""
    day, days = find_day(look.state, look.offset), look.told.get("days", [])
    if not day:
        take_day_back(look, days)
        return
    if day in (days[-1:] if look.certain else days):
        return
    look.told["days"] = [*days, day]
    known_elsewhere = any(other.get("days", [])[-1:] == [day] for other in look.elsewhere)
    if not look.state.installed and not known_elsewhere:
        look.tell("scheduled", {"date": day, "again": True} if days[-2:] == [day, ""] else {"date": day})


def take_day_back(look: Look, days: Sequence[str]) -> None:
    """A day that lies ahead and was told, and that the vendor names no longer, is nobody's: "" follows it."""
    today = (look.now + look.offset).date().isoformat()
    begun = look.state.installed or any(visit.complete for visit in look.state.visits)
    if not look.certain or not days or days[-1] < today or begun:
        return
    look.told["days"] = [*days, ""]
    if not any(other.get("days", [])[-1:] == [days[-1]] for other in look.elsewhere):
        look.tell("unscheduled", {"text": days[-1]})


def look_at_visits(look: Look) -> None:
    """The crew of a visit whose start has come is on its way, told once a day; one that lies ahead is looked at again
    when it starts. No vendor says that a crew has left: the calendar's time is all there is. A visit without a time
    counts where it is first seen on the day of the installation."""
    for visit in look.state.visits:
        if visit.complete or look.state.installed:
            continue
        if visit.start is None:
            day = (look.now + look.offset).date().isoformat()
            begins = look.is_new("visits", visit.external_id) and look.state.installation_date == day
        else:
            day = (visit.start + look.offset).date().isoformat()
            begins = visit.start - EARLY <= look.now <= visit.start + LATE
            if not begins and look.now < visit.start:
                look.look_again(visit.start)
        if begins and look.is_new("on_the_way", day) and not look.was_told_elsewhere("on_the_way", day):
            look.tell("on_the_way", {"start": visit.start.isoformat()} if visit.start else {})


def look_at_end(look: Look) -> None:
    if look.state.installed and not look.told.get("installed"):
        look.told["installed"] = look.now.isoformat()
        if not look.was_told_elsewhere("installed"):
            look.tell("installed")


def look_aside(look: Look) -> None:
    """What only staff hear of."""
    state = look.state
    if state.rejected and look.is_new("rejected", f"{state.details.get('design_request_id', '')} {state.rejected}"):
        look.tell("design_rejected", {"reason": state.rejected}, for_staff=True)
    for key, text in sorted(state.remarks.items()):
        if look.is_new("remarks", f"{key} {text}"):
            look.tell("remark", {"text": text}, for_staff=True)


def find_day(state: VendorState, offset: timedelta) -> str:
    """ISO 8601, local; empty while there is none."""
    if state.installation_date:
        return state.installation_date
    starts = [visit.start for visit in state.visits if visit.start and not visit.complete]
    return (min(starts) + offset).date().isoformat() if starts else ""


def describe_design(design: Design) -> dict[str, Any]:
    """The facts that are known of it."""
    return {name: value for name in FACTS if (value := getattr(design, name)) not in (None, "")}


def list_figures(design: Design) -> dict[str, Any]:
    """The figures by which one design differs from another, as far as they are known."""
    known = {name: value for name in COMPARED if (value := getattr(design, name)) is not None}
    return {name: round(value, 2) if isinstance(value, float) else value for name, value in known.items()}
