"""Words that steer: opt-out, people wanted, restart, back, skip, pause and the like."""

import re
from dataclasses import dataclass

from flows.commands import Ask, Back, Cancel, Clear, Command, Handoff, OptOut, Pause, Repeat, Restart, Skip, Start
from flows.reading.segments import Message
from flows.reading.types import Intent

_POLITE = (
    r"(?:please|pls|plz|por favor|asseblief|asb|thanks?|thank you|gracias|ok(?:ay)?|now|just|hey|hi|hello"
    r"|yo|no|yes|wait|so|well|and|i said|bot|ya|sir|guys|all|everything|this|it|musandinetse|tsek|man"
    r"|ngicela|ndapota|immediately|right now)"
)
_EDGE = rf"(?:^|[.,;:!?\n])\W*(?:{_POLITE}\W+){{0,3}}"
_END = rf"(?:\W+{_POLITE}){{0,3}}\W*(?=[.,;!?\n]|$)"
_TEXTING = (
    r"(?:text(?:ing|s)?|messag(?:e|es|ing)|msg(?:s|ing)?|contact(?:ing)?|writ(?:e|ing)|call(?:ing|s)?"
    r"|phon(?:e|ing)|send(?:ing)?|bother(?:ing)?|spam(?:ming)?|bugging|harass(?:ing)?|email(?:ing|s)?"
    r"|whatsapp(?:ing)?|sms(?:es|ing)?|notifications?|pester(?:ing)?|dm(?:ing)?|hitting me up|communicat\w+"
    r"|blowing up)"
)
_NOT_TIMED = (
    r"(?![^.!?\n]{0,20}\b(?:before|after|until|till|during|while|at night|in the morning|between|about my"
    r"|about the|by phone|on (?:mon|tue|wed|thu|fri|sat|sun|weekend)|so (?:early|late)|just text|text (?:me "
    r")?instead|whatsapp (?:me )?instead|when i)\b)"
)
_OPT_OUT = re.compile(
    "|".join(
        (
            rf"{_EDGE}(?:stop ?all|stop|stopp+|unsubscribe|unsub|opt ?-?out|opt me out|end|quit|revoke"
            r"|cancel|baja|parar?|basta|alto|detener|remove me|yeka|yima|siyeka|mira|siyai|hou op|ophou"
            r"|fuck off|f off|go away|piss off|get lost|voetsek|bugger off|salir|dejar|largense|largate"
            r"|stop stop)(?! (?:by|at|sign|back|the|asking|over|and|in|with (?:the questions)|for|on|of"
            r"|about|my|your|our|to))" + _END,
            r"\b(?:stop|quit|cease|discontinue)\W+(?:(?:all|the|these|those|with the|your|sending|any|from"
            rf"|doing|please|to|fucking|freaking|damn|me|us)\W+){{0,3}}{_TEXTING}\b{_NOT_TIMED}",
            r"\bstop (?:it|this|pls|please|plz|now|already|immediately|bothering|everything)\b(?=\W*(?:$|[.,;!\n]))",
            r"\b(?:don'?t|do not|dont|never|no longer|not|can you not|please not)\W+(?:(?:ever|want|wish"
            r"|you|to|be|get|receive|getting|any|more|of|your|these|dare|need|like|wanna|for"
            rf"|me)\W+){{0,4}}{_TEXTING}\b(?: (?:me|us|here|this number|anymore|any ?more|again|from you|to "
            rf"me|by you))*(?=\W*(?:$|[.,;!\n])|\W+(?:again|any ?more|ever|please|or|and|from)){_NOT_TIMED}",
            r"\bno more (?:of (?:your|these) )?(?:texts?|messages?|msgs?|calls?|sms(?:es)?|emails?|spam"
            r"|whatsapps?|contact)\b",
            r"\bleave (?:me|us) (?:alone|be|in peace)\b",
            r"\b(?:lose|delete|remove|forget|erase|take off|drop|scrub) (?:my|this|our) (?:phone "
            r")?(?:number|contact|details from|info from|data from)\b(?! (?:and use|because|, (?:use"
            r"|it))| i gave)",
            r"\b(?:take|get|remove|delete|strike|drop) (?:me|us|my (?:name|number|phone|contact)|this "
            r"number) (?:off|from|out of)\b",
            r"\b(?:remove|unsubscribe|delist|unlist) me\b",
            r"\bopt(?:ing|ed)?[ -]?(?:me )?out\b",
            r"\bunsubscribe\b",
            r"\b(?:revok(?:e|ing)|withdraw(?:ing)?|rescind|retract|cancel"
            r"|pull)\b[^.!?\n]{0,15}\b(?:consent|permission|opt[ -]?in|authori[sz]ation)\b",
            r"\bi (?:no longer|don'?t|do not|never) (?:consent|agree|gave (?:you )?(?:consent|permission))\b",
            r"\b(?:block(?:ing)? (?:you|this)|report(?:ing)? (?:you|this) (?:as|for) spam|this is spam"
            r"|do not disturb|cease and desist|do not contact)\b",
            r"\bcancel (?:my |the |these |all )?(?:subscription|messages|texts|notifications"
            r"|alerts)\b",
            r"\bdo ?n['o]?t want (?:to (?:hear|get|receive)|any(?:thing)?|your|these) ?(?:from you|any"
            r"|more|further|messages|texts|anything)+\b",
            # Spanish
            r"\b(?:dar(?:me|nos)?|denme|deme|dame|quiero|solicito|pido) (?:la |de )?baja\b",
            r"\b(?:ya )?no (?:me |nos |te )?(?:\w+ )?(?:escrib\w+|mand\w+|envi\w+|molest\w+|llam(?:en"
            r"|es|e)\b|contact\w+|text\w+|jod\w+|quiero (?:recibir|mas|que me (?:escrib|mand|envi)\w+)"
            r"|deseo (?:recibir|mas))(?! (?:cuando|antes|despues|manana|si|la factura|mi|el recibo))",
            r"\b(?:dej(?:a|e|en|ar|ame|enme|eme|ennos)|par(?:a|en|e)|basta|ces(?:e|en)|termin\w+)(?: ya)? "
            r"(?:de |con )?(?:me )?(?:escrib\w+|mand\w+|envi\w+|molest\w+|llam\w+|contact\w+|text\w+"
            r"|mensajes|los mensajes|joder|fastidi\w+)",
            r"\bdej(?:a|e|en)(?:me|nos) (?:en paz|tranquil\w+|solo|quiet\w+)\b",
            r"\b(?:borr|elimin|quit|sac|remuev|saqu|quiten|borren|elimin)\w*(?:me"
            r"|nos)\b[^.!?\n]{0,15}\b(?:lista|base|registro|grupo|aqui)\b",
            r"\b(?:borr|elimin|quit|sac)\w+ mi (?:numero|telefono|contacto)\b",
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
            r"\b(?:haal|verwyder|teken|vee) my\b[^.!?\n]{0,25}\b(?:af|lys|uit)\b",
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
_OPT_IN = re.compile(
    r"^\W*(?:start|unstop|alta|subscribe|resubscribe|opt ?-?in|comenzar mensajes|darme de alta|dar de "
    r"alta)\W*$|\b(?:resume|restart|turn on|unblock|start|reactivate)(?: (?:my|the|sending|receiving"
    r"|getting))* (?:messages|texts|messaging|texting|notifications|sending)\b"
    r"|\bopt(?: me)? (?:back )?in\b|\bsubscribe me\b|\b(?:darme|denme|quiero darme) de alta\b|\bre(?:a"
    r"|i)nud\w+ (?:los )?mensajes\b|\byou can (?:text|message|write) me again\b"
)
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
            r"\b(?:talk|speak|chat|connect(?: me)?|transfer(?: me)?|put me through|get me|give me|pass "
            r"me(?: on)?|hand me(?: over)?|escalate|get (?:a )?hold of|discuss|let me (?:talk|speak)|i "
            r"(?:want|need|demand|prefer|would like|'d like)|can i (?:get|have|talk|speak)|could i (?:get"
            r"|have)|looking for|send(?: me)?|is there|bring(?: me)?|contact)\b(?:\W+(?:to|with|a|an|the"
            r"|some|any|your|me|real|over|through|directly|please|this|want|like|speak|talk|chat|and|on"
            rf"|phone|deal|about|it|actual|live|through to|another)){{0,5}}\W+{_PERSON}\b(?! (?:owns|lives"
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
            r"\bplease call\b",
            rf"^\W*(?:{_POLITE}\W+){{0,2}}(?:a |an |the |real |live )*(?:human|agent|representative|rep"
            r"|operator|person|real person|manager|live agent|customer service|supervisor|someone real"
            r"|customer support|human being|live person|asesor|agente|persona|humano|una persona|un asesor"
            rf"|un humano|mens|munhu|consultant|support|staff|somebody|someone)(?:\W+{_POLITE}){{0,2}}\W*$",
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
            r"\b(?:hablar|platicar|conversar|comunicar\w*|comunic\w+|contactar|charlar|pas(?:a|e|en)me"
            r"|ponme|transfer\w+|conect\w+)\b[^.!?\n]{0,20}\b(?:alguien|una? (?:persona|humano|asesora?"
            r"|agente|ser humano|representante|vendedor|experto|tecnico|operador)|persona|humano|asesora?"
            r"|agente|encargado|gerente|representante|ustedes|supervisor|operador|persona real|jefe)\b",
            r"\b(?:ll[aá]m(?:en|e|a)me|me (?:pueden?|podrian?|puedes) (?:llamar|marcar|hablar por telefono)"
            r"|(?:quiero|necesito|prefiero) (?:que me llamen|una llamada|que me marquen|un asesor|una "
            r"persona|un humano|un agente)|marquenme|me llaman?\b(?! [A-Z]))|(?:puede|pueden) (?:alguien "
            r")?llamarme|que me (?:llame|marque) (?:alguien|un asesor)",
            r"\b(?:atienda|ayude|contacte) (?:una? )?(?:persona|humano|alguien)\b|\balguien (?:me "
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
    r"\bare you (?:a |an )?(?:real|human|actual|bot|robot|person)|\bam i (?:talking|speaking|chatting) "
    r"(?:to|with)\b|\b(?:eres|es usted|hablo con) (?:un |una )?(?:persona|humano|robot|bot)|\bis (?:this"
    r"|it) an? (?:real|bot|human|person)|\bmany people\b|\bpeople (?:live|in|are|who)\b"
)
_COMPLAINT = re.compile(r"\bcomplain\w*|\b(?:lawyer|attorney|sue|queja)\b")

_W = (
    r"^\W*(?:(?:ok|okay|please|pls|hey|wait|no|hmm|actually|can we|can i|could we|let'?s|i want to|i'd like "
    r"to|lets|oh|sorry|uh|um|um+|por favor|quiero|can you|i need to|oops|well|espera|quisiera|podemos"
    r"|just)\W+){0,4}"
)
_Z = (
    r"(?:\W+(?:please|pls|por favor|now|asseblief|asb|thanks|thank you|then|this|that|it|one|question|for "
    r"now|gracias|bot|a|the|esta|eso|esa|pregunta|step|paso)){0,4}\W*$"
)
_RESTART = re.compile(
    r"\b(?:start (?:all )?over|start (?:again|afresh|fresh|from scratch|from the (?:beginning|start|top))"
    r"|begin (?:again|over)|from scratch|restart|redo (?:everything|it all|the whole)|reset|from the (?:top"
    r"|beginning)|do ?over|wipe (?:everything|it all)|clear everything|forget everything i (?:said|told)"
    r"|(?:empezar|empecemos|comenzar|comencemos|iniciar|empezamos|empieza|empiece) (?:otra vez|de nuevo|de "
    r"cero|desde (?:cero|el principio))|volver a (?:empezar|comenzar)|volvamos a empezar|de cero|reinici\w+"
    r"|desde el principio|borron y cuenta nueva|(?:begin|start) oor|oor begin|van voor af|van vooraf"
    r"|tang(?:ai|a|isai) patsva|ku?tanga patsva|totanga patsva|qala kabusha|siqale kabusha|qala "
    r"phansi)\b(?! (?:my |the |your )?(?:router|inverter|modem|system|breaker|messages|texts))"
)
_BACK = re.compile(
    _W + r"(?:go |take me |step |move |get |one |turn |jump |scroll )?(?:back(?: (?:up|a step|one|to the "
    r"(?:previous|last|one before)(?: (?:question|one|step))?|to the last))?|previous|prev|undo|return"
    r"|(?:the )?(?:previous|last|earlier) (?:question|one|step)|before that|rewind)"
    + _Z
    + "|"
    + _W
    + r"(?:ir |vuelve |volver |regresa |regresar |un paso )?(?:atras|a la anterior|(?:la )?(?:pregunta "
    r")?anterior|a la pregunta anterior|volver|vuelve|regresar|regresa|regrese|para atras|gaan terug"
    r"|terug|gaan een terug|vorige(?: vraag)?|dzokera(?: shure| kumashure)?|shure|dzoka|buyela emuva"
    r"|emuva|retroceder|devolver\w*|devuelvete)"
    + _Z
    + r"|\b(?:go back|take me back|previous question|back to the (?:previous|last) question|change my "
    r"(?:last|previous) answer|a la pregunta anterior|vuelv\w+ a la anterior|one step back)\b"
)
_SKIP = re.compile(
    _W + r"(?:skip(?: (?:it|this|that|this one|that one|over|ahead))?|pass|next|move on|later question|n/?a"
    r"|omitir|saltar(?:la|lo|esta|me)?|salta|omite|paso|siguiente|slaan oor|volgende|pasa|pasar|darika"
    r"|yeqa|no thanks skip|not applicable|no aplica|idk+|dunno|no idea|no clue|ni idea|nose|unsure"
    r"|don'?t know|dunno|not sure|sltear|brincar(?:la)?|ninguna idea)"
    + _Z
    + r"|\b(?:rather not|prefer not|prefiero no|don'?t (?:wanna|want to|feel like) (?:say|share|give"
    r"|answer|tell|disclose|do this)|won'?t (?:say|share|tell)|not (?:going to|gonna|comfortable) "
    r"(?:say|share|tell|giving|sharing|answer\w*)|none of your (?:business|beeswax)|(?:that'?s "
    r")?private|(?:that'?s |a bit )?personal|no (?:quiero|deseo) (?:decir|dar|compartir|contestar"
    r"|responder|dec[ií]rlo)\w*|no comment|wil nie s[eê]"
    r"|(?:do not|don'?t|dont|no) (?:really |actually )?(?:know|remember|recall|have (?:one|it|an email|that"
    r"|email|any email|the bill|a bill|it on me))\b(?! (?:what|why|how (?:this|solar|it)))|not sure|no "
    r"(?:lo |la )?(?:se|recuerdo|me acuerdo|tengo idea)\b|no tengo (?:correo|email|uno|una)|no idea"
    r"|haven'?t a clue|no clue|idk|beats me|ask me later|skip (?:this|it|that)|move on|next question"
    r"|siguiente pregunta|ni idea"
    r"|weet nie|ek weet nie|geen idee|slaan (?:dit )?oor|sê liewer nie|handizivi|handizive|hatizivi|angazi"
    r"|asazi|andazi|quien sabe|can'?t remember|can'?t say|couldn'?t tell you|no email|wouldn'?t know|no "
    r"sabria|it'?s confidential|confidencial)\b"
)
_PAUSE = re.compile(
    _W + r"(?:later|not now|maybe later|another time|tomorrow|in a bit|brb|pause|hold on|one (?:sec|second"
    r"|moment|minute|min)|give me a (?:sec|second|minute|moment|min|few)|just a (?:sec|second|moment"
    r"|minute)|luego|mas tarde|despues|ahorita no|ahora no|manana|un momento|espera(?:me)?(?: un "
    r"momento)?|dame un (?:momento|minuto|segundo)|later(?: on)?|netsaona|gare gare|mangwana|kusasa"
    r"|more|m[oô]re|nou nie|wag|in a (?:minute|while|moment)|not right now|remind me later|tonight|this "
    r"evening|next week)"
    + _Z
    + r"|\b(?:i'?m |im |am |a bit |kinda |too |really |bit )?(?:busy|driving|at work|in a meeting"
    r"|ocupad[oa]|besig|manejando|trabajando)\b|\b(?:talk|text|message|continue|finish|answer|reply|do "
    r"(?:this|it)|chat|come back|get back to (?:you|this)|respond|pick this up"
    r"|resume)\b[^.!?\n]{0,15}\b(?:later|tomorrow|tonight|soon|another time|this evening|next week|in a "
    r"bit|after work|afterwards)\b|\b(?:can'?t|cannot) (?:talk|chat|do this|text|answer) (?:right )?now\b"
    r"|\b(?:hablamos|seguimos|te contesto|le contesto|continuamos|sigo|te "
    r"respondo)\b[^.!?\n]{0,12}\b(?:luego|despues|manana|mas tarde|al rato|otro dia)\b|\bnot a good "
    r"time\b|\bremind me\b|\bbad time\b"
)
_CANCEL = re.compile(
    r"\b(?:never ?mind|nvm|forget (?:it|about it|this|the whole thing)|changed my mind|change of mind"
    r"|(?:not|no longer|no more) interested|cancel (?:it|this|that|my (?:request|application|project|quote)"
    r"|the (?:request|project|whole thing)|everything|all)|call (?:it|this) off|don'?t want (?:this|it"
    r"|solar|to (?:continue|do this|go on|proceed))|i give up|drop it|scrap (?:it|that)|no (?:me|nos) "
    r"interesa|ya no (?:quiero|me interesa|estoy interesad\w)|olvid(?:alo|elo|ate|enlo)|cancel(?:a|ar|en"
    r"|alo|elo)|dejalo|dejelo|d[eé]jalo|no gracias ya no|kanselleer|vergeet dit|stel nie belang|nie meer "
    r"belang\w*|handichadi zvekare|kansela|khansela|abort)\b(?! (?:my |the |your )?(?:previous|instructions"
    r"|consent|rules|messages|texts|subscription))"
)
_REPEAT = re.compile(
    _W + r"(?:what|huh|eh|come again|pardon(?: me)?|sorry what|repeat(?: (?:that|it|the question|please"
    r"|yourself))?|say (?:that|it|the question) again|say again|again|again please|what was (?:that|the "
    r"question)(?: again)?|(?:can|could) you (?:repeat|say)(?: that| it| the question)?(?: again)?|what "
    r"did you (?:say|ask)|didn'?t (?:get|catch) that|que|como|mande|perdon|repit\w*|otra vez|que "
    r"dijiste|que dijo|repetir|puede(?:s)? repetir\w*|herhaal|wat|se weer|chii|dzokorora|chi|ini|phinda"
    r"|come again|wdym|i don'?t understand|what do you mean|no entiendo|no entendi|verstaan nie|i "
    r"didn'?t understand|please repeat|don'?t understand|handisi kunzwisisa|handinzwisisi|angizwa"
    r"|angiqondi|what\?+)" + _Z
)
_HELP = re.compile(
    _W + r"(?:help|help me|i need help|ayuda|ayudame|necesito ayuda|hulp|help my|what can you do|menu|options"
    r"|commands|instructions|batsiro|rubatsiro|ndibatsirei|usizo|ngisize|how does this work|como funciona "
    r"esto|info|opciones|what are my options|need help)" + _Z
)
_CLEAR_SLOT = re.compile(
    r"\b(?:forget|delete|remove|erase|clear|drop|scrap|take (?:out|off|away)|get rid of|don'?t (?:use|keep"
    r"|store|save)|borr(?:a|e|en|ar)|elimin(?:a|e|en|ar)|quit(?:a|e|en|ar)|olvid(?:a|e|en|ar)|verwyder|vee "
    r"uit|bvisai|dzimai)\s+(?:the |my |that |mi |el |la |lo de |that |lo del |su )*"
    r"(?P<what>e-?mail(?: address)?|correo(?: electronico)?|phone number i gave|(?:phone )?number i gave(?: "
    r"you)?|alternate (?:contact|number)|other (?:contact|number|person)|wife'?s number|husband'?s number"
    r"|name|nombre|address|direccion|bill(?: amount)?|recibo|factura|utility|roof(?: type)?|techo|devices?"
    r"|appliances|usage|kwh|telefono que (?:te |le |les )?di|numero que (?:te |le |les )?di|otro contacto"
    r"|e-?pos|pin|location|ubicacion)\b"
)
_CLEAR_NAMES = (
    ("mail", "email"),
    ("correo", "email"),
    ("pos", "email"),
    ("number", "alternate_phone"),
    ("numero", "alternate_phone"),
    ("telefono", "alternate_phone"),
    ("contact", "alternate_name"),
    ("person", "alternate_name"),
    ("nam", "name"),
    ("nombre", "name"),
    ("address", "street"),
    ("direccion", "street"),
    ("bill", "monthly_bill"),
    ("recibo", "monthly_bill"),
    ("factura", "monthly_bill"),
    ("utility", "utility"),
    ("roof", "roof_type"),
    ("techo", "roof_type"),
    ("device", "devices"),
    ("appliance", "devices"),
    ("usage", "monthly_kwh"),
    ("kwh", "monthly_kwh"),
    ("pin", "location"),
    ("location", "location"),
    ("ubicacion", "location"),
)
_GREETING = re.compile(
    r"^\W*(?:(?:hi+|hello+|hey+|hiya|howdy|yo|sup|what'?s up|wassup|greetings|good (?:morning|afternoon"
    r"|evening|day)|gm|morning|evening|afternoon|hola+|buenas(?: (?:tardes|noches))?|buenos? dias?|buen dia"
    r"|que tal|saludos|hallo|goeie ?(?:more|m[oô]re|dag|middag|naand)|more|mhoro(?:i)?|makadii|makadini"
    r"|mangwanani|masikati|manheru|maswera sei|wakadii|ndeipi|kanjani|sawubona|sanibonani|sanbonani|unjani"
    r"|molo|molweni|dumela(?:ng)?|salibonani|avuxeni|ola|heita|aweh|howzit|hie|bonjour|namaste|salaam|hey "
    r"there|hi there|hello there|there|y'all|all|team|everyone|sir|madam|guys|ma'?am|bot|again|friend|amigo"
    r"|how are (?:you|u)(?: doing)?|como esta[ns]?|hoe gaan dit)(?![a-z])\W*)+$"
)
_GREETING_START = re.compile(
    r"^\W*(?:(?:hi+|hello+|hey+|hiya|howdy|good (?:morning|afternoon|evening|day)|hola+|buenas(?: (?:tardes"
    r"|noches))?|buenos? dias?|buen dia|saludos|hallo|goeie ?(?:more|dag|middag|naand)|mhoro(?:i)?|makadii"
    r"|mangwanani|masikati|manheru|sawubona|sanibonani|molo|dumela|salibonani|hie|howzit|morning)(?: "
    r"(?:there|all|team|guys|sir|madam))?(?![a-z])\W*)+"
)


@dataclass(frozen=True, slots=True)
class Control:
    """A steering command, the label it gives the message, and the span that said it."""

    command: Command
    label: Intent
    start: int
    end: int


def find_opt_out(message: Message) -> Control | None:
    """An opt-out in any reasonable wording."""
    match = _OPT_OUT.search(message.plain)
    return Control(OptOut(), "opt_out", match.start(), match.end()) if match else None


def find_handoff(message: Message) -> Control | None:
    """A wish for a human."""
    match = _HANDOFF.search(message.plain)
    if match is None or _NOT_HANDOFF.search(message.plain):
        return None
    reason = "complaint" if _COMPLAINT.search(match.group()) else "asked"
    return Control(
        Handoff("complaint" if reason == "complaint" else "asked", message.raw[match.start() : match.end()].strip()),
        "handoff",
        *match.span(),
    )


_TABLE: tuple[tuple[re.Pattern[str], Command, Intent], ...] = (
    (_RESTART, Restart(), "restart"),
    (_OPT_IN, Start(opt_in=True), "greeting"),
    (_GREETING, Start(), "greeting"),
    (_BACK, Back(), "back"),
    (_HELP, Ask("help", topic="help"), "question"),
    (_REPEAT, Repeat(), "question"),
)
_LATE_TABLE: tuple[tuple[re.Pattern[str], Command, Intent], ...] = (
    (_CANCEL, Cancel(), "answer"),
    (_SKIP, Skip(), "skip"),
    (_PAUSE, Pause(), "answer"),
)


def find_steering(message: Message) -> Control | None:
    """Restart, opt-in, greeting, back, help or repeat: looked for before values are read."""
    for pattern, command, label in _TABLE:
        match = pattern.search(message.plain)
        if match:
            return Control(command, label, *match.span())
    return None


def find_late_steering(message: Message) -> Control | None:
    """Cancel, skip or pause: looked for in what the values left over."""
    for pattern, command, label in _LATE_TABLE:
        match = pattern.search(message.free)
        if match:
            return Control(command, label, *match.span())
    return None


def find_clearing(message: Message) -> Control | None:
    """A value to be forgotten ("delete the phone number I gave")."""
    match = _CLEAR_SLOT.search(message.plain)
    if match is None:
        return None
    slot = next(slot for key, slot in _CLEAR_NAMES if key in match.group("what"))
    return Control(Clear(slot), "correction", *match.span())


def skip_greeting(message: Message) -> int:
    """Takes an opening greeting; returns where the message goes on."""
    match = _GREETING_START.match(message.plain)
    if match is None:
        return 0
    message.take(match.start(), match.end())
    return match.end()
