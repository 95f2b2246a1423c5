"""From a webhook to the reply at Twilio, everything on this machine: how long, and how many a second."""

from tools.bench.ground import Ground
from tools.bench.stack import Stack, run_stack
from tools.bench.table import Result
from tools.bench.traffic import Outcome, gather_crowd, send_crowd

CALM_RATE = 20
CALM_TARGETS = (0.060, 0.300)  # p50, p95
LEAST_RATE = 40
RATES = (40, 50, 60, 70, 80)
SLOWEST = 2.0  # p95 of a rate that counts as held


class Numbers:
    """Homeowners' numbers, never given twice."""

    def __init__(self) -> None:
        self.next = 0

    def reserve(self, count: int) -> int:
        first, self.next = self.next, self.next + count
        return first


def measure_traffic(ground: Ground, quick: bool) -> list[Result]:
    """Latency at a calm rate, then rates step by step until one is not held."""
    seconds = 10 if quick else 60
    numbers = Numbers()
    with run_stack(ground) as stack:
        write(stack, numbers, 10, 5 if quick else 15)  # menus are made, connections opened
        calm = write(stack, numbers, CALM_RATE, seconds)
        steps = climb(stack, numbers, (40,) if quick else RATES, seconds)
    return [*show_calm(calm, seconds), show_rate(steps, seconds)]


def write(stack: Stack, numbers: Numbers, per_second: int, seconds: float) -> Outcome:
    crowd = gather_crowd(numbers.reserve(round(per_second * seconds)), per_second, seconds)
    return send_crowd(stack, crowd, per_second)


def climb(stack: Stack, numbers: Numbers, rates: tuple[int, ...], seconds: float) -> dict[int, Outcome]:
    steps: dict[int, Outcome] = {}
    for rate in rates:
        steps[rate] = write(stack, numbers, rate, seconds)
        if not is_held(steps[rate]):
            break
    return steps


def is_held(outcome: Outcome) -> bool:
    return outcome.is_complete and outcome.written_share(0.95) <= SLOWEST


def show_calm(outcome: Outcome, seconds: float) -> list[Result]:
    note = f"{outcome.sent} messages in {seconds} s, {describe_loss(outcome)}; {outcome.shares}"
    found = [outcome.received_share(share) for share in (0.5, 0.95)]
    return [
        Result(
            f"webhook to reply at {CALM_RATE}/s, {name}", f"{value * 1000:.0f} ms", f"≤ {target * 1000:.0f} ms",
            value <= target and outcome.is_complete, note,
        )
        for name, value, target in zip(("p50", "p95"), found, CALM_TARGETS, strict=True)
    ]  # fmt: skip


def show_rate(steps: dict[int, Outcome], seconds: float) -> Result:
    held = max((rate for rate, outcome in steps.items() if is_held(outcome)), default=0)
    notes = [
        f"{rate}/s: p50 {outcome.written_share(0.5) * 1000:.0f} ms, p95 {outcome.written_share(0.95) * 1000:.0f} ms, "
        f"{describe_loss(outcome)}; {outcome.shares}"
        for rate, outcome in steps.items()
    ]
    target = f"≥ {LEAST_RATE}/s, aim {RATES[-1]}/s"
    return Result(f"highest rate held for {seconds} s", f"{held}/s", target, held >= LEAST_RATE, "; ".join(notes))


def describe_loss(outcome: Outcome) -> str:
    if outcome.is_complete:
        return "nothing lost"
    return f"{outcome.missing} replies missing, {outcome.surplus} too many, {outcome.refused} refused"
