"""Which parts of a message ask something."""

import re

from flows.reading.segments import Message

_ASK = (
    r"(?:how(?: much| many| long| soon| often| big| far| hard)?\b(?! (?:ever|dare))|what(?:'?s| is| are| if"
    r"| about| does| do| kind| happens| will| would| size| time| else| makes| exactly| warranty| company| "
    r"brand| did| can|ever the)?\b(?!ever)|why\b|when (?:will|do|does|can|would|is|are|should|could|did)\b"
    r"|where (?:do|does|is|are|can|did|will|would|you)\b|who (?:is|are|does|do|will|pays|would|owns"
    r"|installs|can|gets|made|do)\b|whose\b|which (?:one|is|are|company|brand|panels?|do|would|kind|of"
    r"|roof)\b|whats\b|whos\b|hows\b"
    r"|(?:do|does|did|don'?t|doesn'?t) (?:i|you|we|they|u|ya|y'?all|it|this|that|the|solar|my|panels?|a|an"
    r"|your|batter\w+|anyone|these|people|renters?|one)\b|(?:is|isn'?t|was) (?:it|this|that|there|my|the"
    r"|solar|a|an|your|he|she|they|now|anyone|net|any)\b"
    r"|(?:is|are|does|do|can|will|would|could|did|has|have) (?:those|these|people|ppl|ur|u|other|all|any|most|someone"
    r"|somebody)\b"
    r"|(?:are|aren'?t|r) (?:you|u|there|they|we|the|these|those|my|panels|solar|your|any|batter\w+)\b"
    r"|(?:will|won'?t|would|could|can|can'?t|should|shall|may|might) (?:i|you|u|we|it|this|that|they|the|my"
    r"|solar|a|an|your|someone|somebody|anyone|panels?|he|she|batter\w+|there|these|renters?|y'?all|one)\b"
    r"|(?:have|has) (?:you|it|anyone|this|they)\b|am i\b"
    r"|(?:just |please |can you )?(?:tell|show|give|explain|send) (?:me |us )?(?:about|the price|the cost"
    r"|how|what|why|a quote|an estimate|price|prices|pricing|the details|more info\w*|more about|to me)"
    r"|(?:i )?(?:want to|wanna|need to|would like to|'d like to) (?:know|understand|ask|find out|learn)"
    r"|i(?:'m| am)? wonder(?:ing)?\b|just curious|quick question|question\b|any (?:idea|chance|warranty"
    r"|discount|financing|info|guarantee|rebates?|incentives?|tax|hidden|upfront|cost)\b|how come\b|not "
    r"sure (?:how|what|if|why)|i don'?t (?:understand|know|get) (?:how|why|what|if)|curious (?:about|if"
    r"|how)"
    r"|\bcuant[oa]s?\b|\bcomo (?:funciona|es|se|puedo|hago|le|lo|son|va|sabe|obt)\w*|\bque (?:pasa|es|son"
    r"|tan|tal|tipo|hace|incluye|garantia|costo|precio|marca|significa|necesito|tiempo|hay|ventaja"
    r"|beneficio|seria|sucede|empresa|compania|pasaria)\w*|\bcual(?:es)? (?:es|son|seria|de)?\b|\bcuando "
    r"(?:me|se|pueden|vienen|empieza|instalan|sale|estaria|van|llega)\b|\bdonde (?:estan|queda|es|son"
    r"|puedo)\b|\bpor ?que\b(?! (?:vivo|tengo|es|mi|no))|\bquien(?:es)? (?:es|son|paga|instala|eres)\b"
    r"|\b(?:puedo|podria|pueden|podrian|puede|puedes) (?:pagar|vender|instalar|tener|hacer|saber|decir\w*"
    r"|explicar\w*|dar\w*|financiar|usar|poner|ver|ser|ustedes|cancelar)\b|\btienen (?:garantia|financ\w*"
    r"|oficina|descuento|planes|algun\w*|credito|servicio)\b|\b(?:hay|existe) (?:algun\w*|garantia"
    r"|descuento|financ\w*|subsidio\w*|ayudas?|que pagar|un costo|costo)\b|\by si\b|\b(?:es|son|sera|sirve"
    r"|funciona|vale|conviene|cubre|incluye|aplica|eres|estan) (?:gratis|segur\w+|verdad|cierto|un robot"
    r"|una estafa|caro|legal|confiable|con|la pena|los|el|en|cuando|de verdad|una persona|posible|necesario"
    r"|un bot|para|ustedes)\b|\bdime\b|\bdigame\b|\bquiero saber\b|\bquisiera saber\b|\bme gustaria saber\b"
    r"|\bme (?:puede|pueden|podria|explica|dice)\w* (?:decir|explicar|dar|como|cuanto|que)?"
    r"|\b(?:hoeveel|hoekom|waarom|wanneer|waar (?:is|kan)|wie (?:is|betaal)|watter|(?:werk|kos|moet|mag|help|kry) "
    r"(?:dit|julle|ek|jy|hulle|ons|die)|kan (?:ek|julle|jy|ons"
    r"|dit)|sal (?:dit|julle|ek)|is (?:dit|daar|julle)|het julle|hoe (?:lank|werk|kan|baie|groot))\b|\bwat "
    r"(?:is|kos|gebeur|as|sal)\b"
    r"|\b(?:marii|imarii|mari[iy]|sei\b|riini|rini|kupi|ndeipi mutengo|zvinoita marii|zvakadii|mune"
    r"|zvinoshanda|zvinotora|malini|yimalini|kanjani|nini|ngubani|kungani|ingabe)\b)"
)
_OPENING = re.compile(
    r"(?:^|[,;.!?\n\x00(-]|\b(?:and|but|also|so|ok|okay|pls|please|hi|hey|hello|hola|y|pero|oh|well|wait"
    rf"|then|or|by the way|btw|yes|no|thanks|hmm|because|cause|solar|um)\b)\W{{0,9}}{_ASK}"
)
_TELL = re.compile(
    r"\b(?:(?:just )?(?:tell|give|show) (?:me|us) (?:the|a|your) (?:price|cost|quote|total|number|estimate"
    r"|details|rate|answer)|what (?:does|would|will|do|is|are) (?:it|the|this|you|solar|they)|how (?:much"
    r"|long|many|does|do|is|will)|price\?|cost\?|dime el precio|cuanto (?:cuesta|vale|sale|es|cobran))\b"
)
_STATEMENT = re.compile(r"^\W*(?:my|i|we|it'?s|its|our|the bill|about|around|mi|nuestro|tengo|pago)\b")
_TAG = re.compile(r"\b(?:right|ok|okay|no|si|correct|you know|yeah|verdad|ne|eh|i (?:think|guess))\W*$")
_NOT_QUESTION = re.compile(
    r"^\W*(?:what|how)(?:'s| is)? (?:i|we) (?:pay|use|have|own)\b|\bwhat a\b|^\W*(?:how|what) about (?:\$"
    r"|\d)|^\W*(?:(?:ok|okay|yes|yeah|just|sure|please|alright|fine|great)\W+)*do (?:it|this|that)(?: then"
    r"| please| now)?\W*$|\bcan'?t (?:say|remember)\b|\b(?:don'?t|do not|dunno|no idea|not sure)(?: really)?(?: know)?"
    r" (?:how (?:many|much)|the (?:exact|number|amount))\b|\bque (?:tengo|pago|uso)\b"
)


def find_questions(message: Message) -> tuple[tuple[int, int], ...]:
    """Spans of the clauses that ask; the statement before the asking clause is left out."""
    spans = []
    for start, end in message.sentences:
        text = message.plain[start:end]
        opening = _OPENING.search(text)
        if opening and not _NOT_QUESTION.search(text):
            begin = start + opening.start()
            spans.append((begin, end))
        elif (tell := _TELL.search(text)) and not _NOT_QUESTION.search(text):
            spans.append((start + tell.start(), end))
        elif "?" in text and not _TAG.search(text) and not _STATEMENT.match(text) and re.search(r"[a-z]{2}", text):
            comma = max(text.rfind(","), text.rfind(" - "))
            spans.append((start + comma + 1 if comma > 0 else start, end))
    return tuple(spans)
