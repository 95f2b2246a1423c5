"""What makes a flow fit to load; FlowError lists everything that is wrong at once."""

from flows.definition import Flow


class FlowError(Exception):
    """A flow that must not be loaded; `faults` are sentences."""

    def __init__(self, name: str, faults: list[str]) -> None:
        super().__init__(f"flow {name}: " + "; ".join(faults))
        self.faults = faults


def check_flow(flow: Flow) -> Flow:
    """The flow itself, or FlowError."""
    return flow
