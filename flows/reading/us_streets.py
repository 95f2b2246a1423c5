"""How streets of the United States are written: number, name, type, unit."""

import re

_SUFFIX = (
    r"(?:st(?:reet)?|str|ave?(?:nue)?|r(?:oa)?d|dr(?:ive)?|drv|blvd|boulevard|ln|lane|ct|court|cir(?:cle)?"
    r"|aven(?:eu|u|ew|ie)|avnue|avenu|aveue|stret|steet|streeet|stree|srteet|bou?l[ae]v[ae]rd|bulevard|boulevrd|raod"
    r"|drvie|dirve|laen|cuort|circel"
    r"|pl(?:ace)?|way|ter(?:r(?:ace)?)?|pkwy|parkway"
    r"|hwy|highway|trl|trail|loop|sq(?:uare)?|plaza|row|run|path|pike|pass|cv|cove|xing|crossing|pt|point"
    r"|aly|alley|bend|ridge|glen|hollow|broadway"
    r"|expy|expressway|fwy|walk|park|vista|view|hill|hills|heights|landing|trce|trace|commons|grove|knoll"
    r"|mews|spur|turnpike|tpke|bnd|rdg|vw|hls|crk|creek)"
)
_STRONG = (
    r"(?:st(?:reet)?|ave?(?:nue)?|r(?:oa)?d|dr(?:ive)?|blvd|boulevard|ln|lane|ct|court|cir(?:cle)?"
    r"|pl(?:ace)?|way|ter(?:race)?|pkwy|parkway|hwy|trl|trail|loop)"
)
_DIRECTION = r"(?:n|s|e|w|ne|nw|se|sw|north|south|east|west|northeast|northwest|southeast|southwest)"
UNIT = (
    r"(?:(?:apt|apartment|unit|ste|suite|lot|trlr|bldg|building|fl(?:oor)?|rm|room|spc|space"
    r"|#)\.?\s*#?\s*[a-z0-9-]{1,6}|#\s*[a-z0-9-]{1,6}|\d{1,2}(?:st|nd|rd|th) fl(?:oor)?|(?:upper|lower|rear|front) "
    r"(?:unit|level|floor)"
    r"|basement)"
)
_NAME = r"(?:[a-z'’]+|(?:[a-z]{1,4}\.)+[a-z]*|\d{1,4}(?:st|nd|rd|th)?)"
_NO_NAME = (
    r"(?!(?:btw|dollars?|bucks|kwh|a month|per|month|units?|usd|and|acs?|the(?! (?:plaza|terrace|loop|mall|park|court"
    r"|lane|alley)\b)|is|of|years?|yrs?|bed|bath|kw|in"
    r"|on|for|to|or|people|kids|percent|but|not|at|ish|i|we|my|no|yes|with|between)\b)"
)
CORE = re.compile(
    rf"(?<![\w$.,/-])(?:"
    r"(?P<lot>(?:lot|tract|parcel|space|unit)\s*#?\s*\d{1,5}[a-z]?,?\s+(?:off\s+|on\s+)?(?:(?:county"
    r"|state|ranch|farm|forest|rural)\s+(?:road|rd|route|rte|hwy|highway)\s*#?\s*[a-z]?\d{1,5}[a-z]?"
    rf"|{_NAME}(?:\s+{_NAME}){{0,3}}?\s+{_SUFFIX}\b))"
    rf"|(?P<route>[nsew]?\d{{1,6}}\s+(?:{_DIRECTION}\.?\s+)?(?:county|state|us|u\.s\.|old|ranch|farm(?: to "
    r"market)?|private|forest|rural|co|fm|cr|sr|rm|rr|i|highway|hwy|route|rte|interstate|ranch to "
    r"market)[ -]*(?:road|rd|route|rte|hwy|highway|service "
    rf"road)?\.?\s*#?-?(?:\d{{1,5}}[a-z]?|(?:(?<=road )|(?<=hwy )|(?<=highway ))[a-z]{{1,2}})\b(?:\s+(?:rd|road|hwy"
    rf"|highway)\b)?(?:\s+{_DIRECTION}\b)?)"
    rf"|(?P<rural>(?:rr|hc|rural route|highway contract)\s*#?\s*\d{{1,3}},?\s*box\s*\d{{1,6}}[a-z]?)"
    r"|(?P<numbered>\d{1,6}\s+[nsew]\.?\s+ave(?:nue)?\s+\d{1,3}(?!\w))"
    r"|(?P<street>\d{1,6}(?:[a-z]|-\d{1,4}[a-z]?"
    rf"|\s+1/2)?,?\s+{_NO_NAME}(?:{_DIRECTION}\.?\s+)?(?:(?:{_NAME}\s+){{1,4}}?{_SUFFIX}\b(?!')(?!\s+{_STRONG}\b(?!\s+"
    rf"(?:louis"
    r"|paul|pete\w*|george|cloud|augustine)))|broadway\b)\.?(?:\s+(?:(?<=ave )|(?<=avenue "
    rf"))[a-z]\b)?(?:\s+{_DIRECTION}\b(?!\s+of\b))?)"
    rf"|(?P<lettered>\d{{1,6}}\s+(?:{_DIRECTION}\.?\s+)?(?:ave(?:nue)?|avenida|calle|camino|via|paseo|rue"
    r"|street)\s+(?:[a-z]|\d{1,3}|(?:de\s+(?:la\s+|las\s+|los\s+)?|del\s+|la\s+"
    r"|el\s+)?[a-z]{3,}(?:\s+[a-z]{3,})?)\b)"
    r"|(?P<spelled>(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:[a-z]+\s+){1,2}(?:plaza"
    r"|place|way|street|avenue|drive|court|lane|park)\b)"
    rf")(?:,?\s*{UNIT}(?![a-z0-9]))?"
)
LOOSE = re.compile(
    rf"(?<![\w$.,/-])\d{{1,6}}[a-z]?,?\s+{_NO_NAME}(?:{_DIRECTION}\.?\s+)?[a-z][a-z'.]+(?:\s+[a-z][a-z'.]+){{0,3}}"
    rf"(?:,?\s*{UNIT}(?![a-z0-9]))?"
)
