"""Consumption profiles, and utility bills from which Aurora reads one."""

from __future__ import annotations

import re
from functools import partial

from flask import Blueprint, Response, request

from tools.sandbox.aurora.access import find_row, guard, read_wrapped
from tools.sandbox.aurora.answers import AuroraRefusal, answer_json
from tools.sandbox.aurora.consumption_year import sum_year
from tools.sandbox.aurora.happenings import Happening, announce, later
from tools.sandbox.aurora.jobs import finish_job, start_job
from tools.sandbox.aurora.rules import CONSUMPTION_KINDS, CONSUMPTION_RULES, check_sent
from tools.sandbox.gate import this_world
from tools.sandbox.tables import Row
from tools.sandbox.world import World

consumption = Blueprint("aurora_consumption", __name__)
ROOT = "/aurora/tenants/<tenant>/projects/<key>"
BILLS = f"{ROOT}/<any(utility_bill, utility_bills, utility_bill_upload, utility_bill_uploads):path>"
SIGNATURES = (
    re.compile(rb"%PDF-"),
    re.compile(rb"\xff\xd8\xff"),
    re.compile(rb"\x89PNG\r\n\x1a\n"),
    re.compile(rb"GIF8[79]a"),
    re.compile(rb"RIFF....WEBP", re.DOTALL),
)
# What the simulated parser finds on any bill.
READ_FROM_BILL = [812, 745, 690, 610, 640, 780, 905, 930, 820, 690, 700, 798]


@consumption.put(f"{ROOT}/consumption_profile")
@guard("consumption.update")
def set_profile(tenant: str, key: str) -> Response:
    world, project, sent = this_world(), find_row("projects", key), read_wrapped("consumption_profile")
    check_sent(CONSUMPTION_RULES, sent)
    kept = {name: sent.get(name) for name in CONSUMPTION_KINDS}
    world.aurora.change(project, {"consumption": kept})
    world.ledger.write("consumption_set", vendor="aurora", project_id=key, **_name(project), fields=sent)
    announce(world, [Happening("consumption_profile_changed", project, {"SOURCE": "api"})])
    return answer_json({"consumption_profile": describe_profile(project)})


@consumption.get(f"{ROOT}/consumption_profile")
@guard("consumption.fetch")
def fetch_profile(tenant: str, key: str) -> Response:
    project = find_row("projects", key)
    if project["consumption"] is None:
        raise AuroraRefusal(404, "The project has no consumption profile.")
    return answer_json({"consumption_profile": describe_profile(project)})


@consumption.post(BILLS)
@guard("utility_bills.create")
def upload_bill(tenant: str, key: str, path: str) -> Response:
    """Raw bytes, the file name in Content-Disposition; the last one that is read wins."""
    world, project, data = this_world(), find_row("projects", key), request.get_data()
    name = need_file_name()
    need_known_file(data)
    job = start_job(world, "utility_bill", project["id"])
    world.ledger.write(
        "utility_bill_uploaded", vendor="aurora", project_id=key, **_name(project), file=name, size=len(data)
    )
    later(world, job, partial(_finish_reading, world, project, job))
    return answer_json({"job_id": job["id"]}, 202)


@consumption.get(f"{BILLS}/<job_id>")
@guard("utility_bills.fetch")
def fetch_bill_job(tenant: str, key: str, path: str, job_id: str) -> Response:
    find_row("projects", key)
    job = find_row("jobs", job_id)
    return answer_json({"job_id": job["id"], "status": job["status"]})


def need_file_name() -> str:
    """Aurora docs: the file name is in Content-Disposition."""
    found = re.search(r'filename\*?="?([^";]+)', request.headers.get("Content-Disposition", ""))
    if found is None:
        raise AuroraRefusal(400, "Content-Disposition with a filename is required.")
    return found[1]


def need_known_file(data: bytes) -> None:
    """Aurora docs: PDF, JPG, PNG, GIF or WEBP, raw."""
    if not any(signature.match(data) for signature in SIGNATURES):
        raise AuroraRefusal(422, "The file must be a PDF, JPG, PNG, GIF or WEBP.")


def describe_profile(project: Row) -> Row:
    kept = project["consumption"]
    return {"project_id": project["id"], **kept, "annual_energy": sum_year(kept)}


def _finish_reading(world: World, project: Row, job: Row) -> list[Happening]:
    found = dict.fromkeys(CONSUMPTION_KINDS) | {"monthly_energy": READ_FROM_BILL}
    world.aurora.change(project, {"consumption": found})
    finish_job(world, job)
    values = {"JOB_ID": job["id"], "STATUS": job["status"]}
    told = Happening("utility_bill_upload_job_completed", project, values)
    return [told, Happening("consumption_profile_changed", project, {"SOURCE": "utility_bill"})]


def _name(project: Row) -> Row:
    return {"identifier": project["external_provider_id"]}
