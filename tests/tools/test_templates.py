"""What may go out unprompted is created at Twilio once, and its approval is known."""

from collections.abc import Iterator

import pytest

from db.contents import find_template, list_templates, stop_content
from tests.jobs.stage import Stage, make_settings
from tools.sandbox.options import ACCOUNT_SID, Options
from tools.sandbox.runner import Sandbox, run_sandbox
from tools.templates import list_wanted, main


@pytest.fixture
def sandbox(sqlite_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    with run_sandbox(Options(callbacks=())) as made:
        settings = make_settings(sqlite_url, redis_url, made.base_url)
        for name in ("database_url", "twilio_account_sid", "twilio_api_url", "twilio_content_api_url"):
            monkeypatch.setenv(name.upper(), getattr(settings, name))
        monkeypatch.setenv("TWILIO_AUTH_TOKEN", settings.twilio_auth_token[0])
        monkeypatch.setenv("TWILIO_WHATSAPP_FROM", settings.twilio_whatsapp_from)
        yield made


@pytest.fixture
def stage(sandbox: Sandbox, sqlite_url: str, redis_url: str) -> Iterator[Stage]:
    made = Stage(sqlite_url, redis_url, sandbox)
    yield made
    made.close()


def test_push_creates_each_template_once(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["push"]) == 0
    wanted = [(each.key, each.language) for each in list_wanted()]
    assert ("nudge", "es") in wanted
    assert ("staff_alert", "en") in wanted
    assert capsys.readouterr().out.count("approved") == len(wanted)
    assert main(["push"]) == 0
    assert len(stage.sandbox.world.store.contents) == len(wanted)


def test_what_was_created_before_a_crash_is_found_by_name(stage: Stage) -> None:
    main(["push"])
    count = len(stage.sandbox.world.store.contents)
    with stage.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM contents")
    assert main(["push"]) == 0
    assert len(stage.sandbox.world.store.contents) == count


def test_a_rejection_is_shown_with_its_reason(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    stage.sandbox.world.options.approval_outcome = "rejected"
    assert main(["push"]) == 1
    assert "rejected" in capsys.readouterr().out
    with stage.engine.connect() as connection:
        assert find_template(connection, ACCOUNT_SID, "nudge", "en") is None


def test_a_stopped_template_stays_stopped_until_it_is_resumed(stage: Stage) -> None:
    main(["push"])
    with stage.engine.begin() as connection:
        content_id = find_template(connection, ACCOUNT_SID, "nudge", "en")
        assert content_id is not None
        stop_content(connection, content_id, "63041: paused")
    assert main(["push"]) == 1
    assert main(["push", "--resume"]) == 0
    with stage.engine.connect() as connection:
        assert {row.approval for row in list_templates(connection, ACCOUNT_SID)} == {"approved"}


def test_status_before_any_push_says_what_is_missing(stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 1
    assert capsys.readouterr().out.count("missing") == len(list(list_wanted()))


def test_without_an_account_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "")
    assert main(["status"]) == 1
    assert "TWILIO_ACCOUNT_SID" in capsys.readouterr().err


def test_a_pushed_template_carries_a_message_after_the_window(stage: Stage) -> None:
    main(["push"])
    conversation = stage.add_conversation(heard=30 * 3600)
    stage.add_message(conversation, "Hi Alice", payload={"template": "nudge", "variables": ["Alice"]})
    stage.send()
    assert stage.accepted()[0].startswith("Hi Alice, your solar request")


def test_the_buttons_of_a_template_are_created_with_it(stage: Stage) -> None:
    main(["push"])
    wanted = next(each for each in list_wanted() if (each.key, each.language) == ("proposal_ready", "en"))
    (actions,) = (spec["actions"] for kind, spec in wanted.structure.items() if kind == "twilio/quick-reply")
    assert [each["id"] for each in actions] == ["decision=accept", "decision=change", "decision=later"]
    conversation = stage.add_conversation(heard=30 * 3600)
    values = ["Alice", "6.2 kW", "https://example.com/p/1"]
    stage.add_message(conversation, "…", payload={"template": "proposal_ready", "variables": values})
    stage.send()
    assert stage.accepted()[0].startswith("Hi Alice, your solar proposal is ready: 6.2 kW.")
