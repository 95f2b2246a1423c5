"""Whether words ask something, or state it."""

import re

from bot.knowledge.words import fold

_WORDS = (
    r"how|hows|what\w*|why|when|where|wheres|who|whos|whose|which|"
    r"wonder\w*|curious|worr\w+|want to know|not sure (?:if|how|what|about)|cant find|explain|tell me|show me|any|"
    r"como|cual|cuales|cuando|cuant[oa]s?|donde|quien|quienes|porque|explica\w*|dime|digame|hacen|haceis|"
    r"no se si|no se como|me preocupa|no encuentro|quisiera saber|me gustaria saber"
)
_VERBS = (
    r"is|are|am|was|were|do|does|did|can|could|will|would|should|shall|may|might|must|dont|doesnt|isnt|"
    r"arent|cant|wont|didnt|couldnt|wouldnt|shouldnt|r"
)
_SUBJECTS = (
    r"i|you|u|we|they|it|this|that|these|those|there|the|my|our|your|ur|a|an|solar|panels?|somebody|someone|anybody|"
    r"anyone|people|he|she|y ?all"
)
_SPANISH_VERBS = (
    r"que|y que|hay (?!much|poc|un |una |sombra|arbol)\w+|"
    r"eres|tengo que|tienen?|teneis|puedo|puede\w*|podria\w*|podemos|se|me (?:compromet|pued|pag|sub|baj|cobr)\w*|"
    r"sirven?|dan|funcionan?|necesito|necesita\w*|hace falta|van?|vais|voy a|trabaja\w*|instala\w*|cobra\w*|vende\w*|"
    r"alcanza|conviene|merece|debo|llega\w*|cubre\w*|acepta\w*|quiero saber|y si|aguanta\w*|existe\w*"
)
_ASKS = re.compile(
    rf"[?¿]|\b(?:{_WORDS})\b|(?<!there )(?<!it )(?<!that )(?<!this )(?<!which )\b(?:{_VERBS}) (?:{_SUBJECTS})\b"
    r"|\b(?:have|has) (?:you|u|it|they|anyone|anybody)\b|\bgratis\b|[,;] ?que\b|\b(?:a|de|en|por|para|con) que\b"
    r"|\bsi .*\b(?:funciona|pasa|sirve)n?\b|\b(?:son|es|esta|estan) [^,.]* o \w+"
    rf"|(?:^|[,.;:!] ?|\b(?:and|but|so|or|pls|please|hi|hello|ok) )(?:{_VERBS}|need|should|worth)\b"
)
_OPENS_SPANISH = re.compile(rf"(?:^|[,;.:!]|\b(?:y|pero|oye|hola)\b)\W*(?:{_SPANISH_VERBS})\b")
SHORTEST_STATEMENT = 3
_REPLIES = re.compile(
    r".*\d|^\W*(?:yes|yeah|yep|yup|no|nope|none|si|sip|claro|ningun[oa]?|sin|ok|okay|vale)\b(?! se\b)"
)


def is_asking(text: str) -> bool:
    """By a question mark, a question word, or a verb before its subject."""
    plain = fold(text)
    return bool(_ASKS.search(plain) or _OPENS_SPANISH.search(plain))


def is_reply(text: str) -> bool:
    """Whether a statement is like an answer to a question: with a yes or a no in front, a number, or very short."""
    plain = fold(text)
    return bool(_REPLIES.match(plain)) or len(plain.split()) < SHORTEST_STATEMENT
