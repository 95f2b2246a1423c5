"""Wishes for a human."""

import re

from flows.commands import Handoff
from flows.reading.controls import POLITE, Control
from flows.reading.segments import Message

_PERSON = (
    r"(?:human(?: being)?|(?:real|actual|live) (?:human |live )?(?:person|people|human|someone|agent)"
    r"|person|someone|somebody|people|agents?|reps?|representative|manager|supervisor|consultant|advis[eo]r"
    r"|specialist|sales ?(?:man|person|rep|team)?|staff|operator|expert|installer|technician|engineer"
    r"|customer (?:service|care|support)|your (?:boss|team|office|manager|colleague|sales\w*)|support|a guy"
    r"|one of you(?:r \w+)?|an actual|human)"
)
_HANDOFF = re.compile(
    "|".join(
        (
            r"\b(?:talk|speak|chat|connect(?: me)?|transfer(?: me)?|put me (?:through|thru)|get me|give me|pass "
            r"me(?: on)?|hand me(?: over)?|escalate|get (?:a )?hold of|discuss|let me (?:talk|speak)|i "
            r"(?:want|need|demand|prefer|would like|'d like)|can i (?:get|have|talk|speak)|could i (?:get"
            r"|have)|looking for|help from|send(?: me)?|is there|bring(?: me)?|contact)\b(?:\W+(?:to|with|a|an|the"
            r"|some|any|your|me|real|over|through|directly|please|this|want|like|speak|talk|chat|and|on"
            rf"|phone|deal|about|it|actual|live|through to|another)){{0,5}}\W+{_PERSON}\b(?! (?:owns|lives|living|next"
            rf" door|near"
            r"|pays|in the house|household|use|using|to come|home))",
            r"\b(?:can|could|will|would|have|may|get|let)\b(?:\W+(?:you|a|an|the|some|one|of|your|any"
            rf"|please)){{0,3}}\W+(?:{_PERSON}|you|he|she|they|one of you\w*)\b[^.!?\n]{{0,15}}\b(?:call"
            r"|phone|ring|contact|text me|reach (?:out|me)|get back to me|help me|come (?:out|over|by|and)"
            r"|visit|talk to me|speak (?:to|with) me|give me a (?:call|ring))\b(?! (?:me )?(?:it|this"
            r"|that) )",
            r"\b(?:call|phone|ring) me (?:back|please|pls|now|later|tomorrow|today|asap|when|at|after|on|in"
            r"|this|maybe|instead|tonight|around|any ?time|before|first|next|right)\b",
            r"(?:^|[.,;!?\n]|\b(?:please|pls|can you|could you|just|kindly|u|you)\b)\W*(?:call|phone"
            r"|ring) (?:me|us)\W*(?:$|[.,;!?\n])",
            r"\bgive (?:me|us) a (?:call|ring|shout|bell)\b",
            rf"\b(?:who|whom) (?:can|could|do|should) (?:i|we) (?:speak|talk|chat)\b|\bhow (?:can|could|do) (?:i|we) "
            rf"(?:reach|contact|speak|talk"
            rf"|get|chat)(?: (?:to|with|hold of|through to))*(?: (?:a|an|the|some|your|real|actual|live))* {_PERSON}\b",
            r"\b(?:someone|somebody|one of you\w*|a person|a human)\b[^.!?\n]{0,25}\b(?:call|phone|ring|contact) (?:me"
            r"|us)\b",
            r"\b(?:by|over the|on the) phone with (?:someone|somebody|a|an|one|you)\b",
            r"(?<=[,.;!])\s*(?:a |un |una |real )*(?:human|person|agent|representative|persona|humano|asesor|agente)"
            r"(?: (?:please|pls|por favor"
            r"|now|ya))?\W*$",
            r"\bplease call\b",
            r"\b(?:deal|work|go on|continue|rather)\b[^.!?\n]{0,12}\b(?:with|w/?) an? (?:real |actual |live )?(?:human"
            r"|person|agent)\b",
            r"\b(?:a|your|the) (?:phone )?number (?:to|i can|where i can) (?:ring|call|phone)\b",
            r"\bmet (?:'?n )?(?:regte |lewende )?(?:mens|persoon|iemand|konsultant)(?: \w+)? (?:praat|gesels)\b",
            rf"^\W*(?:{POLITE}\W+){{0,2}}(?:a |an |the |real |live )*(?:human|agent|representative|rep"
            r"|operator|person|real person|manager|live agent|customer service|supervisor|someone real"
            r"|customer support|human being|live person|asesor|agente|persona|humano|una persona|un asesor"
            rf"|un humano|mens|munhu|consultant|support|staff|somebody|someone)(?:\W+{POLITE}){{0,2}}\W*$",
            r"\b(?:not|no more|hate|stop using|don'?t (?:want|like)(?: to)?(?: talk(?:ing)? to| to)?|sick "
            r"of|rather than|instead of|tired of)(?: (?:talk|chat|speak)\w*)?(?: (?:to|with))? (?:a |this "
            r"|the |an |stupid |your |dumb )*(?:bot|robot|machine|computer|ai|chat ?bot)s?\b",
            r"\b(?:useless|stupid|dumb|annoying|horrible|terrible) (?:bot|robot|machine|ai|chat ?bot)\b"
            r"|\bbot is (?:so )?(?:useless|stupid|dumb|annoying|terrible|not helping|no help|rubbish"
            r"|trash|garbage)\b",
            r"\b(?:file|make|lodge|have|submit|log) (?:a |an )?(?:formal )?complaint\b|\b(?:my )?(?:lawyer"
            r"|attorney) (?:will|is going)|\b(?:want|going) to complain\b|\bi'?ll sue\b",
            r"\b(?:human|person|agent|someone|rep|manager) (?:please|pls|plz|now|asap)\b",
            r"\b(?:someone|somebody|anyone|anybody|a person|human) (?:real |there |available |i can |to "
            r")?(?:i can )?(?:talk|speak|chat|call|help)\b",
            r"\bwhat(?:'s| is) your (?:phone )?number\W*(?:so|i want|i'll|to call)|\bnumber (?:i can|to"
            r"|where i can) (?:call|phone)\b",
            # Spanish
            r"\b(?:hablar|platicar|conversar|comunicar\w*|comuni(?:c|qu)\w+|contactar|charlar|pas(?:a|e|en)me"
            r"|ponme|transfer\w+|conect\w+)\b[^.!?\n]{0,20}\b(?:alguien|una? (?:persona|humano|asesora?"
            r"|agente|ser humano|representante|vendedor|experto|tecnico|operador)|persona|humano|asesora?"
            r"|agente|encargado|gerente|representante|ustedes|supervisor|operador|persona real|jefe)\b",
            r"\b(?:ll[aá]m(?:en|e|a)me(?! (?!por\b|ya\b|hoy\b|ahora\b|manana\b|al\b|a\b|cuando\b|luego\b|despues\b"
            r"|en\b|mas\b|al\b|para\b|porfa)[a-z]{2,14}\W*$)|me (?:pueden?|podrian?|puedes) (?:llamar|marcar|hablar"
            r" por telefono)"
            r"|(?:quiero|necesito|prefiero) (?:que me llamen|una llamada|que me marquen|un asesor|una "
            r"persona|un humano|un agente)|marquenme|me llaman?(?=\W*$| (?:por favor|manana|hoy|luego|despues|ahora"
            r"|cuando|al|a las)\b))|(?:puede|pueden) (?:alguien "
            r")?llamarme|que me (?:llame|marque) (?:alguien|un asesor)",
            r"\b(?:atienda|ayude|contacte) (?:una? )?(?:persona|humano|alguien)\b|\b(?:no quiero|odio|dejen de|harto"
            r" de) (?:hablar|chatear|seguir)? ?con (?:un |una |el |este |esta )?(?:robot|bot|maquina|ia)\b"
            r"|\bcon (?:una persona|un humano|alguien|un asesor|un agente) (?:real|de verdad|humana?|por favor|ya)\b"
            r"|\b(?:pueden?|podrian?|puedes) (?:llamar|marcar|contactar|hablar)(?:me|nos)\b(?! (?!por\b|ya\b|hoy\b"
            r"|ahora\b|manana\b|al\b|a\b|cuando\b|luego\b|despues\b|en\b|mas\b|al\b|para\b|porfa)[a-z]{2,14}\W*$)"
            r"|\balguien (?:que )?(?:me "
            r")?(?:puede|podria|pueda) (?:ayudar|llamar|atender|contactar|hablar)\w*|\b(?:poner|presentar"
            r"|hacer) una queja\b",
            # Afrikaans, Shona, Zulu
            r"\b(?:praat|gesels) (?:asb |graag )?met (?:'n |n |iemand|die |een )?(?:mens|iemand|regte mens"
            r"|persoon|konsultant|bestuurder|agent|iemand regtig)?\b",
            r"\bmet (?:iemand|'n mens|'n persoon|'n regte mens) (?:praat|gesels)\b|\b(?:bel|skakel) my\b"
            r"|\bkan iemand my\b|\biemand (?:my )?(?:bel|skakel|help)\b",
            r"\b(?:kutaura|taura) (?:ne|ku)?\s?(?:munhu|nemunhu|mumwe|agent|vanhu)\w*|\bnemunhu\b"
            r"|\bndifonerei\b|\bmunhu chaiye\b|\bndi(?:no)?da (?:munhu|kutaura)\b",
            r"\b(?:ukukhuluma|ngikhulume|khuluma) nomuntu\b|\bnomuntu\b|\bngishayele(?:ni)? ucingo\b"
            r"|\bngifonele(?:ni)?\b",
        )
    )
)
_NOT_HANDOFF = re.compile(
    r"\b(?:when (?:is|will|are|does)|when'?s|is|are|will) (?:someone|somebody|you|they|the|a|one)\b[^.!?\n]{0,15}\b"
    r"(?:going to|gonna) call\b|\bwhen (?:will|are|does) (?:someone|somebody|you|they)\b|\bare you (?:a |an )?(?:real"
    r"|human|actual|bot"
    r"|robot|person)|\bam i (?:talking|speaking|chatting) "
    r"(?:to|with)\b|\b(?:eres|es usted|hablo con) (?:un |una )?(?:persona|humano|robot|bot)|\bis (?:this"
    r"|it) an? (?:real|bot|human|person)|\bmany people\b|\bpeople (?:live|in|are|who)\b"
)
_SENTENCE = re.compile(r"[^.!?\n]+")
_COMPLAINT = re.compile(r"\bcomplain\w*|\b(?:lawyer|attorney|sue|queja)\b")


def find_handoff(message: Message) -> Control | None:
    """A wish for a human."""
    match = _HANDOFF.search(_SENTENCE.sub(_blank_question, message.plain))
    if match is None:
        return None
    reason = "complaint" if _COMPLAINT.search(match.group()) else "asked"
    return Control(
        Handoff("complaint" if reason == "complaint" else "asked", message.raw[match.start() : match.end()].strip()),
        "handoff",
        *match.span(),
    )


def _blank_question(sentence: re.Match[str]) -> str:
    """A sentence that asks about people or bots wishes for none; spans stay as they are."""
    return " " * len(sentence.group()) if _NOT_HANDOFF.search(sentence.group()) else sentence.group()
