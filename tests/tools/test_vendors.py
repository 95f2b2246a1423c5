"""What staff do with the vendors from a terminal: look, register, sync again, replay."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import insert, select

from db.vendor_events import VendorEventRow
from tests.jobs.vendor_stage import AURORA, VendorStage
from tools.resync import Bar
from tools.sandbox.options import AURORA_SECRET, LEAP_KEY, OPENSOLAR_SECRET, Options
from tools.sandbox.runner import Sandbox, run_sandbox
from tools.vendors import main

Output = pytest.CaptureFixture[str]
Configure = Callable[..., None]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with run_sandbox(Options(app_url="http://127.0.0.1:9", callbacks=(), opensolar_minute=0)) as running:
        yield running


@pytest.fixture
def stage(sqlite_url: str, redis_url: str, sandbox: Sandbox) -> Iterator[VendorStage]:
    made = VendorStage(sqlite_url, redis_url, sandbox, **AURORA)
    yield made
    made.close()


@pytest.fixture
def configure(stage: VendorStage, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Puts settings into the environment, as a tool finds them: first those of the stage."""

    def put(**settings: str) -> None:
        for name, value in settings.items():
            monkeypatch.setenv(name.upper(), value)

    names = (
        *("database_url", "redis_url", "opensolar_api_base_url", "opensolar_org_id", "opensolar_api_key"),
        *("aurora_api_url", "aurora_tenant_id", "aurora_api_key", "public_url"),
    )
    put(**{name: str(getattr(stage.context.settings, name)) for name in names})
    put(opensolar_webhook_secret=OPENSOLAR_SECRET, aurora_webhook_secret=AURORA_SECRET)
    return put


def test_check_has_a_line_for_each_vendor(configure: Configure, capsys: Output) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "ok  OpenSolar answers as organisation 15.",
        "ok  Aurora answers for tenant 7f1c0a52-6d0e-4c1b-9a37-2d6b1f0e5a10.",
        "-   Leap is off: no key (LEAP_API_KEY)",
    ]


def test_check_fails_where_one_that_is_on_does_not_answer(
    configure: Configure, sandbox: Sandbox, capsys: Output
) -> None:
    configure(opensolar_api_key="a-token-of-somebody-else", leap_api_key=LEAP_KEY, leap_api_url="http://127.0.0.1:9")
    assert main(["check"]) == 1
    opensolar, aurora, leap = capsys.readouterr().out.splitlines()
    assert opensolar.startswith("NO  OpenSolar: OpenSolar does not accept our token")
    assert aurora.startswith("ok  ")
    assert leap.startswith("NO  Leap:")


def test_webhooks_are_registered_once(configure: Configure, sandbox: Sandbox, capsys: Output) -> None:
    assert main(["register-webhooks"]) == 0
    assert main(["register-webhooks"]) == 0
    (hook,) = sandbox.world.opensolar.select("webhooks")
    assert hook["endpoint"] == "http://127.0.0.1:9/webhooks/opensolar"
    assert json.loads(hook["headers"]) == {"X-Webhook-Token": OPENSOLAR_SECRET}
    events = [row["event"] for row in sandbox.world.aurora.select("webhooks")]
    assert len(events) == len(set(events)) > 5
    assert OPENSOLAR_SECRET not in capsys.readouterr().out


def test_webhooks_that_would_be_refused_are_not_registered(
    configure: Configure, sandbox: Sandbox, capsys: Output
) -> None:
    configure(opensolar_webhook_secret="")
    assert main(["register-webhooks"]) == 1
    assert "NO  OpenSolar: OPENSOLAR_WEBHOOK_SECRET is empty" in capsys.readouterr().out
    assert list(sandbox.world.opensolar.select("webhooks")) == []
    configure(opensolar_webhook_secret="s" * 16, opensolar_api_base_url="https://opensolar.invalid")
    assert main(["register-webhooks"]) == 1
    assert "which nobody outside can reach" in capsys.readouterr().out


def test_projects_are_synced_again(stage: VendorStage, configure: Configure, capsys: Output) -> None:
    projects = [stage.add_project(phone=f"+1415555017{number}") for number in range(3)]
    assert main(["resync", str(projects[0].id)]) == 0
    assert len(stage.at_opensolar()) == 1
    assert main(["resync", "--all"]) == 0
    shown = capsys.readouterr()
    assert shown.out.splitlines()[-1] == "3 of 3 projects are at their vendors as they should be."
    assert shown.err.splitlines()[-1].startswith("3/3")
    assert len(stage.at_opensolar()) == len(list(stage.sandbox.world.aurora.select("projects"))) == 3
    before = len(stage.calls())
    assert main(["resync", "--all"]) == 0
    assert len(stage.calls()) == before
    assert main(["resync", str(projects[1].id), "--force", "--vendor", "opensolar"]) == 0
    assert [call.method for call in stage.calls()[before:]] == ["PATCH", "GET", "PATCH", "PUT"]
    assert len(stage.at_opensolar()) == 3


def test_a_project_that_cannot_be_synced_is_named(stage: VendorStage, configure: Configure, capsys: Output) -> None:
    stage.add_fault("opensolar.projects.create", "payment_required", count=None)
    project = stage.add_project()
    assert main(["resync", str(project.id)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"project {project.id}: parked, OpenSolar's wallet is empty")
    assert lines[-1] == "0 of 1 projects are at their vendors as they should be."


def test_projects_that_are_none_are_refused(configure: Configure, capsys: Output) -> None:
    assert main(["resync", "7", "9"]) == 1
    assert "There is no project 7, 9." in capsys.readouterr().err
    assert main(["resync", "--all"]) == 0
    assert "There is no confirmed project." in capsys.readouterr().out


def test_a_failed_webhook_is_replayed(stage: VendorStage, configure: Configure, capsys: Output) -> None:
    values = {"vendor": "opensolar", "event": "Project UPDATE", "payload": {}, "status": "failed", "error": "no key"}
    with stage.engine.begin() as connection:
        for number in range(2):
            connection.execute(insert(VendorEventRow).values(external_id=str(6600 + number), **values))
        connection.execute(insert(VendorEventRow).values(**{**values, "status": "processed", "error": ""}))
    assert main(["events", "--failed"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == 2
    assert "6600" in listed[0] and listed[0].endswith("no key")
    assert main(["replay", "1"]) == 0
    assert list_statuses(stage) == ["received", "failed", "processed"]
    assert main(["replay", "--failed"]) == 0
    assert list_statuses(stage) == ["received", "received", "processed"]
    assert stage.context.bell.redis.exists("bell:vendors")
    assert main(["replay", "99"]) == 1
    assert "no webhook 99" in capsys.readouterr().err


def list_statuses(stage: VendorStage) -> list[Any]:
    with stage.engine.connect() as connection:
        return list(connection.execute(select(VendorEventRow.status).order_by(VendorEventRow.id)).scalars())


def test_a_contact_is_found_by_number(stage: VendorStage, configure: Configure, capsys: Output) -> None:
    project = stage.add_project()
    stage.sync(project)
    assert main(["find-contact", "+1 (415) 555-0134"]) == 0
    assert capsys.readouterr().out == f"contact {stage.link(project).contact_id}\n"
    assert main(["find-contact", "+14155550999"]) == 1
    configure(opensolar_integration_enabled="false")
    assert main(["find-contact", "+14155550999"]) == 1
    assert "OPENSOLAR_INTEGRATION_ENABLED is false" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_and_a_log_a_line_for_each_tenth() -> None:
    terminal, log = Terminal(), io.StringIO()
    for done in range(101):
        Bar(100, terminal).show(done)
    bar = Bar(100, log)
    for done in range(101):
        bar.show(done)
    assert "[##############################] 100/100" in terminal.getvalue()
    assert log.getvalue().splitlines() == [f"{tenth * 10}/100" for tenth in range(11)]
