"""Opt-out in any reasonable wording: English, Spanish, Afrikaans, Shona, Zulu and their neighbours. Rules only."""

import re

from flows.commands import OptOut
from flows.reading.controls import POLITE, Control
from flows.reading.segments import Message

_EDGE = rf"(?:^|[.,;:!?\n])\W*(?:{POLITE}\W+){{0,3}}"
_END = rf"(?:\W+{POLITE}){{0,3}}\W*(?=[.,;!?\n]|$)"
_TEXTING = (
    r"(?:text(?:ing|s)?|messag(?:e|es|ing)|msg(?:s|ing)?|contact(?:ing)?|writ(?:e|ing)|call(?:ing|s)?"
    r"|phon(?:e|ing)|send(?:ing)?|bother(?:ing)?|spam(?:ming)?|bugging|harass(?:ing)?|email(?:ing|s)?"
    r"|whatsapp(?:ing)?|sms(?:es|ing)?|notifications?|pester(?:ing)?|dm(?:ing)?|hitting me up|communicat\w+"
    r"|blowing up)"
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
            r"|(?<![,.;] )cancel|baja|parar?|basta|alto|detener|remove me|yeka|yima|siyeka|mira|siyai|hou op|ophou"
            r"|fuck off|f off|go away|piss off|get lost|voetsek|bugger off|salir|dejar|largense|largate"
            r"|stop stop)(?! (?:by|at|sign|back|the|asking|over|and|in|with (?:the questions)|for|on|of"
            r"|about|my|your|our|to))" + _END,
            r"\b(?:stop|stahp|stawp|sotp|stpo|stoo?p+|quit|cease|discontinue)\W+(?:(?:all|the|these|those|with the"
            r"|your|sending|any|from"
            rf"|doing|please|to|fucking|freaking|damn|me|us)\W+){{0,3}}{_TEXTING}\b{_NOT_TIMED}",
            r"\bstop (?:it|this|pls|please|plz|now|already|immediately|bothering|everything)\b(?=\W*(?:$|[.,;!\n]))",
            r"\b(?:don'?t|do not|dont|never|no longer|not|can you not|please not)\W+(?:(?:ever|want|wish"
            r"|you|to|be|get|receive|getting|any|more|of|your|these|dare|need|like|wanna|for"
            rf"|me)\W+){{0,4}}{_TEXTING}\b(?: (?:me|us|here|this number|anymore|any ?more|again|from you|to "
            rf"me|by you))*(?=\W*(?:$|[.,;!\n])|\W+(?:again|any ?more|ever|please|or|and|from)){_NOT_TIMED}",
            r"\bno more (?:of )?(?:(?:your|these|this|the) )?(?:texts?|messages?|msgs?|calls?|sms(?:es)?|emails?|spam"
            r"|whatsapps?|contact)\b",
            r"\bleave (?:me|us) (?:alone|be|in peace)\b",
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
            r"|did not) sign(?:ed)? up|do "
            r"not reply to (?:me|this))\b",
            r"\bcancel (?:my |the |these |all )?(?:subscription|messages|texts|notifications"
            r"|alerts)\b",
            r"\bdo ?n['o]?t want (?:to (?:hear|get|receive)|any(?:thing)?|your|these) ?(?:from you|any"
            r"|more|further|messages|texts|anything)+\b",
            # Spanish
            r"\b(?:dar(?:me|nos)?|denme|deme|dame|quiero|solicito|pido) (?:la |de )?baja\b",
            r"\b(?:ya )?no (?:me |nos |te )?(?:\w+ )?(?:escrib\w+\b|mand\w+\b|envi\w+\b|molest(?:en|es|ar|ando|eis|e"
            r"|arme|arnos)\b|llam(?:en"
            r"|es|e)\b|contact\w+|text\w+|jod\w+|quiero (?:(?:sus|tus|estos|los|mas|recibir) )*(?:mensajes|textos"
            r"|whatsapps?|llamadas|spam)|quiero (?:recibir|mas(?=\W*$)|que me (?:escrib|mand|envi)\w+)"
            r"|deseo (?:recibir|mas))(?! (?:cuando|antes|despues|manana|si|la factura|mi|el recibo))",
            r"\b(?:dej(?:a|e|en|ar|ame|enme|eme|ennos)|par(?:a|en|e)|basta|ces(?:e|en)|termin\w+)(?: ya)? "
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
            # Afrikaans
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
            r"|sukundi\w+|musa ukundi\w+|hlukana nami)\b",
        )
    )
)


def find_opt_out(message: Message) -> Control | None:
    """An opt-out in any reasonable wording."""
    match = _OPT_OUT.search(message.plain)
    return Control(OptOut(), "opt_out", match.start(), match.end()) if match else None
