"""Names and e-mail addresses."""

import re

from flows.reading.bare_names import NAMES_TOO, NEVER, PARTICLES, are_names, find_bare_name
from flows.reading.places import name_city
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
_NAME_INTRO = re.compile(
    r"(?P<intro>\b(?:my name(?:'s| is|s| to| should be)?|name is|name'?s|name ?[:=]|me llamo|mi nombre es|nombre ?[:=]"
    r"|(?<!someone )(?<!somebody )(?<!anyone )(?<!please )(?<!pls )(?<!to )call me|you can call me|my naam is|ndinonzi"
    r"|zita rangu (?:ndi|ndinonzi)|igama lami (?:ngu|ngi|u)-?|ngingu-?|ndini|(?:they|everyone|people) call "
    r"me|llamame|goes by|i go by"
    r"|(?:escribi|puse) mal mi nombre[,.;:]? (?:es|soy)|mi nombre (?:esta|quedo|salio) mal(?: escrito)?[,.;:]? es"
    r"|(?:misspelled|mistyped) my name[,.;:]? (?:it'?s|is|it should be)"
    r"|my name (?:is|was|came out) (?:wrong|misspelled)[,.;:]? (?:it'?s|it should be)"
    r"|(?:puedes|pueden|puede) lla+mar?me|me puedes llamar|(?:le|te|les) escribe|you can (?:just )?cal+ me)\s+"
    r"|\b(?P<weak>i'?m|i am|it'?s(?: me,?)?|this is|soy|ek is|dis|habla|aqui|hier is|here is|it is)\s+)"
    r"(?:(?:uh+m?|um+|er+|spelled|spelt|actually|called|like|just)\b[, ]+){0,2}"
    r"(?P<name>[^\W\d_][\w'-]{0,24}(?:[ \t]+(?:de |van |der |la |du |del |von |le )*[^\W\d_][\w'.-]{0,24}){0,3})"
)
_THIS_IS = re.compile(r"it'?s|it is|here is|hier is|es")
"""Words that introduce a name only where one was asked for: "it's California" answers another question."""
_SMALL = PARTICLES | {"and"}
_HERE_ASKED = re.compile(
    r"^\W*(?:(?:hi|hello|hey)\W+)?(?P<name>[a-z-]{2,20}(?: [a-z' -]{2,20}){0,2}) (?:here|hier|aqui|pano)\b"
)
_HERE = re.compile(
    r"(?:^|[.\n;])\W*(?:(?:[Hh]i|[Hh]ello|[Hh]ey)\W+)?(?P<name>[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?) here\b"
)


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


def read_name(message: Message, asked: str | None, country: str) -> None:
    """Set `name` from an introduction, or from bare words when the name was asked for."""
    if _read_introduced(message, asked):
        return
    introduced = _HERE.search(message.raw)
    words = fold(introduced.group("name")).split() if introduced else []
    if introduced and not NOT_NAMES.intersection(words) and message.is_free(*introduced.span("name")):
        message.add("name", introduced.group("name"), *introduced.span("name"), 0.8)
    elif asked == "name":
        here = _HERE_ASKED.match(message.free)
        if here and are_names(here.group("name").split()):
            message.add("name", title_name(message.raw[slice(*here.span("name"))]), *here.span("name"), 0.8)
        else:
            _read_bare(message)
    elif asked is None and message.found:
        _read_signed(message)
    elif asked not in ("alternate_name", "alternate_contact"):
        _read_amended(message, country)


def _read_introduced(message: Message, asked: str | None) -> bool:
    for match in _NAME_INTRO.finditer(message.free):
        lead = match.group("weak")
        if lead and asked != "name" and len(message.words) > 6 and message.raw.isupper():
            continue  # capitals tell nothing where everything is in capitals
        if asked not in (None, "name") and _THIS_IS.fullmatch((lead or "").strip()):
            continue
        weak = bool(lead) and asked != "name"
        kept = _keep_name(message, match.start("name"), match.end("name"), weak, not lead)
        if kept is None and weak and asked is None and message.found:
            kept = _keep_small(message, match)
        if kept:
            message.add("name", title_name(message.raw[slice(*kept)]), *kept, 0.75 if lead else 0.95)
            message.take(match.start(), match.start("name"))
            return True
    return False


_SIGNED = re.compile(
    r"(?:^|[.,;\n\x00])\s*(?P<name>[a-z]{2,20}(?: (?:de |van |der |la )*[a-z]{2,20}){1,2}) (?:here|hier"
    r"|aqui)[\s\x00]*(?=$|[.,;\n])"
)
_SMALL_END = re.compile(r"[\s\x00]*(?:$|[.,;\n])")


def _keep_small(message: Message, match: re.Match[str]) -> tuple[int, int] | None:
    """ "this is dwayne carter, …": two words in small letters that fill their stretch of an opening message."""
    kept = _keep_name(message, match.start("name"), match.end("name"), False, False)
    words = message.plain[slice(*kept)].split() if kept else []
    if kept is None or len(words) < 2 or not _SMALL_END.match(message.free, kept[1]):
        return None
    return (
        kept
        if are_names(words) and not any(word.endswith(("ing", "ly", "ed", "ado", "ada")) for word in words)
        else None
    )


def _read_signed(message: Message) -> None:
    """ "…, amy stone here": the name under a message that told other things."""
    signed = _SIGNED.search(message.free)
    if signed and are_names(signed.group("name").split()):
        start, end = signed.span("name")
        message.add("name", title_name(message.raw[start:end]), start, end, 0.75)


_AMENDED = re.compile(
    r"^\W*(?:(?:[Oo]ops|OOPS|[Ww]hoops|[Ss]orry|[Ww]ait|[Tt]ypo|[Mm]y (?:bad|mistake)|[Cc]orrection|[Pp]erd[oó]n"
    r"|[Nn]o)\W+)+"
    r"(?:(?:[Ii]t'?s|[Ii]'?m|[Ii]s|[Ss]oy|[Ee]s)\s+)?(?:actually )?(?P<name>[A-Z][a-z'-]+(?: [A-Z][a-z'-]+){1,2})\W*$"
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


def _keep_name(message: Message, start: int, end: int, capitals: bool, introduced: bool) -> tuple[int, int] | None:
    """The leading words of a span that can be a name; with `capitals` only words written with a capital.

    `introduced`: the words before can introduce nothing but a name, so that it may be Bill or Will.
    """
    last = None
    for count, word in enumerate(re.finditer(r"[\w'.-]+", message.raw[start:end])):
        text = message.plain[start + word.start() : start + word.end()].strip(".'-")
        ends_here = word.group().endswith(".") and len(word.group()) > 3
        known = (text in NOT_NAMES or text in NEVER) and not (count and text in PARTICLES)
        known = known and not (count and re.fullmatch(r"[A-Z]\.", word.group()))
        known = known and not (introduced and not count and text in NAMES_TOO)
        if count and text in ("y", "e") and not message.raw[start + word.end() :].lstrip()[:1].isupper():
            break  # "soy Lucía y la casa es mía"
        small = not word.group()[0].isupper() and text not in PARTICLES
        if (
            known
            or not text
            or (capitals and small)
            or (count and small and last is not None and _was_upper(message, start))
        ):
            break
        if text not in PARTICLES or not count:
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
        message.add("name", title_name(message.raw[start:end]), start, end, confidence)


def introduces(message: Message) -> bool:
    """True for "puedes llamarme Ana Gil": who may call whom what, and no wish for a call."""
    match = _CALLED.search(message.plain)
    if match is None:
        return False
    words = message.plain[match.start("name") : match.end("name")].split()
    return are_names(words) and not _SOON.intersection(words)


_CALLED = re.compile(
    r"\b(?:(?:puedes|pueden|puede) llamarme|me (?:puedes|pueden|puede) llamar|llam[ae](?:n)?me)"
    r" (?P<name>[a-z'-]{2,20}(?: [a-z'-]{2,20}){0,3})\s*(?=$|[.,;!\n])"
)
_SOON_TEXT = """
por ya hoy ahora manana al a cuando luego despues en mas para porfa cuanto
antes  ahorita lo esta este si porque pronto urgente
de un una hasta alguien entre desde tarde noche lunes martes miercoles jueves viernes sabado domingo el la
"""
_SOON = frozenset(_SOON_TEXT.split()) - {"de", "la"}


def title_name(name: str) -> str:
    """A name as people write theirs: each word raised unless the contact used capitals."""
    name = " ".join(name.replace("\x00", " ").split()).strip(" ,-")
    if name != name.lower() and name != name.upper():
        return name
    if len(name.split()) == 1 and name.isupper() and len(name) <= 2:
        return name
    raised = " ".join(w if w in _SMALL and i else w.capitalize() for i, w in enumerate(name.lower().split()))
    return re.sub(r"\bO['’](?P<next>[a-z])", lambda m: m.group()[:-1] + m.group("next").upper(), raised)
