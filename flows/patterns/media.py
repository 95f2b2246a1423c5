"""Files that come with a message: always fetched and kept, and the bill when the bill is what is open."""

import re
from dataclasses import replace

from flows.assessment import PHOTOS
from flows.draft import Draft
from flows.effects import FetchMedia, ShareMedia
from flows.events import Media, MessageReceived
from flows.patterns.bill_values import BILL, INSTEAD
from flows.patterns.documents import begin_reading, can_read, is_wanted
from flows.patterns.voice import heed_voice
from flows.state import SlotValue

ROOF = "roof_type"

_NAMES_OTHER = re.compile(
    r"\b(?:roof|meter|panels?|house|plans?|board|yard|tejado|techo|azotea|contador|cuadro|placas|casa|planos)\b",
    re.IGNORECASE,
)
_NAMES_BILL = re.compile(r"\b(?:bill|statement|invoice|factura|recibo)s?\b", re.IGNORECASE)


def fetch_media(draft: Draft, message: MessageReceived) -> None:
    """Have every file fetched, whoever owns the conversation."""
    for media in message.media:
        draft.do(FetchMedia(media.media_id))


def keep_media(draft: Draft, message: MessageReceived) -> None:
    """Acknowledge files honestly: a bill is being read where somebody reads, the others are kept for a colleague;
    where no bill is read no file is kept, and nothing is said of keeping."""
    if not message.media:
        return
    draft.understood = True
    recordings = tuple(media for media in message.media if media.content_type.startswith("audio/"))
    files = tuple(media for media in message.media if media not in recordings)
    if recordings:
        heed_voice(draft, recordings)
    if files:
        _keep_files(draft, replace(message, media=files))


def _keep_files(draft: Draft, message: MessageReceived) -> None:
    if draft.opening in PHOTOS and _are_photos(message):
        _keep_photos(draft, message, draft.opening)
    elif _shows_roof(draft, message) and not _NAMES_BILL.search(message.text):
        _pass_roof(draft)
    elif can_read(draft, message.media) and _may_be_bill(draft, message):
        asked = _waits_for_bill(draft) or bool(_NAMES_BILL.search(message.text))
        if asked:
            _keep_bill(draft, message)
        begin_reading(draft, message.media, asked)
    elif BILL in draft.flow.by_name and _waits_for_bill(draft):
        _keep_bill(draft, message)
        draft.say("media.bill" if "bills" in message.senses else "unkept.bill")
        if draft.phase == "submitted":
            _share(draft, message.media, "bill")
    else:
        draft.say("media.kept" if "bills" in message.senses else "unkept.file")
        if draft.phase == "submitted":
            draft.alert("note", f"{draft.name} sent a file.")
            _share(draft, message.media, "photo")


def _share(draft: Draft, files: tuple[Media, ...], purpose: str, label: str = "") -> None:
    """Photos and documents of a sent project go to its vendors too; sounds and films do not."""
    for media in files:
        if media.content_type.startswith("image/") or media.content_type == "application/pdf":
            draft.do(ShareMedia(draft.project, media.media_id, purpose, label))


def share_bill(draft: Draft) -> None:
    """The files of a bill that were sent before the project was."""
    held = draft.slots.get(BILL)
    for media_id in held.value["media_ids"] if held and isinstance(held.value, dict) else ():
        draft.do(ShareMedia(draft.project, media_id, "bill"))


def _are_photos(message: MessageReceived) -> bool:
    return all(media.content_type.startswith("image/") for media in message.media)


def _keep_photos(draft: Draft, message: MessageReceived, name: str) -> None:
    """The photo of the spot that was asked for by name."""
    ids = [media.media_id for media in message.media]
    draft.slots[name] = SlotValue({"media_ids": ids}, "", "rule", 1.0, True, draft.message_id, draft.now)
    draft.touched.add(name)
    draft.added.append(name)
    draft.vary("photo.kept")
    _share(draft, message.media, "photo", name.removesuffix("_photo"))


def _shows_roof(draft: Draft, message: MessageReceived) -> bool:
    """Photos in answer to the roof's question, unless a photo of the bill is still to come."""
    bill = draft.slots.get(BILL)
    asked = ROOF in draft.flow.by_name and draft.opening in (ROOF, f"review:{ROOF}")
    return asked and _are_photos(message) and not (bill and bill.value == "promised")


def _pass_roof(draft: Draft) -> None:
    """A photo in answer to the roof's question is one of the roof: a colleague looks at it, and the flow goes on."""
    draft.settle(f"review:{ROOF}")
    if ROOF not in draft.slots and ROOF not in draft.skipped:
        draft.skipped.append(ROOF)
    draft.say("media.roof")


def _waits_for_bill(draft: Draft) -> bool:
    asking = draft.flow.by_name[BILL].comes_with
    return BILL in draft.slots or draft.opening in (asking, f"review:{asking}", INSTEAD)


def _may_be_bill(draft: Draft, message: MessageReceived) -> bool:
    """Whether the file was sent as the bill, or comes unasked, may be one and would be of use."""
    if _NAMES_BILL.search(message.text):
        return True
    if draft.opening in PHOTOS or _NAMES_OTHER.search(message.text):
        return False
    return _waits_for_bill(draft) or is_wanted(draft) or draft.phase == "open"  # what was said may be put right by it


def _keep_bill(draft: Draft, message: MessageReceived) -> None:
    held = draft.slots.get(BILL)
    known = held.value["media_ids"] if held and isinstance(held.value, dict) else []
    ids = [*known, *(media.media_id for media in message.media if media.media_id not in known)]
    draft.slots[BILL] = SlotValue({"media_ids": ids}, "", "rule", 1.0, True, draft.message_id, draft.now)
    draft.settle("review:" + draft.flow.by_name[BILL].comes_with)
    draft.settle(INSTEAD)
    draft.attempts.pop(draft.flow.by_name[BILL].comes_with, None)
    draft.touched.add(BILL)
