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


def is_courtesy(plain: str) -> bool:
    """Whether the folded words of a message are thanks or a goodbye, and nothing else."""
    return bool(_COURTESY.fullmatch(plain.strip(" .,!?;:\n)(")))


_WISH = re.compile(
    r"(?:\b(?:want|wants|wanna|wanting|like|need|interested|looking|thinking|considering|get|getting|install|go|going"
    r"|switch|put|help|info|information|quote|quiero|queremos|quisiera|quisieramos|necesito|interesa|interesad[oa]"
    r"|gustaria|busco|poner|instalar|informacion|presupuesto|ndoda|ndinoda|soek|wil)\b)"
    r"(?=.*\b(?:solar|solars|photovoltaic|pv|placas|paneles|fotovoltaic[oa]s?|sonkrag)\b)"
)
_SHORT_WISH = re.compile(r"\W*(?:solar|placas|paneles|pv)(?: (?:panels?|power|system|solares|please|pls))*\W*")


def is_wish(plain: str) -> bool:
    """Whether the folded words say that solar is wanted, which is what everybody here begins with."""
    return bool(_WISH.search(plain) or _SHORT_WISH.fullmatch(plain))
