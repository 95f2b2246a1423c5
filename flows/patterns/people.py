"""A person is wanted: staff take over where somebody is on duty, else an honest word and a kept request."""

from flows.commands import Handoff, HandoffReason
from flows.draft import Draft

SUMMARIES: dict[HandoffReason, str] = {
    "asked": "{name} asks for a person.",
    "emergency": "{name} reports something dangerous. Call now.",
    "stuck": "{name} and the assistant are stuck.",
    "complaint": "{name} is unhappy and wants a person.",
    "migration": "{name}'s conversation could not be carried to the new version of the flow.",
    "other": "{name} needs a person.",
}


def request_person(draft: Draft, command: Handoff) -> None:
    """A handoff on request. An emergency has had its words already and asks nothing more in this turn."""
    draft.understood = True
    if command.reason == "emergency":
        draft.quiet = True
        if draft.on_duty and draft.control == "bot":
            draft.control = "staff"
            draft.say("handoff.begun")
        return
    if draft.control == "staff":
        return
    if draft.on_duty:
        begin_handoff(draft, command.reason, command.words)
        return
    draft.alert(command.reason, _summarise(draft, command.reason, command.words))
    draft.say("handoff.off_duty")


def begin_handoff(draft: Draft, reason: HandoffReason, words: str = "") -> None:
    """Staff own the conversation from this turn on."""
    draft.control = "staff"
    draft.quiet = True
    draft.alert(reason, _summarise(draft, reason, words))
    draft.say("handoff.begun")


def warn_of_danger(draft: Draft, command: Handoff) -> None:
    """Safety words whoever owns the conversation, and after an opt-out too: the person in danger wrote first."""
    draft.insist("safety")
    draft.alert("emergency", _summarise(draft, "emergency", command.words))


def _summarise(draft: Draft, reason: HandoffReason, words: str) -> str:
    said = f" In their words: {words}" if words else ""
    return SUMMARIES[reason].format(name=draft.name) + said
