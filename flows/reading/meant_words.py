"""Words as they were meant, for what must never be missed: misspelt, shortened and drawled ones, with their places."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_MEANT = {
    "stp": "stop", "stpo": "stop", "sotp": "stop", "stahp": "stop", "stawp": "stop", "stoop": "stop",
    "txt": "text", "txts": "texts", "txting": "texting", "tex": "text", "txtin": "texting", "textin": "texting",
    "messagin": "messaging", "msgin": "messaging", "sendin": "sending", "callin": "calling", "blowin": "blowing",
    "hittin": "hitting", "spammin": "spamming", "botherin": "bothering", "buggin": "bugging", "msgn": "messaging",
    "mesage": "message", "mesages": "messages", "massages": "messages", "mssgs": "messages", "msges": "messages",
    "dnt": "dont", "donot": "do not", "agn": "again", "agian": "again", "agin": "again", "recieve": "receive",
    "recieving": "receiving", "nomore": "no more", "anymor": "anymore", "nemore": "anymore", "w": "with", "wit": "with",
    "u": "you", "ya'll": "you", "yall": "you", "ur": "your", "r": "are", "numba": "number", "nmbr": "number",
    "lemme": "let me", "gimme": "give me", "cn": "can", "cld": "could", "cud": "could", "wld": "would", "wud": "would",
    "spk": "speak", "speek": "speak", "speack": "speak", "spaek": "speak", "tlk": "talk", "takl": "talk", "tok": "talk",
    "sum1": "someone", "som1": "someone", "some1": "someone", "smone": "someone", "sumone": "someone",
    "sombody": "somebody", "sumbody": "somebody", "any1": "anyone", "humen": "human", "humn": "human",
    "hooman": "human",     "huma": "human", "hunan": "human", "hman": "human", "prson": "person", "persn": "person",
    "persin": "person",
    "pearson": "person", "agnt": "agent", "aget": "agent", "agetn": "agent", "plz": "please", "pls": "please",
    "plse": "please", "pleas": "please", "pleez": "please", "ppl": "people", "cal": "call", "fone": "phone",
    "representitive": "representative", "representive": "representative", "mngr": "manager", "asap": "now",
    "smok": "smoke", "smoek": "smoke", "somke": "smoke", "smoak": "smoke", "smokeing": "smoking", "smokin": "smoking",
    "smkoe": "smoke", "brning": "burning", "burnin": "burning", "burining": "burning", "brunt": "burnt",
    "bruning": "burning",     "sparcks": "sparks", "sprks": "sparks", "sparkin": "sparking", "smthing": "something",
    "fier": "fire",
    "fyre": "fire",     "sumthing": "something", "somethin": "something", "electricuted": "electrocuted",
    "elecrocuted": "electrocuted",
    "electrick": "electric", "eletric": "electric", "electic": "electric", "shok": "shock", "schock": "shock",
    "shoked": "shocked", "swolen": "swollen", "flams": "flames", "smels": "smells", "smelss": "smells", "umo": "humo",
    "hummo": "humo", "kemado": "quemado", "qemado": "quemado", "quemao": "quemado", "chispaso": "chispazo",
    "chizpas": "chispas", "ule": "huele", "guele": "huele", "uele": "huele", "insendio": "incendio", "fuejo": "fuego",
    "insendia": "incendia", "emergensia": "emergencia", "emergancy": "emergency", "emergancia": "emergencia",
    "kiero": "quiero", "qiero": "quiero", "quero": "quiero", "ablar": "hablar", "avlar": "hablar", "aser": "hacer",
    "k": "que", "q": "que", "xfa": "por favor", "xfavor": "por favor", "porfa": "por favor", "porfavor": "por favor",
    "porfis": "por favor", "mensages": "mensajes", "msjs": "mensajes", "msj": "mensaje", "yamar": "llamar",
    "yamen": "llamen", "yamenme": "llamenme", "yameme": "llameme", "llamarne": "llamarme", "alguen": "alguien",
    "algien": "alguien", "mandn": "manden", "agan": "hagan",
}  # fmt: skip
_NEAR = (
    "unsubscribe", "texting", "messages", "message", "messaging", "contacting", "contact", "sending", "receive",
    "remove", "spamming", "bothering", "number", "anymore", "consent", "harassment", "harassing", "subscription",
    "mensajes", "mensaje", "someone", "somebody", "person", "persona", "representative", "manager", "supervisor",
    "consultant", "operator", "customer", "service", "specialist", "advisor", "alguien", "asesor", "smoking", "burning",
    "sparking", "sparks", "shocked", "electrocuted", "flames", "melting", "melted", "exploded", "explosion",
    "emergency", "something", "quemado", "quemando", "incendio", "chispas", "emergencia", "another", "please",
)  # fmt: skip
"""Words of more than five letters that one wrong letter after the first does not hide."""
_OTHER = frozenset((
    "contract", "contracts", "testing", "massage", "spending", "mending", "seeding", "remote", "removed", "removes",
    "chispa", "remover", "personas", "persons", "parson", "pension", "managed", "manages", "manage", "services",
    "stocked", "stoking", "meeting", "frames", "flakes", "explored", "explode", "explodes", "personal", "concent",
    "advise", "adviser", "advisers", "advisors", "customers", "messaged", "contacts", "contacte", "contacta",
    "contacto", "contacten", "consult", "operators", "operates", "numbers", "numbed", "quemada", "quemadas",
    "quemados", "asesora", "sparky", "sparked", "sparkling", "shocker", "burping", "burying", "mensajero",
    "incendios", "meltdown", "serviced", "sanding", "sensing", "emergencies", "managers", "consultants",
    "specialists", "incendie", "served", "receives", "received", "receiver", "pleased", "pleases", "nothing",
    "explosions", "renting", "humano", "humanos", "persone", "smacking",
))  # fmt: skip
"""Words of their own that are one letter away from another."""
_ONE_OFF: dict[str, str] = {}
for _word in _NEAR:
    for _i in range(1, len(_word)):
        _ONE_OFF.setdefault(_word[:_i] + _word[_i + 1 :], _word)
_KEPT = _OTHER | frozenset(_NEAR)
_WORD = re.compile(r"[a-z]+(?:\d[a-z]*)?")
_DRAWL = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class Meant:
    """A text with its words as they were meant; `locate` leads back to the places in the text as written."""

    text: str
    _here: tuple[int, ...]
    _there: tuple[int, ...]

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """The span as written: whole words where a word was mended."""
        return self._place(start, False), self._place(end, True)

    def _place(self, at: int, is_end: bool) -> int:
        if not self._here:
            return at
        i = bisect_right(self._here, at - is_end) - 1
        if i < 0:
            return at
        if i % 2 == 0:
            return self._there[i + is_end]
        return self._there[i] + at - self._here[i]


@lru_cache(maxsize=2)
def mend_words(plain: str) -> Meant:
    """The folded text with its words as they were meant; three readers ask for the same text in a row."""
    pieces: list[str] = []
    here: list[int] = []
    there: list[int] = []
    last = length = 0
    for match in _WORD.finditer(plain):
        word = match.group()
        meant = _find_meant(word)
        if meant == word:
            continue
        start, end = match.span()
        pieces += [plain[last:start], meant]
        length += start - last
        here += [length, length + len(meant)]
        there += [start, end]
        length += len(meant)
        last = end
    return Meant("".join(pieces) + plain[last:] if pieces else plain, tuple(here), tuple(there))


def _find_meant(word: str) -> str:
    meant = _MEANT.get(word)
    if meant is not None:
        return meant
    if len(word) < 4 or word in _KEPT:
        return word
    if _DRAWL.search(word):
        short = _DRAWL.sub(r"\1", word)
        return _MEANT.get(short, short)
    return _find_near(word) if 6 <= len(word) <= 15 else word


def _find_near(word: str) -> str:
    """The word of the list that is one letter away: left out, put in, changed or swapped after the first."""
    if word in _ONE_OFF:
        return _ONE_OFF[word]
    for i in range(1, len(word)):
        shorter = word[:i] + word[i + 1 :]
        if shorter in _KEPT:
            return shorter if shorter not in _OTHER else word
        near = _ONE_OFF.get(shorter)
        if near is not None and near[:i] + near[i + 1 :] == shorter:
            return near
        if near is not None and len(near) == len(word) and sorted(near) == sorted(word):
            return near
    return word
