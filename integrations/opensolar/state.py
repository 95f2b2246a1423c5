"""What OpenSolar's objects say of a project, in the words that all vendors share."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from integrations.opensolar import words
from integrations.opensolar.links import is_web_address, list_objects, read_id, read_link
from integrations.vendor import Design, ProjectStatus, VendorState, Visit


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of OpenSolar's calendar and log."""

    external_id: str
    type_id: int
    start: datetime | None = None
    complete: bool = False

    def keep(self) -> list[Any]:
        """JSON-native, for `recall`."""
        return [self.type_id, self.start.isoformat() if self.start else "", self.complete]


def read_happening(row: Mapping[str, Any]) -> Happening | None:
    """None where the id or the type is not shown, or where a calendar entry does not show when."""
    number, type_id = read_id(row.get("id")), row.get("event_type_id")
    if not number or isinstance(type_id, bool) or not isinstance(type_id, int):
        return None
    if type_id == words.INSTALLATION and "start" not in row:
        return None
    return Happening(number, type_id, read_moment(row.get("start")), row.get("is_complete") is True)


def recall(number: str, kept: Sequence[Any]) -> Happening:
    return Happening(number, kept[0], read_moment(kept[1]), kept[2])


def read_state(
    project: Mapping[str, Any],
    systems: Sequence[Mapping[str, Any]],
    happenings: Iterable[Happening],
    stages: Mapping[str, Mapping[str, Any]],
    now: datetime,
    currency: str,
) -> VendorState:
    """`stages` are the workflow's by id; `currency` is the organisation's, for prices."""
    seen = sorted(happenings, key=lambda one: int(one.external_id))
    types = {one.type_id for one in seen}
    stage = find_stage(project, stages)
    milestone = stage.get("milestone")
    sealed = bool(types & words.SEALS) or milestone in words.MILESTONE_STATUS or has_been_sold(project)
    installed = (
        words.INSTALLED in types or milestone == words.MILESTONE_INSTALLED or bool(project.get("project_installed"))
    )
    visits = tuple(Visit(one.external_id, one.start, one.complete) for one in seen if one.type_id == words.INSTALLATION)
    return VendorState(
        status=settle_status(installed, sealed, visits, now),
        stage=str(stage.get("title") or ""),
        design=read_design(choose_system(project, systems), currency),
        proposal=read_proposal(project, types),
        viewed=words.VIEWED in types,
        sealed=sealed,
        payments=tuple(one.external_id for one in seen if one.type_id == words.PAID),
        failed_payments=tuple(one.external_id for one in seen if one.type_id == words.PAYMENT_FAILED),
        installation_date=read_day(project.get("installation_date")),
        visits=visits,
        installed=installed,
        remarks={f"event:{one.external_id}": word_remark(one) for one in seen if one.type_id in words.REMARKS},
    )


def find_stage(project: Mapping[str, Any], stages: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The active stage; empty where it is of another workflow than the default one."""
    workflow = project.get("workflow")
    active = workflow.get("active_stage_id") if isinstance(workflow, Mapping) else None
    return stages.get(read_id(active), {})


def has_been_sold(project: Mapping[str, Any]) -> bool:
    return any(project.get(name) for name in ("sold_date", "contract_date", "project_sold", "system_sold"))


def settle_status(installed: bool, sealed: bool, visits: Sequence[Visit], now: datetime) -> ProjectStatus:
    """An on-site event counts once its hour has come."""
    if installed:
        return "completed"
    if any((visit.start <= now) if visit.start else visit.complete for visit in visits):
        return "in_progress"
    return "scheduled" if sealed else "pending"


def read_proposal(project: Mapping[str, Any], types: set[int]) -> str:
    """The link, once the proposal was sent, opened, or is said to be ready."""
    told = project.get("customer_proposal_data")
    ready = any(row.get("ready") is True for row in list_objects(told if isinstance(told, list) else [told]))
    link = project.get("share_link")
    return str(link) if (ready or types & words.SHOWS_PROPOSAL) and is_web_address(link) else ""


def choose_system(project: Mapping[str, Any], systems: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The one that was sold, else the one that OpenSolar calls current, else the newest; drafts without panels do not
    count."""
    drawn = [row for row in systems if read_number(row.get("kw_stc"))]
    sold = project.get("system_sold")
    named = {read_link(sold, "systems"), str(sold or "")} - {""}
    for wanted in (
        [row for row in drawn if {read_id(row.get("id")), str(row.get("uuid") or "")} & named],
        [row for row in drawn if row.get("is_current") is True],
        drawn,
    ):
        if wanted:
            return max(wanted, key=lambda row: int(read_id(row.get("id")) or 0))
    return None


def read_design(system: Mapping[str, Any] | None, currency: str) -> Design | None:
    if system is None:
        return None
    price = read_number(system.get("price_including_tax"))
    panels = read_number(system.get("module_quantity"))
    return Design(
        external_id=read_id(system.get("id")) or str(system.get("uuid") or ""),
        kw=read_number(system.get("kw_stc")),
        panels=round(panels) if panels else None,
        panel_model=name_part(system.get("modules")),
        inverter_model=name_part(system.get("inverters")),
        battery_model=name_part(system.get("batteries")),
        battery_kwh=read_number(system.get("battery_total_kwh")),
        yearly_kwh=read_number(system.get("output_annual_kwh")),
        offset=read_number(system.get("consumption_offset_percentage")),
        price_cents=round(price * 100) if price else None,
        currency=currency if price else "",
    )


def name_part(parts: Any) -> str:
    """Maker and model of the part there is most of."""
    rows = list_objects(parts)
    if not rows:
        return ""
    row = max(rows, key=lambda one: read_number(one.get("quantity")) or 0)
    return " ".join(filter(None, (str(row.get(name) or "").strip() for name in ("manufacturer_name", "code"))))


def word_remark(one: Happening) -> str:
    when = f": {one.start:%Y-%m-%d %H:%M} UTC" if one.start else ""
    return f"{words.REMARKS[one.type_id]}{when}."


def read_number(value: Any) -> float | None:
    """A positive number, however it is written; None for anything else: OpenSolar shows 0 where it knows nothing."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) and number > 0 else None


def read_moment(value: Any) -> datetime | None:
    """UTC; a time without a zone is taken as UTC."""
    if not isinstance(value, str) or not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def read_day(value: Any) -> str:
    """ISO 8601, a day; "" when it is none."""
    if not isinstance(value, str):
        return ""
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        return ""
