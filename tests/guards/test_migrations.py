"""Migrations form one line and leave exactly the tables that the code knows, on both databases."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from db.engine import make_engine
from db.migrate import make_config, upgrade
from db.tables import metadata


@pytest.fixture
def upgraded(empty_database: str) -> Iterator[Engine]:
    upgrade(empty_database)
    engine = make_engine(empty_database)
    yield engine
    engine.dispose()


def test_migrations_are_linear() -> None:
    engine = make_engine("sqlite://")
    script = ScriptDirectory.from_config(make_config(engine))
    revisions = list(script.walk_revisions())
    engine.dispose()
    assert revisions
    assert len(script.get_heads()) == len(script.get_bases()) == 1
    assert all(isinstance(revision.down_revision, (str, type(None))) for revision in revisions)
    assert all(len(revision.nextrev) <= 1 for revision in revisions)


def test_migrations_match_the_tables(upgraded: Engine) -> None:
    with upgraded.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_names_of_constraints_are_the_same_on_both(upgraded: Engine) -> None:
    """A constraint without a name cannot be altered by a later migration."""
    with upgraded.connect() as connection:
        looked = inspect(connection)
        for table in metadata.tables:
            unnamed = [key for key in looked.get_foreign_keys(table) if not key["name"]]
            unnamed += [key for key in looked.get_unique_constraints(table) if not key["name"]]
            assert not unnamed, table


def test_upgrading_twice_does_nothing(upgraded: Engine) -> None:
    with upgraded.connect() as connection:
        before = sorted(inspect(connection).get_table_names())
    upgrade(upgraded.url.render_as_string(hide_password=False))
    with upgraded.connect() as connection:
        assert sorted(inspect(connection).get_table_names()) == before
