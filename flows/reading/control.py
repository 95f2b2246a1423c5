"""Words that steer: restart, back, skip, pause, cancel, help and the like."""

import re

from flows.commands import Ask, Back, Cancel, Clear, Command, Pause, Repeat, Restart, Skip, Start
from flows.reading.controls import Control
from flows.reading.segments import Message
from flows.reading.types import Intent

_OPT_IN = re.compile(
    r"^\W*(?:start|unstop|alta|subscribe|resubscribe|opt ?-?in|comenzar mensajes|darme de alta|dar de "
    r"alta)\W*$|\b(?:resume|restart|turn on|unblock|start|reactivate)(?: (?:my|the|sending|receiving"
    r"|getting))* (?:messages|texts|messaging|texting|notifications|sending)\b"
    r"|\bopt(?: me)? (?:back )?in\b|\bsubscribe me\b|\b(?:darme|denme|quiero darme) de alta\b|\bre(?:a"
    r"|i)nud\w+ (?:los )?mensajes\b|\byou can (?:text|message|write) me again\b"
)
_W = (
    r"^\W*(?:(?:ok|okay|please|pls|hey|wait|no|hmm|actually|can we|can i|could we|let'?s|i want to|i'd like "
    r"to|lets|oh|sorry|uh|um|um+|por favor|quiero|can you|i need to|oops|well|espera|quisiera|podemos"
    r"|just|thanks|thank you|gracias)\W+){0,4}"
)
_Z = (
    r"(?:\W+(?:please|pls|por favor|now|asseblief|asb|thanks|thank you|then|this|that|it|one|question|for "
    r"now|gracias|bot|a|the|esta|eso|esa|pregunta|step|paso)){0,4}\W*$"
)
_RESTART = re.compile(
    r"\b(?:start (?:all )?over|start (?:again|afresh|fresh|from scratch|from the (?:beginning|start|top))"
    r"|begin (?:again|over)|from scratch|restart|redo(?= *$)|redo (?:everything|it all|the whole)|reset|from the (?:top"
    r"|beginning)|do ?over|wipe (?:everything|it all)|clear everything|forget everything i (?:said|told)"
    r"|(?:empezar|empecemos|comenzar|comencemos|iniciar|empezamos|empieza|empiece) (?:otra vez|de nuevo|de "
    r"cero|desde (?:cero|el principio))|volver a (?:empezar|comenzar)|volvamos a empezar|de cero|reinici\w+"
    r"|desde el principio|borron y cuenta nueva|(?:begin|start) oor|oor begin|van voor af|van vooraf"
    r"|tang(?:ai|a|isai) patsva|ku?tanga patsva|totanga patsva|qala kabusha|siqale kabusha|qala "
    r"phansi)\b(?! (?:my |the |your )?(?:router|inverter|modem|system|breaker|messages|texts))"
)
_BACK = re.compile(
    _W + r"(?:go |take me |step |move |get |one |turn |jump |scroll |go (?:back )?to the )?(?:back(?: (?:up"
    r"|a step|one|to the "
    r"(?:previous|last|one before)(?: (?:question|one|step))?|to the last))?|previous(?: one)?|prev|undo|return"
    r"|(?:the )?(?:previous|last|earlier) (?:question|one|step)|before that|rewind"
    r"|(?:back )?(?:to )?the (?:one|question|step) before(?: (?:that|this))?)"
    + _Z
    + "|"
    + _W
    + r"(?:ir |vuelve |volver |regresa |regresar |un paso )?(?:atras|a la anterior|(?:la )?(?:pregunta "
    r")?anterior|a la pregunta anterior|volver|vuelve|regresar|regresa|regrese|para atras|gaan terug"
    r"|terug|gaan een terug|vorige(?: vraag)?|dzokera(?: shure| kumashure)?|shure|dzoka|buyela emuva"
    r"|emuva|retroceder|devolver\w*|devuelvete)" + _Z + r"|^\W*(?:a )?la (?:pregunta )?anterior\b[^.!?\n\d]{0,25}$"
    r"|\b(?:go back|take me back|previous question|back to the (?:previous|last) question|change my "
    r"(?:last|previous) answer|a la pregunta anterior|vuelv\w+ a la anterior|one step back)\b"
)
_SKIP = re.compile(
    _W + r"(?:skip(?: (?:it|this|that|this one|that one|over|ahead))?|pass(?: on (?:this|that|it)(?: one)?)?"
    r"|next|move on|later question|n/?a"
    r"|omitir|saltar(?:la|lo|esta|me)?|salta(?:lo|la|elo)?|saltelo|mejor no|omite|paso|siguiente|slaan oor"
    r"|(?:die )?volgende(?: (?:vraag|een))?"
    r"|pasa|pasar|darika"
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
    r"|dunno(?! (?:what|why|how|if|whether))"
    r"|haven'?t a clue|no clue|idk|beats me|ask me later|skip (?:this|it|that)|skip (?:the |my |that )?(?:e-?mail"
    r"|question|roof|phone|contact|name)|move on|next (?:question|one)"
    r"|siguiente pregunta|ni idea"
    r"|weet nie|ek weet nie|geen idee|slaan (?:dit )?oor|sê liewer nie|handizivi|handizive|hatizivi|angazi"
    r"|asazi|andazi|quien sabe|can'?t remember|can'?t (?:say|tell you (?:that|this))|couldn'?t tell you|no email"
    r"|wouldn'?t know|no "
    r"sabria|it'?s confidential|confidencial)\b"
)
_PAUSE = re.compile(
    _W + r"(?:later|not now|maybe later|another time|tomorrow|in a bit|brb|pause|hold on|one (?:sec|second"
    r"|moment|minute|min)|give me a (?:sec|second|minute|moment|min|few)|just a (?:sec|second|moment"
    r"|minute)|luego|mas tarde|despues|ahorita no|ahora no|manana|un momento|espera(?:me)?(?: un "
    r"momento)?|dame un (?:momento|minuto|segundo)|later(?: on)?|netsaona|gare gare|mangwana|kusasa"
    r"|nou nie|wag|in a (?:minute|while|moment)|not right now|remind me later|tonight|this "
    r"evening|next week)" + _Z + r"|(?<!was )(?<!been )(?<!were )\b(?:i'?m |im |am |a bit |kinda |too |really |bit )?"
    r"(?:busy|driving|at work|in a meeting"
    r"|ocupad[oa]|besig|manejando|trabajando)\b|\b(?:talk|text|message|continue|finish|answer|reply|do "
    r"(?:this|it)|chat|come back|get back to (?:you|this)|respond|pick this up"
    r"|resume)\b[^.!?\n]{0,15}\b(?:later|tomorrow|tonight|soon|another time|this evening|next week|in a "
    r"bit|after work|afterwards)\b|\b(?:can'?t|cannot) (?:talk|chat|do this|text|answer) (?:right )?now\b"
    r"|\b(?:hablamos|seguimos|te contesto|le contesto|continuamos|sigo|te "
    r"respondo)\b[^.!?\n]{0,12}\b(?:luego|despues|manana|mas tarde|al rato|otro dia)\b|\bnot a good "
    r"time\b|\b(?:manana|luego|despues|mas tarde|al rato) (?:te|le|les|lo) (?:contesto|respondo|escribo"
    r"|aviso|digo|hago)\b|\bremind me\b|\bbad time\b"
)
_CANCEL = re.compile(
    r"\b(?:never ?mind|nvm|forget (?:it|about it|this|the whole thing)|changed my mind|change of mind"
    r"|(?:not|no longer|no more) interested|cancel (?:it|this|that|my (?:request|application|project|quote)"
    r"|the (?:request|project|whole thing)|everything|all)|call (?:it|this) off|don'?t want (?:this|it"
    r"|solar|to (?:continue|do this|go on|proceed))|i give up|drop it|scrap (?:it|that)|no (?:me|nos) "
    r"interesa|no est(?:oy|amos) interesad\w+|ya no (?:quiero|me interesa|estoy interesad\w)|olvid(?:alo|elo|ate|enlo)"
    r"|cancel(?:a|ar|en"
    r"|alo|elo)|dejalo|dejelo|d[eé]jalo|no gracias ya no|kanselleer|vergeet dit|stel nie belang|nie meer "
    r"belang\w*|handichadi zvekare|kansela|khansela|abort)\b(?! (?:in |about |on |with |con |en )?(?:any |the |my "
    r"|an? |your |las? |los? )*"
    r"(?:incentiv\w*|rebates?|batter\w+|program\w*|financ\w+|loans?|warranty|insurance|tax(?:es)?\b|credits?|ayudas?"
    r"|subvenci\w+|bateria\w*|monitoring|visit|visita|installation d\w+))(?! (?:my |the |your )?(?:previous"
    r"|instructions"
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
    r"|mangwanani|masikati|manheru|middag|oggend|naand|aand|maswera sei|wakadii|ndeipi|kanjani|sawubona|sanibonani"
    r"|sanbonani|unjani"
    r"|molo|molweni|dumela(?:ng)?|salibonani|avuxeni|ola|heita|aweh|howzit|hie|bonjour|namaste|salaam|hey "
    r"there|hi there|hello there|there|y'all|all|team|everyone|sir|madam|guys|ma'?am|bot|again|friend|amigo|julle"
    r"|almal|mense|vriende"
    r"|how are (?:you|u)(?: doing)?|como esta[ns]?|hoe gaan dit)(?![a-z])\W*)+$"
)
_GREETING_START = re.compile(
    r"^\W*(?:(?:hi+|hello+|hey+|hiya|howdy|good (?:morning|afternoon|evening|day)|hola+|buenas(?: (?:tardes"
    r"|noches))?|buenos? dias?|buen dia|saludos|hallo|goeie ?(?:more|dag|middag|naand)|mhoro(?:i)?|makadii"
    r"|mangwanani|masikati|manheru|sawubona|sanibonani|molo|dumela|salibonani|hie|howzit|morning)(?: "
    r"(?:there|all|team|guys|sir|madam))?(?![a-z])\W*)+"
)


_RETURNED = re.compile(
    r"\W*(?:(?:hi|hey|hello|ok|okay|hola|and|so|now)\W+)*(?:(?:i'?m|we'?re|im) back\b|back (?:now|again|here)\b)"
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
        if match and not (pattern is _BACK and _RETURNED.match(message.plain)):
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
