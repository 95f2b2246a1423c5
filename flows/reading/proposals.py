"""What a contact says of the proposal: yes, something to change, not now."""

import re

Answer = tuple[str, float]
"""("accept", "change" or "later", confidence)."""

SURE, UNSURE = 0.9, 0.5

_OBJECT = r"(?:it|this|that|the (?:proposal|offer|quote|design|deal|price)|your (?:proposal|offer|quote))"
_REFUSAL = re.compile(
    r"\b(?:don'?t|do not|can'?t|cannot|can not|won'?t|will not|not going to|not|no|never|before i|until i|if i) "
    r"(?:\w+ )?(?:accept|agree|approve|like|want|sign|confirm|take|lo acept\w*|acept\w*|acuerdo|gusta|quier\w*)\b"
)
_ACCEPT = re.compile(
    r"\b(?:acc?ept(?:ed|ing)?|acc?(?:pet|etp|ecpt)|aprove|approved?|agreed?|confirmed?)\b"
    r"|\b(?:let'?s|lets) (?:do (?:it|this|that)|go|sign|start|proceed)\b|\bgo (?:ahead|for it)\b"
    r"|\b(?:proceed|move forward)\b|\bsign me up\b|\b(?:i'?m|we'?re|count me) in\b"
    rf"|\b(?:we'?ll|i'?ll|we will|i will) (?:take|go with|sign) {_OBJECT}|\b(?:i|we) want {_OBJECT}$"
    r"|^\W*(?:(?:ok|okay|yes|yeah|just|sure|alright|fine|please|then|so|great)\W+)*(?:do it|deal)\b"
    r"|\b(?:where|how|when) (?:do|can) (?:i|we) sign\b|\bready to (?:sign|go|start|buy)\b|\bit'?s a (?:deal|yes)\b"
    r"|\bacept(?:o|amos|ad[oa]|ar|arla|arlo)\b|\bde acuerdo\b|\badelante\b|\b(?:la|lo) (?:quiero|queremos|tomo"
    r"|tomamos)\b"
    r"|\bhagamoslo\b|\bfirm(?:o|amos)\b|\btrato hecho\b|\bconfirmo\b|\b(?:donde|como|cuando) (?:puedo )?firm\w+"
)
_LIKE = re.compile(
    rf"\b(?:i|we) (?:really )?(?:like|love) {_OBJECT}\b"
    r"|\b(?:looks|sounds|seems) (?:very |really |so |all )?(?:good|great|perfect|fine|right|fair|amazing|awesome)\b"
    r"|\b(?:me|nos) (?:gusta|encanta|convence|parece bien)\b"
)
_CHANGE = re.compile(
    r"\btoo (?:much|expensive|pricey|high|big|small|large|long|few|many|little)\b"
    r"|\b(?:expensive|pricey|cheaper|discount|lower|reduce|afford|budget)\b"
    r"|\b(?:change|changes|changed|modify|adjust|revise|redo|swap|replace|add|remove|drop|include|without)\b"
    r"|\b(?:different|another|bigger|smaller|larger|(?<!no )more|fewer|less|instead)\b"
    r"|\bcar[oa]s?\b|\bbarat[oa]s?\b|\bdescuento\b|\brebaj\w+|\bpresupuesto\b.{0,20}\balto\b|\bcambi\w+"
    r"|\bmodific\w+|\b(?:distint[oa]s?|diferentes?|otr[oa]s?|mas|menos|sin|quitar|anadir|agregar|poner|grande"
    r"|pequen[oa])\b"
)
_CHANGE_ONLY = re.compile(
    r"\W*(?:(?:no|yes|ok|i|we|i'?d|would|like|want|wanna|need|to|please|can|could|make|some|a|few|something|it|the"
    r"|that|proposal|offer|has|have|be|things?|si|quiero|queremos|quisiera|algo|algunas?|unos?|cosas?|hacer|la|el"
    r"|propuesta|por|favor)\W+)*(?:change|changes|changed|cambiar|cambios?|cambiarla|cambiarlo|modificar)"
    r"(?:\W+(?:it|something|some|things?|please|the|proposal|algo|la|propuesta|por|favor))*\W*"
)
_LATER = re.compile(
    r"\b(?:not (?:now|yet|today|right now|ready|sure yet)|later|need (?:some |more |a bit of |a little )?time"
    r"|think (?:about|it)|thinking about|sleep on|let me (?:think|see|read|look|check|talk|ask|discuss)"
    r"|get back to (?:you|u)|come back to|let (?:you|u) know|another time|some other time"
    r"|next (?:week|month|year|spring|summer)|in a (?:few|couple)|(?:talk|speak|discuss|check"
    r"|show)\b[^.!?]{0,20}\bmy "
    r"(?:wife|husband|partner|spouse|family|dad|mom|son|daughter)|(?:look|read|go) (?:at|through|over|into) it"
    r"|(?:have|take) a (?:closer )?look|read it|busy|tomorrow|tonight|remind me|maybe"
    r"|luego|mas tarde|despues|ahora no|todavia no|aun no|pensarlo|pensarmelo|lo pienso|pensando|manana|mas adelante"
    r"|otro momento|la (?:semana|proxima)|el mes que viene|les? aviso|te aviso|ya (?:te|les?) dire|quizas?|tal vez"
    r"|(?:hablar|hablarlo|consultar|consultarlo|comentar\w*) con (?:mi|la|el)|tengo que (?:verl[oa]|leerl[oa]"
    r"|mirarl[oa])"
    r"|(?:la|lo) (?:miro|leo|veo))\b"
)
_YES = (
    r"(?:yes+|yep|yup|yeah+|yea|si+|sip|claro(?: que si)?|absolutely|definitely|of course|sure|por supuesto|hell yes"
    r"|dale|vamos)"
)
_YES_LEAD = re.compile(rf"\W*{_YES}\b")
_YES_ONLY = re.compile(
    rf"\W*{_YES}(?:\W+(?:{_YES}|please|thanks?|thank|you|sir|i|we|do|want|it|this|that|the|proposal|offer|is"
    rf"|it'?s|all"
    r"|looks?|sounds?|good|great|perfect|perfecto|fine|very|much|ok|okay|right|go|for|por|favor|gracias|la|quiero"
    r"|queremos|me|gusta|nos|encanta|todo|bien|genial))*\W*"
)
_WEAK = re.compile(
    r"\W*(?:ok+|okay|okey|k|kk|great|good|nice|cool|fine|perfect|awesome|wow|alright|got it|not (?:too )?bad|vale"
    r"|bien|bueno|perfecto"
    r"|genial|listo)\b"
)
_THANKS = re.compile(r"\b(?:thanks?(?: you)?|many thanks|muchas gracias|gracias)(?: (?:so|very) much| a lot| mil)?\b")
_BUT = re.compile(r"\b(?:but|however|except|only if|pero|aunque|solo si|salvo)\b")
_PROPOSAL = re.compile(r"\b(?:proposal|offer|quote|propuesta|oferta|presupuesto|cotizacion)\b")
_ASKING = re.compile(
    r"^\W*(?:(?:and|but|so|ok|hi|hello|y|pero)\W+)?(?:how|what|why|when|where|who|which|whats|(?:is|are|does|do"
    r"|did|will)"
    r" (?:i|it|the|this|that|there|you|they|we|my|your)|que|cuanto|cuanta|cuantos|por ?que|cuando|donde|quien"
    r"|cual|hay"
    r"|tiene|incluye)\b"
)
DO_IT = re.compile(
    r"\W*(?:(?:ok|okay|yes|yeah|sure|just|please|si|great|alright|fine)\W+)*(?:do it|go for it|let'?s do (?:it|that))"
    r"(?: then| please| now)?\W*"
)
_LEAD = (
    r"\W*(?:(?:ok(?:ay)?|okey|never ?mind|nvm|forget (?:it|that|about it)|actually|well|fine|alright|all right|hmm"
    r"|so|yes"
    r"|yeah|yep|si|sure|dale|vale|bueno|pues|then|i guess|olvidalo|en fin|venga|great|perfect)\W+)*"
)
_INSISTING = re.compile(
    rf"{_LEAD}(?:i |we |yo |just )?(?:'?ll |will |do |lo |la |te la |te lo )?(?:acc?ept|acc?pet|accetp|acepto|aceptamos"
    rf"|take (?:it|this|that)|approve)\b"
)
_AFTER_ALL = re.compile(r"\b(?:never ?mind|nvm|forget (?:it|that|about it)|olvidalo|after all)\b")
_TAKES_BACK = re.compile(
    r"\b(?:chang(?:ed?|ing) my mind|change of mind|second thoughts?)\b"
    r"(?! about (?!(?:the |your )?(?:proposal|offer|quote)\b|(?:it|this|that|accepting|signing)\b))"
    r"|\b(?:take|taking) (?:it|that|this|my yes) back\b|\bnot so fast\b"
    r"|\b(?:don'?t|do not|didn'?t|did not|no longer|never|can'?t|won'?t) (?:want to |wanna |actually |really )?"
    r"(?:accept(?:ed)?|agree|approve)\b"
    r"|\b(?:(?:don'?t|do not|no longer) (?:want to|wanna)|won'?t|not going to) (?:sign|go ahead|proceed)\b"
    r"|\bdon'?t (?:sign|go ahead|proceed|start)\b|\bdecided (?:against|not to)\b|\bya no (?:la |lo )quier\w*"
    r"|\b(?:wife|husband|partner|spouse) (?:says|said) no\b|\bno quier\w+ (?:seguir|continuar|hacerlo|firmar)\b"
    r"|\b(?:withdraw|revoke|retract|undo) (?:my |the |that )?(?:acceptance|accept|yes|decision|it|that)\b"
    r"|\bcancel (?:my |the )?(?:acceptance|yes|decision)\b|\bnot (?:accepting|signing|so sure|sure any ?more)\b"
    r"|\b(?:let me|need to|want to) (?:reconsider|rethink|think (?:about it|again|it over))\b"
    r"|\bya no (?:la |lo )?(?:acept\w*|firm\w*)|\bno (?:la |lo )acept\w*|\bno acept\w*"
    r"|\bme (?:he )?arrep\w*"
    r"|\bcambi(?:e|ado) de (?:idea|opinion)\b|^\W*(?:(?:no|espera|perdon|bueno|mira)\W+)*mejor no\b"
)
_FILE = re.compile(
    r"\b(?:address|street|e-?mail|phone|number|name|bill|kwh|utility|roof|zip|postal code|direccion|calle|correo"
    r"|telefono"
    r"|numero|nombre|factura|recibo|techo|tejado)\b"
)
"""Words about what intake has on file."""
_STATES = re.compile(
    r"\d|@|\b(?:is|are|was|isn'?t|wrong|actually|change|changed|update|correct|should be|es|son|era|cambi\w+|mal)\b"
)
_OFFERED = re.compile(
    r"\b(?:panels?|batter\w+|system|price|cost|payments?|kw|design|proposal|offer|quote|inverters?|loan|financ\w+"
    r"|bigger"
    r"|smaller|larger|cheaper|expensive|too|discount|save|savings|placas|paneles|precio|sistema|bateria\w*|propuesta"
    r"|oferta|caro|cara|barat\w+|ahorr\w+)\b"
)


def decide(plain: str) -> Answer | None:
    """What folded words say in answer to the proposal; a friendly word alone is asked back about.

    A wish to change something wins over a yes beside it: it is for staff, and nothing is accepted by mistake.
    """
    text = _THANKS.sub(" ", plain)
    if _ASKING.match(text) and not DO_IT.fullmatch(text):
        return None
    if has_change(text):
        return "change", SURE
    refuses, takes = bool(_REFUSAL.search(text)), bool(_ACCEPT.search(text))
    if _LATER.search(text):
        return ("accept", UNSURE) if takes and not refuses else ("later", SURE)
    return None if refuses else _agree(text, takes)


def _agree(text: str, takes: bool) -> Answer | None:
    """How sure a yes is; "yes, but …" is a wish."""
    agrees = takes or _YES_LEAD.match(text) or _LIKE.search(text)
    if agrees and _BUT.search(text):
        return "change", SURE
    if takes or _YES_ONLY.fullmatch(text):
        return "accept", SURE
    if agrees or (_WEAK.match(text) and len(text.split()) <= 4):
        return "accept", UNSURE
    return None


def is_bare_change(plain: str) -> bool:
    """A wish to change something that does not say what."""
    return bool(_CHANGE_ONLY.fullmatch(plain))


def is_thanks(plain: str) -> bool:
    """Words of thanks, and friendly ones beside them at most."""
    return bool(_THANKS.search(plain)) and len(_THANKS.sub(" ", plain).split()) <= 2


def names_proposal(plain: str) -> bool:
    return bool(_PROPOSAL.search(plain))


def accepts_after_all(plain: str) -> bool:
    """An acceptance that stands by itself once something else was said of the proposal: "ok never mind, I accept"."""
    if decide(plain) != ("accept", SURE):
        return False
    return bool(insists(plain) or (_AFTER_ALL.search(plain) and is_acceptance(plain)))


def insists(plain: str) -> bool:
    """An acceptance in the first words."""
    return bool(_INSISTING.match(plain))


def takes_back(plain: str) -> bool:
    """Whether an acceptance is taken back."""
    return bool(_TAKES_BACK.search(plain))


def is_about_file(plain: str) -> bool:
    """Whether the words say what is on file, such as the bill, and nothing of what is offered."""
    is_answer = _OFFERED.search(plain) or _ACCEPT.search(plain) or _YES_LEAD.match(plain)
    return not is_answer and bool(_FILE.search(plain) and _STATES.search(plain))


def is_acceptance(plain: str) -> bool:
    """A yes in words of its own, not a bare one."""
    return bool(_ACCEPT.search(plain)) and not _REFUSAL.search(plain)


def has_change(plain: str) -> bool:
    """ "More time" and the Spanish for later are no wish for more."""
    return bool(_CHANGE_ONLY.fullmatch(plain) or _CHANGE.search(_LATER.sub(" ", plain)))
