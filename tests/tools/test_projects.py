"""One JSON line for each confirmed project, with the promised fields."""

import json
import os
import subprocess
import sys

from sqlalchemy import Engine, update

from db.projects import Project
from tests.bot.desk import ALICE, Desk
from tests.source import ROOT
from tools.projects import list_projects

FIELDS = [
    "id", "phone", "name", "street", "city", "state", "postal_code", "country", "monthly_bill", "monthly_kwh",
    "utility", "devices", "status", "confirmed_at",
]  # fmt: skip


def test_an_intake_becomes_a_line(engine: Engine, database_url: str) -> None:
    Desk(engine).confirm_project()
    environ = {**os.environ, "DATABASE_URL": database_url}
    command = [sys.executable, "-m", "tools.projects"]
    printed = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout
    [line] = printed.splitlines()
    project = json.loads(line)
    assert list(project) == FIELDS
    assert project == list_projects(database_url)[0]
    assert (project["phone"], project["name"], project["monthly_bill"]) == (ALICE, "Alice Example", 180)
    assert (project["monthly_kwh"], project["status"]) == (None, "pending")
    assert {device["type"]: device["quantity"] for device in project["devices"]} == {"ev": 2, "pool_pump": 1}


def test_cents_are_kept(engine: Engine, database_url: str) -> None:
    Desk(engine).confirm_project()
    with engine.begin() as connection:
        connection.execute(update(Project).values(monthly_bill_cents=18055))
    assert list_projects(database_url)[0]["monthly_bill"] == 180.55


def test_an_unfinished_intake_is_no_project(engine: Engine, database_url: str) -> None:
    Desk(engine).talk("hi", "My name is Alice Example")
    assert list_projects(database_url) == []
