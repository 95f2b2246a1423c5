"""What the words say beside the question that is open: another owner, no devices after all, send it."""

import re
from dataclasses import replace

from flows.commands import Affirm, Command, Correct, Set, Unclear
from flows.draft import Draft
from flows.events import MessageReceived
from flows.reading.bare_names import are_names
from flows.reading.replies import wants_sending
from flows.reading.segments import Message, fold

DOUBTFUL = 0.5
DEVICES, OTHER_CONTACT = "devices", "alternate_name"

_KIN = (
    r"(?:husband|wife|partner|spouse|mom|mum|mother|dad|father|brother|sister|son|daughter|fiancee?|boyfriend|girlfriend"
    r"|marido|mujer|espos[oa]|pareja|madre|padre|mama|papa|herman[oa]|hij[oa]|novi[oa])"
)
_OWNS = (
    r"(?:is |'?s )?(?:also |too )?(?:(?:on|in) the (?:deed|title|papers)|(?:an? )?(?:co-?)?owners?|owns (?:it|half))"
    r"(?: too| also| as well)*|(?:tambien )?(?:esta|sale|figura|es) (?:tambien )?(?:en la escritura|en el titulo"
    r"|duen[oa]|propietari[oa])(?: tambien)?"
)
_CO_OWNER = re.compile(
    rf"\b(?:my|mi) {_KIN},? (?:(?P<before>[a-z]{{2,20}}),? )?(?:{_OWNS})"
    r"(?:\W+(?:(?:his|her) name is |se llama |named )?(?P<after>[a-z]{2,20}))?\W*$"
)
_NONE = re.compile(
    r"\W*(?:(?:no|wait|oh|sorry|hmm|espera|perdon|bueno)\W+)*"
    r"(?:(?:actually|en realidad|mejor|i have|we have|tengo)\W+)+"
    r"(?:none(?: of (?:those|them|these))?|nothing|no devices?|ninguno|ninguna|nada)\W*"
    r"|\W*(?:none(?: of (?:those|them|these))?|nothing|ninguno|ninguna|nada)\W+(?:actually|en realidad)\W*"
)


def hear_afterthought(draft: Draft, message: MessageReceived) -> MessageReceived:
    """The message with the command that its words stand for where they answer another question than the open one."""
    commands = [each for each in message.commands if not isinstance(each, Unclear)]
    if _waits_for_bill(draft) and not any(isinstance(each, Unclear) and each.injection for each in message.commands):
        draft.understood = True
        return replace(message, commands=tuple(commands))
    said = _find_co_owner(draft, message.text)
    if said is not None and not _names(message.commands, OTHER_CONTACT):
        return replace(message, commands=(*commands, said))
    if commands or not message.commands:
        return message
    if draft.opening == "change" and wants_sending(Message(message.text)):
        return replace(message, commands=(Affirm(),))
    if _has_devices(draft) and _NONE.fullmatch(fold(message.text)):
        return replace(message, commands=(Correct(DEVICES, [], message.text, confidence=DOUBTFUL),))
    return message


def _waits_for_bill(draft: Draft) -> bool:
    """Whether a bill is being read and the question that comes after it was not put yet: no words are its answer."""
    asked, files = draft.before.asked, draft.files
    return files is not None and files.awaited and (asked is None or asked.item != draft.opening)


def _names(commands: tuple[Command, ...], slot: str) -> bool:
    return any(isinstance(each, Set | Correct) and each.slot == slot for each in commands)


def _find_co_owner(draft: Draft, text: str) -> Set | None:
    """ "my husband is on the deed too, mark": somebody else to be asked for."""
    match = _CO_OWNER.search(fold(text)) if OTHER_CONTACT in draft.flow.by_name else None
    name = (match.group("after") or match.group("before") or "") if match else ""
    if not name or not are_names([name]) or OTHER_CONTACT in draft.slots:
        return None
    return Set(OTHER_CONTACT, name.title(), name, confidence=DOUBTFUL)


def _has_devices(draft: Draft) -> bool:
    """Whether devices are on file, and a question that "none" is no answer to is open."""
    held = draft.slots.get(DEVICES)
    if draft.opening not in draft.flow.by_name or held is None or not held.value:
        return False
    slot = draft.slot(draft.opening)
    return not draft.follows(slot.name) and (not slot.optional or slot.name == "roof_type")
