"""Why a file cannot be read."""

from flows.reading.bills.types import Problem


class BadFile(Exception):
    """`problem` is what the homeowner is told, in kind words."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem
