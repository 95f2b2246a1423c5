"""Cities, states and provinces by name and nickname; larger cities only."""

import csv
import io
from dataclasses import dataclass
from importlib import resources

from flows.reading.phrases import Match, Phrases
from flows.reading.segments import Message, fold


@dataclass(frozen=True, slots=True)
class City:
    """A city; `says_state` is True for a nickname that names no other place (NOLA, Philly)."""

    name: str
    country: str
    state: str = ""
    says_state: bool = False


_STATES_US = """AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,
DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,
KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,
MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,
NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,PR Puerto Rico,RI Rhode Island,
SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,
WV West Virginia,WI Wisconsin,WY Wyoming"""
US_STATES: dict[str, str] = {
    fold(name): code
    for code, _, name in (row.strip().partition(" ") for row in _STATES_US.replace("\n", "").split(","))
}
US_CODES = frozenset(US_STATES.values())
US_LONG = {
    "calif": "CA",
    "cali": "CA",
    "ariz": "AZ",
    "tex": "TX",
    "fla": "FL",
    "mass": "MA",
    "penn": "PA",
    "wash": "WA",
    "colo": "CO",
    "ill": "IL",
    "mich": "MI",
    "tenn": "TN",
    "conn": "CT",
    "minn": "MN",
    "wisc": "WI",
    "n.c.": "NC",
    "s.c.": "SC",
    "n.m.": "NM",
    "n.y.": "NY",
    "n.j.": "NJ",
    "p.r.": "PR",
    "jersey": "NJ",
    "okla": "OK",
    "oreg": "OR",
    "n carolina": "NC",
    "s carolina": "SC",
    "tejas": "TX",
    "nuevo mexico": "NM",
    "nueva york": "NY",
    "nueva jersey": "NJ",
    "carolina del norte": "NC",
    "carolina del sur": "SC",
    "dakota del norte": "ND",
    "dakota del sur": "SD",
    "pensilvania": "PA",
    "luisiana": "LA",
    "misuri": "MO",
    "misisipi": "MS",
    "hawai": "HI",
    "virginia occidental": "WV",
}
ZA_PROVINCES = {
    "gauteng": "Gauteng",
    "western cape": "Western Cape",
    "wes-kaap": "Western Cape",
    "weskaap": "Western Cape",
    "eastern cape": "Eastern Cape",
    "northern cape": "Northern Cape",
    "kwazulu-natal": "KwaZulu-Natal",
    "kwazulu natal": "KwaZulu-Natal",
    "kzn": "KwaZulu-Natal",
    "free state": "Free State",
    "vrystaat": "Free State",
    "limpopo": "Limpopo",
    "mpumalanga": "Mpumalanga",
    "north west province": "North West",
}
MX_STATES = {
    "jalisco": "Jalisco",
    "jal": "Jalisco",
    "nuevo leon": "Nuevo León",
    "n.l": "Nuevo León",
    "nl": "Nuevo León",
    "estado de mexico": "Estado de México",
    "edomex": "Estado de México",
    "edo mex": "Estado de México",
    "edo. mex": "Estado de México",
    "baja california": "Baja California",
    "bc": "Baja California",
    "b.c": "Baja California",
    "baja california sur": "Baja California Sur",
    "bcs": "Baja California Sur",
    "sonora": "Sonora",
    "son": "Sonora",
    "sinaloa": "Sinaloa",
    "sin": "Sinaloa",
    "yucatan": "Yucatán",
    "yuc": "Yucatán",
    "quintana roo": "Quintana Roo",
    "q. roo": "Quintana Roo",
    "q roo": "Quintana Roo",
    "guanajuato": "Guanajuato",
    "gto": "Guanajuato",
    "michoacan": "Michoacán",
    "mich": "Michoacán",
    "coahuila": "Coahuila",
    "coah": "Coahuila",
    "tamaulipas": "Tamaulipas",
    "tamps": "Tamaulipas",
    "hidalgo": "Hidalgo",
    "morelos": "Morelos",
    "guerrero": "Guerrero",
    "chiapas": "Chiapas",
    "tabasco": "Tabasco",
    "nayarit": "Nayarit",
    "pue": "Puebla",
    "ver": "Veracruz",
    "chih": "Chihuahua",
    "qro": "Querétaro",
    "ags": "Aguascalientes",
    "slp": "San Luis Potosí",
    "dgo": "Durango",
    "oax": "Oaxaca",
    "mor": "Morelos",
    "hgo": "Hidalgo",
    "zac": "Zacatecas",
    "col": "Colima",
}


def _load() -> list[tuple[str, City]]:
    text = resources.files("flows.reading").joinpath("data", "cities.csv").read_text(encoding="utf-8")
    table = []
    for row in csv.DictReader(io.StringIO(text)):
        city = City(row["name"], row["country"], row["state"])
        table.append((row["name"], city))
        for alias in filter(None, row["aliases"].split("|")):
            sure = alias.startswith("!")
            table.append((alias.lstrip("!"), City(city.name, city.country, city.state, sure)))
    return table


_ROWS = _load()
_BY_COUNTRY: dict[str, Phrases[City]] = {
    country: Phrases([(name, city) for name, city in _ROWS if city.country == country])
    for country in ("US", "ZW", "ZA", "ES", "MX")
}


def find_cities(message: Message, country: str, free: bool = True) -> list[Match[City]]:
    """Known cities of a country in the message, left to right."""
    table = _BY_COUNTRY.get("US" if country == "PR" else country)
    return list(table.find(message, free)) if table else []


def name_city(text: str, country: str) -> City | None:
    """The city that a whole text names."""
    message = Message(text)
    found = find_cities(message, country)
    return found[0].value if len(found) == 1 and len(found[0].text) == len(text.strip()) else None


def title(text: str) -> str:
    """Names as people write them: kept where the contact used capitals, else each word raised."""
    text = " ".join(text.split()).strip(" ,.;-")
    if text != text.lower() and text != text.upper():
        return text[:1].upper() + text[1:]
    return " ".join(
        w if w in ("de", "del", "la", "las", "los", "y", "en", "van", "of", "and", "the", "der") and i else _raise(w)
        for i, w in enumerate(text.lower().split())
    )


def _raise(word: str) -> str:
    if any(c.isdigit() for c in word):
        return word.upper() if len(word) <= 6 and not word.endswith(("st", "nd", "rd", "th")) else word
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
