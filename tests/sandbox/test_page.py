"""The page's own routes; its behaviour in a browser is tested in tests/browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.client import SandboxClient
from tools.sandbox.page import views

STATIC = Path(views.__file__).parent / "static"
FILES = sorted(path.name for path in STATIC.iterdir())


def test_page_contacts_its_own_origin_only(rig: Rig) -> None:
    answer = rig.open.get("/")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    for name in FILES:
        text = (STATIC / name).read_text(encoding="utf-8")
        addresses = [found for found in re.findall(r"https?://[\w.]+", text) if found != "http://www.w3.org"]
        assert addresses == [], name


@pytest.mark.parametrize("name", FILES)
def test_every_file_of_the_page_is_served(rig: Rig, name: str) -> None:
    assert rig.open.get(f"/static/{name}").content == (STATIC / name).read_bytes()


def test_nothing_else_is_served(rig: Rig) -> None:
    for path in ("/static/../views.py", "/static/%2e%2e/views.py", "/static/nothing.js"):
        assert rig.open.get(path).status_code == 404


def test_state_is_short_when_nothing_changed(talk: Rig) -> None:
    first = talk.open.get("/page/state", params={"phone": MAYA}).json()
    again = talk.open.get("/page/state", params={"phone": MAYA, "version": first["version"]}).json()
    assert again == {"version": first["version"]}
    talk.write(text="more")
    assert (
        len(talk.open.get("/page/state", params={"phone": MAYA, "version": first["version"]}).json()["messages"]) == 2
    )


def test_ticks_of_the_homeowner(rig: Rig) -> None:
    rig.receiver.answers["/webhooks/twilio/message"] = lambda _: 500
    rig.write(text="unheard")
    del rig.receiver.answers["/webhooks/twilio/message"]
    rig.write(text="heard")
    state = rig.open.get("/page/state", params={"phone": MAYA}).json()
    assert [message["status"] for message in state["messages"]] == ["lost", "delivered"]


def test_projects_need_a_database(rig: Rig) -> None:
    assert "--database-url" in rig.open.get("/page/projects").json()["problem"]
    rig.open.post("/sandbox/settings", json={"database_url": "nonsense://nowhere"})
    told = rig.open.get("/page/projects").json()
    assert told["projects"] == []
    assert "cannot be read" in told["problem"]


def test_clock_stands_still_when_the_database_cannot_be_aged(rig: Rig) -> None:
    rig.open.post("/sandbox/settings", json={"database_url": "nonsense://nowhere"})
    answer = rig.open.post("/sandbox/clock", json={"advance_seconds": 60})
    assert answer.status_code == 503
    assert answer.json()["error"]
    assert rig.open.get("/page/state").json()["advanced_seconds"] == 0


def test_product_database_is_read_and_aged(rig: Rig, sqlite_url: str) -> None:
    rig.open.post("/sandbox/settings", json={"database_url": sqlite_url})
    assert rig.open.get("/page/projects").json() == {"projects": [], "problem": None}
    answer = rig.open.post("/sandbox/clock", json={"advance_seconds": 60})
    assert answer.json() == {"advanced_seconds": 60, "database": "aged"}


def test_unknown_setting_is_refused(rig: Rig) -> None:
    answer = rig.open.post("/sandbox/settings", json={"app_url": "http://127.0.0.1:1", "auth_token": "new"})
    assert answer.status_code == 400
    assert rig.open.get("/sandbox/settings").json()["app_url"] == rig.receiver.url


def test_client_drives_all_of_it(rig: Rig) -> None:
    with SandboxClient(rig.sandbox.base_url) as client:
        client.add_homeowner("+14155550177", "Noor Haddad")
        assert client.write("+14155550177", "hello", wait=True)["acknowledged"]
        fault = client.add_fault("messages.create", "error_before")
        client.clear_faults()
        assert fault == 1
        sid = rig.send(To="whatsapp:+14155550177", Body="Hi").json()["sid"]
        rig.await_status(sid, "delivered")
        client.read_messages("+14155550177")
        assert [m["shape"]["body"] for m in client.read_thread("+14155550177")] == ["hello", "Hi"]
        assert client.read_thread("+14155550177")[1]["status"] == "read"
        client.advance_clock(60)
        assert client.change_settings(api_per_second=5)["api_per_second"] == 5
        assert client.read_ledger(after=1)[0]["kind"] == "webhook_attempted"
