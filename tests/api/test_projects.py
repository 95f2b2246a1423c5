"""Projects at the vendors, asked for through the API."""

from typing import Any

import pytest
from sqlalchemy import select, update

from db.api_keys import ApiCall
from db.outbox import OutboxRow
from db.vendor_projects import VendorProject
from db.vendor_sync import ensure_link
from tests.api.holder import Holder


def place(holder: Holder, vendor: str, **values: Any) -> None:
    with holder.engine.begin() as connection:
        link = ensure_link(connection, holder.project_id, vendor)
        connection.execute(update(VendorProject).where(VendorProject.id == link.id).values(**values))


def list_effects(holder: Holder) -> list[Any]:
    with holder.engine.connect() as connection:
        return list(connection.execute(select(OutboxRow.__table__).order_by(OutboxRow.id)).all())


def test_a_sync_is_an_effect_that_is_waited_for(holder: Holder) -> None:
    place(holder, "opensolar", external_id="6624", sync_status="updated")
    with holder.worker(lambda row: {}):
        answer = holder.call("POST", f"/projects/{holder.project_id}/sync", {"force": True, "vendors": ["opensolar"]})
    assert answer.status_code == 200
    assert answer.json["vendors"]["opensolar"]["external_id"] == "6624"
    assert list_effects(holder)[0].payload == {
        "is": "SyncProject", "project": 1, "force": True, "vendors": ["opensolar"],
    }  # fmt: skip


def test_a_sync_that_takes_long_is_looked_up_later(slow_holder: Holder) -> None:
    answer = slow_holder.call("POST", f"/projects/{slow_holder.project_id}/sync")
    assert answer.status_code == 202
    assert slow_holder.client.get(answer.json["status_url"], headers={"x-api-key": slow_holder.key}).json == {
        "id": answer.json["operation_id"], "status": "pending", "result": None, "error": None,
    }  # fmt: skip


def test_asking_again_joins_what_still_waits(slow_holder: Holder) -> None:
    path = f"/projects/{slow_holder.project_id}/sync"
    answers = [slow_holder.call("POST", path, document) for document in ({}, {}, {"force": True}, {})]
    numbers = [answer.json["operation_id"] for answer in answers]
    assert numbers[0] == numbers[1] == numbers[3] != numbers[2]
    assert len(list_effects(slow_holder)) == 2


def test_a_sync_that_failed_says_why(holder: Holder) -> None:
    with holder.worker(lambda row: {"status": "parked", "error": "OpenSolar's wallet is empty.", "error_code": "402"}):
        answer = holder.call("POST", f"/projects/{holder.project_id}/sync")
    assert (answer.status_code, answer.json["detail"]) == (502, "OpenSolar's wallet is empty.")
    assert answer.content_type == "application/problem+json"


def test_a_vendor_that_is_off_is_a_conflict(holder: Holder) -> None:
    with holder.worker(lambda row: {"status": "held", "error": "OpenSolar is off.", "error_code": "vendor_off"}):
        assert holder.call("POST", f"/projects/{holder.project_id}/sync").status_code == 409


@pytest.mark.parametrize("document", [[], {"force": "yes"}, {"vendors": []}, {"vendors": ["leap"]}, {"vendors": "x"}])
def test_a_bad_sync_is_refused(holder: Holder, document: Any) -> None:
    assert holder.call("POST", f"/projects/{holder.project_id}/sync", document).status_code == 400
    assert not list_effects(holder)


def test_a_body_that_is_no_json_is_refused(holder: Holder) -> None:
    answer = holder.client.post(
        f"/api/v1/projects/{holder.project_id}/sync", data=b"{", headers={"x-api-key": holder.key}
    )
    assert (answer.status_code, answer.json["detail"]) == (400, "The body is not JSON.")


@pytest.mark.parametrize("path", ["sync", "aurora"])
def test_a_bottomless_body_is_refused(holder: Holder, path: str) -> None:
    address = f"/api/v1/projects/{holder.project_id}/{path}"
    for body in (b"[" * 5000, b'{"action":' * 400 + b"1" + b"}" * 400):
        assert holder.client.post(address, data=body, headers={"x-api-key": holder.key}).status_code == 400


def test_what_no_database_keeps_is_left_out(holder: Holder) -> None:
    document = {"action": "save_consumption", "annual_kwh": 9000, "utility_company": "Con\x00Ed\ud800"}
    place(holder, "aurora", external_id="a-17")
    with holder.worker(lambda row: {}):
        assert holder.call("POST", f"/projects/{holder.project_id}/aurora", document).status_code == 200
    with holder.engine.connect() as connection:
        kept = connection.execute(select(VendorProject.consumption)).scalar_one()
    assert kept["utility_company"] == "ConEd?"


def test_an_unknown_project_is_404(holder: Holder) -> None:
    assert holder.call("POST", "/projects/999/sync").status_code == 404
    assert holder.call("GET", "/projects/999").status_code == 404
    answer = holder.call("POST", "/projects/999/aurora", {"action": "create_project"})
    assert (answer.status_code, answer.json) == (404, {"error": "Project 999 not found"})


def test_a_project_is_shown_as_it_stands(holder: Holder) -> None:
    place(holder, "aurora", external_id="a1", sync_status="sync_failed", sync_error="Aurora said no.")
    shown = holder.call("GET", f"/projects/{holder.project_id}").json
    assert (shown["status"], shown["vendors"]["aurora"]["sync_error"]) == ("pending", "Aurora said no.")


class TestAurora:
    def test_create_project(self, holder: Holder) -> None:
        place(holder, "aurora", external_id="a-17")
        with holder.worker(lambda row: {}):
            answer = holder.call("POST", f"/projects/{holder.project_id}/aurora", {"action": "create_project"})
        assert (answer.status_code, answer.json) == (200, {"aurora_project_id": "a-17"})
        assert list_effects(holder)[0].payload["vendors"] == ["aurora"]

    def test_save_consumption_keeps_the_figures(self, holder: Holder) -> None:
        months = [800.0, 700.0, None, 600.0, 650.0, 900.0, 1000.0, 1100.0, 900.0, 700.0, 650.0, 800.0]
        document = {"action": "save_consumption", "monthly_kwh": months, "utility_company": "Con Edison"}
        place(holder, "aurora", external_id="a-17")
        with holder.worker(lambda row: {}):
            assert holder.call("POST", f"/projects/{holder.project_id}/aurora", document).status_code == 200
        with holder.engine.connect() as connection:
            kept = connection.execute(select(VendorProject.consumption)).scalar_one()
        assert kept == {"monthly_kwh": months, "utility_company": "Con Edison"}

    @pytest.mark.parametrize(
        ("figures", "words"),
        [
            ({}, "One of monthly_kwh, annual_kwh and monthly_bill is required"),
            ({"monthly_kwh": [1.0]}, "monthly_kwh must be twelve numbers from January, null for unknown"),
            ({"annual_kwh": -5}, "annual_kwh must be a number of at least 0"),
            ({"monthly_bill": "180"}, "monthly_bill must be a number of at least 0"),
            ({"annual_kwh": 9000, "utility_tariff": 7}, "utility_tariff must be text of at most 2000 characters"),
        ],
    )
    def test_bad_consumption_is_refused(self, holder: Holder, figures: dict[str, Any], words: str) -> None:
        document = {"action": "save_consumption", **figures}
        answer = holder.call("POST", f"/projects/{holder.project_id}/aurora", document)
        assert (answer.status_code, answer.json) == (400, {"error": words})

    def test_submit_design_request(self, holder: Holder) -> None:
        place(holder, "aurora", external_id="a-17")
        document = {"action": "submit_design_request", "mounting_type": "roof", "notes": "north side is shaded"}
        with holder.worker(lambda row: {"result": {"design_request_id": "dr-1"}}):
            answer = holder.call("POST", f"/projects/{holder.project_id}/aurora", document)
        assert (answer.status_code, answer.json) == (200, {"design_request_id": "dr-1"})
        payload = list_effects(holder)[0].payload
        assert (payload["kind"], payload["target_offset"], payload["again"]) == ("design_team", 105.0, False)

    def test_a_design_needs_a_project_there(self, holder: Holder) -> None:
        answer = holder.call("POST", f"/projects/{holder.project_id}/aurora", {"action": "submit_design_request"})
        assert (answer.status_code, answer.json) == (409, {"error": "Aurora project must be created first"})

    @pytest.mark.parametrize("document", [{}, {"action": "delete_project"}, {"action": ["x"]}, {"action": {}}, []])
    def test_unknown_actions_are_refused(self, holder: Holder, document: Any) -> None:
        answer = holder.call("POST", f"/projects/{holder.project_id}/aurora", document)
        assert (answer.status_code, answer.json) == (400, {"error": "Unknown action"})

    def test_aurora_that_is_off_says_so(self, off_holder: Holder) -> None:
        answer = off_holder.call("POST", f"/projects/{off_holder.project_id}/aurora", {"action": "create_project"})
        assert (answer.status_code, answer.json) == (503, {"error": "Aurora is off: no key (AURORA_API_KEY)"})


def test_calls_are_logged(holder: Holder) -> None:
    holder.call("POST", f"/projects/{holder.project_id}/aurora", {"action": "nothing"})
    with holder.engine.connect() as connection:
        call = connection.execute(select(ApiCall.__table__)).one()
    assert (call.route, call.http_status) == ("aurora", 400)


def test_an_operation_is_its_own_keys_alone(slow_holder: Holder) -> None:
    answer = slow_holder.call("POST", f"/projects/{slow_holder.project_id}/sync")
    stranger = Holder(slow_holder.settings)
    path = f"/operations/{answer.json['operation_id']}"
    assert [slow_holder.call("GET", path).status_code, stranger.call("GET", path).status_code] == [200, 404]
    stranger.close()
