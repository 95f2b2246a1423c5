"""Short replies to what was asked: yes, no, an option by number or words, a promise to send the bill."""

import re
import unicodedata
from collections.abc import Sequence

from flows.effects import Option
from flows.reading.segments import Message, fold
from flows.reading.spelling import is_one_edit

_PAD = (
    r"(?:\W|\b(?:please|pls|i|we|do|am|it|is|that|thats|that's|so|the|thanks|thank you|sir|definitely|of "
    r"course|all|looks|sounds|good|very|much|right|correct|for sure|gracias|por favor|señor|mhm|lol|haha"
    r"|man|bro|dude|me|to me|go ahead|my|friend|are|bot|esta|todo|bien|muy|mucho|mi|this|yes|si|ja)\b)*"
)
_YES = re.compile(
    r"^(?:\W*(?:oh|ah|um|uh|well|hmm|ok|okay|lol|pues|bueno)\W+)?\W*(?:y|yes+|yep+|yup|yeah+|yea|yah|yas"
    r"|ya|sure|sure thing|surely|ok|okay|okey|okie|k|kk|correct|right|exactly|indeed|absolutely|definitely"
    r"|affirmative|of course|sounds good|looks good|all good|that'?s (?:right|correct|it|me)|perfect"
    r"|confirm(?:ed)?|i confirm|agreed?|i agree|go ahead|i do|we do|i am|it is|true|good|great|fine|cool"
    r"|alright|please do|yes please|done"
    r"|si+|sip|simon|claro|claro que si|correcto|exacto|asi es|por supuesto|dale|de acuerdo|vale|esta bien"
    r"|confirmo|afirmativo|perfecto|cierto|eso es|ok esta bien|listo|ja+|jip|reg so|korrek|natuurlik"
    rf"|beslis|ehe|hongu|ndizvo|zvakanaka|yebo|ewe|kulungile|inde|eya){_PAD}$"
)
_NO = re.compile(
    r"^(?:\W*(?:oh|ah|um|uh|well|hmm|lol|pues|bueno|sorry)\W+)?\W*(?:n|no+|nope|nah+|naw|na|not really|no "
    r"way|negative|never|incorrect|wrong|not (?:right|correct|quite|yet|exactly|now|at all|true)|i "
    r"(?:don'?t|do not|am not)|we (?:don'?t|do not)|it(?:'s| is) not|i'?m not|false|no thanks?|no thank "
    r"you|nothing|that'?s (?:wrong|not right|incorrect|not correct|not it)|i disagree|don'?t|disagree"
    r"|nop|nel|para nada|todavia no|aun no|incorrecto|nunca|negativo|esta mal|no esta bien|no es correcto"
    rf"|nee+|nie|glad nie|verkeerd|kwete|aiwa|bodo|cha|hayi|hhayi|qha){_PAD}$"
)
_SEND = re.compile(
    r"^(?:(?:yes+|yep|yup|yeah|ya|ok|okay|sure|great|perfect|cool|fine|good|looks (?:good|right|great|fine|correct)"
    r"|all (?:good|right|correct)|everything (?:is|looks) (?:good|right|fine|correct)|that'?s (?:right|correct|it)|lgtm"
    r"|correct|right|si|dale|listo|perfecto|todo bien|esta bien|correcto|claro|vale|ja|yebo|please|pls|thanks)\W+)*"
    r"(?:(?:you can|go ahead(?: and)?|just|please|now|puedes|pueden|ya) )*"
    r"(?:send|submit|ship|envi[ae]|envi[ae]r|mand[ae]|mandar|stuur)(?:lo|la)?(?: (?:it|this|that|them|dit))?"
    r"(?:\W+(?:please|pls|now|over|in|off|away|through|por favor|ya|thanks|thank you|gracias|asseblief))*$"
)
_UP, _DOWN = ("👍", "✅", "👌", "🙌", "💯", "🆗", "☑", "✔"), ("👎", "❌", "🚫", "✖")
_LEAD_YES = re.compile(
    r"^\W*(?:yes+|yep|yup|yeah+|yea|ya|si|sip|claro|ja|jip|ehe|hongu|yebo|correct|sure|ewe|absolutely|of "
    r"course)\b(?=\W|$)(?! (?:we|i)? ?(?:rent|lease))"
)
_LEAD_NO = re.compile(
    r"^\W*(?:no+|nope|nah+|nee|kwete|aiwa|cha|hayi|not yet|nop)\b(?=\W|$)(?! (?:idea|clue|se\b|lo se|tengo "
    r"idea|problem|wait|espera|ev|battery|pool|(?:me|nos) interesa|est(?:oy|amos) interesad|quier[eo]|queremos|longer))"
)
_NO_ORDER = re.compile(
    r"^\W*(?:no+|nope|nah|wait|hold on|hey)?\W*(?:please )?(?:don'?t|do not|dont|no lo|no la) "
    r"(?:send|submit|do|forward|share|call|envi\w+|mand\w+)\b"
)
_NO_DEVICES = re.compile(
    r"\b(?:devices?|appliances?|any|none|nothing|(?:of )?(?:those|these|them)|ningun\w*|aparatos?|nada|niks|big)\b"
)
_DOC = (
    r"(?:photo|pic(?:ture|s|tures)?|image|screenshot|screen shot|scan(?:ned)?|pdf|copy|foto(?:grafia)?"
    r"|imagen|captura|copia|prentjie|mufananidzo|isithombe|document|documento)"
)
_PROMISE = re.compile(
    r"\b(?:i'?ll|i will|i can|can i|could i|let me|i'?m going to|gonna|will|i'?d rather|i would rather|may "
    r"i|shall i|i want to|i prefer to|going to|i could|is it ok if i|want me to|i'?d like to|can|better i"
    r"|i'?m)\b[^.!?\n]{0,25}\b(?:send|snd|share|upload|attach|take|snap|forward|post|give|show"
    rf"|sending)\b[^.!?\n]{{0,30}}\b(?:{_DOC}|bill|statement|it (?:later|tomorrow|tonight|when|soon|over)"
    r"|one (?:later|tomorrow|tonight|soon))\b"
    rf"|\b(?:send|sending|attaching|uploading|share|attach|take) (?:you |u )?(?:a |the |an |my )?{_DOC}\b"
    rf"|\b{_DOC} (?:of (?:the|my) (?:bill|statement) )?(?:later|coming|tomorrow|tonight|soon|to follow|is "
    r"coming|on the way)\b"
    r"|\b(?:te|le|les|se lo|te lo|lo|la|se la|te la|voy a|puedo|podria|prefiero|luego|despues|mejor"
    r"|ahorita)\b[^.!?\n]{0,14}\b(?:mand\w+|envi\w+|pas\w+|compart\w+|sub\w+|adjunt\w+"
    rf"|tom\w+)\b[^.!?\n]{{0,20}}\b(?:{_DOC}|recibo|factura|luego|despues|mas tarde|manana)\b|\b(?:mando"
    rf"|envio|adjunto|paso) (?:una? |la |el )?(?:{_DOC}|recibo|factura)\b"
    r"|\b(?:ek (?:sal|kan|gaan)|kan ek)\b[^.!?\n]{0,20}\b(?:foto|rekening)\b[^.!?\n]{0,12}\b(?:stuur"
    r"|neem)|\bstuur (?:later )?'?n? ?foto\b|\bndi(?:cha|no)(?:tumira|kutumirai|tuma)\b[^.!?\n]{0,25}"
    r"|\b(?:ngizothumela|ngizokuthumelela)\b[^.!?\n]{0,20}"
)
_NUMBERED = re.compile(
    r"^\W*(?:(?:the |la |el |die )?(?:option|number|no\.?|nr\.?|choice|opcion|numero|opsie|nommer"
    r"|#)\s*)?(?P<digit>\d{1,2})\W*(?:please|pls|por favor)?\W*$"
)
_NAMED_NUMBER = re.compile(
    r"\b(?:option|number|choice|opcion|numero|opsie|#)\s*(?P<digit>\d{1,2}|one|two|three|four|five|uno|una"
    r"|dos|tres|cuatro|cinco|een|twee|drie)\b|\b(?:the |la |el |die )(?P<ordinal>first|1st|second|2nd|third"
    r"|3rd|fourth|4th|fifth|5th|last|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|ultim[oa]"
    r"|eerste|tweede|derde|laaste)\b(?: (?:one|option|opcion|choice|een))?"
)
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "primer": 1,
    "primero": 1,
    "primera": 1,
    "one": 1,
    "uno": 1,
    "una": 1,
    "een": 1,
    "eerste": 1,
    "second": 2,
    "2nd": 2,
    "segundo": 2,
    "segunda": 2,
    "two": 2,
    "dos": 2,
    "twee": 2,
    "tweede": 2,
    "third": 3,
    "3rd": 3,
    "tercer": 3,
    "tercero": 3,
    "tercera": 3,
    "three": 3,
    "tres": 3,
    "drie": 3,
    "derde": 3,
    "fourth": 4,
    "4th": 4,
    "cuarto": 4,
    "cuarta": 4,
    "four": 4,
    "cuatro": 4,
    "fifth": 5,
    "5th": 5,
    "quinto": 5,
    "quinta": 5,
    "five": 5,
    "cinco": 5,
    "last": -1,
    "ultimo": -1,
    "ultima": -1,
    "laaste": -1,
}
NUMBER_SLOTS = frozenset({"monthly_bill", "monthly_kwh", "annual_kwh", "postal_code", "street", "alternate_phone"})


def read_yes_no(message: Message) -> bool | None:
    """Yes, no, or None when the message is neither on the whole."""
    raw = message.raw.strip()
    if raw and not any(c.isalnum() for c in raw):
        return True if any(sign in raw for sign in _UP) else (False if any(sign in raw for sign in _DOWN) else None)
    text = re.sub(r"\x00+", " ", message.free).strip()
    if not text:
        return None
    if _YES.match(text):
        return True
    return False if _NO.match(text) else None


def wants_sending(message: Message) -> bool:
    """True for "looks good, send it"."""
    return bool(_SEND.match(message.plain.strip(" .,!\n")))


def read_lead(message: Message, asked: str | None) -> bool | None:
    """Yes or no at the head of a longer message."""
    if _LEAD_YES.match(message.plain):
        return True
    if asked != "consent" and _NO_ORDER.match(message.plain):
        return None
    if asked == "devices" and not _NO_DEVICES.search(message.plain):
        return None
    return False if _LEAD_NO.match(message.plain) or _NO_ORDER.match(message.plain) else None


def read_promise(message: Message) -> None:
    """Set `bill_document` to "promised" from words such as "I'll send a photo later"."""
    match = _PROMISE.search(message.plain)
    if match:
        message.add("bill_document", "promised", match.start(), match.end(), 0.9)


def choose_option(message: Message, options: Sequence[Option], asked: str | None) -> str | None:
    """Id of the option that the message takes, by number, ordinal or title; None when none or several fit."""
    if not options:
        return None
    text = message.plain.strip(" .!?\n*\"'")
    titled = [option.id for option in options if _plain_title(option.title) == _plain_title(text) and text]
    if len(titled) == 1:
        return titled[0]
    numbered = _read_position(message, asked)
    if numbered is not None:
        place = numbered - 1 if numbered > 0 else len(options) - 1
        return options[place].id if 0 <= place < len(options) else None
    close = [option.id for option in options if _is_close(_plain_title(option.title), _plain_title(text))]
    return close[0] if len(close) == 1 else None


def _read_position(message: Message, asked: str | None) -> int | None:
    named = _NAMED_NUMBER.search(message.plain)
    if named and len(message.words) <= 6:
        word = named.group("digit") or named.group("ordinal")
        return int(word) if word.isdigit() else _ORDINALS.get(word)
    bare = _NUMBERED.match(_plain_digits(message.plain))
    if bare and asked not in NUMBER_SLOTS:
        return int(bare.group("digit"))
    return None


def _plain_digits(text: str) -> str:
    return "".join(
        str(unicodedata.digit(c)) if c.isdigit() and unicodedata.digit(c, -1) >= 0 else c
        for c in text.replace("\ufe0f", "").replace("\u20e3", "")
    )


def _plain_title(text: str) -> str:
    kept = "".join(c if c.isalnum() else " " for c in fold(text))
    return " ".join(word for word in kept.split() if word not in ("the", "a", "el", "la", "los", "las", "please"))


def _is_close(title: str, text: str) -> bool:
    if not text or abs(len(title) - len(text)) > 1:
        return False
    left, right = title.split(), text.split()
    if len(left) != len(right):
        return False
    off = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return (
        len(off) == 1
        and min(len(off[0][0]), len(off[0][1])) >= 4
        and max(map(len, off[0])) >= 5
        and is_one_edit(*off[0])
    )
