"""What goes wrong on request at the sandboxed OpenSolar, and whether the call counted all the same."""

from __future__ import annotations

import time

import httpx
import pytest

from tests.sandbox.opensolar_rig import PROJECT, OpenSolarRig

CREATE = "opensolar.projects.create"


def post(rig: OpenSolarRig) -> httpx.Response:
    return rig.api.post("/projects/", json=PROJECT)


def count_created(rig: OpenSolarRig) -> int:
    return len(rig.ledger("project_created"))


@pytest.mark.parametrize(
    ("kind", "status", "created"),
    [
        ("rate_limit", 429, 0),
        ("error_before", 500, 0),
        ("payment_required", 402, 0),
        ("forbidden", 403, 0),
        ("unauthorised", 401, 0),
        ("gateway_timeout", 504, 0),
        ("error_after", 500, 1),
        ("gateway_timeout_after", 504, 1),
    ],
)
def test_error_answers(opensolar: OpenSolarRig, kind: str, status: int, created: int) -> None:
    opensolar.add_fault(CREATE, kind, seconds=3)
    answer = post(opensolar)
    assert (answer.status_code, list(answer.json()), count_created(opensolar)) == (status, ["detail"], created)
    assert answer.headers.get("Retry-After") == ("3" if status == 429 else None)
    assert post(opensolar).status_code == 201


@pytest.mark.parametrize(("kind", "created"), [("reset_before", 0), ("reset_after", 1)])
def test_resets(opensolar: OpenSolarRig, kind: str, created: int) -> None:
    opensolar.add_fault(CREATE, kind)
    with pytest.raises(httpx.ReadError):
        post(opensolar)
    assert count_created(opensolar) == created


def test_time_out_after_creating(opensolar: OpenSolarRig) -> None:
    opensolar.add_fault(CREATE, "timeout_after", seconds=30)
    opensolar.api.timeout = httpx.Timeout(0.3)
    with pytest.raises(httpx.ReadTimeout):
        post(opensolar)
    assert count_created(opensolar) == 1


def test_garbage_after_creating(opensolar: OpenSolarRig) -> None:
    opensolar.add_fault(CREATE, "garbage_after")
    with pytest.raises(ValueError, match="Expecting value"):
        post(opensolar).json()
    assert count_created(opensolar) == 1


def test_slow_answer(opensolar: OpenSolarRig) -> None:
    opensolar.add_fault("opensolar.*", "slow", seconds=0.3)
    started = time.monotonic()
    assert post(opensolar).status_code == 201
    assert time.monotonic() - started >= 0.3


def test_answer_that_drips(opensolar: OpenSolarRig) -> None:
    opensolar.add_fault(CREATE, "drip", seconds=0.05)
    opensolar.api.timeout = httpx.Timeout(1.0)
    came: list[float] = []
    with opensolar.api.stream("POST", "/projects/", json=PROJECT) as answer:
        for _ in answer.iter_raw():
            came.append(time.monotonic())
            if len(came) == 10:
                break
    assert came[-1] - came[0] > 0.3


def test_fault_for_one_project_only(opensolar: OpenSolarRig) -> None:
    opensolar.add_fault(CREATE, "error_before", phone="lead-7f3a")
    assert opensolar.api.post("/projects/", json={**PROJECT, "identifier": "lead-2"}).status_code == 201
    assert post(opensolar).status_code == 500


@pytest.mark.parametrize(
    ("endpoint", "path"),
    [
        ("projects.list", "/projects/"),
        ("contacts.list", "/contacts/"),
        ("systems.list", "/systems/?fieldset=list"),
        ("workflows.list", "/workflows/"),
        ("webhooks.list", "/webhooks/"),
        ("webhook_logs.list", "/webhook_process_logs/"),
    ],
)
def test_every_endpoint_can_fail(opensolar: OpenSolarRig, endpoint: str, path: str) -> None:
    opensolar.add_fault(f"opensolar.{endpoint}", "error_before")
    assert [opensolar.api.get(path).status_code for _ in range(2)] == [500, 200]


def test_list_that_lags(opensolar: OpenSolarRig) -> None:
    post(opensolar)
    opensolar.add_fault("opensolar.projects.list", "lag", seconds=60, count=2)
    assert [opensolar.api.get("/projects/").json() for _ in range(2)] == [[], []]
    assert len(opensolar.api.get("/projects/").json()) == 1
