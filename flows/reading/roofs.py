"""Roof types in English, Spanish and Afrikaans."""

import re

from flows.reading.phrases import Match, Phrases
from flows.reading.segments import Message

_KINDS: dict[str, str] = {
    "asphalt_shingle": "asphalt|composite|composites|asphalt shingle|asphalt shingles|asphault|composition|composite "
    "shingle|comp shingle"
    "|comp"
    "|composition shingle|comp shingles|architectural shingle|architectural shingles|architectural|shingle"
    "|shingles|shingels|shingled"
    "|three tab|3 tab|dimensional shingle|teja asfaltica|tejas asfalticas|teja de asfalto|tejas de asfalto"
    "|asfalto|shingle asfaltico",
    "asbestos_cement": "asbestos|asbestos cement|asbestos sheets|asbesto|asbestos sheeting|asbestos roofing"
    "|fibre cement"
    "|fiber cement"
    "|fibrocemento|uralita|asbes|asbestosement|everite",
    "clay_tile": "clay roof tile|clay roof tiles|teja de arcilla|tejas de arcilla|arcilla|clay|clay tile|clay tiles"
    "|spanish tile|spanish tiles|terracotta|terra cotta|terracotta tile"
    "|terracotta tiles"
    "|barrel tile|barrel tiles|mission tile|s tile|teja de barro|tejas de barro|teja arabe|tejas arabes"
    "|teja espanola|teja curva"
    "|barro|kleiteel|kleiteels|ceramic tile|ceramic tiles|teja ceramica|tejas ceramicas",
    "concrete_tile": "concrete roof tile|concrete roof tiles|cement roof tile|cement roof tiles|concrete roofing tiles"
    "|concrete tile|concrete tiles|cement tile|cement tiles|teja de concreto|tejas de concreto|teja de "
    "hormigon"
    "|tejas de hormigon|teja de cemento|tejas de cemento|sementteels|betonteels|marley tile|marley tiles|marley",
    "flat_concrete": "flat concrete|concrete slab|flat slab|slab|concrete roof|concrete flat|losa|losa de concreto"
    "|losa "
    "plana"
    "|techo de concreto|techo de cemento|azotea|azotea plana|terraza plana|placa de concreto|betonplat"
    "|betondak|platbeton|hormigon"
    "|techo de hormigon|techo en cemento|concreto|cemento|flat cement|cubierta plana de hormigon|decked "
    "concrete|concrete deck|deck"
    "|plat beton",
    "flat_membrane": "rubber|flat rubber|rubber roof|tpo|epdm|membrane|pvc membrane|tar and gravel|tar gravel|torch on"
    "|torch down"
    "|built up|modified bitumen|bitumen|rolled roofing|roll roofing|impermeabilizante|tela asfaltica"
    "|membrana|waterproofed flat",
    "metal": "metal|metal sheets|standing seam|tin|tin roof|zinc|zink|zinc sheets|ibr|corrugated|corrugated iron"
    "|corrugated metal"
    "|iron sheets|iron sheet|iron|steel|aluminum|aluminium|lamina|laminas|lamina de zinc|techo de lamina"
    "|techo de zinc|sinkplaat"
    "|sink plaat|sinkplate|sinkdak|chromadek|galvanized|galvanised|malata|chapa|metalico|metalica|techo "
    "metalico|r panel"
    "|klip lok|kliplok|metaal|metaaldak|box profile|panel sandwich|sandwich panel|calamina|steel sheets|metal sheeting",
    "metal_tile": "metal tile|metal tiles|metal roof tile|metal roof tiles|harvey tile|harvey tiles|decra|stone "
    "coated|stone coated"
    " steel|stone coated metal|stone coated tile|steel tile|steel tiles|teja metalica|tejas metalicas"
    "|metaalteels|metal shingle"
    "|metal shingles",
    "slate": "slate roof tile|slate roof tiles|teja de pizarra|tejas de pizarra|pizarra natural|slate|slates|pizarra"
    "|leiklip|natural slate|slate tile|slate tiles|leisteen",
    "thatch": "thatch|thatched|grass thatch|thatched roof|grass|grass roof|grasdak|gras|palapa|palma|paja|reed"
    "|dekgras|uswenya",
    "tile": "tile|tiles|tiled|tiled roof|teja|tejas|teels|teel|teeldak|roof tiles|roofing tiles|matiles",
}
_TABLE = {phrase: kind for kind, phrases in _KINDS.items() for phrase in phrases.split("|")}
_PHRASES: Phrases[str] = Phrases(_TABLE)
_FIRM = frozenset(
    [
        "shingle",
        "shingles",
        "shingled",
        "asbestos",
        "thatch",
        "thatched",
        "tiles",
        "tiled",
        "teja",
        "tejas",
        "ibr",
        "chromadek",
        "tpo",
        "epdm",
        "decra",
        "slate",
        "tile",
        "teels",
        "sinkplaat",
        "palapa",
        "uralita",
    ]
)
_ROOF = re.compile(r"\b(?:roof\w*|techo|tejado|dak|denga|azotea|cubierta|losa|shingles?|uphahla)\b")
_FLAT = re.compile(r"\b(?:flat|plano|plana|plat|flat one|flat roof)\b")
_NOT = re.compile(
    r"\b(?:not|isnt|isn't|no es|no son|nie|don't have|dont have|never|aren't|arent|no longer|used to be|was"
    r"|era|instead of|sin|no"
    r"|not a|going to|replac\w+ the|remov\w+|neighbou?rs?)(?: (?:a|an|the|just|really|made of|de|una?|old"
    r"|any|have))*\s*$"
)
_FLOOR = re.compile(
    r"\b(?:floors?|bathroom|kitchen|driveway|pool(?! pump)|piso"
    r"|walls?(?! (?:charger|connector|unit|box|mount\w*))|fence|shed|carport|garage)\b"
)


def read_roof(message: Message, asked: str | None, country: str) -> None:
    """Set `roof_type`; outside its own question only words that can mean nothing else, or ones said of a roof."""
    if _read_other(message, asked):
        return
    matches = [m for m in _PHRASES.find(message) if _counts(message, m, asked)]
    kept = [m for m in matches if not _NOT.search(message.plain, max(0, m.start - 30), m.start)]
    flat = _FLAT.search(message.free)
    about_roof = asked == "roof_type" or bool(_ROOF.search(message.plain))
    if flat and about_roof and not _is_apartment(message, flat, country):
        kind = _read_flat(kept, country)
        places = [flat.start(), flat.end(), *(m.start for m in kept), *(m.end for m in kept)]
        message.add("roof_type", kind, min(places), max(places), 0.85)
        return
    for match in matches:
        if match not in kept:
            message.take(match.start, match.end)
    if kept:
        best = max(kept, key=lambda m: (len(m.text.split()), -m.start))
        message.add("roof_type", _refine(best, kept), best.start, best.end, 0.9)
        for match in kept:
            message.take(match.start, match.end)


_OTHER = re.compile(
    r"\b(?:(?:cedar|wood(?:en)?|redwood|timber)(?: (?:shakes?|shingles?|roof\w*|tiles?))|shakes?|cedar|wood(?:en)?"
    r"|green roof|sod"
    r"|glass|polycarbonate|plastic|solar (?:shingles?|tiles?|roof)|tejas? de madera|(?:techo )?de madera|madera|vidrio"
    r"|policarbonato)\b"
)


def _read_other(message: Message, asked: str | None) -> bool:
    """A roof that no type stands for is an answer without a value."""
    other = _OTHER.search(message.free)
    if other is None or not (asked == "roof_type" or (" " in other.group() and _ROOF.search(message.plain))):
        return False
    message.take(*other.span())
    message.refused = True
    return True


def _is_of(plain: str, match: Match[str], floor: re.Match[str]) -> bool:
    """Whether "tile" is what a floor beside it is made of: "pool tiles", but not "a pool, metal roof"."""
    gap = plain[min(match.end, floor.end()) : max(match.start, floor.start())]
    return len(gap) < 15 and not re.search(r"[,;:/&\n]|\b(?:and|y|en|roof|techo|pump)\b", gap)


def _counts(message: Message, match: Match[str], asked: str | None) -> bool:
    if asked == "roof_type":
        return True
    start, end = message.sentence_at(match.start)
    if any(_is_of(message.plain, match, floor) for floor in _FLOOR.finditer(message.plain, start, end)):
        return False
    return (
        match.text in _FIRM
        or match.text.endswith("dak")
        or " " in match.text
        or bool(_ROOF.search(message.plain, start, end))
    )


def _read_flat(kept: list[Match[str]], country: str) -> str:
    kinds = {match.value for match in kept}
    if kinds & {"flat_concrete", "concrete_tile"}:
        return "flat_concrete"
    if "flat_membrane" in kinds or not kinds:
        return "flat_concrete" if not kinds and country != "US" else "flat_membrane"
    return next(match.value for match in kept)


def _is_apartment(message: Message, flat: re.Match[str], country: str) -> bool:
    return country in ("ZA", "ZW") and bool(re.match(r"\s*(?:no\.?\s*)?\d", message.plain[flat.end() :]))


def _refine(best: Match[str], kept: list[Match[str]]) -> str:
    kinds = {match.value for match in kept}
    if "metal" in kinds and "tile" in kinds and len(kinds) == 2 and abs(kept[0].start - kept[-1].start) < 12:
        return "metal_tile"
    return best.value
