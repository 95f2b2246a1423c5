"""A needed answer that the contact cannot give: it is left open for staff, and the flow goes on."""

from flows.definition import Slot
from flows.draft import Draft
from flows.kinds import KINDS
from flows.state import SlotValue

PROFILE_TRUST = 0.7
"""How sure a name is that only the contact's profile says."""


def leave_open(draft: Draft, slot: Slot, quietly: bool = False) -> None:
    """Go on without the answer; a name is taken from the profile where there is one. `quietly`: it was said already."""
    draft.missed = False
    for count in (slot.name, f"words:{slot.name}", f"why:{slot.name}"):
        draft.attempts.pop(count, None)
    if slot.name == "name" and _take_profile_name(draft):
        return
    if slot.name not in draft.skipped:
        draft.skipped.append(slot.name)
    if not quietly:
        draft.vary("left_open")


def _take_profile_name(draft: Draft) -> bool:
    profile = draft.message.profile_name if draft.message else ""
    try:
        name = KINDS["person"](profile)
    except ValueError:
        return False
    draft.slots["name"] = SlotValue(name, profile, "vendor", PROFILE_TRUST, False, draft.message_id, draft.now)
    draft.say("name.by_profile", value=name)
    return True
