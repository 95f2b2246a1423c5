"""The wishes that a model may read where rules found nothing, and where each of them may count."""

from collections.abc import Sequence

from bot.understand.proposals import CONTROLS, Proposal
from bot.understand.scene import Scene
from flows.commands import Affirm, Back, Command, Deny, Handoff, Pause, Repeat, Skip
from flows.pending import split_item
from flows.reading.types import Intent


def find_control(proposals: Sequence[Proposal], scene: Scene) -> tuple[Command, Intent] | None:
    """The first wish that may count here, with its label."""
    wished = (each for each in proposals if each.command in CONTROLS and _may_count(each.command, scene))
    return next(((_make_command(each, scene), LABELS.get(each.command, "answer")) for each in wished), None)


LABELS: dict[str, Intent] = {"skip": "skip", "back": "back", "handoff": "handoff", "repeat": "question"}


def _may_count(wish: str, scene: Scene) -> bool:
    """A yes or no settles only what waits for a confirmation, never the recap; a yes neither what a model brought up
    itself nor what would replace a value on file."""
    sort, name = split_item(scene.item)
    if wish == "affirm":
        return sort == "confirm" and not (scene.own_doubt or scene.replaces or name in scene.held)
    if wish == "deny":
        return sort == "confirm"
    if wish == "skip":
        return sort == "ask" and bool(name) and not scene.is_consent
    return True


def _make_command(proposal: Proposal, scene: Scene) -> Command:
    simple: dict[str, Command] = {
        "affirm": Affirm(), "deny": Deny(), "skip": Skip(), "back": Back(), "repeat": Repeat(), "pause": Pause(),
    }  # fmt: skip
    return simple.get(proposal.command) or Handoff("asked", proposal.words)
