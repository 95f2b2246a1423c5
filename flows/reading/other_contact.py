"""The other contact: who else can be reached, and on which number."""

import re

import phonenumbers

from flows.reading.bare_names import are_names
from flows.reading.control import find_late_steering
from flows.reading.courtesies import is_courtesy, is_remark
from flows.reading.people import title_name
from flows.reading.replies import read_yes_no
from flows.reading.segments import Message
from flows.reading.spelling import is_one_edit
from flows.reading.words import NOT_NAMES

_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d ().-]{6,18}\d(?!\w)")
_LOCAL_PHONE = re.compile(r"(?<![\d-])\d{3}[- ]\d{4}(?![\d-])")
_COUNTRY_PHONE = {"PR": "US"}
_RELATION = re.compile(
    r"\b(?:wife|husband|partner|spouse|son|daughter|mom|mum|mother|dad|father|brother|sister|roommate"
    r"|girlfriend|boyfriend|fiancee?|assistant"
    r"|neighbou?r|landlord|owner|esposa|esposo|marido|mujer|hijo|hija|hermano|hermana|pareja|mama|papa"
    r"|madre|padre|novi[oa]|vrou|man|seun"
    r"|dogter|ma|pa|mudzimai|murume|amai|baba|mukadzi|contact|contacto|caretaker|gardener"
    r"|tenant)(?:'?s)?(?: (?:is|name is|se llama|called|es|named"
    r"|se naam is))?,?:? (?P<name>[a-z]{2,20}(?: (?!handles|does|is|at|on|will|can|takes|deals|and|her|his"
    r"|number|phone|maneja|en|al|cell|se|who|has)[a-z]{2,20}){0,2})"
)
_NAMED = re.compile(
    r"(?:\b(?:(?:you can |please )?(?:also |too )(?:reach|call|text|contact)|(?:you can )?(?:reach|call|text|contact)"
    r"|(?:tambien )?(?:puede[ns]? )?llam(?:ar|e|en) a|(?:otro|segundo|other|second|another|alternate"
    r"|backup) contact[oa]?"
    r"(?: is| es|:)*|(?:ask|speak) (?:for|to))\W+|^\W*(?:(?:yes|sure|si|ok|and|also|y)\W+)?)"
    r"(?P<name>[a-z]{2,20}(?: [a-z'-]{2,20}){0,2}?)[\s,:-]*"
    r"(?:(?:at|on|al|en|in|number|numero|cell|phone|tel|telefono|celular|his|her|their|is|es|el|the)[\s.,:]+)*$"
)


def _read_named(message: Message, country: str) -> bool:
    """ "you can also reach Tom Baker at 555-9394": a name right before a number, which nobody asked for."""
    phone = find_phone(message, country)
    local = _LOCAL_PHONE.search(message.free) if phone is None and country in ("US", "PR") else None
    phone = (local.group(), *local.span()) if local else phone
    named = _NAMED.search(message.free, 0, phone[1]) if phone else None
    if phone is None or named is None or not are_names(named.group("name").split()):
        return False
    start, end = named.span("name")
    message.add("alternate_name", title_name(message.raw[start:end]), start, end, 0.8)
    message.add("alternate_phone", *phone, 0.9)
    message.take(named.start(), phone[1])
    return True


def find_phone(message: Message, country: str) -> tuple[str, int, int] | None:
    """The first valid phone number in what nobody took: E.164 and its span."""
    for match in _PHONE.finditer(message.free):
        try:
            number = phonenumbers.parse(match.group(), _COUNTRY_PHONE.get(country, country))
        except phonenumbers.NumberParseException:
            continue
        digits = sum(c.isdigit() for c in match.group())
        if phonenumbers.is_possible_number(number) and digits >= 9:
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), match.start(), match.end()
    return None


def read_alternate(message: Message, asked: str | None, country: str) -> None:
    """Set `alternate_name` and `alternate_phone` when asked for another contact or when the words speak of one."""
    wanted = asked in ("alternate_contact", "alternate_name", "alternate_phone")
    relation = _RELATION.search(message.free) if not wanted or "@" not in message.free else None
    phone = find_phone(message, country) if wanted or relation else None
    local = _LOCAL_PHONE.search(message.free) if wanted and phone is None and country in ("US", "PR") else None
    phone = (local.group(), *local.span()) if local else phone
    if not wanted and not relation and _read_named(message, country):
        return
    if phone:
        message.add("alternate_phone", *phone, 0.95)
    elif not wanted:
        return
    if relation and not _NO_PERSON.intersection(relation.group("name").split()[:1]):
        start, end = relation.span("name")
        message.add("alternate_name", title_name(message.raw[start:end]), start, end, 0.85)
        message.take(relation.start(), relation.end())
    elif wanted and asked != "alternate_phone":
        _read_other_name(message)


_PIECE = re.compile(
    r"(?:^|(?<=[\x00,;:\n.]))[\s\W]*(?:(?:his|her|their|the|su|name|nombre|it'?s|its|is|es|call|and|y|or|con|to|also"
    r"|please"
    r"|cell|phone|number|numero|at|se llama|called)\s+){0,4}"
    r"(?P<name>[^\W\d_][^\W\d_'-]+(?: [^\W\d_][^\W\d_'-]+){0,2})[\s\W]*(?=$|[\x00,;:\n.])"
)


_NO_PERSON = NOT_NAMES | frozenset(
    [
        "says",
        "said",
        "thinks",
        "dice",
        "cree",
        "wants",
        "told",
        "pays",
        "agrees",
        "agreed",
        "agree",
        "acepta",
        "quiere",
        "knows",
        "told",
        "handled",
        "dijo",
        "paga",
        "se",
        "owns",
    ]
)
_REFUSALS = ("nope", "none", "skip", "nobody", "saltar", "ninguno", "number", "numero")


def _is_refusal(name: str) -> bool:
    """ "noppe", "AZ": what stands for no, mistyped, or is too short for a name."""
    return len(name) < 3 or any(name == word or is_one_edit(name, word) for word in _REFUSALS)


def _read_other_name(message: Message) -> None:
    """A name that fills its stretch of an answer to who else can be reached; a sentence or a refusal is none."""
    if "?" in message.plain or read_yes_no(message) is not None or find_late_steering(message):
        return
    if is_remark(message.plain) or is_courtesy(message.plain):
        return
    for piece in _PIECE.finditer(message.free):
        if _is_refusal(piece.group("name")):
            continue
        if are_names(piece.group("name").split()):
            start, end = piece.span("name")
            message.add("alternate_name", title_name(message.raw[start:end]), start, end, 0.75)
            return
