"""Names, e-mail addresses and phone numbers."""

import re

import phonenumbers

from flows.reading.bare_names import NEVER, PARTICLES, are_names, find_bare_name
from flows.reading.control import find_late_steering
from flows.reading.places import name_city
from flows.reading.replies import read_yes_no
from flows.reading.segments import Message, fold
from flows.reading.utilities import is_alias
from flows.reading.words import NOT_NAMES

_EMAIL = re.compile(r"[a-z0-9](?:[a-z0-9._%+-]{0,63})@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}\b")
_SPOKEN = re.compile(
    r"(?<![\w.])(?P<user>[a-z0-9][a-z0-9_+-]{0,40}(?:(?: ?\. ?| (?:dot|punto|punkt|underscore|guion bajo|dash|hyphen"
    r"|guion) |[._])"
    r"[a-z0-9_+-]{1,30}){0,3}(?: \d{1,4}(?= (?:at|arroba) ))?)"
    r"(?: ?@ ?| at | arroba | ?[\[(] ?at ?[\])] ?)"
    r"(?P<host>[a-z0-9-]{1,40}(?:(?: ?\. ?| dot | punto | ?[\[(]dot[\])] ?)[a-z0-9-]{1,20}){0,3}(?: ?\. ?| "
    r"dot | punto | ?[\[(]dot[\])] ?)(?:com|net|org|edu|co|za|zw|es|mx|us|gov|io|me|info|biz|uk))\b"
)
_HOSTED = re.compile(
    r"(?<![\w@.])(?P<user>[a-z0-9._+-]{2,40})(?: at | @ ?|@)(?P<host>gmail|yahoo|hotmail|outlook|icloud|aol"
    r"|live)\b(?! ?\.)"
)
_SPOKEN_DOT = re.compile(r"\s*(?:\b(?:dot|punto|punkt)\b|\.)\s*|\s*[\[(]dot[\])]\s*")
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d ().-]{6,18}\d(?!\w)")
_LOCAL_PHONE = re.compile(r"(?<![\d-])\d{3}[- ]\d{4}(?![\d-])")
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
_NAME_INTRO = re.compile(
    r"(?P<intro>\b(?:my name(?:'s| is|s| to| should be)?|name is|name'?s|name ?[:=]|me llamo|mi nombre es|nombre ?[:=]"
    r"|(?<!someone )(?<!somebody )(?<!anyone )(?<!please )(?<!pls )(?<!to )call me|you can call me|my naam is|ndinonzi"
    r"|zita rangu (?:ndi|ndinonzi)|igama lami (?:ngu|ngi|u)-?|ngingu-?|ndini|(?:they|everyone|people) call "
    r"me|llamame|goes by|i go by"
    r"|(?:puedes|pueden|puede) lla+mar?me|me puedes llamar|(?:le|te|les) escribe|you can (?:just )?cal+ me)\s+"
    r"|\b(?P<weak>i'?m|i am|it'?s(?: me,?)?|this is|soy|ek is|dis|habla|aqui|hier is|here is|it is)\s+)"
    r"(?:(?:uh+m?|um+|er+|spelled|spelt|actually|called|like|just)\b[, ]+){0,2}"
    r"(?P<name>[^\W\d_][\w'-]{0,24}(?:[ \t]+(?:de |van |der |la |du |del |von |le )*[^\W\d_][\w'.-]{0,24}){0,3})"
)
_THIS_IS = re.compile(r"it'?s|it is|here is|hier is|es")
"""Words that introduce a name only where one was asked for: "it's California" answers another question."""
_SMALL = PARTICLES | {"and"}
_HERE_ASKED = re.compile(
    r"^\W*(?:(?:hi|hello|hey)\W+)?(?P<name>[a-z]{2,20}(?: [a-z' -]{2,20}){0,2}) (?:here|hier|aqui|pano)\b"
)
_HERE = re.compile(
    r"(?:^|[.\n;])\W*(?:(?:[Hh]i|[Hh]ello|[Hh]ey)\W+)?(?P<name>[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?) here\b"
)
_COUNTRY_PHONE = {"PR": "US"}


def read_email(message: Message) -> None:
    """Set `email` from written and spoken forms ("jdoe at example dot com")."""
    if (
        "@" not in message.plain
        and " at " not in message.plain
        and "arroba" not in message.plain
        and "at" not in message.plain
    ):
        return
    written = _EMAIL.search(message.free)
    if written:
        message.add("email", written.group().strip("."), written.start(), written.end(), 0.98)
        return
    spoken = _SPOKEN.search(message.free)
    if spoken:
        user = re.sub(
            r" (?:underscore|guion bajo) ", "_", re.sub(r" (?:dash|hyphen|guion) ", "-", spoken.group("user"))
        )
        user, host = (_SPOKEN_DOT.sub(".", part).replace(" ", "") for part in (user, spoken.group("host")))
        message.add("email", f"{user}@{host}", spoken.start(), spoken.end(), 0.9)
        return
    hosted = _HOSTED.search(message.free)
    if hosted:
        message.add("email", f"{hosted.group('user')}@{hosted.group('host')}.com", hosted.start(), hosted.end(), 0.7)


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
    if phone:
        message.add("alternate_phone", *phone, 0.95)
    elif not wanted:
        return
    if relation and relation.group("name").split()[0] not in NOT_NAMES:
        start, end = relation.span("name")
        message.add("alternate_name", _title(message.raw[start:end]), start, end, 0.85)
        message.take(relation.start(), relation.end())
    elif wanted and asked != "alternate_phone":
        _read_other_name(message)


_PIECE = re.compile(
    r"(?:^|(?<=[\x00,;:\n.]))[\s\W]*(?:(?:his|her|their|the|su|name|nombre|it'?s|its|is|es|call|and|y|or|con|to|also"
    r"|please"
    r"|cell|phone|number|numero|at|se llama|called)\s+){0,4}"
    r"(?P<name>[^\W\d_][^\W\d_'-]+(?: [^\W\d_][^\W\d_'-]+){0,2})[\s\W]*(?=$|[\x00,;:\n.])"
)


def _read_other_name(message: Message) -> None:
    """A name that fills its stretch of an answer to who else can be reached; a sentence or a refusal is none."""
    if "?" in message.plain or read_yes_no(message) is not None or find_late_steering(message):
        return
    for piece in _PIECE.finditer(message.free):
        if are_names(piece.group("name").split()):
            start, end = piece.span("name")
            message.add("alternate_name", _title(message.raw[start:end]), start, end, 0.75)
            return


def read_name(message: Message, asked: str | None, country: str) -> None:
    """Set `name` from an introduction, or from bare words when the name was asked for."""
    for match in _NAME_INTRO.finditer(message.free):
        if match.group("weak") and asked != "name" and len(message.words) > 6 and message.raw.isupper():
            continue  # capitals tell nothing where everything is in capitals
        if asked not in (None, "name") and _THIS_IS.fullmatch((match.group("weak") or "").strip()):
            continue
        kept = _keep_name(
            message, match.start("name"), match.end("name"), bool(match.group("weak")) and asked != "name"
        )
        if kept:
            start, end = kept
            message.add("name", _title(message.raw[start:end]), start, end, 0.75 if match.group("weak") else 0.95)
            message.take(match.start(), match.start("name"))
            return
    introduced = _HERE.search(message.raw)
    words = fold(introduced.group("name")).split() if introduced else []
    if introduced and not NOT_NAMES.intersection(words) and message.is_free(*introduced.span("name")):
        message.add("name", introduced.group("name"), *introduced.span("name"), 0.8)
    elif asked == "name":
        here = _HERE_ASKED.match(message.free)
        if here and are_names(here.group("name").split()):
            message.add("name", _title(message.raw[slice(*here.span("name"))]), *here.span("name"), 0.8)
        else:
            _read_bare(message)
    elif asked not in ("alternate_name", "alternate_contact"):
        _read_amended(message, country)


_AMENDED = re.compile(
    r"^\W*(?:(?:[Oo]ops|OOPS|[Ww]hoops|[Ss]orry|[Ww]ait|[Tt]ypo|[Mm]y (?:bad|mistake)|[Cc]orrection|[Pp]erd[oó]n"
    r"|[Nn]o)\W+)+"
    r"(?:(?:[Ii]t'?s|[Ii]'?m|[Ii]s|[Ss]oy|[Ee]s)\s+)?(?P<name>[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){1,2})\W*$"
)


def _read_amended(message: Message, country: str) -> None:
    """ "oops, Lou Reyes": a full name in capitals, put right later, and nothing else in the message."""
    amended = None if message.found else _AMENDED.match(message.raw)
    if amended is None:
        return
    words = fold(amended.group("name"))
    is_other = NOT_NAMES.intersection(words.split()) or NEVER.intersection(words.split()) or is_alias(words)
    if not is_other and not name_city(words, country):
        message.add("name", amended.group("name"), *amended.span("name"), 0.7)


def _keep_name(message: Message, start: int, end: int, capitals: bool) -> tuple[int, int] | None:
    """The leading words of a span that can be a name; with `capitals` only words written with a capital."""
    last = None
    for count, word in enumerate(re.finditer(r"[\w'.-]+", message.raw[start:end])):
        text = message.plain[start + word.start() : start + word.end()].strip(".'-")
        ends_here = word.group().endswith(".") and len(word.group()) > 3
        known = (text in NOT_NAMES or text in NEVER) and not (count and text in PARTICLES)
        small = not word.group()[0].isupper() and text not in PARTICLES
        if (
            known
            or not text
            or (capitals and small)
            or (count and small and last is not None and _was_upper(message, start))
        ):
            break
        last = start + word.end() - (1 if ends_here else 0)
        if ends_here:
            break
    return (start, last) if last else None


def _was_upper(message: Message, start: int) -> bool:
    return message.raw[start].isupper()


def _read_bare(message: Message) -> None:
    found = find_bare_name(message)
    if found:
        start, end, confidence = found
        message.add("name", _title(message.raw[start:end]), start, end, confidence)


def _title(name: str) -> str:
    name = " ".join(name.replace("\x00", " ").split()).strip(" ,-")
    if name != name.lower() and name != name.upper():
        return name
    if len(name.split()) == 1 and name.isupper() and len(name) <= 2:
        return name
    raised = " ".join(w if w in _SMALL and i else w.capitalize() for i, w in enumerate(name.lower().split()))
    return re.sub(r"\bO['’](?P<next>[a-z])", lambda m: m.group()[:-1] + m.group("next").upper(), raised)
