"""Webhooks of the solar vendors: sent now or later, with faults, copies, disorder, retries and ledger lines."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from tools.sandbox.courier import Attempt, send_request
from tools.sandbox.faults import VENDOR_WEBHOOK_KINDS, Fault
from tools.sandbox.world import World

FORGED = "not-the-secret"
COPIES_MAX = 50


class MannerInvalid(ValueError):
    """A lever's wish for its webhooks makes no sense; the text says why."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a lever wants its webhooks: not at all, in copies, late, shuffled, forged, or in the documents' dialect."""

    webhooks: bool = True
    copies: int = 1
    delay: float = 0.0
    shuffled: bool = False
    forged: bool = False
    documents: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """One webhook to one address; `secrets` names the headers that a forger gets wrong, `facts` go to the ledger.

    Parcels of one `lane` leave in their order. `delays`: seconds before each retry. `on_attempt` hears of each try.
    """

    vendor: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    lane: str
    timeout: float
    delays: tuple[float, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    forged: bool = False
    on_attempt: Callable[[int, Attempt | None, bool], None] | None = None

    def forge(self) -> Parcel:
        wrong = {name: FORGED if name in self.secrets else value for name, value in self.headers.items()}
        return replace(self, headers=wrong, forged=True, delays=())


def read_manner(wish: dict[str, Any]) -> Manner:
    """`webhooks`, `copies`, `delay`, `order`, `forged`, `dialect` out of a lever's JSON."""
    try:
        manner = Manner(
            webhooks=bool(wish.get("webhooks", True)),
            copies=int(wish.get("copies", 1)),
            delay=float(wish.get("delay", 0)),
            shuffled=wish.get("order") == "shuffled",
            forged=bool(wish.get("forged")),
            documents=wish.get("dialect") == "documents",
        )
    except (TypeError, ValueError) as error:
        raise MannerInvalid(f"copies and delay are numbers: {error}") from error
    if not 1 <= manner.copies <= COPIES_MAX or manner.delay < 0:
        raise MannerInvalid(f"copies lies in 1…{COPIES_MAX}; delay is not negative")
    if wish.get("order", "shuffled") != "shuffled" or wish.get("dialect", "documents") != "documents":
        raise MannerInvalid('order can be "shuffled", dialect can be "documents"')
    return manner


def dispatch(world: World, parcels: list[Parcel], manner: Manner) -> int:
    """Schedule all of `parcels` as `manner` wants; how many webhooks that makes. Copies go out side by side."""
    if not manner.webhooks:
        return 0
    ready = [parcel.forge() for parcel in parcels] if manner.forged else list(parcels)
    if manner.shuffled:
        ready = _disorder(ready, world.options.seed)
    for copy in range(manner.copies):
        for parcel in ready:
            lane = f"{parcel.lane}#{copy}" if copy else parcel.lane
            world.lane(lane).schedule(partial(_begin, world, parcel), manner.delay)
    return len(ready) * manner.copies


def _disorder(parcels: list[Parcel], seed: int | None) -> list[Parcel]:
    """Any order but the given one, where there is another."""
    mixed = list(parcels)
    # Chance for tests; nothing secret hangs on it.
    random.Random(seed).shuffle(mixed)  # nosec B311
    return mixed if mixed != parcels else mixed[::-1]


def _begin(world: World, parcel: Parcel) -> None:
    endpoint = f"{parcel.vendor}.webhook"
    fault = world.faults.take(endpoint, VENDOR_WEBHOOK_KINDS, f"{parcel.url} {parcel.body.decode('utf-8', 'replace')}")
    if fault is None:
        _try(world, parcel, 1)
        return
    world.ledger.write("fault_fired", fault=fault.kind, endpoint=endpoint, **parcel.facts)
    _suffer(world, parcel, fault)


def _suffer(world: World, parcel: Parcel, fault: Fault) -> None:
    if fault.kind == "lost":
        if parcel.on_attempt:
            parcel.on_attempt(1, None, False)
    elif fault.kind == "duplicate":
        world.lane(parcel.lane + "#again").schedule(partial(_try, world, parcel, 1))
        _try(world, parcel, 1)
    elif fault.kind == "forged":
        _try(world, parcel.forge(), 1)
    else:
        world.lane(parcel.lane + "#later").schedule(partial(_try, world, parcel, 1), fault.seconds)


def _try(world: World, parcel: Parcel, number: int) -> None:
    attempt = send_request(
        parcel.method, parcel.url, parcel.body, parcel.headers, number=number, timeout=parcel.timeout
    )
    taken = attempt.status is not None and 200 <= attempt.status < 300
    again = not taken and number <= len(parcel.delays) and not world.stopping.is_set()
    world.ledger.write(
        "vendor_webhook_attempted",
        vendor=parcel.vendor,
        url=parcel.url,
        attempt=number,
        http_status=attempt.status,
        failure=attempt.failure,
        seconds=round(attempt.seconds, 4),
        acknowledged=taken,
        forged=parcel.forged,
        **parcel.facts,
    )
    if parcel.on_attempt:
        parcel.on_attempt(number, attempt, again)
    if again:
        world.lane(parcel.lane).schedule(partial(_try, world, parcel, number + 1), parcel.delays[number - 1])
