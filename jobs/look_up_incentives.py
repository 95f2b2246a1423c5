"""Look up incentives: for a conversation's project, or for a customer that a key's holder brought."""

from typing import Any

from jobs.context import Context
from jobs.incentive_projects import look_up_project
from jobs.incentive_requests import look_up_request
from jobs.outcomes import Outcome


def run(context: Context, row: Any) -> Outcome:
    """Answers become news of the conversation, or the result that the API waits for."""
    if "case" in row.payload:
        return look_up_request(context, row)
    return look_up_project(context, row)
