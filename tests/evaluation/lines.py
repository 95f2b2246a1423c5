"""One line of the evaluation's table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`right` of `of` cases; the share is to be at least `target`, or at most where `at_most`. `note` says how it was
    measured, or names what went wrong. No target: a figure to know."""

    what: str
    right: int
    of: int
    target: float | None = None
    at_most: bool = False
    note: str = ""

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 0.0

    @property
    def is_met(self) -> bool:
        if self.target is None:
            return True
        return bool(self.of) and (self.share <= self.target if self.at_most else self.share >= self.target)
