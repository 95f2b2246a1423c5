"""A flow changes only together with its version and a migration."""

import tomllib
from pathlib import Path

import pytest

import flows
from flows.definition import Flow
from flows.registry import FLOWS

RECORDED = tomllib.loads((Path(flows.__file__).parent / "versions.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_hash_is_the_recorded_one(flow: Flow) -> None:
    recorded = RECORDED[flow.name].get(str(flow.version))
    assert recorded == flow.hash, (
        f"{flow.name} has changed: give it version {flow.version + (recorded is not None)}, a migration in "
        f'flows/migrations.py, and in flows/versions.toml: {flow.version + (recorded is not None)} = "{flow.hash}"'
    )


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_every_older_version_is_carried_on(flow: Flow) -> None:
    older = {int(version) for version in RECORDED[flow.name]} - {flow.version}
    assert older == set(flow.migrations)
