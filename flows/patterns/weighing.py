"""What a message means beside what is on file and asked: its commands are weighed before they are carried out."""

import re
from dataclasses import replace

from flows.commands import Affirm, Command, Correct, Deny, Set, Skip, Unclear
from flows.draft import Draft
from flows.events import MessageReceived
from flows.markets import bill_range
from flows.patterns.answers import SURE
from flows.patterns.bill_values import FIGURES
from flows.patterns.gaps import leave_open
from flows.patterns.replies import hear_denial
from flows.pending import is_open, split_item

DOUBTFUL = 0.5
BILL, ZIP, EMAIL, OWNER = "monthly_bill", "postal_code", "email", "owner"

MISSPELT = {
    "gmial.com": "gmail.com", "gmal.com": "gmail.com", "gmai.com": "gmail.com", "gamil.com": "gmail.com",
    "gnail.com": "gmail.com", "gmail.con": "gmail.com", "gmail.co": "gmail.com", "gmail.cm": "gmail.com",
    "gmaill.com": "gmail.com", "hotmial.com": "hotmail.com", "hotmal.com": "hotmail.com",
    "hotmai.com": "hotmail.com", "hotmail.con": "hotmail.com", "hotmil.com": "hotmail.com", "yaho.com": "yahoo.com",
    "yahooo.com": "yahoo.com", "yahoo.con": "yahoo.com", "yhoo.com": "yahoo.com", "outlok.com": "outlook.com",
    "outloo.com": "outlook.com", "outlook.con": "outlook.com", "iclod.com": "icloud.com", "icloud.con": "icloud.com",
}  # fmt: skip
"""Slips in the domains that most addresses have; the owners of these names are seldom the contact."""

_FIVE_DIGITS = re.compile(r"\W*(?:zip\W*)?\d{5}\W*", re.IGNORECASE)
_PREPAID = re.compile(r"\b(?:tokens?|prepaid|pre-paid|units?|vouchers?|recharges?|top-?ups?|prepago)\b", re.IGNORECASE)
_PERIOD = re.compile(
    r"\b(?:months?|monthly|mo|mth|pm|p/m|a week|weekly|per week|every|each|mes|mensual\w*|al mes|year|yearly|twice)\b"
    r"|/ ?m\b",
    re.IGNORECASE,
)
_FAMILY = re.compile(
    r"\b(?:parents?|mom|mum|mother|dad|father|folks|in-?laws|brother|sister|son|daughter|grand(?:ma|pa|mother|father"
    r"|parents)|wife|husband|spouse|padres|madre|padre|mam[aá]|pap[aá]|hij[oa]|herman[oa]|suegr[oa]s?|abuel[oa]s?"
    r"|espos[oa]|marido|mujer)\b",
    re.IGNORECASE,
)
_RENTS = re.compile(
    r"\b(?:rent\w*|landlord|leas\w+|tenant|lodger|alquil\w+|renta|inquilin\w+|casero|arrend\w+)\b", re.IGNORECASE
)
_USES_BILL = re.compile(
    r"\b(?:use|take|trust|go (?:by|with)|follow) (?:the|what the) (?:bill|pdf|statement|invoice|photo)\b"
    r"|\b(?:the|my) bill is (?:right|correct)\b|\b(?:usa|toma|coge|vale) (?:lo de )?(?:la|el) (?:factura|recibo)\b",
    re.IGNORECASE,
)

_REFUSES = re.compile(
    r"\b(?:(?:wo|do)n'?t (?:want to |wanna |feel like |like to )?|not (?:going to |gonna |comfortable )?"
    r"|rather not |refuse to |no )(?:be )?(?:giv\w+|tell\w*|shar\w+|say\w*|send\w*|provid\w+)\b"
    r"|\bnone of your business\b|\bno (?:te |le |les |os )?(?:voy a|quiero|pienso) (?:dar|decir|compartir|mandar)\w*"
    r"|\bno (?:te |le )?(?:doy|digo)\b",
    re.IGNORECASE,
)


def weigh_message(draft: Draft, message: MessageReceived) -> MessageReceived:
    """The message with the commands that its words, taken with what is open, stand for."""
    message = hear_denial(draft, message)
    about_bill = _asks_about_bill(draft) and not _names_figure(message)
    if about_bill and _USES_BILL.search(message.text):
        return replace(message, commands=(Affirm(),))
    if _refuses_answer(draft, message):
        return replace(message, commands=_take_refusal(draft))
    weighed = [_weigh(draft, message, each) for each in message.commands]
    return replace(message, commands=tuple(sorted(weighed, key=_is_doubtful)))


def _is_doubtful(command: Command) -> bool:
    """What is asked back about comes last: a sure value of the same row would settle the question."""
    return isinstance(command, Set | Correct) and command.confidence < SURE


def _weigh(draft: Draft, message: MessageReceived, command: Command) -> Command:
    if not isinstance(command, Set | Correct) or command.source not in ("rule", "model"):
        return command
    if command.slot == BILL:
        return _weigh_bill(draft, message, command)
    if command.slot == EMAIL:
        return _weigh_email(draft, command)
    is_family = _FAMILY.search(message.text) and not _RENTS.search(message.text)
    if command.slot == OWNER and command.value is False and is_family and "family:owner" not in draft.attempts:
        return replace(command, value=None)
    return command


def _weigh_bill(draft: Draft, message: MessageReceived, command: Set | Correct) -> Command:
    """Five digits alone may be the missing ZIP; an amount that hardly any home pays, or that no period was said of, is
    confirmed before it is noted."""
    value = command.value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return command
    if _FIVE_DIGITS.fullmatch(message.text) and _lacks_zip(draft):
        return Set(ZIP, re.sub(r"\D", "", message.text), command.raw, command.source)
    said = (each.value for each in message.commands if isinstance(each, Set | Correct) and each.slot == "currency")
    lowest, highest = bill_range(str(next(said, draft.voice.currency)))
    bought = bool(_PREPAID.search(message.text)) and not _PERIOD.search(message.text)
    if lowest <= value <= highest and not bought:
        return command
    return replace(command, confidence=min(command.confidence, DOUBTFUL))


def _lacks_zip(draft: Draft) -> bool:
    if draft.market != "US" or ZIP not in draft.flow.by_name or not draft.slots.keys() & {"street", "city"}:
        return False
    return is_open(draft.slot(ZIP), draft.slots, draft.market)


def _weigh_email(draft: Draft, command: Set | Correct) -> Command:
    """A well-known domain misspelt: the right one is offered; who types the same again means it."""
    name, at, domain = str(command.value).rpartition("@")
    meant = MISSPELT.get(domain.casefold())
    doubted = draft.doubts.get(EMAIL)
    if not at or meant is None or (doubted is not None and doubted.raw == command.raw):
        return command
    return replace(command, value=f"{name}@{meant}", confidence=min(command.confidence, DOUBTFUL))


def _asks_about_bill(draft: Draft) -> bool:
    """Whether what a bill says waits for a yes: whose bill it is, and whether to go by it, answers that."""
    sort, name = split_item(draft.opening or "change")
    return sort == "confirm" and name in draft.doubts and draft.doubts[name].source == "document"


def _names_figure(message: MessageReceived) -> bool:
    return any(isinstance(each, Set | Correct) and each.slot in FIGURES for each in message.commands)


def _refuses_answer(draft: Draft, message: MessageReceived) -> bool:
    """ "I won't give you my address" leaves the question out, or is told what it is for."""
    commands = message.commands
    if not commands or not all(isinstance(each, Deny | Unclear) for each in commands) or draft.opening is None:
        return False
    is_trick = any(isinstance(each, Unclear) and each.injection for each in commands)
    is_question = draft.opening in draft.flow.by_name and not draft.asks_consent(draft.opening)
    return is_question and not is_trick and bool(_REFUSES.search(message.text))


def _take_refusal(draft: Draft) -> tuple[Command, ...]:
    """Nobody is pressed for a street: what it is for is said once, and the town has to do for now."""
    slot = draft.slot(draft.opening or "")
    if slot.kind != "street":
        return (Skip(),)
    draft.understood = True
    draft.say(f"{slot.name}.why")
    leave_open(draft, slot, quietly=True)
    return ()
