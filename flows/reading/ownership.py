"""Whether the contact owns the house."""

import re

from flows.reading.segments import Message

_OWN = re.compile(
    r"\b(?:(?:i|we|yes|ya|yeah|do|both|already|me and my \w+|my (?:wife|husband|partner) and "
    r"i)\W+(?:actually |do |still |both |also |now |fully )*(?:own|bought)\b(?! (?:an? (?!house|home|place"
    r"|property|condo|duplex)|two|\d|solar|the (?:ev|car)))|(?:house|home|place|property|it) is (?:mine"
    r"|ours|paid off)"
    r"|it'?s (?:mine|ours|my (?:own )?(?:house|home|place)|our (?:own )?(?:house|home|place)|paid off)|home "
    r"?owners?\b(?! association)|(?:i'?m|i am|we'?re|we are) the owners?|own (?:it|the (?:house|home|place"
    r"|property)|my (?:house|home|place|own)|our|outright|home)"
    r"|owner[- ]occup\w+|(?:name|names|am|is|are) (?:is |are )?on the (?:deed|title)|(?:i |we )?have (?:a "
    r")?(?:mortgage|bond)|(?:still )?paying (?:off )?(?:a |the |my |our )?(?:mortgage|bond)"
    r"|(?:still )?paying (?:it|the house|the place|my house|our house|the home) off"
    r"|(?:the )?bank (?:still )?owns (?:it|most|half)"
    r"|my (?:wife|husband|partner|spouse|brother|sister|mom|dad) and (?:me|i|myself) own|own it (?:with"
    r"|together)|i'?m buying it"
    r"|(?:soy|somos) (?:el |la |los )?(?:dueñ|duen|propietari)\w+|(?:dueñ|duen)[oa]s?\b|propietari[oa]s?\b"
    r"|(?:casa|vivienda) (?:es )?(?:propia|mia|nuestra)|es (?:propi[oa]|mi[oa]|nuestr[oa]|mi (?:casa|piso|hogar))"
    r"|(?:ons|ek) besit|(?:ons|my)"
    r" eie (?:huis|plek|woning)"
    r"|eienaars?|dis myne"
    r"|imba (?:ndeyangu|ndeyedu)|ndeyangu|ndeyedu|muridzi|(?:piso|apartamento|departamento|depa|chalet|hogar"
    r"|propiedad) (?:es |propi[oa]|mi[oa]\b|nuestr[oa])(?:mi[oa]\b|nuestr[oa]|propi[oa])?|ngeyami|ngeyethu"
    r"|umnikazi|owned|own home|own house)\b"
)
_OWN_ALONE = re.compile(
    r"(?:^|[.,;!/|\n\x00]|\band\b|\by\b)\s*(?:yes |i |we |yep |ya )?(?:own|owner|mine"
    r"|ours)\s*(?:it\s*)?(?=[.,;!/|\n\x00]|\band\b|$)"
)
_RENT = re.compile(
    r"\b(?:(?:i|we|just|currently|still|actually|only) (?:rent|lease)\b|rent(?:ing|er|ers)\b|leasing"
    r"|(?:i'?m|i am|we'?re|we are|just|only) (?:a |the |just )*(?:tenants?|lodgers?)|tenants?\b|my landlord"
    r"|the landlord|landlord owns|rent it|rented|i rent|(?:it'?s|its|is) a rental|rental (?:house|home|place|unit"
    r"|property)|a rental(?=\W*$)"
    r"|(?:rento|rentamos|rentando|alquilo|alquilamos|arriendo|arrendamos|inquilin\w+|de alquiler|es rentada"
    r"|es alquilada|de renta|arrendatari\w+)|(?:ek|ons) huur|huurder|huur dit"
    r"|ndinoroja|tinoroja|lodger|kuroja|muroja|ngiqashile|siqashile|qasha)\b"
)
_NOT_OWN = re.compile(
    r"\b(?:don'?t|do not|doesn'?t|dont|didn'?t|not|isn'?t|no|nie|never|neither) (?:actually |really |even "
    r"|the |an? |my |home ?|soy |somos |la |el |es )*(?:own\w*|mine|ours|dueñ\w+|duen\w+|propietari\w+"
    r"|propia|mia)\b"
    r"|\b(?:my |the )?(?:parents?|mom|dad|mother|father|landlord|in-?laws|brother|sister|uncle|aunt|boss"
    r"|company|padres|mama|papa|hermano|son|daughter|grandma)(?:'?s)? (?:\w+ )?own(?:s|ed)?\b|\bit'?s "
    r"my (?:parents|mom|dad|mother|father|brother|sister|landlord|uncle|aunt|grandma|son|daughter)"
)
_NOT_RENT = re.compile(
    r"\b(?:don'?t|do not|dont|not|no|never|stopped|nie)(?: (?:actually|really|a|the|even|soy))* (?:rent\w*"
    r"|leas\w*|tenants?|rento|alquilo|inquilin\w+|huur\w*)\b|\bi rent (?:it |the house |this )?out"
    r"|\brent(?:ing)? (?:it |rooms? )?out\b"
)
_ASKED_NOT = re.compile(
    r"\W*(?:no,? )?(?:it'?s |its |it |the house )?(?:(?:belongs to|in) )?(?:my |the |our )?(?:parents|mom|mum|dad"
    r"|mother|father|folks"
    r"|in-?laws|brother|sister|uncle|aunt|grandma|grandparents|landlord|boss|company|family)'?s?(?: (?:do|does|own it"
    r"|has it|name"
    r"|house|place))?\W*|\W*(?:i'?m |im |i |we )?(?:still )?(?:live|living|stay|staying) (?:with|at) (?:my )?"
    r"(?:parents|mom|dad|folks"
    r"|family|in-?laws)\W*|\W*(?:es |vivo )?(?:de|con) mis? (?:padres|papas|mama|papa|suegros|hermano)\W*"
)
_ASKED_OWN = re.compile(
    r"\W*(?:i'?m |its |it'?s )?(?:100 ?% |all |fully |totally )?(?:mine|mortgaged|financed|hipotecad[oa])(?: lol)?\W*"
    r"|\W*(?:es )?de mi (?:mujer|marido|esposa|esposo|pareja) y (?:mi[oa]|yo)\W*|\W*(?:si,? |(?:casa |piso "
    r"|en )?)?(?:propi[oa]|propiedad|mi[oa]|nuestr[oa]|dueñ[oa]|duen[oa])\W*|\W*(?:(?:i"
    r"|we) )?(?:just |recently )?(?:bought|purchased|inherited|built|closed on)(?: (?:it|this|the (?:house"
    r"|place|home)))?\b"
    r"(?! (?:next|soon))[^?]{0,25}|\W*(?:it'?s |its )?(?:in|under) (?:my|our|both our|my (?:wife|husband|spouse)'?s?)"
    r" names?\W*"
    r"|\W*(?:still )?paying (?:the |off the |off my )?(?:bank|mortgage|loan|bond)(?: off)?\W*"
    r"|\W*(?:la |lo |ya la )?(?:compre|compramos|herede|heredamos|construi|construimos)\b[^?]{0,25}|\W*(?:yes,? |ya "
    r"|yeah,? )?(?:(?:still )?(?:have|got|on|paying|with)? ?(?:an? |the |my |our )?(?:mortgage"
    r"|bond|hipoteca)\b[^?]{0,20}"
    r"|(?:jointly |together |co-?own(?:ed)? )?with my \w+(?: and \w+)?)\W*"
)
_THINGS = re.compile(
    r"\b(?:evs?|cars?|teslas?|trucks?|pools?|pumps?|batter\w+|solar|panels?|chargers?|generators?|acs?|a/cs?|units?"
    r"|heaters?|tubs?|phones?|numbers?|e-?mails?|bills?|names?)\b[^,.;!\n]{0,12}$"
)
_KIN_HOME = re.compile(
    r"\bit'?s my (?:parents|mom|mum|dad|mother|father|brother|sister|uncle|aunt|grandma|son|daughter|in-?laws"
    r"|family)'?s?'? (?:house|home|place)\b"
    r"[^?]*\b(?:but|and|,) ?i (?:pay|live|handle|take care)"
)
_AGREES = re.compile(
    r"\b(?:landlord|owner|lessor|due[nñ]o|casero|arrendador|huisbaas|landlady)(?:'?s| is| already| has"
    r"| would be| esta| says?| said|,? (?:y|and)(?: (?:he|she|they|ya|me))*| ya| me| le)*"
    r" ?(?:ok(?:ay)?|fine|cool|happy|good|on board|agree[sd]?|in favou?r|open|said (?:yes|ok)|says (?:yes|ok)"
    r"|yes|de acuerdo|allows?|approve[sd]?|acepta|acepto|accept(?:s|ed)?|dijo que si|permite|autoriza|quiere"
    r"|dice que si|parece (?:bien|perfecto))\b"
)
_SOME_DAY = re.compile(
    r"\b(?:when|once|if|until|till|cuando|si|hasta que) (?:i|we|yo|nosotros)? ?(?:finally |can )?"
    r"(?:own|buy|have (?:my|our) own|compre|tenga|tengamos|get (?:my|our) own)\b"
)
_CONSENTS = re.compile(
    r"\b(?:he|she|they|el|ella|ellos)(?:'?s| is| has| already| ya)*(?: ok| okay)? ?(?:agreed|agrees|fine|ok(?:ay)?"
    r"|cool|happy|on board"
    r"|said (?:yes|ok|it'?s (?:ok|fine))|acepta|acepto|esta de acuerdo|dijo que si|quiere|wants it)\b"
)
_POSTPONES = re.compile(
    r"\b(?:later|some ?day|another time|leave it|come back|not now|next year|mas adelante|mas tarde|despues|luego|lo"
    r" dejamos|lo dejo"
    r"|my own place|otro momento)\b"
)
_BOTH = re.compile(r"\b(?:rent or own|own or rent|dueño o inquilino|owner or renter|rented or owned)\b")


def _read_renter_path(message: Message) -> bool:
    """Whether the landlord agrees, or it is left for later: the two ways on for who rents."""
    for pattern, way in ((_CONSENTS, "landlord"), (_POSTPONES, "later")):
        said = pattern.search(message.free)
        if said and not re.search(r"\b(?:not|n't|never|no)\b", said.group()):
            message.add("renter_path", way, *said.span(), 0.85)
            return True
    return False


def _read_answer(text: str) -> bool | None:
    if _ASKED_NOT.fullmatch(text):
        return False
    return True if _ASKED_OWN.fullmatch(text) else None


def read_owner(message: Message, asked: str | None, questions: tuple[tuple[int, int], ...]) -> None:
    """Set `owner` from words of owning or renting; "yes" and "no" are read where the question is known."""
    text = message.free
    if _BOTH.search(text) or _KIN_HOME.search(text):
        return
    some_day = _SOME_DAY.search(text)
    if some_day:
        if asked == "renter_path":
            message.add("renter_path", "later", *some_day.span(), 0.85)
        return
    agrees = _AGREES.search(text)
    if agrees and not re.search(r"\b(?:not|n't|never|if|isnt|no esta)\b", agrees.group()):
        message.add("renter_path", "landlord", *agrees.span(), 0.9)
        text = message.free
    elif asked == "renter_path" and _read_renter_path(message):
        return
    answer = _read_answer(text) if asked == "owner" else None
    if answer is not None:
        message.add("owner", answer, 0, len(text), 0.8)
        return
    for pattern, owner in ((_NOT_RENT, True), (_NOT_OWN, False), (_RENT, False), (_OWN, True), (_OWN_ALONE, True)):
        match = pattern.search(text)
        if match and pattern is _NOT_OWN and _THINGS.search(message.plain, max(0, match.start() - 30), match.start()):
            continue
        if match and not any(a <= match.start() < b for a, b in questions):
            message.add("owner", owner, match.start(), match.end(), 0.95 if asked == "owner" else 0.9)
            return
