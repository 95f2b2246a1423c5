"""Addresses of Spain, Mexico and Puerto Rico."""

import re

from flows.reading.phrases import Match
from flows.reading.places import MX_STATES, City, find_cities, title
from flows.reading.segments import Message

_WAY = (
    r"(?:calle|c/|cl\.?|av(?:enida|da|d|e|enue)?\.?|paseo|po\b|p\.|pso\.?|plaza|pza\.?|plza\.?|ronda|camino"
    r"|cno\.?|carretera|ctra\.?|carr\.?|callejon|cjon\.?|privada|priv\.?|calz(?:ada)?\.?|blvd\.?|boulevard"
    r"|bulevar|travesia|glorieta|via|rambla|carrer|gran via|cerrada|cda\.?|circuito|cto\.?|andador"
    r"|prolongacion|prol\.?"
    r"|urb(?:anizacion)?\.?|urbanizacion|cond(?:ominio)?\.?|residencial|res\.?|barrio|bo\.?|sector"
    r"|edif(?:icio)?\.?|parcelas?|villas?|reparto|ext(?:ension)?\.?|jardines|mansiones"
    r"|fracc(?:ionamiento)?\.?|hc|rr|km|pasaje|cuesta|costanilla|partida|poligono|pol\.?|rancho|ejido"
    r"|calleja|autopista|alturas|valle|estancias|colinas|hacienda|santa maria|alameda|passeig|avinguda|av\.?da|estrada"
    r"|rua|etorbidea|canada|bulevard|paraje|senda)"
)
_START = re.compile(
    rf"(?<![a-z]){_WAY}(?=[\s.#\d])\s*(?:de la |de los |de las |del |de |la |el |los |las |num\.? |no\.? "
    r"|#)?\s*[a-z0-9]"
)
_NUMBER_FIRST = re.compile(rf"(?<![\w$.,/-])(?:#\s*)?\d{{1,5}}[a-z]?,?\s+(?:{_WAY})(?=[\s.])\s*[a-z0-9]")
_MX_LOOSE = re.compile(
    r"(?<![\w$])[a-z][a-z.]+(?: [a-z.]+){0,4} (?:#|no\.?|num\.?)?\s?\d{1,5}(?:[ -]?[a-z])?,? "
    r"(?=col(?:onia)?\.? |fracc|centro|int\.?)"
)
_STOP = re.compile(
    r"[;!?\x00]|\n(?!\s*(?:\d{5}\b|[a-z' -]{3,24}(?:,? \d{5})?\s*(?:$|[\n.,;])))|\.(?=\s+(?:mi|pago|tengo|soy|luz"
    r"|recibo|gracias)\b)|\b(?:y (?:mi|pago|soy|tengo|el recibo"
    r"|la factura)|mi (?:recibo|factura|nombre|casa|correo)|pago|pagamos|soy (?:el|la|due\w+|propi\w+)|tengo|tenemos"
    r"|usamos|uso|estoy con|somos|alquilo|rento|le pago|gasto|consumo|compania|(?:el |mi )?(?:techo|tejado)|no hay"
    r"|nada|hay|la casa|,? no (?=calle|c/|av|paseo|plaza|ronda|camino)"
    r"|gracias|por favor|recibo de|factura de|cerca de|frente a|al lado|junto a|"
    r"es (?:una?|mi|la)|vivo|techo de|kwh|puerto rico(?= y)|and my|my bill|i pay|the bill|thanks)\b"
    r"|,?\s*[$€]\s?\d|(?<!\d)\d{1,7}\s?(?:€|euros|pesos)"
)
_CODE = re.compile(
    r"(?:\b(?:c\.?\s?p\.?|codigo postal|cod\.? postal|zip(?: "
    r"code)?)\s*[:.#]?\s*)?(?<![\w$.,/-])(?P<code>\d{5})(?:-\d{4})?(?![\w])(?!\s*(?:kwh|pesos|euros))"
)
_PR = re.compile(r"(?<![a-z.])(?:p\.?\s?r\.?|puerto rico)(?![a-z])")
_NOT_CITY = re.compile(
    r"^(?:col(?:onia)?\.?|fracc\w*|piso|apt\w*|apto|int\w*|no\.?|num\w*|#|\d|bajo|izq\w*|dcha|puerta|esc\w*"
    r"|portal|planta|urb\w*|edif\w*|cond\w*|sector|barrio|bo\b|centro$|local|bloque|blq|atico|casa|lote"
    r"|manzana|mz|smza|depto\w*|dpto|entre|esq\w*|torre|box|buzon|km|carr\w*|calle|residencial|res\b"
    r"|villas?)"
)


def read_spanish_address(message: Message, asked: str | None, country: str) -> bool:
    """Set street (colony, urbanisation and floor in its line), city, state, postal_code and country."""
    start = _find_start(message, country)
    if start is None:
        return False
    end = next((m.start() for m in _STOP.finditer(message.free, start + 4)), len(message.free))
    span = message.free[start:end]
    if not re.search(r"\d", span) and not re.search(r"\bs/n\b|\bsin numero\b", span):
        return False
    code = _pick_code(message, start, end)
    state, state_span = _find_state(message, start, end, country)
    city = _pick_city(message, start, end, country)
    bounds = [end]
    city_name, city_span = (
        (city.value.name, (city.start, city.end))
        if city
        else _guess_city(message, start, end, code, state_span, country)
    )
    if city_span:
        bounds.append(city_span[0])
    if code:
        bounds.append(code.start())
    if state_span:
        bounds.append(state_span[0])
    street_end = min(b for b in bounds if b > start + 3)
    street = _tidy(message.raw[start:street_end])
    if not re.search(r"\d|s/n", street.lower()) or len(street) < 5:
        return False
    message.add("street", street, start, street_end, 0.9)
    if city_name and city_span:
        message.add("city", city_name, *city_span, 0.9 if city else 0.75)
    if state and state_span:
        message.add("state", state, *state_span, 0.9)
    if code:
        message.add("postal_code", code.group("code"), code.start(), code.end(), 0.95)
    message.add("country", "US" if country == "PR" else country, start, street_end, 0.9)
    message.take(
        start, min(end, max(street_end, *(m for m in (code.end() if code else 0, state_span[1] if state_span else 0))))
    )
    return True


def _find_start(message: Message, country: str) -> int | None:
    first = [m.start() for pattern in (_NUMBER_FIRST, _START) for m in [pattern.search(message.free)] if m]
    if country == "MX":
        loose = _MX_LOOSE.search(message.free)
        first += [loose.start()] if loose else []
    if not first:
        return None
    start = min(first)
    lead = re.match(r"(?:vivo en |mi direccion es |direccion:? |es |en |la direccion es )+", message.free[start:])
    return start + (lead.end() if lead else 0)


def _pick_code(message: Message, start: int, end: int) -> re.Match[str] | None:
    codes = list(_CODE.finditer(message.free, start, min(len(message.free), end + 8)))
    labelled = [m for m in codes if re.match(r"\s*(?:c|z)", m.group())]
    later = [m for m in codes if m.start() > start + 6]
    best = labelled or later
    return best[-1] if best else None


def _find_state(message: Message, start: int, end: int, country: str) -> tuple[str | None, tuple[int, int] | None]:
    span = message.free[start:end]
    if country in ("PR", "US"):
        found = list(_PR.finditer(span))
        return ("PR", (start + found[-1].start(), start + found[-1].end())) if found else (None, None)
    if country == "MX":
        ending = re.search(r"[a-z] (?P<state>nl|n\.l|jal|qro|gto|slp|yuc|edomex|bc|chih|coah|tamps|ags)\.?\s*$", span)
        if ending:
            return MX_STATES[ending.group("state")], (start + ending.start("state"), start + ending.end("state"))
        for piece in reversed(list(re.finditer(r"[^,]+", span))):
            text = re.sub(r"\b(?:c\.?p\.?|\d{5})\b", "", piece.group()).strip(" .")
            if text in MX_STATES and piece.start() > 8:
                at = start + piece.start() + piece.group().find(text)
                return MX_STATES[text], (at, at + len(text))
    return None, None


def _pick_city(message: Message, start: int, end: int, country: str) -> Match[City] | None:
    found = [m for m in find_cities(message, country) if start + 4 < m.start < end]
    found = [
        m
        for m in found
        if not re.search(
            r"\b(?:calle|c/|av\w*\.?|avenida|avda\.?|paseo|plaza|col(?:onia)?\.?|carretera|ctra\.?|urb\w*\.?"
            r"|calz\w*|de|villa|villas|barrio|bo\.?|la|santa|san)\s*(?:de |la )*$",
            message.plain[max(0, m.start - 18) : m.start],
        )
    ]
    found = [
        m
        for m in found
        if m.start > start + 6 and (re.search(r"[\d,)aºª]\s*$|[a-z]\s*$", message.free[start : m.start]))
    ]
    return found[-1] if found else None


def _guess_city(
    message: Message, start: int, end: int, code: re.Match[str] | None, state: tuple[int, int] | None, country: str
) -> tuple[str | None, tuple[int, int] | None]:
    """The words after the code, or the last piece that is no part of the street."""
    if code and country in ("ES", "MX"):
        town = re.match(r"[\s,]*(?P<city>[a-z][a-z' -]{2,30}?)(?=[,.(]|$|\x00)", message.free[code.end() : end])
        if town:
            first, last = code.end() + town.start("city"), code.end() + town.end("city")
            return title(message.raw[first:last]), (first, last)
    limit = min([end, *([code.start()] if code else []), *([state[0]] if state else [])])
    for piece in reversed(list(re.finditer(r"[^,]+", message.free[start:limit]))):
        text = re.sub(r"\b(?:c\.?p\.?|codigo postal)\b.*$", "", piece.group()).strip(" .-")
        if piece.start() > 4 and re.fullmatch(r"[a-z][a-z' .-]{2,30}", text) and not _NOT_CITY.match(text):
            at = start + piece.start() + piece.group().find(text)
            return title(message.raw[at : at + len(text)]), (at, at + len(text))
    return None, None


def _tidy(raw: str) -> str:
    raw = re.sub(r"\s+", " ", raw).strip(" ,.-(")
    raw = re.sub(r"(?i)[\s,]*\b(?:c\.?\s?p\.?|c[oó]digo postal|zip|en|in)\.?:?$", "", raw).strip(" ,-(")
    return title(raw)


_IN = re.compile(r"\b(?:vivo en|vivimos en|en|de|desde|ciudad(?: es)?:?|soy de|estoy en|casa en|in|live in|from)\s*$")


def read_spanish_place(message: Message, asked: str | None, country: str) -> None:
    """City, state and code without a street."""
    asked_place = asked in ("city", "street", "postal_code", "state")
    for match in find_cities(message, country):
        if not message.has("city") and (asked_place or _IN.search(message.free[: match.start])):
            message.add("city", match.value.name, match.start, match.end, 0.9)
    if asked_place and country == "PR" and not message.has("state"):
        found = _PR.search(message.free)
        if found:
            message.add("state", "PR", found.start(), found.end(), 0.9)
    if not message.has("postal_code") and (
        asked_place or re.search(r"\b(?:c\.?p\.?|codigo postal|zip)\b", message.free)
    ):
        code = _CODE.search(message.free)
        if code and len(message.words) <= 8:
            message.add("postal_code", code.group("code"), code.start(), code.end(), 0.92)
