"""Which language a message is in, cheaply, and wishes to change it."""

import re

from flows.reading.segments import fold

_SPANISH = frozenset(
    """hola buenas buenos dias tardes noches el la los las un una de del que y en es soy estoy tengo tenemos quiero queremos gracias por favor
    para con sin mi casa techo recibo factura luz pago cuanto cuesta como donde si sí no se señor senor dolares pesos mes calle avenida panel
    paneles solares placas me llamo nombre necesito puedo puede informacion solar vivo dueño dueno propietario esta ahora mas menos pero
    tambien ustedes hablar persona alguien ayuda ya muy bien al su instalar""".split()
)
_SPANISH_SURE = frozenset(
    """hola buenas buenos tardes noches gracias quiero queremos tengo tenemos soy estoy recibo factura cuanto cuesta donde dolares calle vivo
    llamo nombre necesito puedo techo luz placas pago ustedes hablar alguien ayuda informacion propietario dueno español espanol""".split()
)
_ENGLISH = frozenset(
    """hi hello hey the a an of to and is are i i'm im my we our you your have has got want would like for place house home solar bill pay about what
    how much when where who can could do does did not no yes please thanks thank good morning afternoon evening it its it's this that with on in
    at roof need own rent live name call me monthly month light per there interested help info looking panels quote power electric""".split()
)
_ENGLISH_SURE = frozenset(
    """hi hello hey the of and is are i my we you your have want would like house bill pay what how much when where who could does thanks thank good
    morning roof need own name interested looking panels power""".split()
)
_CHANGE = (
    ("es", re.compile(r"\b(?:en espanol|habla\w* espanol|in spanish|espanol(?:,)? por favor|speak spanish|se habla espanol|prefiero espanol|spanish(?:,)? please"
                      r"|spanish$|^\W*espanol\W*$|cambi\w+ a(?:l)? espanol|(?:do|can) you speak spanish|no hablo ingles|no entiendo (?:el )?ingles|solo espanol)")),
    ("en", re.compile(r"\b(?:in english|english(?:,)? (?:please|pls|plz)|speak english|en ingles|ingles(?:,)? por favor|switch to english|prefiero ingles"
                      r"|don'?t speak spanish|no hablo espanol|only english|english only|^\W*english\W*$|^\W*ingles\W*$|change to english|do you speak english)|^\W*english\W*$")),
)  # fmt: skip
_WORD = re.compile(r"[a-z']+")


def detect_language(text: str) -> str | None:
    """ "en", "es", or None when the words do not tell; for a contact's first messages."""
    if "¿" in text or "¡" in text or "ñ" in text.lower():
        return "es"
    words = _WORD.findall(fold(text[:400]))
    spanish = sum(word in _SPANISH for word in words) + sum(word in _SPANISH_SURE for word in words)
    english = sum(word in _ENGLISH for word in words) + sum(word in _ENGLISH_SURE for word in words)
    if spanish >= 2 and spanish > english:
        return "es"
    if english >= 2 and english > spanish:
        return "en"
    return None


def find_language_wish(plain: str) -> tuple[str, int, int] | None:
    """The language asked for and the span that asks; None when none is."""
    if "spa" not in plain and "engl" not in plain and "ingl" not in plain:
        return None
    for language, pattern in _CHANGE:
        match = pattern.search(plain)
        if match:
            return language, match.start(), match.end()
    return None
