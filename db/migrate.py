"""Bring a database's tables up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from db.engine import make_engine


def make_config(engine: Engine) -> Config:
    """Alembic's configuration, without an ini file, on the given engine."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["engine"] = engine
    return config


def upgrade(url: str) -> None:
    """Apply every migration that is missing; safe to call from several machines at once on PostgreSQL."""
    engine = make_engine(url, pool_size=1)
    try:
        command.upgrade(make_config(engine), "head")
    finally:
        engine.dispose()
