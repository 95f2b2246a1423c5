"""How an installation went, from a contact's words: stars, a mark, praise or blame."""

import re
from collections.abc import Sequence

from flows.reading.segments import fold
from flows.reading.spelling import is_one_edit

_MARKS = {
    5: "great excellent perfect amazing awesome fantastic wonderful brilliant superb outstanding flawless excelente"
    " perfecto perfecta genial fantastico increible estupendo estupenda maravilloso maravillosa fenomenal buenisimo",
    4: "good nice happy pleased satisfied bien bueno buena contento contenta satisfecho satisfecha",
    3: "ok okay fine average meh alright regular normal soso",
    2: "bad poor disappointing disappointed mediocre mal malo mala flojo floja decepcionante",
    1: "terrible awful horrible worst disaster dreadful pesimo pesima fatal desastre nefasto",
}
_WORDS = {word: mark for mark, words in _MARKS.items() for word in words.split()}
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "uno": 1, "una": 1, "un": 1, "dos": 2, "tres": 3,
    "cuatro": 4, "cinco": 5,
}  # fmt: skip
_FIGURE = r"[1-5]|one|two|three|four|five|una?|uno|dos|tres|cuatro|cinco"
_OF_FIVE = re.compile(r"(?<![\d.,])([1-5])(?:[.,]5)? ?(?:/|out of|of|de|sobre|von) ?(?:5|five|cinco)(?!\d)")
_OF_TEN = re.compile(r"(?<![\d.,])(\d|10) ?(?:/|out of|de|sobre) ?(?:10|ten|diez)(?!\d)")
_STARS = re.compile(rf"(?<![\d.,])\b({_FIGURE})(?:[.,]5)?[ -]?(?:stars?|estrellas?|points?|puntos?)\b")
_BARE = re.compile(
    r"^\W*(?:(?:it'?s|its|i'?d|i would|i|we|give|say|rate|it|them|that|a|an|as|solid|hmm|well|so|yes|un|una|le|les"
    rf"|doy|damos|diria|pongo|pues|yo|es)\W+){{0,6}}({_FIGURE})(?:[.,]5)?(?![\d.,]\d)(?=\W|$)(?P<rest>.*)$",
    re.DOTALL,
)
_NOT = re.compile(r"\b(?:not|never|isn'?t|wasn'?t|weren'?t|didn'?t|don'?t|no|nada|nunca|tampoco)\b")
_BAD = re.compile(
    r"\b(?:late|delay\w*|dirty|mess\w*|broke\w*|damag\w*|rude|leak\w*|scratch\w*|crack\w*|unprofessional|careless"
    r"|sloppy|problems?|issues?|unhappy|disappoint\w*|wrong|worst|terrible|awful|horrible|bad|poor|complain\w*|refund"
    r"|(?:not|isn'?t|aren'?t|don'?t|doesn'?t|does not|stopped|never) (?:\w+ )?(?:work\w*|happy|good|clean|finished"
    r"|impressed)"
    r"|didn'?t (?:show|come|finish|clean|work)|no ?show"
    r"|tarde|retras\w*|suci[oa]s?|rot[oa]s?|rompi\w*|dan(?:o|os|aron|ado|ada)|gotera\w*|maleducad\w*|grosero\w*"
    r"|problemas?"
    r"|mal[oa]?s?|fatal|pesim[oa]s?|horribles?|desastre|decepcion\w*|no (?:\w+ )?(?:funciona\w*|vin\w+|termin\w+"
    r"|limpi\w+))\b"
)
_FAULT = re.compile(
    r"\b(?:red|orange|amber|yellow|warning|flashing|blinking) (?:light|led|lamp)s?\b|\blights? (?:is |are )?(?:red"
    r"|orange"
    r"|amber|flashing|blinking|off)\b|\b(?:error|fault|alarm)s?\b|\b(?:error|fault) code\b|\bbeep\w*|\btripp(?:ed"
    r"|ing)\b"
    r"|\btrips\b|\b(?:no|lost) (?:power|electricity|hot water|production|internet to the)\b|\bpower(?:'s| is| went| has"
    r" gone)? (?:out|off|down)\b|\b(?:not|isn'?t|aren'?t|stopped|doesn'?t|don'?t|won'?t) (?:\w+ )?(?:produc\w+"
    r"|generat\w+"
    r"|charg\w+|turn(?:ing)? on|switch(?:ing)? on|start(?:ing)?|connect\w*|respond\w*)\b|\b(?:went|gone|is|keeps"
    r"|showing|shows|says) (?:offline|dead|failing)\b|\bshut(?:s|ting)? (?:down|off)\b|\bfell (?:off|down)\b"
    r"|\bcame (?:off|loose)\b|\b(?:is|are|hanging|got|very) loose\b|\bdrip\w*|\bwater (?:is )?(?:coming|getting|in)\b"
    r"|\b(?:buzzing|humming|grinding|rattling|strange noise|weird noise|loud noise|noisy)\b|\bholes? in (?:the|my"
    r"|our)\b"
    r"|\bgote\w+|\bluz (?:roja|naranja|ambar|amarilla)\b|\bparpade\w+|\bpita(?:ndo)?\b|\balarma\b|\baveri\w+"
    r"|\bfall[ao]\b"
    r"|\bfallando\b|\bse (?:ha caido|cayo|apag\w+|ha apagado|ha soltado|solto|ha roto|ha parado|va la luz|fue la luz)\b"
    r"|\bno (?:\w+ )?(?:produce\w*|genera\w*|carga\w*|enciende\w*|arranca\w*|conecta\w*|hay (?:luz|corriente))\b"
    r"|\bsin (?:luz|corriente)\b|\bsalt(?:a|o|an) (?:el|los) (?:diferencial|automatico|plomos)\w*|\bfiltra\w*"
    r"|\bruido\w*"
)
"""Something that was installed does not do what it should."""
_CLEAR = re.compile(
    r"\b(?:no|without|zero|not an?|not any|sin|ningun\w*|ninguna) (?:\w+ )?(?:problems?|issues?|leaks?|complaints?"
    r"|faults?"
    r"|errors?|damage|delays?|mess|problemas?|quejas?|fallos?|errores|goteras?|danos?|retrasos?)\b"
    r"|\bnothing (?:is |was )?(?:wrong|broken|bad)\b|\bnada mal[oa]?\b|\bnot (?:too |so )?bad\b"
)
"""Trouble that is denied is none."""
_SUPPOSING = re.compile(r"\b(?:if|can (?:the|it|an?|they|my)|when|could|would|will|does|ever|si|cuando|puede|podria)\b")
SHORT = 5
"""Words of a message that says nothing but its mark."""


def sounds_bad(text: str) -> bool:
    """Whether somebody has reason to be unhappy."""
    plain = _CLEAR.sub(" ", fold(text))
    return bool(_BAD.search(plain) or _FAULT.search(plain))


def names_fault(plain: str) -> bool:
    """Whether something does not do what it should; blame alone is a mark."""
    return bool(_FAULT.search(_CLEAR.sub(" ", plain)))


def reports_fault(plain: str, asks: Sequence[tuple[int, int]]) -> bool:
    """Whether something is wrong with what was installed; "what if it leaks?" reports nothing."""
    plain = _CLEAR.sub(lambda match: " " * len(match.group()), plain)
    found = _FAULT.search(plain) or _BAD.search(plain)
    if found is None:
        return False
    asking = next((plain[start:end] for start, end in asks if start <= found.start() < end), "")
    return not _SUPPOSING.search(asking)


def read_rating(plain: str) -> tuple[int, str] | None:
    """(1 to 5, the words besides) from folded text; None where no mark can be told."""
    if stars := plain.count("⭐") + plain.count("🌟"):
        return min(stars, 5), ""
    for pattern in (_OF_FIVE, _STARS):
        if match := pattern.search(plain):
            return _figure(match[1]), _without(plain, match)
    if match := _OF_TEN.search(plain):
        return max(1, (int(match[1]) + 1) // 2), _without(plain, match)
    if match := _BARE.match(plain):
        return _figure(match[1]), match["rest"].strip(" .,;:!-\n")
    return _read_praise(plain)


def _without(plain: str, match: re.Match[str]) -> str:
    return f"{plain[: match.start()]} {plain[match.end() :]}".strip(" .,;:!-\n")


def _figure(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]


def _read_praise(plain: str) -> tuple[int, str] | None:
    """A mark in words; praise turned round is blame, and praise with blame is no mark."""
    plain = _CLEAR.sub(" ", plain)
    words = re.findall(r"[a-z']+", plain)
    marks = {mark for mark in map(_mark_of, words) if mark}
    if not marks or (len(marks) > 1 and max(marks) > 3 > min(marks)):
        return None
    mark = max(marks) if min(marks) >= 3 else min(marks)
    if mark == 4 and re.search(
        r"\b(?:very|really|so|super|muy) (?:\w+ )?(?:good|happy|nice|pleased|bien|buen[oa])\b", plain
    ):
        mark = 5
    if _NOT.search(plain):
        if len(words) > SHORT or mark <= 3:
            return None
        mark = 2
    elif mark > 3 and sounds_bad(plain):
        return None
    return mark, plain if len(words) > SHORT else ""


def _mark_of(word: str) -> int | None:
    if word in _WORDS:
        return _WORDS[word]
    return next((mark for each, mark in _WORDS.items() if len(each) > 5 and is_one_edit(word, each)), None)
