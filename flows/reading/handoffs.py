"""Wishes for a human."""

import re

from flows.commands import Handoff
from flows.reading.controls import POLITE, Control
from flows.reading.meant_words import mend_words
from flows.reading.segments import Message

_PERSON = (
    r"(?:human(?: being)?|(?:real|actual|live) (?:human |live )?(?:person|people|human|someone|agent)"
    r"|person|someone|somebody|people|agents?|reps?|representative|manager|supervisor|consultant|advis[eo]r"
    r"|specialist|sales ?(?:man|person|rep|team)?|staff|operator|expert|installer|technician|engineer"
    r"|customer (?:service|care|support)|your (?:boss|team|office|manager|colleague|sales\w*)|support|a guy"
    r"|one of you(?:r \w+)?|live body|whoever(?:'s| is)? (?:in charge|handles|runs|does)|an actual|salesperson"
    r"|(?:owner|head|boss) of (?:the|your) (?:company|business))"
)
_HANDOFF = re.compile(
    "|".join(
        (
            r"\b(?:talk|speak|chat|assign|connect(?: me)?|transfer(?: me)?|put me (?:through|thru)|get me|give me|pass "
            r"me(?: on)?|hand me(?: over)?|escalate|get (?:a )?hold of|discuss|let me (?:talk|speak)|i "
            r"(?:want|need|demand|prefer|would like|'d like)|need|assign|gotta|can i (?:get|have|talk|speak)"
            r"|could i (?:get"
            r"|have)|looking for|help from|send(?: me)?|is there|bring(?: me)?|contact)\b(?:\W+(?:to|2|with|a|an|the"
            r"|some|any|your|me|real|over|through|directly|please|this|want|like|speak|talk|chat|and|on"
            rf"|phone|deal|about|it|actual|live|through to|another)){{0,5}}\W+{_PERSON}\b(?! (?:owns|lives|living|next"
            rf" door|near"
            r"|pays|in the house|household|use|using|home|at home|'s)|'s| to (?!(?:talk|speak|call|contact|help"
            r"|phone|ring"
            r"|explain|assist|walk|reach|answer|guide|chat|discuss)\b))",
            r"\b(?:can|could|will|would|have|may|get|let)\b(?:\W+(?:you|a|an|the|some|one|of|your|any"
            rf"|please)){{0,3}}\W+(?!(?:you|he|she|they)\b[^.!?\n]{{0,15}}\bhelp me)(?:{_PERSON}|you|he|she|they"
            rf"|one of you\w*)\b[^.!?\n]{{0,15}}\b(?:call"
            r"|phone|ring|contact|text me|reach (?:out|me)|get back to me|help me|come (?:out|over|by|and)"
            r"|visit|talk to me|speak (?:to|with) me|give me a (?:call|ring))\b(?! (?:me )?(?:it|this"
            r"|that) )",
            r"\b(?:call|phone|ring) me (?:back|please|pls|now|later|tomorrow|today|asap|when|at|after|on|in"
            r"|this|maybe|instead|tonight|around|any ?time|before|first|next|right)\b",
            r"(?:^|[.,;!?\n]|\b(?:please|pls|can you|could you|just|kindly|u|you)\b)\W{0,12}(?:call|phone"
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
            r"|customer support(?: rep)?|human being|live person|asesor|agente|persona|humano|una persona|un asesor"
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
            r"\b(?:who|whom) (?:can|could|do|should) (?:i|we) (?:call|phone|ring|contact)\b|\bget (?:a ?)?hold of"
            r" (?:you|a|an|some\w+|any\w+)\b|\bnumber so (?:that )?i can (?:call|phone|ring)\b",
            r"\b(?:do|talk|discuss|chat|speak|finish|continue|handle|go over|easier|prefer|rather"
            r"|better)\b[^.!?\n]{0,20}\b"
            r"(?:on|over|by|via) (?:the )?(?:phone|telephone)\b",
            r"\b(?:hop on|jump on|get on|have|set up|schedule|book|arrange|request|like|want|need|prefer"
            r"|organi[sz]e) (?:a |the )"
            r"(?:quick |phone |short )?(?:call|call ?-?back)\b(?! (?:center|option))|\b(?:request|want) call ?back\b",
            r"\b(?:not|if not) get me one\b|\bi (?:want|need|demand) (?:a |an )?(?:real )?human\W*$",
            r"\b(?:someone|somebody|one|person|rep|agent|guy) (?:to |please )?reach out\b|\b(?:reach|contact"
            r"|get (?:a ?)?hold of) me"
            r" (?:by|over|via) (?:the )?(?:phone|telephone|call)\b|\btelephonically\b",
            r"\bany(?: real| actual| live)* ?(?:humans?|people|person|one|body)\b[^.!?\n]{0,10}\b(?:there"
            r"|working|available|around)\b"
            r"|\bget (?:me )?some(?:one|body) else\b",
            r"^\W*(?:(?:a|by|i|we|would|prefer|rather|want) )*(?:phone call|call|call ?back)(?: (?:please|now"
            r"|would be \w+"
            r"|is (?:better|easier|best)|preferred|me))+\W*$|^\W*(?:i )?(?:prefer|want|need) (?:a )?(?:phone"
            r" )?call\W*$",
            r"\bcan we (?:please )?(?:just )?(?:talk|speak|chat)\b(?=\W*$|\W*(?:instead|please|now|today"
            r"|tomorrow|by|over|on)\b)"
            r"|\b(?:can|could|may) (?:i|we) (?:just |please )?(?:call|ring|phone) (?:you|your|some\w+|in)\b",
            r"\b(?:what|which) number (?:do|can|should) (?:i|we) (?:call|ring|dial|phone)\b|\bnumber to (?:call"
            r"|ring|dial|phone)\b"
            r"|\b(?:hot|help|support) ?line\b|\b(?:press(?:ing)?|dial) (?:0|zero)\b|\b0 for (?:an )?(?:operator"
            r"|agent|human)\b",
            r"\b(?:sales|billing|finance|customer (?:care|relations)) (?:department|dept|team)\W*(?:$|please)"
            r"|\b(?:speak|talk"
            r"|connect me|transfer me|put me through) (?:to|with) (?:billing|sales|finance|accounts|support"
            r"|corporate)\b",
            r"^\W*(?:please )?escalate\b|^\W*(?:(?:human|agent|representative|operator|rep|person|supervisor)\W*){2,}$",
            rf"\bput (?:your |a |the |an ){_PERSON} on\b|\b(?:let|have|get) an? (?:real )?(?:human|person|agent)"
            rf" (?:handle|do|take"
            r"|deal|contact|read|review|look|finish)\b",
            r"\b(?:better|comfortable|easier|prefer|rather)\b[^.!?\n]{0,12}\b(?:talking|speaking|chatting)"
            r" (?:to|with) (?:an? )?"
            r"(?:real )?(?:person|human|someone|somebody|agent)\b",
            r"\b(?:may|can|could|please)\b[^.!?\n]{0,6}\b(?:someone|somebody|consultant|agent|rep) (?:please"
            r" )?assist\b",
            # Spanish
            r"\b(?:hablar|comunic\w+|pas(?:a|e|en)me|contactar) con (?:un|una|el|la|su|algun) (?:comercial"
            r"|ejecutiv[oa]|operadora"
            r"|licenciad[oa]|ingenier[oa]|vendedora)\b|^\W*con (?:un |una )?(?:agente|asesora?|humano|persona"
            r"|ejecutiv[oa])\b",
            r"\bque me (?:hable|atienda|contacte|conteste|ayude) (?:una persona|alguien|un humano)\b|\bayuda de"
            r" (?:una persona"
            r"|un humano|alguien)\b|\bhay (?:una |alguna )?persona (?:de verdad|real)\b",
            r"\b(?:mejor|prefiero|es mejor) (?:hablar )?por (?:telefono|llamada)\b|\bpor telefono (?:mejor|por"
            r" favor)\b|\bprefiero"
            r" (?:una )?llamada\b|\bnumero (?:puedo|podemos|para) llamar\b|\btelefono (?:de contacto )?(?:para"
            r"|donde|al que)"
            r" (?:puedo )?llamar\b",
            r"\bpuedo llamar(?:les|los|te|le)\b|\b(?:regres|devuelv|devolv)\w+ la llamada\b",
            r"\b(?:quiero|necesito|deseo|busco|dame|deme|denme|paseme|pasame|pasadme|ponme|pongame|quisiera|mandenme)"
            r" (?:a |con |hablar con )?(?:un|una|el|la|algun|alguna) (?:\w+ )?(?:humano|persona|asesora?|agente"
            r"|representante"
            r"|operador|supervisor|encargado|gerente|ser humano)\b|\bpasadme con\b",
            r"(?:^|[.,;!?\n])\W{0,12}(?:un |una )(?:humano|persona|asesora?|agente|representante|operadora?)(?:"
            r" real)? por favor\b",
            r"\bque alguien me (?:llame|contacte|marque|atienda|ayude)\b|\bpod(?:eis|rias?|riais) llamar(?:me|nos)\b"
            r"|\b(?:atencion|servicio) al cliente\b|\balguna persona con quien\b",
            # Portuguese
            r"\b(?:falar|conversar) com (?:(?:uma?|o|a) )?(?:pessoa|atendente|alguem|humano|gerente|consultora?"
            r"|vendedora?"
            r"|responsavel)\b|^\W*(?:um |uma )?(?:atendente|pessoa|humano)(?: por favor)?\W*$|\b(?:podem?|pode)"
            r" me ligar"
            r"|\bme lig(?:a|ue|uem)\b",
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
            r"\bkan (?:julle|jy|u) my (?:\w+ )?(?:bel|skakel)\b|\b(?:ndipei|ndoda) munhu\b|\bmunhu wekutaura\b"
            r"|\b(?:ngifuna"
            r"|ngidinga|ngicela) umuntu\b|\b(?:ni|u)ngishayele\b",
            r"\b(?:soek|wil he|benodig|gee my) (?:asb )?'?n (?:regte |lewende )?(?:mens|persoon|konsultant|agent)\b",
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
    r"|it) an? (?:real|bot|human|person)|\bmany people\b|\bpeople (?:live|in|are|who)\b|\b(?:do|will|would|must|should)"
    r" (?:i|we) (?:have to|need to|need|get to|be)\b|^\W*(?:and |so )?will (?:some\w+|a person|an? agent)\b(?!"
    r" (?:please"
    r"|actually))|\b(?:contact|another|other) person\b|\bdid (?:you|some\w+) call\b|\bdo(?:es)? (?:you|it|they"
    r"|(?:the|my) \w+) need\b|\bis it easier\b"
    r"|\btrabaj\w+ (?:en|de|como)\b|\bpersona de contacto\b"
)
_UNWANTED = re.compile(
    r"\b(?:do ?n[o']?t|do not|don'?t|no need|not|without|no)\b(?:\W+(?:want|need|to|have|like|wanna|let|for|me"
    r"|an?|the|any"
    r"|having|talking|speaking|talk|speak|with|some|your|pushy|be|getting|get|phone|on|over"
    r"|by)){1,7}\W+(?:people|person|human"
    r"|reps?|agents?|some(?:one|body)|any(?:one|body)|sales ?(?:person|man|people|rep)s?|calls?|call ?backs?|phone)\b"
    r"(?: (?:call|calling|to call)(?: me)?)?(?! (?:i|we) can| there| to talk)|\bno (?:quiero|hace falta"
    r"|necesito|es necesario) que"
    r" (?:me |nos )?(?:llam|marqu)\w+"
)
"""People and calls that are declined."""
_SENTENCE = re.compile(r"[^.!?\n]+")
_COMPLAINT = re.compile(r"\bcomplain\w*|\b(?:lawyer|attorney|sue|queja)\b")


def find_handoff(message: Message) -> Control | None:
    """A wish for a human; words are read as they were meant."""
    meant = mend_words(message.plain)
    text = _UNWANTED.sub(lambda other: "_" * len(other.group()), _SENTENCE.sub(_blank_question, meant.text))
    match = _HANDOFF.search(text)
    if match is None:
        return None
    start, end = meant.locate(*match.span())
    words = message.raw[start:end].strip()
    wish = Handoff("complaint" if _COMPLAINT.search(match.group()) else "asked", words)
    return Control(wish, "handoff", start, end)


def _blank_question(sentence: re.Match[str]) -> str:
    """A sentence that asks about people or bots wishes for none; spans stay as they are."""
    return " " * len(sentence.group()) if _NOT_HANDOFF.search(sentence.group()) else sentence.group()
