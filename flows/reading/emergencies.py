"""Danger at the house: fire, smoke, sparks, burning smells, shocks, hot or swollen batteries. Rules only."""

import re

_DANGERS = (
    # English
    r"\b(?:i |we |can |there'?s |there is |a )*(?:smells?|smelling|smelled"
    r"|smelt)\b[^.!?]{0,40}\b(?:burn(?:ing|t|ed)?|smoke|gas|fire|plastic|melting|smoky)\b",
    r"\bburn(?:ing|t) (?:smell|odou?r|plastic|rubber|wires?|wiring|insulation)\b",
    r"\b(?:smoke|smoking|fumes|flames?)\b[^.!?]{0,30}\b(?:from|coming|out|near|around|behind|in|by|at"
    r"|inside|pouring)\b",
    r"\b(?:inverter|panels?|battery|batteries|box|outlet|socket|breaker|meter|roof|wires?|wiring|db board"
    r"|plug|geyser|charger|unit|powerwall|house"
    r"|cables?|plug)\b[^.!?]{0,25}\b(?:(?:is|are|was|started|starting|just|keeps?|it'?s|caught|on|been|has) "
    r")*(?:smok(?:e|es|ing)|spark(?:s|ing|ed)?|arcing|on fire|burning"
    r"|caught fire|in flames|melt(?:s|ing|ed)|exploded|exploding|blew up|swollen|swelling|bulging|hissing"
    r"|leaking acid|overheating|glowing|very hot"
    r"|too hot to touch|red hot|shocked|shocks|shocking)\b",
    r"\b(?:spark(?:s|ing)|arcing)\b(?! (?:plugs?|joy|interest|energy))",
    r"\b(?:house|roof|home|garage|kitchen|something|it|panels?|inverter|battery"
    r"|there)\b[^.!?]{0,15}\b(?:'?s |is |are |a )?(?:on fire|burning down|caught fire)\b",
    r"\b(?:there'?s|there is|we have|theres|have) an? (?:electrical )?fire\b(?! (?:place|pit|station|alarm|insurance))",
    r"^\W*(?:help\W+)?fire\W*(?:!|help|$)",
    r"\b(?:got|getting|get|gave|gives?|had|felt|received|have|giving)\b[^.!?]{0,20}\b(?:an? "
    r")?(?:electric(?:al)? )?(?:shocks?|shocked|zapped|electrocuted)\b"
    r"(?! (?:at|when i saw|by the (?:price|bill)|absorb))",
    r"\b(?:i|we|he|she|son|daughter|wife|husband|dog|kid|child|someone)\b[^.!?]{0,10}\b(?:was|got|were"
    r"|been) (?:just )?(?:electrocuted|zapped|shocked (?!by (?:the |my |how )?(?:price|bill|cost|amount"
    r"|much)|at\b|when (?:i|we) (?:saw|got)|to\b|that\b|how))",
    r"\b(?:electrocuted|electric shock|electrical fire|live wire|downed (?:power ?)?line|exposed (?:live "
    r")?wires?|carbon monoxide|gas leak)\b",
    r"\b(?:batter(?:y|ies)|powerwall)\b[^.!?]{0,30}\b(?:swollen|swelling|bulg\w+|puffed|puffy|leaking"
    r"|hissing|really hot|super hot|hot to)\b",
    r"\b(?:swollen|bulging|leaking|hissing|burning|smoking|sparking|melted|melting) (?:lithium |solar "
    r"|inverter |the )?(?:batter(?:y|ies)|inverter|powerwall|wires?|cables?|panels?|outlet|socket|plug)\b",
    r"\b(?:panel|roof|inverter|box|wires?) (?:shocks|shocked|zapped|zaps) (?:me|him|her|us|my)\b",
    r"\bsomething(?:'s| is)? burning\b",
    r"\b(?:flames|smoke)\b[^.!?]{0,6}!",
    r"\bcall(?:ed|ing)? (?:911|the fire (?:dept|department|brigade))\b",
    r"\b(?:saw|seen|see|heard|there (?:was|is)|got|made|makes|big|few|some|throws?) (?:an? |some |big |the |few"
    r" )*sparks?\b(?! (?:ev|plug))",
    r"\bfire (?:in|on|at|inside|behind) (?:the |my |our )?(?:garage|house|home|roof|attic|kitchen|wall|basement"
    r"|panels?|inverter|battery"
    r"|meter|closet|room|shed|yard|box)\b",
    r"\b(?:shower|taps?|faucet|sink|washer|fridge|stove|appliances?|frames?|rails?|fence|gate|geyser|tub|pool|water"
    r"|switch|handle|it)"
    r" (?:keeps? |is |just |always )?(?:shock(?:s|ed|ing)|zap(?:s|ped|ping)) (?:me|us|him|her|you|people|my)\b",
    r"\b(?:power|electric(?:al|ity)?) ?(?:line|cable|wire|pole)s? (?:is |are |has |came |just )*(?:down|fallen|fell"
    r"|broken|on the|lying|hanging)\b",
    r"\b(?:caught|catching) (?:on )?fire\b|\bsomething (?:just )?(?:blew up|exploded)\b",
    r"\b(?:generator|charger|car|ev|geyser|fuse|transformer|pole|db board|water heater|ac)\b[^.!?]{0,15}\b(?:on fire"
    r"|exploded|blew up|is smoking"
    r"|sparking|sparks)\b",
    # Spanish
    r"^\W*(?:ayuda\W+)?(?:fuego|incendio)\W*(?:ayuda\W*)?$",
    r"\b(?:exploto|explotaron|revento|estallo)\b[^.!?]{0,20}\b(?:inversor|bateria|panel|medidor|breaker|caja|generador"
    r"|cargador|enchufe|cuadro"
    r"|transformador|termo|boiler)",
    r"\bcables?\b[^.!?]{0,25}\b(?:caid\w+|suelt\w+|pelad\w+|tirad\w+|quemad\w+|colgando)\b",
    r"\b(?:sale|saliendo|hay|veo|echa|echando|huele a|con|tira|sacando|saca) (?:mucho |el |un poco de "
    r")?humo\b",
    r"\bhumo\b[^.!?]{0,25}\b(?:inversor|panel|bateria|caja|breaker|techo|cuadro|medidor|enchufe)",
    r"\bhuele (?:como )?a (?:quemado|plastico|cable|humo|gas|chamusc\w+)",
    r"\bolor a (?:quemado|humo|gas|plastico)",
    r"\b(?:chispas?|chispazos?|chisporrote\w+|echando chispas)\b",
    r"\b(?:se|esta|estan) (?:esta |estan )?(?:quem(?:a|ando)|incendi\w+|prendi\w+ fuego|derriti\w+"
    r"|ardiendo)\b",
    r"\b(?:incendio|hay fuego|en llamas|fuego en|fuga de gas|cortocircuito|corto circuito)\b",
    r"\b(?:me dio|da|dio|me da|nos dio|le dio|recibi|dando) (?:una?s? |la )?(?:descargas?|toques?"
    r"|calambres?|corriente|corrientazo|electrocut\w+)\b",
    r"\bdescarga electrica\b",
    r"\bme (?:electrocut\w+|dio corriente|agarro la corriente)",
    r"\bbaterias?\b[^.!?]{0,30}\b(?:hinchad\w|inflad\w|muy caliente|ardiendo|goteando|hirviendo)",
    r"\b(?:hinchad\w|inflad\w) (?:la )?bateria",
    # Afrikaans, Shona, Zulu
    r"\b(?:rook|vonke|vonk|brand|gebrand|skok)\b[^.!?]{0,25}\b(?:omvormer|inverter|battery|paneel|panele"
    r"|dak|db|huis|geskok|uit)\b",
    r"\b(?:ruik|reuk)\b[^.!?]{0,15}\bbrand",
    r"\b(?:omvormer|paneel|battery|dak|huis)\b[^.!?]{0,20}\b(?:rook|brand|vonk\w*|aan die brand)\b",
    r"\bgeskok\b",
    r"\b(?:utsi|moto)\b[^.!?]{0,25}\b(?:inverter|bhatiri|battery|panel|imba|buda|kubuda)",
    r"\b(?:iri|yave|irikut?i) ku(?:tsva|pisa|buda utsi|pfungaira)\b",
    r"\b(?:ndabatwa|kubatwa) nemagetsi\b",
    r"\b(?:umlilo|intuthu|kuyasha|iyasha|ishushu kakhulu)\b",
)
_DANGER = re.compile("|".join(_DANGERS))
_HINT = re.compile(
    r"smel|smok|somk|smoe|umo\b|buri|brni|spr?a?r?c?k|ule |explot|estall|revent|cable|line|insend|shok|shoc|electr"
    r"|swol|flam|burn|smok|flam|fum|spark|arc|fire|shock|zap|electrocut|swoll|swell|bulg|puff|hiss|leak|melt|hot"
    r"|explo|blew|wire|monox|humo|huele|olor"
    r"|chisp|quem|incend|fueg|llama|derrit|ardi|descarg|toque|calambr|corriente|corto|hinch|infla|rook|vonk"
    r"|brand|skok|reuk|ruik|utsi|moto|tsva"
    r"|pisa|nemagetsi|umlilo|intuthu|asha|911|line|glow|gas\b|acid|shushu"
)
_MISSPELT = {
    "smok": "smoke", "smoek": "smoke", "somke": "smoke", "smoak": "smoke", "smokeing": "smoking", "smokin": "smoking",
    "buring": "burning", "burnning": "burning", "burnin": "burning", "brning": "burning", "burining": "burning",
    "sparkng": "sparking", "sparcks": "sparks", "sprks": "sparks", "sparkin": "sparking", "somthing": "something",
    "smthing": "something", "sumthing": "something", "electricuted": "electrocuted", "elecrocuted": "electrocuted",
    "electrick": "electric", "eletric": "electric", "electic": "electric", "shok": "shock", "schock": "shock",
    "shoked": "shocked", "swolen": "swollen", "flams": "flames", "smels": "smells", "smelss": "smells", "umo": "humo",
    "hummo": "humo", "kemado": "quemado", "qemado": "quemado", "quemao": "quemado", "chispaso": "chispazo",
    "chizpas": "chispas", "ule": "huele", "guele": "huele", "insendio": "incendio", "insendia": "incendia",
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_HARMLESS = re.compile(
    r"\b(?:sparks,? (?:nv|nevada|ave|avenue|st|street|rd|road|ct|ln|dr)|(?:chevy|chevrolet) sparks?|spark ev|sparks"
    r" energy"
    r"|(?:que pasa si|y si|si) hay (?:un )?(?:incendio|fuego)|puede[ns]? (?:causar|provocar|haber) (?:un )?"
    r"(?:incendios?|fuegos?)"
    r"|(?:se )?puede[ns]? (?:incendiar|quemar|prender)(?:se)?|(?:do|does|will|can|could|would|might|may) (?:i|u|you|we"
    r"|they|people|it|(?:the|those|these|your|a|an) \w+)"
    r"(?: (?:ever|really|even|still|get|just|easily|often|also|be)){0,2} (?:shocked|shock|zapped|electrocuted|catch"
    r"(?:ing)? (?:on )?fire|burn"
    r"|explode|spark|smoke|overheat|leak|swell)(?! (?:me|my|us)\b)|contra incendios?|incendios? forestal(?:es)?|fire"
    r" ?place"
    r"|fire ?pit|fire ?wood|smoke (?:detector|alarm)s?|wood burn\w+|burning (?:question"
    r"|through)|hot water|burn(?:ing|s)? (?:money|cash|a hole)|no smoke|hot tub"
    r"|shock(?:ed|ing)? (?:by|at|when|to see)? ?(?:the|my|how)? ?(?:bill|price|cost|amount)|bill (?:shock"
    r"|is shocking)|sticker shock|smoking (?:deal|hot)|gas stove|no fire|non[ -]?smok\w+"
    r"|fuego lento|toque de queda|corriente alterna|cuenta corriente|fire (?:rated|resistant|zone|insurance"
    r"|risk|hazard)|hot (?:summers?|months?|weather|here|outside)|if (?:there is|there's) a fire"
    r"|catch fire|catches fire|fire safe|arc of|can .{0,20}(?:catch|cause) (?:a )?fire)\b"
)


def find_emergency(plain: str) -> re.Match[str] | None:
    """The words that tell of danger, None when there are none; harmless uses (fireplace, bill shock) do not count."""
    if not _HINT.search(plain):
        return None
    plain = _WORD.sub(lambda match: _MISSPELT.get(match.group(), match.group()), plain)
    harmless = _HARMLESS.search(plain)
    text = _HARMLESS.sub(lambda match: "_" * len(match.group()), plain) if harmless else plain
    return _DANGER.search(text)
