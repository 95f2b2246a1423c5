"""The ledger tells everything, in order, on disk before anyone is answered; and the program starts on its own."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.sandbox.receiver import WEBHOOK_PATH, Receiver, wait_until
from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.ledger import Ledger
from tools.sandbox.options import ACCOUNT_SID, AUTH_TOKEN, SENDER, Options
from tools.sandbox.runner import run_sandbox, spawn_sandbox


def read_file(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_conversation_is_written_down(rig: Rig, ledger_path: Path) -> None:
    asked = rig.write(text="hello")["sid"]
    sent = rig.send(Body="Hi!").json()["sid"]
    rig.await_status(sent, "delivered")
    wait_until(lambda: len(rig.receiver.statuses) == 3, "three callbacks")
    wait_until(lambda: len(read_file(ledger_path)) == 8, "eight lines")
    lines = read_file(ledger_path)
    assert [line["seq"] for line in lines] == list(range(1, 9))
    assert [line["kind"] for line in lines if line["kind"] != "status_callback_attempted"] == [
        "inbound_created",
        "webhook_attempted",
        "message_accepted",
        "status_changed",
        "status_changed",
    ]
    assert (lines[0]["sid"], lines[0]["body"], lines[0]["sender"]) == (asked, "hello", f"whatsapp:{MAYA}")
    assert (lines[1]["sid"], lines[1]["http_status"], lines[1]["acknowledged"]) == (asked, 200, True)
    assert (lines[2]["sid"], lines[2]["to"], lines[2]["body"]) == (sent, f"whatsapp:{MAYA}", "Hi!")
    assert str(lines[2]["status_callback"]).startswith(rig.receiver.url)


def test_acceptance_is_on_disk_before_the_answer(talk: Rig, ledger_path: Path) -> None:
    for number in range(20):
        sid = talk.send(Body=str(number)).json()["sid"]
        assert sid in ledger_path.read_text(encoding="utf-8")


def test_refusals_are_written_down(talk: Rig) -> None:
    talk.send(Body="x" * 1601)
    assert talk.ledger("request_refused")[0]["code"] == 21617


def test_failed_webhook_is_written_down(rig: Rig) -> None:
    rig.receiver.answers[WEBHOOK_PATH] = lambda _: 503
    rig.write(text="hi")
    line = rig.ledger("webhook_attempted")[0]
    assert (line["http_status"], line["acknowledged"]) == (503, False)


def test_ledger_is_read_from_a_number_on(talk: Rig) -> None:
    talk.write(text="again")
    every = talk.open.get("/sandbox/ledger").text.splitlines()
    later = talk.open.get("/sandbox/ledger", params={"after": 2}).text.splitlines()
    assert later == every[2:]
    assert json.loads(later[0])["seq"] == 3


def test_ledger_appends_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "ledger.jsonl"
    for body in ("one", "two"):
        ledger = Ledger(path)
        ledger.write("note", body=body)
        ledger.close()
    assert [line["body"] for line in read_file(path)] == ["one", "two"]


def test_program_starts_on_a_free_port(receiver: Receiver, ledger_path: Path) -> None:
    with spawn_sandbox("--app-url", receiver.url, "--ledger", str(ledger_path)) as base_url:
        assert httpx.get(f"{base_url}/sandbox/health").json() == {"status": "ok", "base_url": base_url}
        answer = httpx.post(
            f"{base_url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json",
            data={"To": f"whatsapp:{MAYA}", "From": SENDER, "Body": "hi"},
            auth=(ACCOUNT_SID, AUTH_TOKEN),
        )
        assert answer.status_code == 201
    assert read_file(ledger_path)[0]["sid"] == answer.json()["sid"]


def test_account_outlives_a_restart(receiver: Receiver, tmp_path: Path) -> None:
    memory = tmp_path / "account.json"
    options = Options(app_url=receiver.url, memory_path=memory)
    with run_sandbox(options) as sandbox:
        rig = Rig(sandbox, receiver)
        rig.write(media=[{"sample": "bill"}], text="my bill")
        content = rig.make_content({"twilio/text": {"body": "Thanks, noted."}})
        rig.approve(content)
        rig.advance(3600)
        before = rig.open.get("/page/state", params={"phone": MAYA}).json()["messages"]
    with run_sandbox(options) as sandbox:
        rig = Rig(sandbox, receiver)
        assert rig.open.get("/page/state", params={"phone": MAYA}).json()["messages"] == before
        assert rig.open.get(before[0]["media"][0]["url"]).content.startswith(b"%PDF")
        assert rig.send_content(content).json()["body"] == "Thanks, noted."
        assert rig.ledger("message_accepted")[0]["in_window"]


def test_program_explains_a_bad_argument() -> None:
    with pytest.raises(RuntimeError, match="ended with 2"), spawn_sandbox("--no-such-thing"):
        pytest.fail("it started")
