"""Files that come with a message: always fetched and kept, and the bill when the bill is what is open."""

from flows.draft import Draft
from flows.effects import FetchMedia
from flows.events import MessageReceived
from flows.state import SlotValue

BILL = "bill_document"


def fetch_media(draft: Draft, message: MessageReceived) -> None:
    """Have every file fetched, whoever owns the conversation."""
    for media in message.media:
        draft.do(FetchMedia(media.media_id))


def keep_media(draft: Draft, message: MessageReceived) -> None:
    """Acknowledge files honestly: kept safely, read by a colleague."""
    if not message.media:
        return
    draft.understood = True
    if BILL in draft.flow.by_name and _waits_for_bill(draft):
        _keep_bill(draft, message)
        draft.say("media.bill")
    else:
        draft.say("media.kept")
        if draft.phase == "submitted":
            draft.alert("note", f"{draft.name} sent a file.")


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
