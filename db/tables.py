"""Every table, so that migrations see them all."""

from db import contacts, contents, conversations, inbox, media, outbox, projects, schedule
from db.types import Table

__all__ = ["Table", "contacts", "contents", "conversations", "inbox", "media", "outbox", "projects", "schedule"]

metadata = Table.metadata
