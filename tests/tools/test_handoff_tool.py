"""Staff work from a terminal: list, take, reply, give back."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from tests.bot.desk import Desk
from tools.handoff import main

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(
    engine: Engine,
    database_url: str,
    redis_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_URL", redis_url)

    def run_tool(*arguments: str) -> tuple[int, str]:
        code = main(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run_tool


def test_staff_at_work(run: Run, engine: Engine) -> None:
    desk = Desk(engine)
    desk.talk("hi")
    assert run("take", "1", "--by", "Bob")[0] == 0
    assert "staff  Bob" in run("list")[1]
    assert run("reply", "1", "Good morning!")[1].strip() == "Queued as 1 message."
    assert desk.outbox()[-1].payload["text"] == "Good morning!"
    assert run("give-back", "1")[0] == 0
    assert "bot    -" in run("list")[1]


@pytest.mark.parametrize(
    "arguments", [("take", "9"), ("reply", "9", "hello"), ("give-back", "1"), ("assess", "1"), ("assess", "9")]
)
def test_refusals_are_said(run: Run, engine: Engine, arguments: tuple[str, ...]) -> None:
    Desk(engine).talk("hi")
    code, said = run(*arguments)
    assert code == 1 and said.strip().endswith(".")
