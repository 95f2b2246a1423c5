"""Everything that Aurora says of a project now, read object by object."""

from collections.abc import Mapping
from typing import Any

from integrations.aurora.agreements import follow_agreements
from integrations.aurora.design import has_system, is_simulated, is_stale, read_design, read_price
from integrations.aurora.design_jobs import follow_auto_designer, follow_simulation
from integrations.aurora.design_requests import Kept, Standing, follow_request
from integrations.aurora.proposals import fetch_link
from integrations.aurora.webhook import CHANGED
from integrations.aurora.wire import GONE, UNREADY, Wire, iterate_items, read_id, unwrap
from integrations.aurora.words import find_status
from integrations.vendor import Design, Placed, ProjectStatus, VendorState

Objects = Mapping[str, tuple[str, ...]]

NOTICE_WORDS = {
    "site_survey": "the site survey",
    "plan_set": "the plan set",
    "milestone": "a milestone of the design",
    "financing": "the financing contract",
}


class StateReader:
    """Reads with `wire`. `status_map` is of `words.read_status_map`; `app_url` is where staff work in Aurora."""

    def __init__(self, wire: Wire, status_map: Mapping[str, str], app_url: str) -> None:
        self._wire = wire
        self._status_map = status_map
        self._app_url = app_url

    def read(self, placed: Placed, objects: Objects) -> VendorState:
        """Raises VendorError. Accepts what a designer completed, runs what the order of work asks for."""
        project_id, kept = placed.external_id, dict(placed.details)
        remarks = word_notices(objects)
        project = unwrap(self._wire.get("projects", project_id), "project")
        text = read_text(project.get("status"))
        if milestone := read_milestone(project) or self._look_for_milestone(objects):
            remarks[name_notice("milestone", objects)] = f"Milestone in Aurora: {milestone}."
        word = self._judge_status(text, kept, remarks)
        named = objects.get("design_request", ())
        standing = follow_request(self._wire, project_id, kept, named, remarks, look=not objects)
        design_id, summary = self._choose_design(project_id, kept, objects, standing, remarks)
        design, proposal = None, ""
        if design_id:
            kept["sales_mode_url"] = f"{self._app_url}/projects/{project_id}/designs/{design_id}/e-proposal/overview"
            design = self._read_design(design_id, summary, kept, remarks)
            if design is not None or not is_at_work(kept):
                proposal = fetch_link(self._wire, design_id, remarks)
            kept["proposal_id"] = design_id if proposal else ""
        agreements = follow_agreements(self._wire, project_id, kept, objects.get("agreement", ()), remarks)
        sealed = "signed" in agreements.values()
        kept["design_status"] = word_design(standing, design, kept)
        return VendorState(
            status=_choose_status(word, sealed),
            stage=text,
            design=design,
            rejected=standing.reason,
            proposal=proposal,
            viewed=any(state in ("viewed", "signed") for state in agreements.values()),
            sealed=sealed,
            installed=word in ("installed", "completed"),
            remarks=remarks,
            details=kept,
        )

    def _look_for_milestone(self, objects: Objects) -> str:
        """Of the design that a webhook named with one."""
        if not (objects.get("milestone") and objects.get("design")):
            return ""
        return read_milestone(unwrap(self._wire.look("designs", objects["design"][-1]), "design"))

    def _judge_status(self, text: str, kept: Kept, remarks: dict[str, str]) -> str:
        """The mapped word. What is not mapped is a remark, but for the status that every project begins with."""
        first = kept.setdefault("first_status", text)
        word = find_status(self._status_map, text)
        if text and text != first and not word:
            remarks["project_status"] = f"The project's status in Aurora is now “{text}” (AURORA_STATUS_MAP lacks it)."
        return word

    def _choose_design(
        self, project_id: str, kept: Kept, objects: Objects, standing: Standing, remarks: dict[str, str]
    ) -> tuple[str, Any]:
        """(id, summary) of the design that counts: the one that is proposed, else the accepted one, else the one that
        somebody made by hand."""
        current = str(kept.get("design_id") or "")
        for design_id in dict.fromkeys((*objects.get("proposal", ()), *objects.get("design", ()))):
            if design_id == current or (current and design_id not in objects.get("proposal", ())):
                continue
            summary = self._wire.look("designs", design_id, "summary")
            if _owner_of(summary) == project_id:
                kept["design_id"] = design_id
                return design_id, summary
        if not (current or objects) and standing.word not in ("open", "completed"):
            current = self._list_designs(project_id)  # of which no webhook told
        if not current:
            return "", None
        status, summary = self._wire.peek("designs", current, "summary")
        if status in GONE:
            remarks["design"] = f"The design {current} is not in Aurora any more."
            other = self._list_designs(project_id)
            if other in ("", current):
                return "", None
            current, summary = other, self._wire.look("designs", other, "summary")
        kept["design_id"] = current
        return current, summary

    def _list_designs(self, project_id: str) -> str:
        """The newest design of the project; empty without one. The list is unverified, so it may be missing."""
        designs = list(iterate_items(self._wire.look("projects", project_id, "designs"), "design"))
        newest = max(designs, key=lambda design: str(design.get("created_at") or ""), default={})
        return read_id(newest, "id", "design_id")

    def _read_design(self, design_id: str, summary: Any, kept: Kept, remarks: dict[str, str]) -> Design | None:
        """None until there is a system whose simulation has run, or cannot run."""
        if kept.get("auto_designer_status") not in (None, "", "succeeded", "failed"):
            if not follow_auto_designer(self._wire, kept, design_id, remarks):
                return None
            summary = self._wire.look("designs", design_id, "summary")
        if not has_system(summary):
            if kept.get("accepted_request"):
                remarks["design"] = (
                    "The design in Aurora has a roof but no panels yet: place them, or order AutoDesigner."
                )
            return None
        status, pricing = self._wire.peek("designs", design_id, "pricing")
        stale = is_stale(summary)
        known = is_simulated(summary) or read_price(pricing) is not None
        if status in UNREADY or stale or not known:
            if not self._simulate(design_id, stale, kept, remarks):
                return None
            summary = self._wire.look("designs", design_id, "summary") or summary
            pricing = self._wire.look("designs", design_id, "pricing")
        return read_design(design_id, summary, pricing, self._wire.look("designs", design_id, "assets"))

    def _simulate(self, design_id: str, stale: bool, kept: Kept, remarks: dict[str, str]) -> bool:
        """Whether the design can be told now. One that somebody draws by hand is theirs to simulate when it is
        done."""
        by_hand = not kept.get("accepted_request") and not kept.get("auto_designer_status")
        known = kept.get("simulation")
        named = isinstance(known, dict) and known.get("design_id") == design_id
        if by_hand and not named:
            return False
        return follow_simulation(self._wire, kept, design_id, stale, remarks) != "running"


def read_text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def read_milestone(holder: Mapping[str, Any]) -> str:
    """The milestone's name, which may stand in an object of its own."""
    milestone = holder.get("milestone")
    if isinstance(milestone, Mapping):
        milestone = milestone.get("milestone") or milestone.get("name")
    return read_text(milestone)


def is_at_work(kept: Kept) -> bool:
    """Whether AutoDesigner or the simulation is: there can be no proposal yet."""
    run = kept.get("simulation")
    simulating = isinstance(run, dict) and run.get("status") == "running"
    return simulating or kept.get("auto_designer_status") in ("wanted", "running")


def word_notices(objects: Objects) -> dict[str, str]:
    """Remarks about what is not read: the event's own word of it."""
    return {
        name_notice(kind, objects): _word_notice(thing, objects[kind][-1])
        for kind, thing in NOTICE_WORDS.items()
        if objects.get(kind)
    }


def name_notice(kind: str, objects: Objects) -> str:
    """Apart for each design that a webhook named: the same word of another one is told, too."""
    return " ".join((kind, *objects.get("design", ())[-1:])) if objects.get(kind) else kind


def _word_notice(thing: str, word: str) -> str:
    if word == CHANGED:
        return f"Aurora: {thing} has changed; look there."
    return f"Aurora: {thing} is now “{word.replace('_', ' ')}”."


def word_design(standing: Standing, design: Design | None, kept: Kept) -> str:
    """How far the design is, as one of `words.DESIGN_STATUSES`; empty where Aurora's objects say nothing of it."""
    if standing.word == "rejected":
        return "design_rejected"
    if standing.word == "open":
        return "design_in_progress" if kept.get("design_request_status") == "in_progress" else "design_requested"
    if design is not None:
        return "design_completed"
    if standing.word == "accepted":
        return "design_accepted"
    if standing.word == "completed" or is_at_work(kept):
        return "design_in_progress"
    return "project_created" if kept.get("design_request_id") else ""


def _owner_of(summary: Any) -> str:
    return read_id(unwrap(summary, "design"), "project_id")


def _choose_status(word: str, sealed: bool) -> ProjectStatus:
    """A signed agreement schedules what Aurora's status does not place anywhere."""
    if word in ("installed", "completed"):
        return "completed"
    if word == "in_progress":
        return "in_progress"
    return "scheduled" if sealed or word == "scheduled" else "pending"
