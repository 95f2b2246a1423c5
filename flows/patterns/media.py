"""Files that come with a message: always fetched and kept, and the bill when the bill is what is open."""

from flows.draft import Draft
from flows.effects import FetchMedia
from flows.events import MessageReceived
from flows.state import SlotValue

BILL = "bill_document"
ROOF = "roof_type"


def fetch_media(draft: Draft, message: MessageReceived) -> None:
    """Have every file fetched, whoever owns the conversation."""
    for media in message.media:
        draft.do(FetchMedia(media.media_id))


def keep_media(draft: Draft, message: MessageReceived) -> None:
    """Acknowledge files honestly: kept safely, read by a colleague."""
    if not message.media:
        return
    draft.understood = True
    if _shows_roof(draft, message):
        _pass_roof(draft)
    elif BILL in draft.flow.by_name and _waits_for_bill(draft):
        _keep_bill(draft, message)
        draft.say("media.bill")
    else:
        draft.say("media.kept")
        if draft.phase == "submitted":
            draft.alert("note", f"{draft.name} sent a file.")


def _shows_roof(draft: Draft, message: MessageReceived) -> bool:
    """Photos in answer to the roof's question, unless a photo of the bill is still to come."""
    bill = draft.slots.get(BILL)
    asked = ROOF in draft.flow.by_name and draft.opening in (ROOF, f"review:{ROOF}")
    photos = all(media.content_type.startswith("image/") for media in message.media)
    return asked and photos and not (bill and bill.value == "promised")


def _pass_roof(draft: Draft) -> None:
    """A photo in answer to the roof's question is one of the roof: a colleague looks at it, and the flow goes on."""
    draft.settle(f"review:{ROOF}")
    if ROOF not in draft.slots and ROOF not in draft.skipped:
        draft.skipped.append(ROOF)
    draft.say("media.roof")


def _waits_for_bill(draft: Draft) -> bool:
    asking = draft.flow.by_name[BILL].comes_with
    return BILL in draft.slots or draft.opening in (asking, f"review:{asking}")


def _keep_bill(draft: Draft, message: MessageReceived) -> None:
    held = draft.slots.get(BILL)
    known = held.value["media_ids"] if held and isinstance(held.value, dict) else []
    ids = [*known, *(media.media_id for media in message.media if media.media_id not in known)]
    draft.slots[BILL] = SlotValue({"media_ids": ids}, "", "rule", 1.0, True, draft.message_id, draft.now)
    draft.settle("review:" + draft.flow.by_name[BILL].comes_with)
    draft.attempts.pop(draft.flow.by_name[BILL].comes_with, None)
    draft.touched.add(BILL)
