"""How much is still under way, by the product's own metrics."""

from prometheus_client.parser import text_string_to_metric_families

WAITING = {
    "heliograph_inbox": ("ready",),
    "heliograph_outbox": ("ready", "sending", "unknown"),
    "heliograph_vendor_events": ("received", "processing"),
}
"""The status of rows that the product will still do something about by itself."""


def count_moving(metrics: str) -> int:
    """Rows that will move by themselves, and reads of projects that are due; planned reminders are none."""
    moving = 0.0
    for family in text_string_to_metric_families(metrics):
        for sample in family.samples:
            waits = (
                sample.labels.get("status") in WAITING.get(family.name, ()) and sample.labels.get("kind") != "remind"
            )
            if waits or family.name == "heliograph_vendor_reads":
                moving += sample.value
    return int(moving)
