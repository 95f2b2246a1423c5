"""AutoDesigner and the performance simulation: Aurora's jobs on a design, started where wanted and followed."""

from typing import Any

from integrations.aurora.design_requests import Kept
from integrations.aurora.wire import Wire, read_id, unwrap_any
from integrations.aurora.words import read_word, sort_job
from integrations.errors import Refused

AUTO_DESIGNER = "auto_designer"
SIMULATION = "performance_simulation"  # unverified: built like AutoDesigner's path
MOST_SIMULATIONS = 3  # of one design, so that a design that never gets current does not simulate for ever
MOST_LOOKS = 5  # at a job that Aurora does not show: the path to it is unverified, and its result shows in the summary

UNSIMULATED = "Aurora ran no performance simulation of the design ({why}); run it there: prices and proposals need it."


def follow_auto_designer(wire: Wire, kept: Kept, design_id: str, remarks: dict[str, str]) -> bool:
    """Whether the design can be read now: nothing is wanted of AutoDesigner, or it is through."""
    status = str(kept.get("auto_designer_status") or "")
    if status in ("", "succeeded", "failed"):
        return True
    if status == "wanted":
        status, why = _try_auto_designer(wire, kept, design_id)
    else:
        job = {"job_id": kept.get("auto_designer_job_id"), "looks": kept.get("auto_designer_looks", 0)}
        status, why = _poll(wire, str(kept.get("auto_designer_design_id") or design_id), AUTO_DESIGNER, job)
        kept["auto_designer_looks"] = job["looks"]
    kept["auto_designer_status"] = status
    if status == "failed":
        remarks["auto_designer"] = f"Aurora's AutoDesigner gave no design ({why}); look there."
    return status != "running"


def start_auto_designer(wire: Wire, kept: Kept, design_id: str) -> None:
    """Raises VendorError where Aurora does not start it; the design is simulated afresh afterwards."""
    kept["auto_designer_status"], _ = _start(wire, design_id, AUTO_DESIGNER, kept, "auto_designer_job_id")
    kept |= {"auto_designer_design_id": design_id, "auto_designer_looks": 0, "simulation": None}


def follow_simulation(wire: Wire, kept: Kept, design_id: str, stale: bool, remarks: dict[str, str]) -> str:
    """Starts the simulation of a design that has none, or follows it: succeeded, running or failed. One that is
    through is run again only where the design is `stale` since."""
    known = kept.get("simulation")
    run: dict[str, Any] = dict(known) if isinstance(known, dict) and known.get("design_id") == design_id else {}
    if run.get("status") == "succeeded" and not stale:
        return "succeeded"
    run["status"], run["why"] = _move_on(wire, design_id, run)
    if run["status"] == "failed":
        remarks["simulation"] = UNSIMULATED.format(why=run["why"])
    kept["simulation"] = run
    return str(run["status"])


def _move_on(wire: Wire, design_id: str, run: dict[str, Any]) -> tuple[str, str]:
    """(status, why) of the run that is on its way, or of a new one."""
    if run.get("status") == "running":
        return _poll(wire, design_id, SIMULATION, run)
    if run.get("status") == "failed":
        return "failed", str(run.get("why") or "")
    if run.get("runs", 0) >= MOST_SIMULATIONS:
        return "failed", "its results never are up to date"
    run |= {"design_id": design_id, "runs": run.get("runs", 0) + 1, "looks": 0}
    try:
        return _start(wire, design_id, SIMULATION, run, "job_id")
    except Refused as refusal:
        if refusal.code == "401":
            raise
        return "failed", refusal.sentence.rstrip(".")


def _try_auto_designer(wire: Wire, kept: Kept, design_id: str) -> tuple[str, str]:
    try:
        start_auto_designer(wire, kept, design_id)
    except Refused as refusal:
        if refusal.code == "401":
            raise
        return "failed", refusal.sentence.rstrip(".")
    return str(kept["auto_designer_status"]), "it failed"


def _start(wire: Wire, design_id: str, job: str, keep: dict[str, Any], key: str) -> tuple[str, str]:
    """(running, succeeded or failed, why). May be repeated: the same design comes out."""
    answer = unwrap_any(wire.post("designs", design_id, job, harmless=True), f"{job}_job", job, "job")
    if job_id := read_id(answer, "job_id", "id"):
        keep[key] = job_id
    return sort_job(answer.get("status")), _read_error(answer)


def _poll(wire: Wire, design_id: str, job: str, run: dict[str, Any]) -> tuple[str, str]:
    """(status, why). A job that is not shown counts as running for a while; `looks` in `run` counts those."""
    job_id = str(run.get("job_id") or "")
    answer = unwrap_any(wire.look("designs", design_id, job, job_id), f"{job}_job", job, "job") if job_id else {}
    if read_word(answer.get("status")):
        return sort_job(answer.get("status")), _read_error(answer)
    run["looks"] = run.get("looks", 0) + 1
    return "running" if run["looks"] < MOST_LOOKS else "failed", "Aurora does not show the job"


def _read_error(job: dict[str, Any]) -> str:
    error = job.get("error")
    words = error.get("message") if isinstance(error, dict) else error
    return " ".join(words.split())[:200] if isinstance(words, str) and words.strip() else "it failed"
