"""Misspelt words of the subject put right before reading: "me lkamo", "I own the houes", "no big appliacnes"."""

import re
from itertools import pairwise

from flows.reading.spelling import is_one_edit

_ENGLISH = """
name address house owner homeowner landlord rental renting tenant electric electricity utility company power usage month
monthly annual average dollars interested solar panels quote nothing devices appliances battery charger heater heatpump
thermostat fridge freezer geyser borehole generator inverter shingles asphalt concrete membrane thatched correction
actually everything continue prefer ahead right shower please
"""
_SPANISH = """
nombre llamo llamarme llamame puedes direccion vivienda propia propio nuestra nuestro propietario propietaria alquilo
alquiler alquilada casero tejado techo cubierta pizarra factura recibo consumo gasto compania electrico electrica
bateria calentador cargador bomba piscina aparatos paneles
placas solares interesan interesa informacion presupuesto anuncio
correo codigo postal ciudad estado corporacion correccion mensuales anuales tenemos vitroceramica termostato
escribe numero telefono
"""
_KEPT = """
horse mouth mouths plazas poker llano charter header hester direction shares nosotros compania techno tower heather
geezer ration mothly consulo right rights night estrado gusto costo gesto resto bomba bombas pasta posta portal portales
costal postal piscinas pintor owned weight eight rigid solas solaris name nave nape
casper caser cantero quite quotes placa planes planas paneles penales lamo llame llama llamado battle batten batter
places poner recibio resting playas castro powder pease
freezing propina prima proxima avenge prefers proper
"""
_WORDS = frozenset((_ENGLISH + _SPANISH).split())
_LEFT = _WORDS | frozenset(_KEPT.split())
_LETTERS = re.compile(r"(?<![\w@.'-])[a-z]{4,14}(?![\w@])")
SHORTEST = 5
"""Letters of a word that may be wrong in one of them; shorter ones only with two letters swapped or one doubled."""


def _leave_out(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _list_near() -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for word in _WORDS:
        for part in (word, *_leave_out(word)):
            near.setdefault(part, set()).add(word)
    return near


_NEAR = _list_near()
_SEEN: dict[str, str | None] = {}
MOST_SEEN = 4096


def respell(raw: str, plain: str) -> str:
    """The text with its misspelt words of the subject put right; `plain` is the text folded, character by character."""
    pieces, done = [], 0
    for match in _LETTERS.finditer(plain):
        if match.group() in _LEFT:
            continue
        better = _find_meant(match.group())
        if better is None or plain[: match.start()].rstrip()[-1:].isdigit():
            continue
        start, end = match.span()
        pieces += [raw[done:start], better.capitalize() if raw[start].isupper() else better]
        done = end
    return "".join((*pieces, raw[done:])) if pieces else raw


def _find_meant(word: str) -> str | None:
    if word not in _SEEN:
        if len(_SEEN) >= MOST_SEEN:
            _SEEN.clear()
        _SEEN[word] = _search(word)
    return _SEEN[word]


def _search(word: str) -> str | None:
    near = {each for part in (word, *_leave_out(word)) for each in _NEAR.get(part, ())}
    meant = [each for each in near if _is_slip(word, each)]
    same = [each for each in meant if len(each) == len(word)]
    best = meant if len(meant) == 1 else same
    return best[0] if len(best) == 1 else None


def _is_slip(word: str, meant: str) -> bool:
    """One wrong letter inside: what differs at the end is mostly another form, at the beginning another word."""
    swapped = len(word) == len(meant) and sorted(word) == sorted(meant)
    if not is_one_edit(word, meant):
        return False
    if swapped:
        return True
    if word[0] != meant[0] or word[-1] != meant[-1] or (len(word) != len(meant) and word in (meant[:-1], meant + "s")):
        return False
    if min(len(word), len(meant)) >= SHORTEST:
        return True
    return len(word) > len(meant) and any(a == b for a, b in pairwise(word))
