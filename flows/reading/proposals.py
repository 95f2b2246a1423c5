"""What a contact says of the proposal: yes, something to change, not now."""

import re

Answer = tuple[str, float]
"""("accept", "change" or "later", confidence)."""

_OBJECT = r"(?:it|this|that|the (?:proposal|offer|quote|design|deal|price)|your (?:proposal|offer|quote))"
_NOT_ACCEPT = re.compile(
    r"\b(?:don'?t|do not|can'?t|cannot|can not|won'?t|will not|not going to|not|no|never|before i|until i|if i) "
    r"(?:\w+ )?(?:accept|agree|approve|like|want|sign|confirm|take|lo acept\w*|acept\w*|acuerdo|gusta|quier\w*)\b"
)
_ACCEPT = re.compile(
    r"\b(?:i|we|i'?ll|we'?ll|i'?d|happy to|want to|would like to|going to|ready to|please)?\s*"
    r"(?:acc?ept(?:ed|ing)?|aprove|approved?|agreed?|confirmed?)\b"
    r"|\b(?:let'?s|lets) (?:do|go|sign|start|proceed|get)\b|\bgo (?:ahead|for it|with)\b|\b(?:proceed|move forward)\b"
    rf"|\b(?:we'?ll|i'?ll|we will|i will) (?:take|go with|sign) {_OBJECT}|\bsign me up\b|\b(?:i'?m|we'?re"
    rf"|count me) in\b"
    r"|\b(?:where|how|when) (?:do|can) (?:i|we) sign\b|\bready to (?:sign|go|start|buy)\b|\bit'?s a (?:deal|yes)\b"
    rf"|\b(?:i|we) (?:really )?(?:like|love|want) {_OBJECT}\b"
    r"|\b(?:looks|sounds|seems) (?:very |really |so |all )?(?:good|great|perfect|fine|right|fair|amazing|awesome)\b"
    r"|\bacept(?:o|amos|ad[oa]|ar|arla|arlo)\b|\bde acuerdo\b|\badelante\b|\b(?:me|nos) (?:gusta|encanta"
    r"|convence|parece bien)\b"
    r"|\b(?:la|lo) (?:quiero|queremos|tomo|tomamos)\b|\bh[aá]gamoslo\b|\bfirm(?:o|amos)\b|\btrato hecho\b"
    r"|\bconfirmo\b"
)
_CHANGE = re.compile(
    r"\b(?:too|so|very|bit|rather|quite) (?:much|expensive|pricey|high|big|small|large|long|few|many|little)\b"
    r"|\b(?:expensive|pricey|cheaper|discount|lower|reduce|afford|budget)\b"
    r"|\b(?:change|changes|changed|modify|adjust|revise|redo|swap|replace|add|remove|drop|include|without)\b"
    r"|\b(?:different|another|other|bigger|smaller|larger|more|fewer|less|instead)\b"
    r"|\bcar[oa]s?\b|\bbarat[oa]s?\b|\bdescuento\b|\brebaj\w+|\bpresupuesto\b.{0,20}\balto\b|\bcambi\w+|\bmodific\w+"
    r"|\b(?:distint[oa]s?|diferentes?|otr[oa]s?|m[aá]s|menos|sin|quitar|a[nñ]adir|agregar|poner|grande"
    r"|peque[nñ][oa])\b"
)
_CHANGE_ONLY = re.compile(
    r"\W*(?:(?:no|yes|ok|i|we|i'?d|would|like|want|wanna|need|to|please|can|could|make|some|a|few|something|it"
    r"|the|that"
    r"|proposal|offer|has|have|be|things?|thing|si|quiero|queremos|quisiera|algo|algunas?|unos?|cosas?|hacer|la|el"
    r"|propuesta|por|favor)\W+)*(?:change|changes|changed|cambiar|cambios?|cambiarla|cambiarlo|modificar)"
    r"(?:\W+(?:it|something|some|things?|please|the|proposal|algo|la|propuesta|por|favor))*\W*"
)
_LATER = re.compile(
    r"\b(?:not (?:now|yet|today|right now|ready|sure yet)|later|need (?:some |more |a bit of |a little )?time"
    r"|think (?:about|it)"
    r"|thinking about|sleep on|let me (?:think|see|read|look|check|talk|ask|discuss)|get back to (?:you|u)"
    r"|come back to"
    r"|let (?:you|u) know|another time|some other time|next (?:week|month|year|spring|summer)|in a (?:few|couple)"
    r"|(?:talk|speak|discuss|check|show)\b[^.!?]{0,20}\bmy (?:wife|husband|partner|spouse|family|dad|mom|son"
    r"|daughter)"
    r"|(?:look|read|go) (?:at|through|over|into) it|(?:have|take) a (?:closer )?look|busy|tomorrow|tonight|remind me"
    r"|luego|m[aá]s tarde|despu[eé]s|ahora no|todav[ií]a no|a[uú]n no|pensarlo|pensarmelo|lo pienso|pensando"
    r"|ma[nñ]ana"
    r"|m[aá]s adelante|otro momento|la (?:semana|pr[oó]xima)|el mes que viene|les? aviso|te aviso|ya (?:te"
    r"|les?) dir[eé]"
    r"|(?:hablar|hablarlo|consultar|consultarlo|comentar\w*) con (?:mi|la|el)|tengo que (?:verl[oa]|leerl[oa]"
    r"|mirarl[oa])"
    r"|(?:la|lo) (?:miro|leo|veo))\b"
)
_STRONG = re.compile(
    r"\W*(?:yes+|yep|yup|yeah+|yea|si+|sip|claro(?: que si)?|absolutely|definitely|of course|sure|por supuesto"
    r"|yes please|si por favor|hell yes|yes of course|dale|vamos)\b"
)
_WEAK = re.compile(
    r"\W*(?:ok+|okay|okey|k|kk|great|good|nice|cool|fine|perfect|awesome|wow|thanks?|thank you|alright|got it"
    r"|vale|bien"
    r"|bueno|perfecto|genial|gracias|listo)\b"
)
_BUT = re.compile(r"\b(?:but|however|except|only if|pero|aunque|solo si|salvo)\b")
_PROPOSAL = re.compile(r"\b(?:proposal|offer|quote|propuesta|oferta|presupuesto|cotizaci[oó]n)\b")
_ASKING = re.compile(
    r"^\W*(?:(?:and|but|so|ok|hi|hello|y|pero)\W+)?(?:how|what|why|when|where|who|which|is|are|does|do|did|will|whats"
    r"|que|cuanto|cuanta|cuantos|por ?que|cuando|donde|quien|cual|hay|tiene|incluye)\b"
)
SURE, UNSURE = 0.9, 0.5


def decide(plain: str) -> Answer | None:
    """What folded words say in answer to the proposal; a friendly word alone is asked back about."""
    if _ASKING.match(plain) and not re.search(
        r"\b(?:where|how|when|donde|como) (?:do|can|puedo)? ?(?:i |we )?(?:sign|firm)", plain
    ):
        return None
    takes = bool(_ACCEPT.search(plain) or _STRONG.match(plain)) and not _NOT_ACCEPT.search(plain)
    if _CHANGE_ONLY.fullmatch(plain):
        return "change", SURE
    if takes and not _BUT.search(plain):
        return ("change", SURE) if _CHANGE.search(plain) and not _STRONG.match(plain) else ("accept", SURE)
    if _LATER.search(plain) and not _BUT.search(plain):
        return "later", SURE
    if _CHANGE.search(plain) or (takes and _BUT.search(plain)):
        return "change", SURE
    if _LATER.search(plain):
        return "later", SURE
    if _WEAK.match(plain) and len(plain.split()) <= 4 and not re.search(r"\bthank|\bgracias", plain):
        return "accept", UNSURE
    return None


def is_bare_change(plain: str) -> bool:
    """A wish to change something that does not say what."""
    return bool(_CHANGE_ONLY.fullmatch(plain))


def names_proposal(plain: str) -> bool:
    return bool(_PROPOSAL.search(plain))


def is_acceptance(plain: str) -> bool:
    """A yes in words of its own, not a bare one."""
    return bool(_ACCEPT.search(plain)) and not _NOT_ACCEPT.search(plain)


def has_change(plain: str) -> bool:
    return bool(_CHANGE.search(plain))
