"""What a contact asks to have deleted is gone, and nobody else's."""

import pytest
from sqlalchemy import Engine, func, select

from db.tables import metadata
from tests.bot.desk import ALICE, BOB, Desk
from tools.forget import main


@pytest.fixture
def desk(engine: Engine, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("DATABASE_URL", database_url)
    desk = Desk(engine)
    desk.confirm_project(ALICE)
    return desk


def count_rows(desk: Desk) -> dict[str, int]:
    with desk.engine.connect() as connection:
        counts = {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
    return {name: count for name, count in counts.items() if count}


def test_everything_of_the_contact_is_gone(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([ALICE, "--yes"]) == 0
    assert set(count_rows(desk)) == {"forgotten_messages"}, "the channel's ids of the messages"
    assert "rows are deleted" in capsys.readouterr().out


def test_others_keep_theirs(desk: Desk) -> None:
    desk.talk("hi", "Bob", phone=BOB)
    main([ALICE, "--yes"])
    left = count_rows(desk)
    assert (left["contacts"], left["conversations"], left["inbox"]) == (1, 1, 2)
    assert "projects" not in left


def test_without_yes_or_for_a_stranger_nothing_happens(desk: Desk) -> None:
    before = count_rows(desk)
    assert (main([ALICE]), main(["+14155550199", "--yes"])) == (1, 1)
    assert count_rows(desk) == before
