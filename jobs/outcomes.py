"""How a run of an effect ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection

Status = Literal["done", "again", "retry", "parked", "held", "cancelled", "unknown", "deferred"]
Write = Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`reason` and `code` explain it to staff. `after` is in seconds, for retry, unknown and deferred. `writes` are
    made in the commit that settles the row, `changes` are further columns of it; `rings` names queues to ring
    afterwards."""

    status: Status
    reason: str = ""
    code: str = ""
    external_id: str = ""
    after: float | None = None
    writes: tuple[Write, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)
    rings: tuple[str, ...] = ()


def done(external_id: str = "", reason: str = "", *writes: Write, rings: tuple[str, ...] = ()) -> Outcome:
    return Outcome("done", reason, external_id=external_id, writes=writes, rings=rings)


def go_on(*writes: Write, changes: Mapping[str, Any] | None = None) -> Outcome:
    """A step is finished and the effect has another one, which runs at once."""
    return Outcome("again", writes=writes, changes=changes or {})


def retry(reason: str, code: str = "", after: float | None = None) -> Outcome:
    """Certainly nothing happened: later again, after `after` seconds or a growing while."""
    return Outcome("retry", reason, code, after=after)


def defer(reason: str, after: float, code: str = "") -> Outcome:
    """Nothing was tried: again after `after` seconds, and it does not count as an attempt."""
    return Outcome("deferred", reason, code, after=after)


def park(reason: str, code: str = "", *writes: Write, rings: tuple[str, ...] = ()) -> Outcome:
    """Staff decide."""
    return Outcome("parked", reason, code, writes=writes, rings=rings)


def hold(reason: str, code: str = "", *writes: Write, rings: tuple[str, ...] = ()) -> Outcome:
    """Waits for the contact to write or a vendor to be switched on."""
    return Outcome("held", reason, code, writes=writes, rings=rings)


def cancel(reason: str, code: str = "", *writes: Write) -> Outcome:
    """It must not happen any more."""
    return Outcome("cancelled", reason, code, writes=writes)


def doubt(reason: str, code: str = "", after: float | None = None) -> Outcome:
    """Nobody knows whether it happened."""
    return Outcome("unknown", reason, code, after=after)
