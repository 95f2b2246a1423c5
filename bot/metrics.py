"""Numbers for Prometheus, read from the database when asked, so that every process gives the same."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from bot.readiness import Readiness
from db.backlog import Backlog, count_open, read_backlog

__all__ = ["CONTENT_TYPE", "render_metrics"]

LABELS = {
    "inbox": ("Events that wait or are parked", ["status"]),
    "outbox": ("Effects that are not settled", ["kind", "status"]),
    "conversations": ("Conversations by who owns the replies", ["control"]),
    "projects": ("Projects by status", ["status"]),
    "vendor_events": ("Webhooks of vendors that wait or failed", ["vendor", "status"]),
    "vendor_reads": ("Projects that are due to be read at their vendor", ["vendor"]),
    "vendor_projects": ("Projects at vendors by how the sync stands", ["vendor", "status"]),
}
TOTALS = {"events": "Events received since the beginning", "effects": "Effects asked for since the beginning"}


class Numbers(Collector):
    """What one look at the database and Redis shows."""

    def __init__(self, readiness: Readiness) -> None:
        self.readiness = readiness

    def collect(self) -> Iterator[Metric]:
        yield _gauge("redis_up", "Whether Redis answers", self.readiness.reaches_redis())
        try:
            with self.readiness.engine.connect() as connection:
                counts, backlog = count_open(connection), read_backlog(connection)
        except SQLAlchemyError:
            yield _gauge("database_up", "Whether the database answers", False)
            return
        yield _gauge("database_up", "Whether the database answers", True)
        yield from _show_counts(counts)
        yield from _show_ages(backlog)


def render_metrics(readiness: Readiness) -> bytes:
    """The text that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(Numbers(readiness))
    return generate_latest(registry)


def _show_counts(counts: dict[str, list[tuple[tuple[str, ...], int]]]) -> Iterator[Metric]:
    for name, (about, labels) in LABELS.items():
        gauge = GaugeMetricFamily(f"heliograph_{name}", about, labels=labels)
        for values, count in counts[name]:
            gauge.add_metric(list(values), count)
        yield gauge
    for name, about in TOTALS.items():
        yield CounterMetricFamily(f"heliograph_{name}", about, value=counts[name][0][1])


def _show_ages(backlog: Backlog) -> Iterator[Metric]:
    yield _gauge("inbox_age_seconds", "How long the oldest event has waited for its turn", backlog.inbox_age)
    yield _gauge("outbox_age_seconds", "How long the oldest due effect has waited", backlog.outbox_age)
    yield _gauge("vendor_event_age_seconds", "How long the oldest webhook of a vendor has waited", backlog.webhook_age)
    yield _gauge("vendor_read_age_seconds", "How long the oldest due read of a project has waited", backlog.read_age)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(f"heliograph_{name}", about, value=float(value))
