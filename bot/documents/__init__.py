"""Files that people send become bills, in a process of its own that may fail without harm."""

from bot.documents.ask import DocumentFile, read_files
from bot.documents.limits import LIMITS, Limits

__all__ = ["LIMITS", "DocumentFile", "Limits", "read_files"]
