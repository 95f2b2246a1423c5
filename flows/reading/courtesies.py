"""Courtesies and openings: words that ask for nothing and answer nothing."""

import re

_COURTESY = re.compile(
    r"(?:(?:ok|okay|great|perfect|cool|nice|alright|awesome|lovely|muy bien|perfecto|genial|vale|baie)\W+)*"
    r"(?:thanks?|thank you|thank u|thanx|thx|tks|ty|cheers|much appreciated|appreciate it|gracias|muchas "
    r"gracias|mil gracias|"
    r"dankie|tatenda|maita basa|ndatenda|siyabonga|ngiyabonga|enkosi)"
    r"(?:\W+(?:you|so much|very much|a lot|a million|again|man|bro|sir|bob|everyone|for (?:that|this|your "
    r"help|everything|"
    r"the (?:help|info|quick reply))|por todo|por la ayuda|muy amable|baie|bye|goodbye|adios|have a (?:nice"
    r"|good|great) day|"
    r"talk soon|see you|hasta luego))*"
    r"|(?:good ?bye|bye(?: bye)?|see you|talk soon|adios|hasta luego|totsiens|have a (?:nice|good|great) "
    r"(?:day|one|evening))"
)


_PRAISE = re.compile(
    r"(?:(?:oh|ok|okay|wow|hey|great|que|very|muy|ah)\W+)*(?:nice(?: one)?|got it|gotcha|noted|understood|i see|good"
    r" to know|awesome"
    r"|amazing|lovely|love it|genial|bien|buenisimo|excelente|entendido|que bien|ya veo|interesting|makes sense|sounds"
    r" nice|lekker)"
    r"(?:\W+(?:man|bro|amigo|gracias|thanks))*"
    r"|(?:(?:hi|hey|hello|hola|oh)\W+)*(?:(?:sorry|apologies|perdon|disculp\w+|lo siento)\W+)(?:(?:for|about|por) "
    r"(?:the|my|la|el)"
    r" (?:delay|wait|late reply|slow reply|demora|tardanza|retraso)|i (?:was|got|have been) (?:busy|away|tied up|held"
    r" up)"
    r"|(?:estaba|estuve) ocupad[oa])"
)


def is_courtesy(plain: str) -> bool:
    """Whether the folded words of a message are thanks or a goodbye, and nothing else."""
    return bool(_COURTESY.fullmatch(plain.strip(" .,!?;:\n)(")))


def is_remark(plain: str) -> bool:
    """Whether they are praise or an excuse, which ask for nothing either."""
    return bool(_PRAISE.fullmatch(plain.strip(" .,!?;:\n)(")))


_WISH = re.compile(
    r"(?:\b(?:want|wants|wanna|wanting|like|need|interested|looking|thinking|considering|get|getting|install|go|going"
    r"|switch|put|help|info|information|quote|quiero|queremos|quisiera|quisieramos|necesito|interesan?|interesad[oa]"
    r"|gustaria|busco|poner|instalar|informacion|presupuesto|ndoda|ndinoda|soek|wil|wants?|belangstel|stel)\b)"
    r"(?=.*\b(?:solar|solars|photovoltaic|pv|placas|paneles|fotovoltaic[oa]s?|sonkrag|sonpane?el\w*|sonstelsels?"
    r"|sonenergie)\b)"
)
_SHORT_WISH = re.compile(r"\W*(?:solar|placas|paneles|pv)(?: (?:panels?|power|system|solares|please|pls))*\W*")


_RESUME = re.compile(
    r"(?:(?:hi|hey|hello|hola|ok|okay|so|alright|bueno|buenas|listo|well|and|now|y)\W+)*(?:(?:i'?m|im|we'?re|ya estoy)"
    r" (?:back|ready|de vuelta)"
    r"(?: now| again| here)?|back (?:now|again|here)|ready|let'?s (?:continue|carry on|go on|proceed|start|begin|do "
    r"(?:this|it))"
    r"|(?:i'?d like|i want|i would like|quiero|quisiera|me gustaria) (?:to )?(?:continue|go on|carry on|continuar"
    r"|seguir|start|begin"
    r"|empezar)|continuemos|sigamos|seguimos|continue|vamos|ahora si(?: puedo)?|otra vez|again|i saw your (?:ad|post"
    r"|advert\w*|flyer)"
    r"|vi (?:su|tu|el) (?:anuncio|publicacion)|(?:quisiera|quiero|necesito|busco) (?:un |una )?(?:presupuesto"
    r"|cotizacion|informacion)"
    r"|(?:mas )?informacion|a quote|quote|(?:i'?m |im |we'?re )?interest?e?e?d)"
    r"(?:\W+(?:please|pls|por favor|now|then|let'?s (?:continue|go on|carry on|start|go)|continuemos|gracias|thanks))*"
)


def is_wish(plain: str) -> bool:
    """Whether the folded words say that solar is wanted, which is what everybody here begins with."""
    return bool(_WISH.search(plain) or _RESUME.fullmatch(plain.strip(" .,!?;:\n)(")) or _SHORT_WISH.fullmatch(plain))
