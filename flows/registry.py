"""The flows there are, each checked when it is loaded."""

from flows.assessment import ASSESSMENT
from flows.checks import check_flow
from flows.definition import Flow
from flows.feedback import FEEDBACK
from flows.incentives import INCENTIVES
from flows.installation import INSTALLATION
from flows.intake import ENDINGS, INTAKE
from flows.migrations import INTAKE as CARRIES
from flows.proposal import PROPOSAL

DEFAULT = "intake"

PROJECT_FLOW = Flow(
    name="intake",
    version=3,
    slots=(*INTAKE, *ASSESSMENT, *PROPOSAL, *INSTALLATION, *FEEDBACK, *INCENTIVES),
    endings=ENDINGS,
    migrations=CARRIES,
)
"""From the first hello to feedback: intake, and after submission the scripts that facts told by vendors set going."""

FLOWS: dict[str, Flow] = {flow.name: check_flow(flow) for flow in (PROJECT_FLOW,)}


def flow_named(name: str) -> Flow:
    """The flow of that name, the default one for a conversation that has none yet."""
    return FLOWS.get(name) or FLOWS[DEFAULT]
