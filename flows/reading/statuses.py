"""Questions about how a sent project stands, and the wish for the proposal as a file."""

import re
from collections.abc import Collection

_NEWS = re.compile(
    r"\b(?:any|what'?s the|got any|some|is there|are there|have you) (?:\w+ )?(?:news|updates?|progress|word)\b"
    r"|\b(?:what'?s|what is|whats|check(?: the)?|my|project|the|current) (?:the |my |current )?status\b"
    r"|\bstatus\W*$|^\W*(?:news|updates?)\W*$"
    r"|\bhow(?:'s| is| are)? (?:\w+ ){0,3}(?:going|coming along|looking|progressing)\b|\bhow far (?:are|is|along)\b"
    r"|\bwhere (?:are we|do (?:we|things) stand|is my (?:project|request))\b|\bwhat'?s (?:happening|going on)\b"
    r"|\b(?:hay|alguna|tienen|que|tienes) (?:alguna )?(?:novedad\w*|noticias?)\b|^\W*(?:novedades|noticias)\W*$"
    r"|\bc[oó]mo (?:va|van|est[aá]|sigue) (?:todo|eso|mi|la|el|lo)\b|\ben qu[eé] (?:va|punto|quedamos)\b"
    r"|\bestado de (?:mi|la)\b"
)
_PROPOSAL = re.compile(
    r"\b(?:where(?:'s| is|s)?|when (?:will|do|can|is)|is|have you (?:sent|finished|done|made)"
    r"|still waiting (?:for|on)"
    r"|waiting (?:for|on)|what(?:'?s)? about|did you (?:send|finish|make)|any news (?:on|about)|haven'?t (?:got"
    r"|received"
    r"|seen)|how about"
    r"|d[oó]nde est[aá]|cu[aá]ndo (?:llega|est[aá]|tengo|recibo|me)|(?:ya )?est[aá] lista|y|qu[eé] hay de|falta"
    r"|lista)\b"
    r"[^.!?\n]{0,30}\b(?:proposal|propos\w+|offer|quote|design|propuesta|oferta|presupuesto|cotizaci[oó]n"
    r"|dise[nñ]o)\b"
    r"|\b(?:proposal|offer|quote|design|propuesta|oferta|dise[nñ]o|presupuesto)\b[^.!?\n]{0,12}\b(?:ready|done"
    r"|finished|yet|lista|listo)\b"
)
_INSTALLATION = re.compile(
    r"\b(?:when(?:'?s)?|what day|which day|what date|what time|is there a date)\b[^.!?\n]{0,30}\b(?:install\w*|come"
    r"|coming|crew|team|start)\b"
    r"|\b(?:installation|install) (?:date|day)\b|\bdate (?:of|for) (?:the |my )?install\w*"
    r"|\b(?:cu[aá]ndo|qu[eé] d[ií]a|a qu[eé] hora|fecha)\b[^.!?\n]{0,25}\b(?:instal\w*|vienen|vendr[aá]n"
    r"|empieza\w*|obra)\b"
)
_THE_DAY = re.compile(
    r"^\W*(?:(?:so|and|ok|okay|but|wait|sorry|hi|hey|hello|y|pero|hola|oye|perdon)\W+)*(?:when(?:'?s| is| was| r"
    r"| are)? (?:it"
    r"|that|the day|my day|you coming|they coming)|wh(?:en|ich day)|what(?:'?s| is| was)? (?:the |my )?(?:day|date)"
    r"(?: (?:is|was) (?:it|that))?|which day (?:is|was) (?:it|that)|cuando (?:es|era|seria|toca|venis|vienen)"
    r"|(?:que|q|cual) (?:dia|fecha)? ?(?:es|era|toca)(?: (?:el|la) (?:dia|fecha))?)"
    r"(?:\W+(?:again|planned|please|pls|now|then|otra vez|entonces|the day))*\W*$"
)
"""Once there is a day, "when is it?" is about that."""
_SIGNING = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|great|cool|but|y|vale|pero)\W+)*(?:where|how|when|donde|como|cuando) (?:do |can "
    r"|should |puedo "
    r"|debo |tengo que )?(?:i |we )?(?:sign|firm\w+)(?: (?:it|this|that|here|the proposal|la propuesta))?\W*$"
)
_INCENTIVES = re.compile(
    r"\b(?:any|which|what|my|the|did you find|qu[eé]|hay|mis|alguna)\b[^.!?\n]{0,20}\b(?:incentives?|rebates?"
    r"|ayudas?|subvenci\w+|incentivos?|bonificaci\w+)\b"
)
_FILE = re.compile(
    r"\b(?:send|email|e-mail|mail|share|forward|give|get|have|want|need|download|mand\w+|env[ií]\w+|p[aá]s\w+"
    r"|quiero|necesito|tener|descargar)\b"
    r"[^.!?\n]{0,30}\b(?:pdf|documento?|as a file|en archivo|paper copy)\b|^\W*pdf\b|\bpdf (?:please|pls|por favor)\b"
    r"|\b(?:resend|send|share)(?: me| us)?(?: the| my| that)? (?:proposal|offer|quote)\b[^.!?\n]{0,12}(?:again"
    r"|please|pls|$)"
    r"|\b(?:manda|env[ií]a|reenv[ií]a|p[aá]sa)(?:me|nos|melo|mela)? (?:la |otra vez la "
    r"|de nuevo la )(?:propuesta|oferta)\b"
)
_TOPICS = (
    ("proposal_pdf", _FILE),
    ("status.proposal", _PROPOSAL),
    ("status.installation", _INSTALLATION),
    ("status", _NEWS),
)
LONGEST = 16
"""Words of a message that is such a question and nothing more."""


def find_status(plain: str, known: Collection[str]) -> str | None:
    """The topic of the question; None where it is another, or where no project was sent."""
    if "consent" not in known or len(plain.split()) > LONGEST:
        return None
    if "incentives" in known and _INCENTIVES.search(plain):
        return "status.incentives"
    if "installation_day" in known and _THE_DAY.match(plain):
        return "status.installation"
    if "proposal" in known and _SIGNING.match(plain):
        return "status.proposal"
    return next((topic for topic, pattern in _TOPICS if pattern.search(plain)), None)
