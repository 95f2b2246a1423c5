"""A vendor has news about the project."""

from flows.draft import Draft
from flows.events import VendorEvent


def hear_news(draft: Draft, event: VendorEvent) -> None:
    """Staff are told; the contact is not yet."""
    for each in event.news:
        draft.alert("vendor_news", f"{draft.name}: {each.what}")
