"""Danger at the house: fire, smoke, sparks, burning smells, shocks, hot or swollen batteries. Rules only."""

import re

from flows.reading.meant_words import mend_words

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
    r"\b(?:see|seeing|smell|have|got|there'?s|there is|is|lots of|so much|black|white|gr[ea]y|thick|heavy|some"
    r"|big) (?:a |an |lot"
    r" |of |some |black |white |thick |the |little )*(?:smoke|flames)\b|^\W*smoke\W*$|\bflames? (?:everywhere"
    r"|all over)",
    r"\b(?:live|bare|exposed|loose|open|naked|hanging|cut) (?:electric(?:al)? |power |live )?(?:wires?"
    r"|cables?)\b[^.!?]{0,20}\b"
    r"(?:hang\w*|touch\w*|water|out|spark\w*|outside|yard|floor|ground|down)",
    r"\b(?:water|rain)\b(?! (?:meter|heater|tank|pump|bill|pressure))[^.!?]{0,25}\b(?:in|into|inside|through)"
    r" (?:the |my |our )?(?:electric(?:al|ity)? "
    r"|breaker |fuse |main"
    r" |meter |db )*(?:panel|box|breakers?|inverter|db|board|outlets?|sockets?|meter|battery|plugs?)\b",
    r"\b(?:breaker box|fuse box|panel|inverter|db board|battery|meter|outlet|plug|socket)\b (?:\w+ )?(?:is|got|was|are)"
    r" (?:\w+ )?(?:flooded|under ?water|soaked|full of water|wet)\b",
    r"\bexplosions?\b|\b(?:breakers?|outlets?|sockets?|plugs?|switch|wires?|fuse box|meter|cord|cable"
    r"|adapter)\b[^.!?]{0,12}\b"
    r"(?:really|very|too|super|so|burning|extremely|boiling) hot\b",
    r"\btransformer\b[^.!?]{0,15}\b(?:burn\w*|smok\w+|flam\w+|explo\w+|pop\w*)",
    r"\b(?:cables?|wires?|power lines?|poles?|lines?) (?:has |have |just |came |is |down )*(?:fell|fallen"
    r"|snapped|broke|came"
    r" down|down and)\b|\bfell\b[^.!?]{0,15}\bpower ?lines?\b",
    r"\b(?:call|send|need|get)(?:ing)? (?:me )?(?:an |the )?(?:ambulance|fire ?(?:fighters?|brigade|department"
    r"|truck))\b",
    r"\b(?:this is|it'?s|its|have|got|we have) (?:an? )?(?:real |electrical |total )?emergency\b"
    r"|^\W*(?:help\W+)?emergency"
    r"\W*(?:$|[!:,])",
    r"\bburn(?:ing|t|ed)?\b[^.!?]{0,15}\b(?:smell|odou?r|stink|stench)\b|\b(?:stinks?|reeks?|stench|odou?r)"
    r" (?:like|of) (?:\w+ )?"
    r"(?:burn\w*|smoke|melt\w+|gas)\b",
    r"\bscorch\w*\b|\b(?:outlet|plug|socket|switch|wires?|panel|breaker|meter|cable"
    r"|cord)\b[^.!?]{0,15}\b(?:charred|burnt"
    r"|burned)\b(?! out)|\bburn marks?\b",
    r"\bsparks? (?:just )?(?:jump|c[oa]me|flew|fly|shot|shoot|popp|out\b|from|when|every|inside|all over)\w*",
    r"\b(?:switch|outlet|plug|socket|breaker|meter|lights?|cord) (?:\w+ )?sparks?\b",
    r"(?<!bill)(?<!nothing)(?<!sun)(?<!"
    r" he)(?<!she)(?<!who)(?<!ody)(?<!one)(?<!deal)(?<!price)(?<!solar)(?<!money)(?<!husband)(?<!wife)"
    r" is (?:smoking|sparking|on fire|burning|overheating|melting|frying|exploding)\b(?! (?:cash|money|a hole|hot))",
    r"\bfire (?:behind|under|by|near|at|in|on) (?:the |my |our )?(?:fridge|plug|outlet|breaker|stove|geyser"
    r"|neighbou?rs?|panels?)\b"
    r"|\bacid leak\w*|\bleaking acid\b|\btingl\w+|\bfeel (?:the )?(?:electricity|current)\b|\belectrified\b"
    r"|\borange glow\b",
    r"\b(?:wires?|cord|panel|breaker|meter|inverter|box|outlet|plug|battery|socket)\b[^.!?]{0,25}\b(?:frying"
    r"|crackl\w+|popping"
    r"|fizz\w+|zapping|spitting)\b|\b(?:crackl\w+|popping|zapping|fizz\w+|spitting)\b[^.!?]{0,25}\b(?:wires?"
    r"|cord|panel|breaker"
    r"|meter|inverter|box|outlet|plug|battery|socket)\b",
    r"\b(?:plastic|rubber|electrical|chemical|gas|smoky|burn) (?:smell|odou?r)\b|\bhelp\W+(?:my |the )?\w+"
    r" (?:is )?(?:burning|smoking)\b",
    r"\b(?:gutter|roof|metal|pipe|tap|frame|railing) is live\b|\btouched (?:the |a )?(?:live )?(?:wires?|cable|line)\b",
    r"\b(?:wire|cable|power ?line)s? (?:is|are) (?:down|on the|in the|lying|hanging)\b|\bsmoke (?:everywhere"
    r"|all over)\b|\bflames?\W*$",
    r"\b(?:was|got|were) (?:just |badly )?(?:shocked|zapped) (?:by|off|from) (?:the|a|our|my|this) (?!bill"
    r"|price|cost|amount|quote|news"
    r"|rate|figure|total|estimate|number|first|last|size)",
    r"\b(?:outlets?|plugs?|sockets?|switch|breakers?|wires?|cord)\b[^.!?]{0,12}\b(?:is|are|feels?|gets?|getting"
    r"|and) (?:\w+ )?hot\b",
    r"\b(?:panel|breaker box|fuse box) (?:is|got|was) flooded\b|\bsmoke (?:round|around|by|on)\b",
    # Spanish
    r"\b(?:salen?|saca\w*|hay|echa\w*|saliendo|sacando) (?:fuego|llamas|lumbre)\b|\bhumeando\b|\bhuelen (?:como"
    r" )?a (?:quemado|humo|gas)",
    r"\bse (?:me |nos )?(?:prendio|incendio) (?:la|el|mi) (?:bateria|inversor|medidor|panel|techo|casa|enchufe"
    r"|contacto|cable|caja"
    r"|tablero|cargador|cocina)\b|\b(?:hizo|hubo|hay|hace) (?:un )?corto\b|\b(?:me|le|nos) (?:pego|paso|agarro)(?: la)?"
    r" (?:corriente|electricidad)\b|^\W*(?:ayuda|auxilio|socorro)\W+(?:fuego|incendio)\b",
    r"\bcalambrazos?\b|\belectrocut\w+|\bse (?:cayo|cayeron|ha caido|callo) (?:un|el|los|unos) (?:cables?"
    r"|postes?|transformador)",
    r"\b(?:es|tengo|tenemos|hay) (?:una )?emergencia\b|^\W*(?:ayuda\W+)?emergencia\W*(?:$|[!:,])|\b(?:llam\w+"
    r"|traigan|manden)"
    r" (?:a )?(?:los |una )?(?:bomberos|ambulancia)\b",
    # Portuguese
    r"\bpeg(?:ando|ou) fogo\b|\bfumaca\b|\bcheiro de (?:quei?mado|gas|fumaca|plastico)|\b(?:lev\w+|tom\w+|dando"
    r"|da) (?:um )?"
    r"choque\b|\bfaiscas?\b|\bfaiscando\b|\bcurto[- ]circuito\b|\bexplodiu\b|^\W*brand\W*(?:!|help)"
    r"|\b\w*(?:banjwe|shaywe) \w*gesi\b",
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
    r"\bgeskok\b|\bdaar (?:is|kom) (?:'?n )?(?:brand|vuur|rook|vonke|vlamme)\b|\bruik (?:\w+ )?(?:rook|gas"
    r"|brand\w*|gebrand\w*)\b"
    r"|\bvonke? (?:by|uit|in|van|spat)\b|\b(?:die|ons) (?:\w+ )?(?!prys|koste)\w+ (?:brand|vonk|rook"
    r"|smeul)(?=\W*$|!| (?:uit|nou))",
    r"\b(?:pane|kune|pana|kuna) (?:moto|utsi)\b|\bmoto (?:uri|mumba)\b|\b\w*mlilo\b|\b\w*ntuthu\b",
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
    r"|auxilio|socorro|flood|overheat|hume|fry|crackl|pop|fizz|zapp|spit|tingl|feel|live|touch|lumbre|prend"
    r"|agarr|pego|paso|explod"
    r"|gesi|emerg|ambul|water|rain|scorch|char|stink|reek|wet|bomber|cayo|caido|fumaca|fogo|cheiro|choque|faisc"
    r"|curto|mlilo|ntuth"
    r"|transform|pole|mark|calambr|vuur|vlam|smeul|odor|odour|fell|snap|bare|brigade"
    r"|pisa|nemagetsi|umlilo|intuthu|asha|911|line|glow|gas\b|acid|shushu"
)
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
    r"|through)|hot water|burn(?:ing|s)? (?:money|cash|a hole)|no smoke|hot tub|hot ?plates?"
    r"|shock(?:ed|ing)? (?:by|at|when|to see)? ?(?:the|my|how)? ?(?:bill|price|cost|amount)|bill (?:shock"
    r"|is shocking)|sticker shock|smoking (?:deal|hot)|gas stove|no fire|non[ -]?smok\w+"
    r"|fuego lento|toque de queda|corriente alterna|cuenta corriente|fire (?:rated|resistant|zone|insurance"
    r"|risk|hazard)|hot (?:summers?|months?|weather|here|outside)|if (?:there is|there's) a fire"
    r"|sparks? (?:my|an?|some|our|the|your|up)? ?(?:interest|curiosity|joy|conversation|debate|attention)|(?:in"
    r"|from|near|of) sparks"
    r"(?! (?:and|from|fly))|(?:do|does|will|can|could|would) (?:solar |the )?(?:panels|batteries|inverters"
    r"|roofs) (?:\w+ )?(?:sparks?|smoke|burn|explode|overheat|leak|swell|shock)|carbon monoxide (?:detector"
    r"|sensor)s?|carbon monoxide alarms?(?! (?:is|are|keeps?|going|went|just|won))|(?:name is|name'?s|mrs?|ms)"
    r" (?:\w+ )?sparks|leaking money|if (?:the|an?|my) \w+ (?:catches|overheats|burns|explodes|smokes|sparks"
    r"|leaks)|no (?:smoke|sparks?|flames?|burning|shocks?|emergency)|not (?:an |really an )?emergency"
    r"|(?:had|was|after) (?:\w+ ){0,5}fires?\b.{0,20}\b(?:ago|last year|in (?:19|20)\d\d)"
    r"|in (?:case of|an) (?:\w+ )?emergency|emergency (?:contact|fund|power|backup|supply|exit|number|kit)"
    r"|brand (?:of|new|is|name)"
    r"|what brand|which brand|(?:la|tiene|mucha) chispa(?! en)|no (?:es|hay) (?:una )?emergencia|wild"
    r" ?fires?(?:"
    r" smoke)?|scorch(?:ing|er)"
    r"(?: hot| summer| heat)?|puedo electrocutar\w*"
    r"|catch fire|catches fire|fire safe|arc of|can .{0,20}(?:catch|cause) (?:a )?fire)\b"
)


def find_emergency(plain: str) -> re.Match[str] | None:
    """The words that tell of danger, None when there are none; harmless uses (fireplace, bill shock) do not count."""
    plain = mend_words(plain).text
    if not _HINT.search(plain):
        return None
    harmless = _HARMLESS.search(plain)
    text = _HARMLESS.sub(lambda match: "_" * len(match.group()), plain) if harmless else plain
    return _DANGER.search(text)
