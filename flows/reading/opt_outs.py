"""Opt-out in any reasonable wording: English, Spanish, Afrikaans, Shona, Zulu and their neighbours. Rules only."""

import re

from flows.commands import OptOut
from flows.reading.controls import POLITE, Control
from flows.reading.meant_words import mend_words
from flows.reading.segments import Message

_FRIEND = r"mate|bru|bro|dude|boet|china|people|guys|sis|shamwari|my friend|lol"
_EDGE = rf"(?:^|[.,;:!?\n])\W{{0,12}}(?:{POLITE}\W{{1,12}}){{0,3}}"
_END = rf"(?:\W+(?:{POLITE}|{_FRIEND})){{0,3}}\W*(?=[.,;!?\n]|$)"
_TEXTING = (
    r"(?:text(?:ing|s)?|messag(?:e|es|ing)|msg(?:s|ing)?|contact(?:ing)?|writ(?:e|ing)|call(?:ing|s)?"
    r"|phon(?:e|ing)|send(?:ing)?|bother(?:ing)?|spam(?:ming)?|bugging|harass(?:ing)?|email(?:ing|s)?"
    r"|whatsapp(?:ing)?|sms(?:es|ing)?|notifications?|pester(?:ing)?|dm(?:ing)?|hit(?:ting)? (?:me up|my \w+)"
    r"|communicat\w+|blowing up|annoying|disturb(?:ing)?|stalking|reaching out|contact(?:ed)|texted|messaged)"
)
_NOT_TIMED = (
    r"(?![^.!?\n]{0,20}\b(?:before|after (?!this|that|today|now)|until|till|during|while|at night|in the morning"
    r"|between|about my"
    r"|about the|by phone|on (?:mon|tue|wed|thu|fri|sat|sun|weekend)|so (?:early|late)|just text|(?:text|message|email"
    r"|whatsapp|write|sms)(?: to)? me|text (?:me "
    r")?instead|whatsapp (?:me )?instead|when i)\b)"
)
_OPT_OUT = re.compile(
    "|".join(
        (
            rf"{_EDGE}(?:stop ?all|stop|stopp+|unsubscribe|unsub|opt ?-?out|opt me out|end|quit|revoke"
            r"|(?<![,.;] )cancel(?:ar)?(?! (?:this|it|all this)\b)|baja|par(?:ar?|e|en|ad)|basta|alto(?!,"
            r" ?[a-z]{2}\b)|detener|remove me|yeka|yima|siyeka|mira|siyai|hou op|ophou"
            r"|fuck off|f off|f[*uck]{1,3} off|eff off|shut up|remove|voertsek|go away|piss off|get lost"
            r"|voetsek|bugger off|salir|dejar|largense|largate"
            r"|stop stop)(?! (?:by|at|sign|back|the|asking|over|and|in|with (?:the questions)|for|on|of"
            r"|about|my|your|our|to))" + _END,
            r"\b(?:stop|stahp|stawp|sotp|stpo|stoo?p+|quit|cease|discontinue)\W+(?:(?:all|the|these|those|with the"
            r"|your|sending|any|from"
            rf"|doing|please|to|fucking|freaking|damn|me|us)\W+){{0,3}}{_TEXTING}\b{_NOT_TIMED}",
            r"\bstop (?:it|this|pls|please|plz|now|already|immediately|bothering|everything)\b(?=\W*(?:$|[.,;!\n]))",
            r"\b(?:don'?t|do not|dont|never|no longer|not|can you not|please not)\W+(?:(?:ever|want|wish"
            r"|you|to|be|get|receive|getting|any|more|of|your|these|dare|need|like|wanna|for"
            rf"|me)\W+){{0,4}}{_TEXTING}\b(?: (?:me|us|it|here|this number|my \w+ or me|me or my \w+|anymore|any"
            rf" ?more|no more|again|from you|to "
            rf"me|by you))*(?=\W*(?:$|[.,;!\n])|\W+(?:again|any ?more|no more|ever|please|or|and|from)){_NOT_TIMED}",
            r"\bno more (?:of )?(?:(?:your|these|this|the) )?(?:texts?|messages?|msgs?|calls?|sms(?:es)?|emails?|spam"
            r"|whatsapps?|contact)\b",
            r"\bleave (?:me|us|my (?:phone|number|wife|family)) (?:\w+ ){0,2}(?:alone|be|in peace)\b",
            r"\b(?:lose|delete|remove|forget|erase|take off|drop|scrub) (?:my|this|our) (?:phone "
            r")?(?:number|contact|details from|info from|data from)\b(?! (?:and use|because|, (?:use"
            r"|it))| i gave)",
            r"\b(?:take|get|remove|delete|strike|drop) (?:me|us|my (?:name|number|phone|contact)|this "
            r"number) (?:off|from|out of)\b",
            r"\b(?:remove|unsubscribe|delist|unlist) me\b",
            r"\bopt(?:ing|ed)?[ -]?(?:me )?out\b",
            r"\bun-?sub[a-z]*(?![a-z])(?![ _](?:every|all|other|the other)(?![a-z])(?! (?:texts?|messages?|of it|of"
            r" them"
            r"|please)))|\bunsuscri\w*|\bunsusbscri\w*",
            r"\b(?:enough|quit it|knock it off|basta|ya estuvo)(?: ya)? (?:with|of|already|de|con)\b[^.!?\n]{0,15}\b"
            r"(?:texts?|texting|messages?"
            r"|messaging|mensajes|spam|msgs?)\b",
            r"\b(?:you(?:'re| are)|ur|stop|quit) spamming\b",
            r"\b(?:revok(?:e|ing)|withdraw(?:ing)?|rescind|retract|cancel"
            r"|pull)\b[^.!?\n]{0,15}\b(?:consent|permission|opt[ -]?in|authori[sz]ation)\b",
            r"\bi (?:no longer|don'?t|do not|never) (?:consent|agree|gave (?:you )?(?:consent|permission))\b",
            r"\b(?:block(?:ing)? (?:you|this)|report(?:ing)? (?:you|this) (?:as|for) spam|this is spam"
            r"|do not disturb|cease and desist|do not contact(?= (?:me|us|again|this|any ?more)|\W*$)|(?:never|didn'?t"
            r"|did not) sign(?:ed)? up(?=\W*$| (?:for|to) (?:this|these|that|any|your|it|texts?|messages?"
            r"|nothing|spam|get))|do "
            r"not reply to (?:me|this))\b",
            r"\bcancel (?:my |the |these |all )?(?:subscription|messages|texts|notifications"
            r"|alerts)\b",
            r"\bdo ?n['o]?t want (?:to (?:hear|get|receive)|any(?:thing)?|your|these) ?(?:from you|any"
            r"|more|further|messages|texts|anything)+\b",
            r"\bget (?:me )?(?:off|out of)(?: of)? (?:this|your|the|these) (?:\w+ )?(?:lists?|thing|chat|group|texts?"
            r"|messages?|system|database|thread)\b",
            r"\breport(?:ing)? (?:you|this|it|your number)\b[^.!?\n]{0,30}\b(?:spam|fcc|ftc|harass\w*|text\w*|messag\w+"
            r"|popia|police|authorities|attorney)\b",
            r"\bif you\b[^.!?\n]{0,12}\b(?:text|message|contact|call|write)(?: to)? me (?:again|one more"
            r"|another)\b(?! (?:tomorrow"
            r"|on|in|later|next|at|after))|\b(?:text|message|contact|call) me (?:again|one more time) and\b",
            r"\b(?:chill|easy|ease up|lay off|back off|cool it) (?:out )?(?:with|on) (?:the|these|all|your)"
            r" (?:\w+ )?(?:texts?"
            r"|messages?|msgs?|texting|messaging|spam)\b|\bremove from (?:the |your |this )?(?:\w+ )?list\b(?!"
            r" (?:the|my|a)\b)",
            r"\bleave (?:me|us) out of (?:it|this)\b|\b(?:don'?t|dont|do not|never) send (?:me |us"
            r" )?(?:anything|nothing|any ?more"
            r"|more|stuff|these|nothing else)\b|\bblock (?:me|my number)\b",
            r"\b(?:add|put) (?:me|us|my number|this number) (?:on|to|in) (?:your |the |a )*(?:do[- ]not[- ]\w+"
            r"|dnc|no[- ]call"
            r"|block\w*|suppression)",
            r"\b(?:wish|want|like|ask\w*|need|demand|please)\b(?: to)? be (?:removed|taken off|unsubscribed"
            r"|deleted|excluded|left alone"
            r"|opted out)\b(?! (?:from )?(?:the |my |our )?(?:title|deed|account|bill|lease|loan))",
            r"\b(?:you|i) (?:\w+ )?(?:need|want|have)(?: you| it| this| to)* stop\W*$",
            r"\b(?:told|said|asked|asking|telling|saying|ask|tell|say|begging)(?: (?:you|your|people|guys|to"
            r"|it|all|already|this|these|the|texts|messages|i))* stop\b(?=\W*(?:$|[.,;!?\n])| (?:it|this)\b)",
            r"\b(?:already|please|just|number|enough|interested|thanks|again|texts|messages|guys|dude|man|harassment"
            r"|seriously|sick|spam|bye) stop\W*$",
            r"\bmake (?:it|this|them|these) stop\W*$|^\W*(?:i am|i'?m|we are|we're) out\W*$",
            r"\b(?:no longer|do ?n['o]?t|do not|never|not) (?:want(?:ing)?|wish|need|care|like|asked?) (?:to"
            r" )?(?:get|getting"
            r"|receive|receiving|hear|hearing|be (?:contacted|texted|messaged|on)|for"
            r"|see)\b[^.!?\n]{0,20}?\b(?:(?:these"
            r"|those|them|this)(?=\W*(?:$|[.,;!])| (?:any|again|stuff|junk|crap|from|list))|from (?:you|your|this)\b"
            r"|your (?:list|texts?|messages?)|(?:texts?|messages?|msgs?|sms)\b|on (?:this|your|the) list)",
            r"\bend (?:all |these |the |your )*(?:messages|texts|texting|messaging|communications?|contact)\b",
            r"\bi want out\b(?! of (?:my|the|our|a))|\bi want (?:out of|off) (?:this|your|the)"
            r" (?:\w+ )?(?:list|thing|chat|group|texts?|messages?)",
            # Spanish
            r"\bdej(?:ad|enos|adme|adnos)\b[^.!?\n]{0,6}\b(?:de (?:\w*escrib|mand|envi|molest|llam)\w*|en paz"
            r"|tranquil\w+)|\bpar(?:a|e|en|ad)le\b(?: ya)?(?=\W*$| (?:a|con) )|\bpor favor,? par(?:en|e|ad)\W*$",
            r"\b(?:dar(?:me|nos)?|denme|deme|dame|quiero|solicito|pido) (?:la |de )?baja\b",
            r"\b(?:ya )?no (?:me |nos |te )?(?:\w+ )?(?:escrib\w+\b|mand\w+\b|envi\w+\b|molest(?:en|es|ar|ando|eis|e"
            r"|arme|arnos)\b|llam(?:en"
            r"|es|e)\b|contact\w+|text\w+|jod\w+|quiero (?:(?:sus|tus|estos|los|mas|recibir) )*(?:mensajes|textos"
            r"|whatsapps?|llamadas|spam)|quiero (?:recibir|mas(?=\W*$)|que me (?:escrib|mand|envi)\w+)"
            r"|deseo (?:recibir|mas))(?! (?:cuando|antes|despues|manana|si|la factura|mi|el recibo))",
            r"\b(?:dej(?:a|e|en|ar|ame|enme|eme|ennos)|par(?:a(?= (?:ya|de|con)\b)|en|e)|basta|ces(?:e|en)"
            r"|termin\w+)(?: ya)? "
            r"(?:de |con )?(?:me )?(?:escrib\w+|mand\w+|envi\w+|molest\w+|llam\w+|contact\w+|text\w+"
            r"|mensajes|los mensajes|joder|fastidi\w+)",
            r"\bdej(?:a|e|en)(?:me|nos) (?:en paz|tranquil\w+|solo|quiet\w+)\b",
            r"\b(?:borr|elimin|quit|sac|remuev|saqu|quiten|borren|elimin)\w*(?:me"
            r"|nos)\b[^.!?\n]{0,15}\b(?:lista|base|registro|grupo|aqui)\b",
            r"\bno (?:me |nos )?vuelv\w+ a (?:escrib|llam|contact|mand|molest|envi|text)\w+",
            r"\b(?:borr|elimin|quit|sac|olvid)\w+ mi (?:numero|telefono|contacto)\b",
            r"\b(?:cancel\w+|anul\w+) (?:la |mi )?suscripcion\b",
            r"\bdesuscrib\w+",
            r"\brevoc\w+ (?:mi |el )?(?:consentimiento|permiso|autorizacion)\b",
            r"\bretir\w+ (?:mi |el )?consentimiento\b",
            r"\bno mas (?:mensajes|textos|whatsapps?|llamadas)\b",
            r"\bme \w+ (?:sacar|quitar|borrar|eliminar|dar) de (?:\w+ )?(?:lista|base|baja|aqui)\b|\b(?:me doy"
            r"|darse|nos damos) de baja\b",
            r"\bdej(?:a|e|en|ad|ar) de (?:estar )?(?:freg|ching|jod|fastid|molest|tocar|dar la)\w*|\bno"
            r" (?:esten?|estes|sea[ns]?)"
            r" (?:ching|freg|jod|molest)\w+|\b(?:cancel|deten|deteng|anul|suspend|elimin)\w* (?:los|estos|sus"
            r"|las|estas|todos los)"
            r" (?:mensajes|textos|llamadas|notificaciones|avisos)\b|\bno (?:me |nos )?contact\w*\W*(?:$|mas\b|nunca)",
            # Afrikaans
            r"\bmoet my nie\b[^.!?\n]{0,20}\b(?:kontak|bel|sms|boodskap\w*|pla|stuur|skryf)|\bstuur (?:asb "
            r"|asseblief )?nie"
            r" (?:weer|meer)\b",
            r"\b(?:hou|hau) (?:asb |asseblief )?op\b(?! met die (?:prys"
            r"|vrae))[^.!?\n]{0,20}(?:\b(?:boodskap\w*|stuur|sms\w*|bel|kontak|pla|whatsapp|skryf|my)\b"
            rf"|{_END})",
            r"\blos my(?: (?:uit|alleen|uit asb))?\b",
            r"\bmoenie\b[^.!?\n]{0,20}\b(?:boodskap\w*|kontak|stuur|sms|whatsapp|bel|pla|skryf)\b",
            r"\bverwyder my (?:nommer|naam|kontak|besonderhede|selfoon\w*)\b|\b(?:haal|verwyder|teken|vee)"
            r" my\b[^.!?\n]{0,25}\b(?:af|lys|uit)\b",
            r"\bgeen (?:verdere |meer )?boodskappe\b|\bnie meer boodskappe\b|\bwil nie (?:meer "
            r")?(?:boodskappe|gepla)|\blaat my (?:met rus|staan|uit)\b",
            # Shona, Zulu, Ndebele, Xhosa
            r"\b(?:musandinetse|musandinetsa|regai kundinetsa|rega kundinetsa|musandi(?:nyorere|tumire"
            r"|tumira|fonere|meseje|textere)\w*|usanditumire|usandinyorere|siya(?:i)? ku(?:ndi)?\w+"
            r"|ndisiye(?:i)?|ndiregerei|regai (?:ku)?(?:nyora|tumira|nditumira|ndinyorera|kunditumira"
            r"|kundinyorera)\w*|rega kunditumira|handichadi(?: ma?mesej\w*| mesej\w*)?|budisai nhamba yangu"
            r"|mirai ku(?:nditumira|ndinyorera))\b",
            r"\b(?:yeka(?:ni)? uku\w+|ungangithumel\w*|ningangithumel\w*|musa(?:ni)? (?:uku)?ngi\w+"
            r"|ngiyeke(?:ni)?|ungangi(?:bhalel|hluph|shay)\w+|angisafuni|sukani kimi|ndiyeke(?:ni)?"
            r"|sukundi\w+|musa ukundi\w+|hlukana nami)\b|\b\w*yek[aei](?:ni)? uku(?:ngi|si|ndi)\w+",
            r"\bhandi(?:ch)?(?:ada|da|adi|di)\b[^.!?\n]{0,15}\bma?mesej\w*"
            r"|\bangi(?:sa)?(?:fun\w+)[^.!?\n]{0,10}\bimi(?:yal|lay)e\w*"
            r"|\b(?:ningabe|ungabe|musani|ningasa)\w* \w*ngi(?:thumel|bhalel|shay)\w*",
            # Portuguese
            r"\bnao (?:quiero|quero|desejo|gostaria de)\b[^.!?\n]{0,20}\b(?:receb\w+|mensage\w+|contato)|\bnao me"
            r" (?:mand|envi|escrev|contat|lig|cham|perturb|incomod|procur)\w+",
            r"\bpar(?:a|e|em|ar) de (?:me )?(?:mandar|enviar|escrever|ligar|contat\w+|incomodar|perturbar|encher)",
            r"\b(?:me (?:tir|remov|retir|exclu)\w+|(?:tir|remov|retir|exclu)\w+[- ]me|(?:remov|retir|exclu"
            r"|apag)\w+ (?:o )?"
            r"meu numero)\b|\b(?:me deix\w+|deix\w+[- ]me) em paz\b|\bdescadastr\w+|\bsair da lista\b",
        )
    )
)

_PREFERS = (
    r"(?:(?:i|we|i'd|we'd|id) (?:would )?(?:rather|prefer|like)|prefer|just|only|instead|(?:better|rather)"
    r" (?:to )?(?:text"
    r"|message)|(?:please |you can |but |send (?:me )?a )*(?:text|message|msg|messages|texts|whatsapp|sms|write|chat)"
    r"(?: to)?(?: me(?! again)| us| is| are| here| only| instead| works?| please|\W*$))"
)
_NO_OPT_OUT = re.compile(
    "|".join(
        (
            r"(?:^|[,.;!?\n]|\b(?:please|lol|oh|no|and|so|just|haha)) *(?:don'?t|do not|never) (?:you )?(?:ever )?"
            r"(?:stop|quit)\b[^.!?,\n]{0,30}",
            r"(?<!si )(?<!que )\bno (?:dejes?|dejeis|dejen|pares?|paren) de \w+",
            r"\b(?:opt(?:ed|ing|s)?[ -]?out|unsubscribed?) (?:of|from) (?:the |my |our |their |a |my utility'?s"
            r" )?(?:\w+ )?"
            r"(?:\w+ )?(?:metering|meters?|choice|budget|plan|tou|time of use|insurance|pilot|aggregation|hoa|warranty"
            r"|autopay|paperless|e-?bill\w*|gas|aps|srp|pg&e)\b",
            r"\b(?:do not|don'?t|dont|never|no|not|rather not) (?:(?:ever|please|like|want|to|you|any|get|be"
            r"|wanna|more) )*"
            r"(?:call(?:s|ing|ed)?|phon(?:e|ing)|ring|email(?:s|ing)?|mail)(?: (?:me|us|calls?|at all|ever|at"
            r" work|today|now"
            rf"|please|any ?more|again))*(?:\W+(?:because|so|but|and|at work|i'?m \w+))*\W+{_PREFERS}",
            r"(?<!do )(?<!does )\bnot (?:getting|receiving) (?:your|any|the) \w+|\bno (?:me |le )?(?:escribo"
            r"|escribi|llamo|mando|envio)\b",
            r"\bno (?:me |nos )?(?:llam|marqu)\w+(?: por favor)?\W+(?:mas bien |pero |es )?(?:mejor|prefiero|preferimos"
            r"|escrib\w+|mand\w+|solo|por (?:aqui|mensaje|whats\w*|texto))",
        )
    )
)


_NOT_YET = re.compile(
    r"\W*(?:(?:no|nope|wait|hold on|hey|please|pls|por favor|espera|but|ok)\W+)*(?:don'?t|do not|dont|no) "
    r"(?:send|submit|forward|share|envie?s?|mandes?|mande) (?:it|this|that|them)(?: (?:yet|please|now))*\W*"
)
"""An order about the request ("don't send it"), not about messages."""

_SPELT = re.compile(r"\W*(?:please\W+)?(?:s[\W_]*t[\W_]*[o0][\W_]*p+|b[\W_]+a[\W_]+j[\W_]+a)[\W_]*(?:please|pls)?\W*")
"""Letter by letter, or with a nought."""


def find_opt_out(message: Message) -> Control | None:
    """An opt-out in any reasonable wording; words are read as they were meant, praise ("don't stop") is none."""
    if _NOT_YET.fullmatch(message.plain):
        return None
    if _SPELT.fullmatch(message.plain):
        return Control(OptOut(), "opt_out", 0, len(message.plain))
    meant = mend_words(message.plain)
    match = _OPT_OUT.search(_NO_OPT_OUT.sub(lambda other: "_" * len(other.group()), meant.text))
    return Control(OptOut(), "opt_out", *meant.locate(*match.span())) if match else None
