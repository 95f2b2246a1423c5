"""Streets of the United States in unusual forms: grids, letters in numbers, no type, corners, numbers in words."""

import re

from flows.reading.segments import Message

_DIR = r"(?:n|s|e|w|ne|nw|se|sw|north|south|east|west|northeast|northwest|southeast|southwest)"
_UNIT = r"(?:,?\s*(?:(?:apt|apartment|unit|ste|suite|#)\.?\s*#?\s*[a-z0-9-]{1,6})(?![a-z0-9]))?"
_TYPE = (
    r"(?:st(?:reet)?|ave(?:nue)?|r(?:oa)?d|dr(?:ive)?|blvd|boulevard|ln|lane|ct|court|cir(?:cle)?|pl(?:ace)?|way"
    r"|ter(?:race)?|pkwy|trl|trail)"
)
_THING = (
    r"(?!(?:acs?|evs?|cars?|panels?|bulbs?|lights?|heaters?|watts?|bed\w*|bath\w*|people|kids|years?|months?"
    r"|pool|pumps?|and|or"
    r"|is|of|facing|side|the|in|on|roof|bill|solar|with|from|to|kwh|dollars|bucks)\b)"
)
_SURE = re.compile(
    rf"(?<![\w$.,/-])(?:"
    rf"(?P<grid>\d{{1,6}}\s+{_DIR}\.?\s+\d{{1,5}}\s+{_DIR}\b\.?)"
    rf"|(?P<half>\d{{1,5}}\s+(?:\d{{1,3}}|[a-z])(?:\s+[1-3]/[248])?\s+(?:{_DIR}\.?\s+)?(?:1/2\s+)?(?:road|rd)\b)"
    rf"|(?P<letters>[nsew]\d{{1,3}}\s?[nsew]\d{{2,6}}\s+(?:{_DIR}\.?\s+)?(?:[a-z0-9][a-z0-9'.]*\s+){{1,4}}?{_TYPE}\b\.?)"
    rf"){_UNIT}"
)
_SPANISH = re.compile(
    r"(?<![a-z])(?:calle|avenida|av\.?|paseo|camino|calzada"
    r"|bulevar)\s+[a-z][a-z.]+(?:\s+[a-z][a-z.]+){0,3}\s+#?\d{1,5}[a-z]?(?![\w/])"
)
_UNTYPED = re.compile(
    rf"(?<![\w$.,/-])\d{{2,6}}\s+{_DIR}\.?\s+{_THING}(?:[a-z][a-z']{{2,}}|\d{{1,3}}(?:st|nd|rd"
    rf"|th))(?![a-z0-9]){_UNIT}"
)
_UNTYPED_LEAD = re.compile(
    r"(?:^|\b(?:its|it's|at|is|address|to|actually|sorry|meant|mean|live on|no|house is|street|on|should be|be)"
    r"|[,:;\n])[\s,:]*$"
)
_CORNER = re.compile(
    r"\bcorner of\s+(?:[a-z0-9'.]+\s+){0,2}?[a-z0-9'.]+\s+(?:and|&|n)\s+[a-z0-9'.]+(?:\s+(?:st|street|ave"
    r"|avenue|rd|road|blvd|dr)\b)?"
)
_ONES_TEXT = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ONES = _ONES_TEXT.split()
_TENS_TEXT = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {w: 10 * i for i, w in enumerate(_TENS_TEXT.split(), start=2)}
_NTH_TEXT = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_CARDINALS = {**{word: i for i, word in enumerate(_ONES)}, **_TENS, "oh": 0, "o": 0, "hundred": 100, "thousand": 1000}
_ORDINALS = {
    **{w: i for i, w in enumerate(_NTH_TEXT.split(), start=1)},
    **{w[:-1] + "ieth": value for w, value in _TENS.items()},
}  # fmt: skip
_NUMBER = "|".join(sorted(_CARDINALS, key=len, reverse=True))
_SPOKEN = re.compile(
    rf"(?<![\w$])(?P<house>(?:{_NUMBER})(?:[ -](?:{_NUMBER})){{1,6}}|\d{{1,6}})\s+(?:(?P<way>north|south|east"
    rf"|west|northeast|northwest"
    rf"|southeast|southwest|[nsew])\s+)?(?P<name>(?:(?:{_NUMBER}|hundred)[ -]){{0,3}}(?:{'|'.join(_ORDINALS)})"
    rf"|(?:[a-z']{{3,}}\s+){{0,2}}?[a-z']{{3,}})\s+(?P<type>street|avenue|road|drive|lane|court|boulevard|way"
    rf"|place|circle|st|ave|rd)\b"
)


_ROAD_WORD = re.compile(r"\b(?:street|avenue|road|drive|lane|court|boulevard|way|place|circle|st|ave|rd)\b")


def find_odd_street(message: Message, asked: str | None) -> tuple[str, int, int, float] | None:
    """Street, span and confidence of an address in an unusual form."""
    spoken = _find_spoken(message)
    if spoken:
        return spoken
    sure = _SURE.search(message.free) or _SPANISH.search(message.free)
    if sure:
        return message.raw[sure.start() : sure.end()], *sure.span(), 0.85
    return None


def find_vague_street(message: Message, asked: str | None) -> tuple[str, int, int, float] | None:
    """A street without its type ("4120 W Camelback") or a corner, which has to be asked about."""
    loose = _UNTYPED.search(message.free)
    if loose and (asked == "street" or _UNTYPED_LEAD.search(message.free[: loose.start()])):
        return message.raw[loose.start() : loose.end()], *loose.span(), 0.7
    corner = _CORNER.search(message.free)
    if corner:
        return message.raw[corner.start() : corner.end()], *corner.span(), 0.5
    return None


def _find_spoken(message: Message) -> tuple[str, int, int, float] | None:
    if not _ROAD_WORD.search(message.free):
        return None
    for match in _SPOKEN.finditer(message.free):
        name, house = match.group("name"), match.group("house")
        if house.isdigit() and name.split("-")[-1].split()[-1] not in _ORDINALS:
            continue
        number = house if house.isdigit() else str(_say_number(house))
        way = f"{match.group('way')[0].upper()} " if match.group("way") else ""
        if match.group("way") and len(match.group("way")) > 5:
            way = "".join(w[0] for w in re.findall("north|south|east|west", match.group("way"))).upper() + " "
        street = f"{number} {way}{_say_name(name)} {match.group('type').capitalize()}"
        return street, *match.span(), 0.55
    return None


def _say_number(words: str) -> int:
    """ "twenty two seventeen" is 2217, "four five two one" 4521, "twelve hundred" 1200."""
    groups: list[int] = []
    for word in re.split(r"[ -]", words):
        value = _CARDINALS[word]
        if value in (100, 1000):
            groups[-1:] = [(groups[-1] if groups else 1) * value]
        elif groups and _takes_more(groups[-1], value):
            groups[-1] += value
        else:
            groups.append(value)
    return int("".join(str(group) for group in groups))


def _takes_more(group: int, value: int) -> bool:
    """ "twelve hundred" and then "five"; "twenty" and then "two"."""
    return (group >= 100 and group % 100 == 0) or (20 <= group < 100 and group % 10 == 0 and 0 < value < 10)


def _say_name(words: str) -> str:
    *lead, last = re.split(r"[ -]", words)
    if last not in _ORDINALS:
        return " ".join(word.capitalize() for word in words.split())
    value = _ORDINALS[last] + (_say_number(" ".join(lead)) if lead else 0)
    ending = "th" if 10 < value % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"
