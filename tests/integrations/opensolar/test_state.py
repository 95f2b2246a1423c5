"""What is read back: the table of OpenSolar's signals, on the simulated organisation and on bare objects."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from integrations.opensolar.client import OpenSolarClient
from integrations.opensolar.state import read_day, read_happening, read_moment, read_state
from integrations.vendor import Placed, VendorState
from tests.integrations.opensolar.conftest import SHEET, Desk, OpenClient, break_next, list_rows
from tests.integrations.stub_api import Answer, Asked, open_stub
from tools.sandbox.runner import Sandbox

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
STAGES: dict[str, dict[str, Any]] = {
    "1": {"id": 1, "title": "Lead", "milestone": 0},
    "2": {"id": 2, "title": "Priced", "milestone": 1},
    "3": {"id": 3, "title": "Won", "milestone": 2},
    "4": {"id": 4, "title": "Done", "milestone": 3},
    "5": {"id": 5, "title": "Lost", "milestone": 4},
}
LINK = "https://o.example/share/6624/?token=abc"


@pytest.fixture
def placed(client: OpenSolarClient) -> Placed:
    return client.create_project(SHEET)


def test_from_lead_to_installed(client: OpenSolarClient, placed: Placed, desk: Desk) -> None:
    def read(move: str = "", **wish: Any) -> VendorState:
        if move:
            desk(placed.external_id, move, **wish)
        return client.read_state(placed, {})

    state = read()
    assert (state.status, state.stage, state.design, state.proposal) == ("pending", "New lead", None, "")
    design = read("design", kw=6.2, panels=14, price=9800.5, battery_kwh=10, offset=82, output=8547).design
    assert design and (design.kw, design.panels, design.price_cents, design.currency) == (6.2, 14, 980050, "USD")
    assert (design.yearly_kwh, design.offset, design.battery_kwh) == (8547, 82, 10)
    assert (design.panel_model, design.inverter_model) == ("Sunbeam Modules SB-440", "Gridtie GT-5000")
    assert design.battery_model == "Cellbank CB-10"
    changed = read("change_design", kw=7.4).design
    assert changed and changed.kw == 7.4 and changed.external_id == design.external_id
    state = read("proposal_sent")
    assert state.proposal.startswith("http") and not state.viewed
    assert read("viewed").viewed is True
    state = read("accepted")
    assert (state.sealed, state.status) == (True, "scheduled")
    state = read("paid")
    assert len(state.payments) == 1 and state.failed_payments == ()
    assert len(read("payment_failed").failed_payments) == 1
    state = read("schedule", date="2099-12-01", with_event=True)
    assert (state.installation_date, state.status) == ("2099-12-01", "scheduled")
    assert [(visit.start, visit.complete) for visit in state.visits] == [(datetime(2099, 12, 1, 8, tzinfo=UTC), False)]
    assert read("crew").status == "in_progress"
    state = read("installed")
    assert (state.installed, state.status, state.stage) == (True, "completed", "Installed")


@pytest.mark.parametrize("move", ["accepted", "signed", "sold"])
def test_every_way_to_seal(client: OpenSolarClient, placed: Placed, desk: Desk, move: str) -> None:
    desk(placed.external_id, move)
    assert client.read_state(placed, {}).sealed is True


@pytest.mark.parametrize(("type_id", "words"), [(105, "expired"), (113, "overdue"), (28, "appointment"), (42, "visit")])
def test_what_staff_alone_hear(
    client: OpenSolarClient, placed: Placed, desk: Desk, sandbox: Sandbox, type_id: int, words: str
) -> None:
    desk(placed.external_id, "event", event_type_id=type_id)
    state = client.read_state(placed, {})
    number = list_rows(sandbox, "events")[-1]["id"]
    assert list(state.remarks) == [f"event:{number}"] and words in state.remarks[f"event:{number}"]
    assert (state.status, state.sealed, state.proposal) == ("pending", False, "")


def test_a_date_taken_back(client: OpenSolarClient, placed: Placed, desk: Desk) -> None:
    desk(placed.external_id, "schedule", date="2099-12-01")
    desk(placed.external_id, "unschedule")
    assert client.read_state(placed, {}).installation_date == ""


def test_the_owner_of_an_event(client: OpenSolarClient, placed: Placed, desk: Desk, sandbox: Sandbox) -> None:
    desk(placed.external_id, "paid")
    number = str(list_rows(sandbox, "events")[-1]["id"])
    assert client.find_owner({"event": number}) == placed.external_id
    assert client.find_owner({"event": "99999"}) == ""
    assert client.find_owner({"event": "12"}) == "", "somebody else's"
    assert client.find_owner({"event": "../projects/6624"}) == ""
    assert client.find_owner({"contact": "60"}) == ""


def happen(type_id: int, number: int = 7, **values: Any) -> Any:
    return read_happening({"id": number, "event_type_id": type_id, "start": None, **values})


def read(project: dict[str, Any], *happenings: Any, systems: tuple[dict[str, Any], ...] = ()) -> VendorState:
    return read_state(project, systems, happenings, STAGES, NOW, "USD")


@pytest.mark.parametrize(
    ("project", "types", "expected"),
    [
        ({"share_link": LINK}, (), {"proposal": ""}),
        ({"share_link": LINK}, (0,), {"proposal": LINK, "viewed": False}),
        ({"share_link": LINK}, (2,), {"proposal": LINK, "viewed": True}),
        ({"share_link": LINK, "customer_proposal_data": {"ready": True}}, (), {"proposal": LINK}),
        ({"share_link": LINK, "customer_proposal_data": [{"ready": True}]}, (), {"proposal": LINK}),
        ({"share_link": LINK, "customer_proposal_data": {"ready": "no"}}, (), {"proposal": ""}),
        ({"share_link": "javascript:alert(1)"}, (0,), {"proposal": ""}),
        ({"share_link": None}, (0,), {"proposal": ""}),
        ({}, (3,), {"sealed": True, "status": "scheduled"}),
        ({}, (52,), {"sealed": True}),
        ({}, (63,), {"sealed": True}),
        ({}, (68,), {"sealed": True}),
        ({}, (103,), {"sealed": True}),
        ({"sold_date": "2026-11-01"}, (), {"sealed": True}),
        ({"contract_date": "2026-11-01"}, (), {"sealed": True}),
        ({"system_sold": "/api/orgs/1/systems/5/"}, (), {"sealed": True}),
        ({}, (114, 115), {"sealed": False, "payments": ("0",), "failed_payments": ("1",)}),
        ({}, (104,), {"installed": True, "status": "completed"}),
        ({"project_installed": "2026-11-20"}, (), {"installed": True}),
        ({"workflow": {"active_stage_id": 1}}, (), {"status": "pending", "stage": "Lead"}),
        ({"workflow": {"active_stage_id": 2}}, (), {"status": "pending", "sealed": False}),
        ({"workflow": {"active_stage_id": 3}}, (), {"status": "scheduled", "sealed": True, "stage": "Won"}),
        ({"workflow": {"active_stage_id": "4"}}, (), {"status": "completed", "installed": True}),
        ({"workflow": {"active_stage_id": 5}}, (), {"status": "pending", "stage": "Lost"}),
        ({"workflow": {"active_stage_id": 99}}, (), {"status": "pending", "stage": ""}),
        ({"workflow": None, "events_data": None}, (), {"status": "pending", "stage": ""}),
        ({"installation_date": "2026-12-01T00:00:00Z"}, (), {"installation_date": "2026-12-01"}),
        ({"installation_date": "soon"}, (), {"installation_date": ""}),
        ({}, (1, 4, 56, 999), {"status": "pending", "remarks": {}}),
    ],
)
def test_the_table_of_signals(project: dict[str, Any], types: tuple[int, ...], expected: dict[str, Any]) -> None:
    state = read(project, *(happen(type_id, number) for number, type_id in enumerate(types)))
    assert {name: getattr(state, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("start", "complete", "status"),
    [
        (NOW - timedelta(hours=1), False, "in_progress"),
        (NOW + timedelta(days=1), False, "pending"),
        (NOW + timedelta(days=1), True, "pending"),
        (None, False, "pending"),
        (None, True, "in_progress"),
    ],
)
def test_a_crew_is_there_once_its_hour_has_come(start: datetime | None, complete: bool, status: str) -> None:
    event = happen(40, start=start.isoformat() if start else None, is_complete=complete)
    assert read({}, event).status == status


def system(number: int, **values: Any) -> dict[str, Any]:
    return {"id": number, "uuid": f"u-{number}", "kw_stc": 5.0, **values}


@pytest.mark.parametrize(
    ("sold", "systems", "chosen"),
    [
        (None, (), None),
        (None, (system(1, kw_stc=0),), None),
        (None, (system(1), system(3), system(2)), "3"),
        (None, (system(1, is_current=True), system(3)), "1"),
        ("/api/orgs/1/systems/2/", (system(1, is_current=True), system(2)), "2"),
        ("u-2", (system(2), system(3)), "2"),
        (2, (system(2), system(3)), "2"),
        ("/api/orgs/1/systems/9/", (system(2), system(3)), "3"),
    ],
)
def test_which_design_counts(sold: Any, systems: tuple[dict[str, Any], ...], chosen: str | None) -> None:
    design = read({"system_sold": sold}, systems=systems).design
    assert (design.external_id if design else None) == chosen


def test_zero_is_unknown() -> None:
    design = read({}, systems=(system(1, price_including_tax=0, output_annual_kwh=None, battery_total_kwh="0"),)).design
    assert design and (design.price_cents, design.currency, design.yearly_kwh, design.battery_kwh) == (
        None,
        "",
        None,
        None,
    )


def test_the_most_of_a_kind_names_the_design() -> None:
    panels = [{"code": "A", "quantity": 2}, {"code": "B", "manufacturer_name": "Maker", "quantity": 16}, "odd"]
    design = read({}, systems=(system(1, modules=panels, inverters=None),)).design
    assert design and (design.panel_model, design.inverter_model) == ("Maker B", "")


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-12-01T08:00:00Z", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("2026-12-01T08:00:00+02:00", datetime(2026, 12, 1, 6, tzinfo=UTC)),
        ("2026-12-01T08:00:00", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("tomorrow", None),
        (None, None),
        (5, None),
    ],
)
def test_times(written: Any, moment: datetime | None) -> None:
    assert read_moment(written) == moment


def test_days() -> None:
    assert [read_day(value) for value in ("2026-12-01", "2026-12-01T09:00:00+13:00", "1/12/2026", None, 7)] == [
        "2026-12-01",
        "2026-12-01",
        "",
        "",
        "",
    ]


class Folder:
    """An OpenSolar whose project lists its events as `listed`, and that opens those in `events`."""

    def __init__(self, listed: Any, events: dict[str, Any]) -> None:
        self.listed, self.events, self.opened = listed, events, 0

    def reply(self, asked: Asked) -> Answer:
        *_, kind, number = asked.path.rstrip("/").split("/")
        if kind == "projects":
            return Answer(200, {"id": 5, "events_data": self.listed})
        if kind == "events":
            self.opened += 1
            return Answer(200, self.events[number]) if number in self.events else Answer(404, {"detail": "Not found."})
        return Answer(200, [])


def event(number: int, type_id: int, project: int = 5, **values: Any) -> dict[str, Any]:
    return {"id": number, "event_type_id": type_id, "project": f"/api/orgs/15/projects/{project}/", **values}


def test_events_that_only_webhooks_name(open_client: OpenClient) -> None:
    folder = Folder([], {"8": event(8, 114), "9": event(9, 114, project=6)})
    with open_stub() as stub:
        stub.reply = folder.reply
        client = open_client(stub.url)
        state = client.read_state(Placed("5"), {"event": ("8", "9", "10", "x")})
        assert state.payments == ("8",), "another project's, and one that is gone, do not count"
        again = client.read_state(Placed("5", details=state.details), {})
        assert again.payments == ("8",) and folder.opened == 3, "what was learned is kept"
        folder.events.clear()
        gone = client.read_state(Placed("5", details=again.details), {"event": ("8",)})
        assert gone.payments == () and gone.details["events"] == {}


def test_events_that_are_listed_in_brief(open_client: OpenClient) -> None:
    """The list may show less of an event than the event itself."""
    start = "2026-12-01T08:00:00Z"
    folder = Folder(
        [{"id": 8}, {"id": 9, "event_type_id": 40}, "odd"], {"8": event(8, 3), "9": event(9, 40, start=start)}
    )
    with open_stub() as stub:
        stub.reply = folder.reply
        client = open_client(stub.url)
        state = client.read_state(Placed("5"), {})
        assert state.sealed and state.visits[0].start == datetime(2026, 12, 1, 8, tzinfo=UTC)
        client.read_state(Placed("5", details=state.details), {})
    assert folder.opened == 2


def test_stages_are_asked_for_now_and_then(client: OpenSolarClient, placed: Placed, sandbox: Sandbox) -> None:
    client.read_state(placed, {})
    break_next(sandbox, "error_before", "workflows.list", count=None)
    assert client.read_state(placed, {}).stage == "New lead"


def test_an_organisation_without_workflows(open_client: OpenClient) -> None:
    """No stage is known then; events still say what happened."""

    def reply(asked: Asked) -> Answer:
        if "/workflows/" in asked.path:
            return Answer(404, {"detail": "Not found."})
        return Folder([event(8, 3)], {}).reply(asked)

    with open_stub() as stub:
        stub.reply = reply
        state = open_client(stub.url).read_state(Placed("5"), {})
    assert (state.stage, state.sealed) == ("", True)
