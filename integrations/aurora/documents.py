"""Utility bills on their way to Aurora, which reads the consumption from them."""

from urllib.parse import quote

from integrations.aurora.wire import Wire
from integrations.vendor import Document, NotOffered

BILLS = "utility_bills"  # unverified
CONTENT_TYPES = ("application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp")


def send_bill(wire: Wire, project_id: str, document: Document) -> None:
    """Raw bytes, the name in a header. The bill that Aurora reads last counts, so one at a time for a project.
    NotOffered for a kind of file that Aurora does not read."""
    kind = document.content_type.partition(";")[0].strip().lower()
    if kind not in CONTENT_TYPES:
        raise NotOffered(f"Aurora reads bills as PDF, JPG, PNG, GIF or WEBP; this is {kind or 'of no known kind'}.")
    headers = {"Content-Type": kind, "Content-Disposition": describe_name(document.name)}
    wire.upload("projects", project_id, BILLS, content=document.content, headers=headers)


def describe_name(name: str) -> str:
    """A Content-Disposition that holds any name: in ASCII for old readers, and in full."""
    name = "".join(sign for sign in name.strip() if sign.isprintable())[:150] or "bill"
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    plain = plain.replace("\\", "_").replace('"', "_").replace("/", "_")
    encoded = "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{plain}"{encoded}'
