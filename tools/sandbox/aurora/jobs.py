"""Work that Aurora does in the background; a job ends in `succeeded`."""

from __future__ import annotations

from tools.sandbox.tables import Row, write_now
from tools.sandbox.world import World


def start_job(world: World, kind: str, project_id: str, design_id: str | None = None) -> Row:
    values = {"kind": kind, "project_id": project_id, "design_id": design_id, "status": "running"}
    return world.aurora.keep("jobs", {**values, "created_at": write_now()})


def finish_job(world: World, job: Row) -> None:
    world.aurora.change(job, {"status": "succeeded"})
    world.ledger.write(
        "job_finished",
        vendor="aurora",
        job_id=job["id"],
        job=job["kind"],
        project_id=job["project_id"],
        design_id=job["design_id"],
    )
