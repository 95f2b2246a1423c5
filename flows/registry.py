"""The flows there are, each checked when it is loaded."""

from flows.checks import check_flow
from flows.definition import Flow
from flows.intake import INTAKE_FLOW

DEFAULT = "intake"

FLOWS: dict[str, Flow] = {flow.name: check_flow(flow) for flow in (INTAKE_FLOW,)}


def flow_named(name: str) -> Flow:
    """The flow of that name, the default one for a conversation that has none yet."""
    return FLOWS.get(name) or FLOWS[DEFAULT]
