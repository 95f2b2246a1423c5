"""Words by which a bill turns out to be that of another home."""

import re
from dataclasses import replace
from datetime import datetime

from flows.commands import Affirm, Command, Correct, Deny, Set, Skip, Unclear
from flows.draft import Draft
from flows.events import MessageReceived
from flows.patterns.bill_values import leave_out

MOST_WORDS = 14

_KIN = (
    r"mom|mum|mother|dad|father|parents|brother|sister|son|daughter|neighbou?r|friend|landlord|tenant|grandma|grandpa"
)
_PARENTESCO = r"madre|padre|mam[aá]|pap[aá]|padres|herman[oa]|hij[oa]|vecin[oa]|amig[oa]|suegr[oa]|abuel[oa]|caser[oa]"
_OTHER_HOME = re.compile(
    r"\b(?:old|other|previous|former|last) (?:house|home|place|apartment|apt|flat)\b"
    r"|\b(?:not|isn'?t|ain'?t) (?:my|our) (?:house|home|place|bill)\b"
    rf"|\b(?:{_KIN})'?s'? (?:house|home|place|apartment|(?:\w+ )?bill)\b|\bbill (?:of|for) my (?:{_KIN})\b"
    r"|\b(?:casa|piso|apartamento) (?:viej[oa]|antigu[oa]|anterior)\b|\bmi (?:antigu[oa]|anterior) (?:casa|piso)\b"
    r"|\bno es (?:mi|nuestr[oa]) (?:casa|piso|factura|recibo)\b|\botra casa\b"
    rf"|\b(?:casa|factura|recibo) de (?:mi|mis) (?:{_PARENTESCO})\b",
    re.IGNORECASE,
)


def hear_other_home(draft: Draft, message: MessageReceived) -> MessageReceived:
    """ "That's my old house", said of a bill that was just told or is being read: it is left out, and the words say
    nothing about this home but the values beside them."""
    if message.media or len(message.text.split()) > MOST_WORDS or not _OTHER_HOME.search(message.text):
        return message
    at = _find_bill(draft)
    if at is None:
        return message
    leave_out(draft, at)
    if draft.files is not None and draft.files.awaited:
        draft.files = None
    draft.understood = True
    draft.say("bill_read.other_home")
    draft.alert("note", f"{draft.name} sent a bill for another home.")
    return replace(message, commands=tuple(each for each in message.commands if _stays(each)))


def _find_bill(draft: Draft) -> datetime | None:
    """When the bill was read that is spoken about: with the last question, or now."""
    if draft.files is not None and draft.files.awaited:
        return draft.files.at
    asked = draft.before.asked
    held = draft.doubts.get((draft.opening or "").removeprefix("confirm:"))
    if held is not None and held.source == "document":
        return held.at
    told = (*draft.slots.values(), *draft.doubts.values())
    return next((each.at for each in told if each.source == "document" and asked and each.at == asked.at), None)


def _stays(command: Command) -> bool:
    if isinstance(command, Set | Correct):
        return command.slot not in ("owner", "renter_path", "alternate_name")
    return not isinstance(command, Affirm | Deny | Skip | Unclear)
