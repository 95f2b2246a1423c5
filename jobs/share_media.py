"""Pass a contact's file on to the project's vendors: a bill to each that takes one, a photo where it is kept."""

from typing import Any

from sqlalchemy import select

from bot.sealing import Seal, SealBroken
from db.media import MediaFile
from db.vendor_sync import find_project, list_links
from integrations.errors import VendorError
from integrations.vendor import Document, NotOffered
from jobs.context import Context
from jobs.outcomes import Outcome, done, go_on, hold, park, retry
from jobs.placed_projects import NOT_THERE, find_placed, hold_project, wait_for_turn
from jobs.sync_project import choose_vendors
from jobs.vendor_failure import explain_failure

NOT_SHARED = "A file of the homeowner's is not at the vendor."
FETCH_SECONDS = 30.0  # until it is looked at again
REPEATS = 2  # a file that is there twice costs nothing
ENDINGS = {
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "text/csv": ".csv",
    "text/xml": ".xml",
}


def run(context: Context, row: Any) -> Outcome:
    """One vendor a run; done once each that is on has the file or does not take such files. Payload: `shared` names
    those that are through."""
    takers = list_takers(context, row)
    if not takers:
        return hold("No vendor has the project or gets it by itself.", NOT_THERE)
    with context.engine.connect() as connection:
        media = connection.execute(select(MediaFile.__table__).filter_by(id=row.payload["media_id"])).one_or_none()
    if media is None or media.status in ("refused", "gone"):
        return park("There is no such file any more.", "no_media")
    if media.status != "stored":
        return retry("The file has not been fetched yet.", "not_fetched", FETCH_SECONDS)
    shared = row.payload.get("shared", {})
    left = [name for name in takers if name not in shared]
    if not left:
        return done("", " ".join(filter(None, shared.values())))
    return share(context, row, left[0], media)


def list_takers(context: Context, row: Any) -> list[str]:
    """Vendors that are on and have the project or are to get it by themselves, those that have it first."""
    with context.engine.connect() as connection:
        project = find_project(connection, row.conversation_id, row.payload["project"])
        links = [] if project is None else list_links(connection, project.id)
    there = {link.vendor for link in links if link.external_id}
    wanted = {*there, *choose_vendors(context, {}).wanted}
    return sorted((name for name in context.vendors.list_on() if name in wanted), key=lambda name: name not in there)


def share(context: Context, row: Any, name: str, media: Any) -> Outcome:
    """The file at one vendor."""
    found = find_placed(context, row, name)
    if isinstance(found, Outcome):
        return found
    try:
        document = open_file(context, row, media)
    except SealBroken as reason:
        return park(f"The file cannot be opened: {reason}.", "sealed")
    try:
        with found.about(), hold_project(context, found) as held:
            if held is None:
                return wait_for_turn()
            held.vendor.send_document(held.placed, document, bill=row.payload["purpose"] == "bill")
    except NotOffered as reason:
        return note_shared(row, name, str(reason))
    except VendorError as error:
        return explain_failure(row, error, NOT_SHARED, REPEATS)
    return note_shared(row, name)


def note_shared(row: Any, name: str, reason: str = "") -> Outcome:
    shared = {**row.payload.get("shared", {}), name: reason}
    return go_on(changes={"attempts": 0, "payload": {**row.payload, "shared": shared}})


def open_file(context: Context, row: Any, media: Any) -> Document:
    """The file as a vendor gets it, named by what it shows. SealBroken."""
    kind = (media.content_type or media.declared_type).partition(";")[0].strip()
    name = row.payload.get("label") or row.payload["purpose"]
    return Document(f"{name}{ENDINGS.get(kind, '')}", kind, Seal(context.settings.secret_key).open(media.sealed))
