"""OpenSolar docs: tokens, slashes, bare arrays, errors, throttles and the wallet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait

import httpx
import pytest

from tests.sandbox.opensolar_rig import OpenSolarRig
from tests.sandbox.receiver import wait_until
from tools.sandbox.opensolar.tokens import PASSWORD, USER_ID, USERNAME
from tools.sandbox.options import OPENSOLAR_ORG

DAY = 86400


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Token sandbox"}])
def test_bearer_token_is_required(opensolar: OpenSolarRig, headers: dict[str, str]) -> None:
    answer = opensolar.open.get(f"/opensolar/api/orgs/{OPENSOLAR_ORG}/projects/", headers=headers)
    assert (answer.status_code, list(answer.json())) == (401, ["detail"])


def sign_in(rig: OpenSolarRig, password: str = PASSWORD) -> httpx.Response:
    return rig.open.post("/opensolar/api-token-auth/", json={"username": USERNAME, "password": password})


def list_with(rig: OpenSolarRig, token: str) -> int:
    path = f"/opensolar/api/orgs/{OPENSOLAR_ORG}/projects/"
    return rig.open.get(path, headers={"Authorization": f"Bearer {token}"}).status_code


def test_token_from_password_lasts_seven_days(opensolar: OpenSolarRig) -> None:
    token = sign_in(opensolar).json()["token"]
    opensolar.advance(7 * DAY - 60)
    assert list_with(opensolar, token) == 200
    opensolar.advance(61)
    assert list_with(opensolar, token) == 401


def test_wrong_password_gives_no_token(opensolar: OpenSolarRig) -> None:
    assert sign_in(opensolar, "wrong").status_code == 400


def test_token_is_refreshed(opensolar: OpenSolarRig) -> None:
    old = sign_in(opensolar).json()["token"]
    opensolar.advance(6 * DAY)
    header = {"Authorization": f"Bearer {old}"}
    fresh = opensolar.open.get(f"/opensolar/api/fetch_token/?org_id={OPENSOLAR_ORG}", headers=header).json()["token"]
    opensolar.advance(2 * DAY)
    assert (list_with(opensolar, old), list_with(opensolar, fresh)) == (401, 200)


def test_token_of_a_machine_user_does_not_end(opensolar: OpenSolarRig) -> None:
    token = sign_in(opensolar).json()["token"]
    path, header = f"/opensolar/auth/users/{USER_ID}/", {"Authorization": f"Bearer {token}"}
    assert opensolar.open.patch(path, json={"is_machine_user": True}, headers=header).status_code == 200
    opensolar.advance(30 * DAY)
    assert list_with(opensolar, token) == 200


@pytest.mark.parametrize("path", ["/projects", "/contacts", "/webhooks"])
def test_slash_at_the_end_except_on_get(opensolar: OpenSolarRig, path: str) -> None:
    assert opensolar.api.post(path, json={}).status_code == 404
    assert opensolar.api.get(path).status_code == 200
    assert opensolar.api.get(path + "/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/projects/",
        "/contacts/",
        "/webhooks/",
        "/workflows/?is_default=true",
        "/systems/?fieldset=list",
        "/webhook_queue_models/",
        "/webhook_process_logs/",
    ],
)
def test_lists_are_bare_arrays(opensolar: OpenSolarRig, path: str) -> None:
    assert isinstance(opensolar.api.get(path).json(), list)


def test_pages_of_a_list(opensolar: OpenSolarRig) -> None:
    numbers = [opensolar.create(identifier=f"lead-{n}")["id"] for n in range(3)]
    pages = [opensolar.api.get(f"/projects/?page={page}&limit=2").json() for page in (1, 2)]
    assert [[row["id"] for row in page] for page in pages] == [numbers[:0:-1], numbers[:1]]


def test_page_past_the_end_is_404_or_500(opensolar: OpenSolarRig) -> None:
    assert opensolar.api.get("/projects/?page=1").json() == []
    opensolar.create()
    assert [opensolar.api.get(f"/projects/?page={page}&limit=1").status_code for page in (2, 3)] == [404, 500]


def test_what_is_not_yours_is_403_and_what_is_not_there_404(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    assert opensolar.api.get(f"/projects/{number + 1}/").status_code == 404
    elsewhere = opensolar.api.get("/projects/1/")
    assert (elsewhere.status_code, list(elsewhere.json())) == (403, ["detail"])
    other = str(opensolar.api.base_url).replace(f"/orgs/{OPENSOLAR_ORG}", "/orgs/16")
    assert opensolar.api.get(f"{other}projects/").status_code == 403


def test_empty_wallet_blocks_nothing_but_creating_projects(opensolar: OpenSolarRig) -> None:
    opensolar.settle(opensolar_wallet=1)
    number = opensolar.create()["id"]
    refused = opensolar.api.post("/projects/", json={"identifier": "lead-2"})
    assert (refused.status_code, list(refused.json())) == (402, ["detail"])
    assert opensolar.api.patch(f"/projects/{number}/", json={"notes": "x"}).status_code == 200
    assert opensolar.api.post("/contacts/", json={"first_name": "Bo"}).status_code == 201
    assert len(opensolar.api.get("/projects/").json()) == 1


def test_each_created_project_is_charged(opensolar: OpenSolarRig) -> None:
    opensolar.settle(opensolar_wallet=5)
    for _ in range(2):
        opensolar.create()
    created = opensolar.ledger("project_created")
    assert [entry["wallet"] for entry in created] == [4, 3]
    assert {entry["identifier"] for entry in created} == {"lead-7f3a"}


def test_ten_project_writes_a_minute(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.settle(opensolar_minute=3600)
    for turn in range(10):
        assert opensolar.api.patch(f"/projects/{number}/", json={"notes": str(turn)}).status_code == 200
    refused = opensolar.api.post("/projects/", json={"identifier": "lead-2"})
    assert (refused.status_code, list(refused.json())) == (429, ["detail"])
    assert 3000 < int(refused.headers["Retry-After"]) <= 3600
    assert opensolar.api.get("/projects/").status_code == 200


@pytest.mark.parametrize(("path", "calls"), [("/projects/", 100), ("/systems/?fieldset=list", 60)])
def test_reads_a_minute(opensolar: OpenSolarRig, path: str, calls: int) -> None:
    opensolar.settle(opensolar_minute=3600)
    answers = [opensolar.api.get(path).status_code for _ in range(calls + 1)]
    assert answers == [200] * calls + [429]


def test_throttle_lets_go_after_its_minute(opensolar: OpenSolarRig) -> None:
    number = opensolar.create()["id"]
    opensolar.settle(opensolar_minute=1.5)

    def patch() -> int:
        return opensolar.api.patch(f"/projects/{number}/", json={"notes": "x"}).status_code

    assert [patch() for _ in range(11)] == [200] * 10 + [429]
    wait_until(lambda: patch() == 200, "the throttle to let go")


def test_unknown_addresses_answer_as_the_rest(opensolar: OpenSolarRig) -> None:
    assert opensolar.api.get("/nothing/").json() == {"detail": "Not found."}


def test_nothing_is_answered_while_time_goes_by(opensolar: OpenSolarRig) -> None:
    """Else a read could meet a product that is older than its vendor, or younger."""
    still = opensolar.sandbox.world.clock.still
    still.clear()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(opensolar.api.get, "/projects/")
        assert not wait([answer], timeout=0.3).done
        still.set()
        assert answer.result(timeout=5).status_code == 200
    opensolar.advance(60)
    assert still.is_set()
