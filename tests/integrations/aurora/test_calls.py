"""What each call asks of Aurora, and what becomes of its answers and refusals."""

from datetime import UTC, datetime
from typing import Any

import pytest

from integrations.aurora.client import AuroraClient, choose_app
from integrations.errors import (
    NotFound,
    OutOfFunds,
    RateLimited,
    Refused,
    Throttled,
    Unanswered,
    Unauthorised,
    Uncertain,
    Unreachable,
    VendorError,
)
from integrations.exchange import Exchange
from integrations.vendor import DesignOrder, Document, NotOffered, Placed, Usage
from tests.integrations.aurora.conftest import KEY, SHEET, OpenClient
from tests.integrations.aurora.fake import FakeAurora, refuse
from tests.integrations.stub_api import Answer, StubApi

PLACED = Placed("p-1", details={"first_status": "New"})
SINCE = datetime(2026, 5, 1, tzinfo=UTC)
SOME = Usage(monthly_kwh=(None, 380.0, *(None,) * 10))
PROFILE = "PUT projects/p-1/consumption_profile"
ORDER = DesignOrder("design_team", notes="Skylight")


def test_key_and_version(fake: FakeAurora, api: StubApi, open_client: OpenClient) -> None:
    fake.say("GET projects", {"projects": []})
    assert open_client(api.url).check() == "Aurora answers for tenant tenant-1."
    open_client(api.url, version="2024.05").check()
    first, second = (asked.headers for asked in api.asked)
    assert first["Authorization"] == second["Authorization"] == f"Bearer {KEY}"
    assert "Aurora-API-Version" not in first and second["Aurora-API-Version"] == "2024.05"


def test_the_log_has_no_key_and_nobodys_address(client: AuroraClient, fake: FakeAurora, kept: list[Exchange]) -> None:
    fake.say("POST projects", Answer(201, {"project": {"id": "p-1"}}))
    client.create_project(SHEET)
    (exchange,) = kept
    assert (exchange.vendor, exchange.method, exchange.status) == ("aurora", "POST", 201)
    assert exchange.path == "/tenants/tenant-1/projects"
    assert not [word for word in (KEY, "Sample Road", "ana@mail", "415555") if word in str(exchange)]


@pytest.mark.parametrize(
    ("status", "reading", "creating"),
    [
        (400, Refused, Refused),
        (401, Unauthorised, Unauthorised),
        (402, OutOfFunds, OutOfFunds),
        (403, Unauthorised, Unauthorised),
        (404, NotFound, NotFound),
        (408, Unanswered, Uncertain),
        (422, Refused, Refused),
        (429, RateLimited, RateLimited),
        (500, Unanswered, Uncertain),
        (503, Unanswered, Uncertain),
    ],
)
def test_refusals(
    client: AuroraClient, fake: FakeAurora, status: int, reading: type[VendorError], creating: type[VendorError]
) -> None:
    fake.say("GET projects", refuse(status, "Name is invalid."))
    fake.say("POST projects", refuse(status, "Name is invalid."))
    with pytest.raises(VendorError) as read:
        client.check()
    assert type(read.value) is reading and read.value.code == str(status)
    if status != 429:  # after which everything waits
        with pytest.raises(VendorError) as created:
            client.create_project(SHEET)
        assert type(created.value) is creating
    if status in (400, 422):
        assert "Name is invalid." in read.value.sentence


def test_a_call_beyond_the_plan(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET projects", refuse(403, "forbidden"))
    with pytest.raises(Unauthorised, match="not in its plan"):
        client.check()


def test_after_a_429_nothing_is_asked_until_then(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET projects", refuse(429, "slow down", Retry_After="7"))
    with pytest.raises(RateLimited) as refused:
        client.check()
    assert refused.value.retry_after == 7.0
    with pytest.raises(Throttled) as waiting:
        client.read_state(PLACED, {})
    assert 0 < (waiting.value.retry_after or 0) <= 7 and len(fake.calls()) == 1


def test_every_call_takes_a_place(fake: FakeAurora, api: StubApi, open_client: OpenClient) -> None:
    class Full:
        def take(self, vendor: str, bucket: str) -> float:
            assert (vendor, bool(bucket)) == ("aurora", True)
            return 3.0

        def hold_back(self, vendor: str, bucket: str, seconds: float) -> None:
            raise AssertionError

    client = open_client(api.url, limiter=Full())
    for call in (client.check, lambda: client.create_project(SHEET), lambda: client.send_usage(PLACED, SOME)):
        with pytest.raises(Throttled):
            call()
    assert api.asked == []


def test_nobody_there(open_client: OpenClient) -> None:
    with pytest.raises(Unreachable):
        open_client("http://127.0.0.1:9").create_project(SHEET)


@pytest.mark.parametrize("body", [b"<html>", {"project": {}}, {"project": {"id": None}}, [], b""])
def test_an_answer_that_names_no_project(client: AuroraClient, fake: FakeAurora, body: Any) -> None:
    fake.say("POST projects", Answer(201, body))
    with pytest.raises(Uncertain):
        client.create_project(SHEET)


@pytest.mark.parametrize("body", [{"project": {"id": "p-1", "status": "New"}}, {"id": "p-1", "status": " New "}])
def test_a_created_project(client: AuroraClient, fake: FakeAurora, body: Any) -> None:
    fake.say("POST projects", Answer(201, body))
    assert client.create_project(SHEET) == PLACED
    (sent,) = fake.bodies("POST projects")
    assert sent["project"]["external_provider_id"] == "hg-1-a1b2c3" and "location" in sent["project"]


def test_an_older_version_takes_a_flat_address(fake: FakeAurora, api: StubApi, open_client: OpenClient) -> None:
    fake.say("POST projects", Answer(201, {"project": {"id": "p-1"}}))
    open_client(api.url, version="2022.09").create_project(SHEET)
    open_client(api.url, address="flat").create_project(SHEET)
    open_client(api.url, version="2022.09", address="nested").create_project(SHEET)
    assert ["address" in body["project"] for body in fake.bodies("POST projects")] == [True, True, False]


def test_updates(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("PUT projects/p-1", {"project": {"id": "p-1"}})
    assert client.update_project(PLACED, SHEET) == PLACED
    assert client.update_contact(PLACED, SHEET) == PLACED
    assert fake.bodies("PUT projects/p-1")[0]["project"]["customer_phone"] == "+14155550101"
    fake.say("PUT projects/p-1", refuse(404, "gone"))
    with pytest.raises(NotFound):
        client.update_project(PLACED, SHEET)


def test_consumption(client: AuroraClient, fake: FakeAurora) -> None:
    assert not client.send_usage(PLACED, Usage())
    assert fake.calls() == []
    fake.say(PROFILE, {"consumption_profile": {}})
    assert client.send_usage(PLACED, SHEET.usage)
    assert fake.bodies(PROFILE) == [{"consumption_profile": {"monthly_energy": list(SHEET.usage.monthly_kwh or ())}}]


def test_unknown_months_as_words_where_null_is_refused(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say(PROFILE, refuse(422, "monthly_energy must be strings or numbers"), {"consumption_profile": {}})
    assert client.send_usage(PLACED, SOME)
    first, second = (body["consumption_profile"]["monthly_energy"] for body in fake.bodies(PROFILE))
    assert (first, second) == ([None, 380.0, *[None] * 10], ["null", 380.0, *["null"] * 10])


def test_a_consumption_that_is_refused(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say(PROFILE, refuse(422, "no"))
    with pytest.raises(Refused):
        client.send_usage(PLACED, SHEET.usage)
    assert len(fake.calls()) == 1
    with pytest.raises(Refused):
        client.send_usage(PLACED, SOME)
    assert len(fake.calls()) == 3


OTHERS = [{"id": f"o-{number}", "external_provider_id": f"hg-{number}"} for number in range(3)]
OURS = {"id": "p-1", "external_provider_id": "hg-1-a1b2c3", "status": "New", "created_at": "2026-05-02"}


@pytest.mark.parametrize(
    ("pages", "found", "absent"),
    [
        ([{"projects": [OURS]}], True, False),
        ([[{"project": OURS}]], True, False),
        ([{"projects": []}], False, True),
        ([{"projects": OTHERS}, {"projects": [OURS]}], True, False),  # not filtered: page by page
        ([{"projects": OTHERS}, {"projects": []}], False, True),
        ([{"projects": OTHERS}], False, False),  # repeats itself: nobody knows
        ([{"projects": [{"id": "o-1"}]}, {"projects": []}], False, False),  # shows no references
    ],
)
def test_looking_for_a_project(client: AuroraClient, fake: FakeAurora, pages: Any, found: bool, absent: bool) -> None:
    fake.say("GET projects", *pages)
    search = client.find_project(SHEET, SINCE)
    assert (search.found, search.absent) == (PLACED if found else None, absent)
    assert fake.stub.asked[0].query["external_provider_id"] == "hg-1-a1b2c3"


def test_the_first_of_two_projects_is_found(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET projects", {"projects": [{**OURS, "id": "p-2", "created_at": "2026-05-03"}, OURS]})
    assert client.find_project(SHEET, SINCE).found == PLACED


def test_a_list_without_end_is_unclear(client: AuroraClient, fake: FakeAurora) -> None:
    pages = [{"projects": [{"id": f"o-{n}", "external_provider_id": None}]} for n in range(30)]
    fake.say("GET projects", *pages)
    search = client.find_project(SHEET, SINCE)
    assert (search.found, search.absent, len(fake.calls())) == (None, False, 20)


def test_sales_mode_is_a_link(client: AuroraClient, fake: FakeAurora) -> None:
    placed = client.order_design(PLACED, DesignOrder("sales_mode"))
    assert placed.details["sales_mode_url"] == "https://v2.aurorasolar.com/projects/p-1"
    assert (placed.details["first_status"], placed.details["design_kind"]) == ("New", "sales_mode")
    assert fake.calls() == []
    assert choose_app("https://api-sandbox.aurorasolar.com") == "https://v2-sandbox.aurorasolar.com"


def test_a_design_request(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("POST design_requests", Answer(201, {"design_request": {"id": "dr-1", "status": "submitted"}}))
    placed = client.order_design(PLACED, ORDER)
    assert placed.details["design_request_id"] == "dr-1"
    assert fake.bodies("POST design_requests")[0]["design_request"] == {
        "project_id": "p-1", "sla": 180, "auto_accept": True, "target_offset": 105.0, "notes": "Skylight"
    }  # fmt: skip


def test_wishes_that_aurora_does_not_know(client: AuroraClient, fake: FakeAurora) -> None:
    answers = (refuse(422, "sla is not permitted"), Answer(201, {"design_request": {"id": "dr-1"}}))
    fake.say("POST design_requests", *answers)
    assert client.order_design(PLACED, ORDER).details["design_request_id"] == "dr-1"
    assert fake.bodies("POST design_requests")[1] == {"design_request": {"project_id": "p-1"}}


@pytest.mark.parametrize("answer", [refuse(500), Answer(201, {"design_request": {}}), Answer(201, b"{")])
def test_an_order_that_may_have_happened(client: AuroraClient, fake: FakeAurora, answer: Answer) -> None:
    fake.say("POST design_requests", answer)
    with pytest.raises(Uncertain):
        client.order_design(PLACED, ORDER)


def test_an_order_that_happened_unnoticed_is_not_repeated(client: AuroraClient, fake: FakeAurora) -> None:
    listed = [
        {"id": "dr-0", "project_id": "p-1", "status": "accepted", "created_at": "2026-05-01"},
        {"id": "dr-1", "project_id": "p-2", "status": "submitted", "created_at": "2026-05-09"},
        {"id": "dr-3", "project_id": "p-1", "status": "submitted", "created_at": "2026-05-03"},
        {"id": "dr-2", "project_id": "p-1", "status": "designer_rejected", "created_at": "2026-05-02"},
    ]
    fake.say("GET design_requests", {"design_requests": listed})
    before = Placed("p-1", details={"design_request_id": "dr-0"})
    details = client.order_design(before, ORDER).details
    assert (details["design_request_id"], details["earlier_requests"]) == ("dr-3", ["dr-0"])
    assert "POST design_requests" not in fake.calls()


KNOWN = {"id": "dr-1", "project_id": "p-1", "status": "accepted", "created_at": "2026-05-02"}


@pytest.mark.parametrize(
    "listed",
    [
        refuse(405),
        {"design_requests": [KNOWN, {**KNOWN, "id": "dr-0", "created_at": "2026-05-01"}]},  # staff's, before ours
        {"design_requests": [KNOWN, {**KNOWN, "id": "dr-5", "status": "rejected", "created_at": "2026-05-05"}]},
        {"design_requests": [{"id": "dr-0", "project_id": "p-1", "status": "accepted"}]},  # of no known age
    ],
)
def test_a_redesign_is_a_new_request(client: AuroraClient, fake: FakeAurora, listed: Any) -> None:
    fake.say("GET design_requests", listed)
    fake.say("POST design_requests", Answer(201, {"design_request": {"id": "dr-2", "status": "submitted"}}))
    before = Placed("p-1", details={"design_request_id": "dr-1", "design_request_status": "accepted"})
    details = client.order_design(before, ORDER).details
    assert (details["design_request_id"], details["design_request_status"]) == ("dr-2", "submitted")


def test_auto_designer_begins_with_a_design_request(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("POST design_requests", Answer(201, {"design_request": {"id": "dr-1", "status": "submitted"}}))
    details = client.order_design(PLACED, DesignOrder("auto_designer")).details
    assert (details["design_request_id"], details["auto_designer_status"]) == ("dr-1", "wanted")


def test_auto_designer_on_a_design_that_is_there(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("POST designs/d-1/auto_designer", Answer(202, {"auto_designer_job": {"job_id": "j-1"}}))
    before = Placed("p-1", details={"design_id": "d-1", "simulation": {"design_id": "d-1", "status": "succeeded"}})
    details = client.order_design(before, DesignOrder("auto_designer")).details
    assert (details["auto_designer_job_id"], details["auto_designer_status"]) == ("j-1", "running")
    assert details["simulation"] is None
    fake.say("POST designs/d-1/auto_designer", refuse(422, "no roof"))
    with pytest.raises(Refused, match="no roof"):
        client.order_design(before, DesignOrder("auto_designer"))


def test_a_bill(client: AuroraClient, fake: FakeAurora, kept: list[Exchange]) -> None:
    fake.say("POST projects/p-1/utility_bills", Answer(202, {"job_id": "j-1"}))
    client.send_document(PLACED, Document("bill.pdf", "application/pdf", b"%PDF-1.7"), bill=True)
    (asked,) = fake.stub.asked
    assert (asked.body, asked.headers["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    assert asked.headers["Content-Disposition"] == 'attachment; filename="bill.pdf"'
    assert "%PDF" not in kept[0].request


def test_what_aurora_does_not_offer(client: AuroraClient, fake: FakeAurora) -> None:
    photo = Document("roof.heic", "image/heic", b"x")
    with pytest.raises(NotOffered):
        client.send_document(PLACED, photo, bill=True)
    with pytest.raises(NotOffered):
        client.send_document(PLACED, photo, bill=False)
    with pytest.raises(NotOffered):
        client.note_decision(PLACED, "yes", True)
    with pytest.raises(NotOffered):
        client.fetch_proposal(PLACED)
    assert fake.calls() == []


def test_whose_object_it_is(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET design_requests/dr-1", {"design_request": {"id": "dr-1", "project_id": "p-1"}})
    fake.say("GET agreements/a-1", {"agreement": {"id": "a-1", "project_id": "p-1"}})
    fake.say("GET designs/d-1/summary", {"design": {"design_id": "d-1", "project_id": "p-1"}})
    for kind, key in (("design_request", "dr-1"), ("agreement", "a-1"), ("design", "d-1"), ("proposal", "d-1")):
        assert client.find_owner({kind: key}) == "p-1"
    assert client.find_owner({"project": "p-9"}) == "p-9"
    assert client.find_owner({"design": "d-9", "job": "j-1"}) == client.find_owner({"job": "j-1"}) == ""
    fake.say("GET designs/d-1/summary", refuse(500))
    with pytest.raises(Unanswered):
        client.find_owner({"design": "d-1"})


def test_ids_cannot_leave_their_place(client: AuroraClient, fake: FakeAurora) -> None:
    assert client.find_owner({"design": "a/../../b?x=1"}) == ""
    assert fake.stub.asked[0].path == "/tenants/tenant-1/designs/a%2F..%2F..%2Fb%3Fx%3D1/summary"


def test_a_status_map_that_is_none(open_client: OpenClient) -> None:
    with pytest.raises(ValueError, match="Permit approved=scheduled"):
        open_client("http://127.0.0.1:9", status_map=("Permit approved",))
