"""Where a flow ends, what is asked of others then, and what a later correction of a sent project asks for."""

from flows.definition import Ending
from flows.draft import Draft
from flows.effects import LookUpIncentives, SyncProject
from flows.patterns.media import share_bill
from flows.pending import find_ending


def reach_ending(draft: Draft) -> None:
    """Enter an ending that the answers have reached, or leave one that they no longer reach."""
    if draft.phase == "cancelled":
        if draft.touched:
            draft.phase = "open"
        return
    ending = find_ending(draft.flow, draft.slots, draft.market)
    if ending is None:
        draft.phase = "open" if draft.phase == "closed" else draft.phase
    elif draft.phase != ending.phase and not draft.agenda:
        _enter(draft, ending)


def _enter(draft: Draft, ending: Ending) -> None:
    draft.phase = ending.phase
    draft.quiet = True
    draft.asked = None
    draft.trail = []
    if ending.submits:
        draft.project += 1
        draft.undo = None
        draft.do(SyncProject(draft.project))
        draft.do(LookUpIncentives(draft.project))
        share_bill(draft)
        draft.alert("project", f"{draft.name} confirmed a new project.")
    draft.say(ending.say, draft.offer(*ending.options))


def update_project(draft: Draft) -> None:
    """A sent project was corrected: vendors and staff are told."""
    touched = draft.touched - draft.flow.follow_ups
    if draft.before.phase != "submitted" or draft.phase != "submitted" or not touched:
        return
    names = {*touched, *(set(draft.before.slots) - set(draft.slots) - draft.flow.follow_ups)}
    draft.do(SyncProject(draft.project))
    if any(draft.slot(name).matters for name in names if name in draft.flow.by_name):
        draft.do(LookUpIncentives(draft.project))
    draft.alert("project_changed", f"{draft.name} changed: {', '.join(sorted(names))}.")
