"""What makes a flow fit to load; FlowError lists everything that is wrong at once."""

from collections.abc import Iterator

from flows.conditions import Has, Is, list_leaves
from flows.definition import Flow, Slot
from flows.explore import DEAD_END, walk_markets
from flows.kinds import KINDS
from flows.wording_checks import check_flow_wording


class FlowError(Exception):
    """A flow that must not be loaded; `faults` are sentences."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(f"flow {name}: " + "; ".join(faults))
        self.faults = faults


def check_flow(flow: Flow) -> Flow:
    """The flow itself, or FlowError with all its faults."""
    faults = list(_find_stray_names(flow)) + list(_find_bad_values(flow))
    if not faults:  # ways and words can only be followed where the names hold
        faults = [*_find_lost_ways(flow), *_find_free_endings(flow), *check_flow_wording(flow)]
    if faults:
        raise FlowError(flow.name, faults)
    return flow


def _find_stray_names(flow: Flow) -> Iterator[str]:
    if len(flow.by_name) != len(flow.slots):
        yield "two slots have the same name"
    for slot in flow.slots:
        if slot.kind not in KINDS:
            yield f"{slot.name}: unknown kind {slot.kind}"
        for name in _list_references(slot):
            if name not in flow.by_name:
                yield f"{slot.name}: no slot {name}"
        if slot.comes_with and flow.by_name.get(slot.comes_with, slot).comes_with:
            yield f"{slot.name}: comes with {slot.comes_with}, which is not asked for"
    for ending in flow.endings:
        for leaf in list_leaves(ending.when):
            if isinstance(leaf, Has | Is) and leaf.slot not in flow.by_name:
                yield f"ending {ending.name}: no slot {leaf.slot}"


def _list_references(slot: Slot) -> Iterator[str]:
    yield from (*slot.satisfied_by, *slot.depends_on)
    yield from filter(None, (slot.comes_with, slot.words_to))
    for condition in (slot.when, *(condition for condition, _ in slot.variants)):
        yield from (leaf.slot for leaf in list_leaves(condition) if isinstance(leaf, Has | Is))


def _find_bad_values(flow: Flow) -> Iterator[str]:
    """Values that the slot's own kind refuses can never be reached."""
    conditions = [slot.when for slot in flow.slots] + [ending.when for ending in flow.endings]
    wanted = [(leaf.slot, leaf.value) for each in conditions for leaf in list_leaves(each) if isinstance(leaf, Is)]
    wanted += [(slot.name, value) for slot in flow.slots for value in (*slot.yes, *slot.no)]
    for name, value in wanted:
        kind = KINDS.get(flow.by_name[name].kind) if name in flow.by_name else None
        try:
            if kind is not None:
                kind(value)
        except ValueError as error:
            yield f"{name}: {value!r} is {error}"


def _find_lost_ways(flow: Flow) -> Iterator[str]:
    walks = list(walk_markets(flow))
    reached = frozenset().union(*(walk.reached for walk in walks))
    for edge in sorted({edge for walk in walks for edge in walk.edges if edge.leads_to == DEAD_END}, key=str):
        yield f"{edge.question}: {edge.answer} leads to a dead end"
    for slot in flow.questions:
        if slot.name not in reached:
            yield f"{slot.name}: never asked for"
    for ending in flow.endings:
        if ending.name not in reached:
            yield f"ending {ending.name}: never reached"


def _find_free_endings(flow: Flow) -> Iterator[str]:
    """An ending that submits a project must stand on consent."""
    consents = {slot.name for slot in flow.slots if slot.kind == "consent"}
    for ending in flow.endings:
        if ending.submits and not (isinstance(ending.when, Has) and ending.when.slot in consents):
            yield f"ending {ending.name}: submits without consent"
