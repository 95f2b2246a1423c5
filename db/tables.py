"""Every table, so that migrations see them all."""

from db import (
    api_keys,
    contacts,
    contents,
    conversations,
    forgotten_messages,
    inbox,
    incentives,
    media,
    model_calls,
    outbox,
    projects,
    schedule,
    shared_files,
    vendor_calls,
    vendor_events,
    vendor_projects,
)
from db.types import Table

__all__ = [
    "Table",
    "api_keys",
    "contacts",
    "contents",
    "conversations",
    "forgotten_messages",
    "inbox",
    "incentives",
    "media",
    "model_calls",
    "outbox",
    "projects",
    "schedule",
    "shared_files",
    "vendor_calls",
    "vendor_events",
    "vendor_projects",
]

metadata = Table.metadata
