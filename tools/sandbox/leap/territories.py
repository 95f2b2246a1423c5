"""Which utility serves which ZIP, for the few places that the simulated Leap covers."""

from __future__ import annotations

import re
from dataclasses import dataclass

FIRST_DIGIT = {
    **dict.fromkeys(["CT", "MA", "ME", "NH", "NJ", "RI", "VT"], "0"),
    **dict.fromkeys(["DE", "NY", "PA"], "1"),
    **dict.fromkeys(["DC", "MD", "NC", "SC", "VA", "WV"], "2"),
    **dict.fromkeys(["AL", "FL", "GA", "MS", "TN"], "3"),
    **dict.fromkeys(["IN", "KY", "MI", "OH"], "4"),
    **dict.fromkeys(["IA", "MN", "MT", "ND", "SD", "WI"], "5"),
    **dict.fromkeys(["IL", "KS", "MO", "NE"], "6"),
    **dict.fromkeys(["AR", "LA", "OK", "TX"], "7"),
    **dict.fromkeys(["AZ", "CO", "ID", "NM", "NV", "UT", "WY"], "8"),
    **dict.fromkeys(["AK", "CA", "HI", "OR", "WA"], "9"),
}


@dataclass(frozen=True, slots=True)
class Utility:
    eiaid: int
    name: str
    state: str


CON_EDISON = Utility(4226, "Consolidated Edison Co-NY Inc", "NY")
LONG_ISLAND = Utility(11171, "Long Island Power Authority", "NY")
NIAGARA = Utility(13573, "Niagara Mohawk Power Corp.", "NY")
NYSEG = Utility(13511, "New York State Elec & Gas Corp", "NY")
PGE = Utility(14328, "Pacific Gas & Electric Co.", "CA")
SCE = Utility(17609, "Southern California Edison Co", "CA")
SDGE = Utility(16609, "San Diego Gas & Electric Co", "CA")
LADWP = Utility(11208, "Los Angeles Department of Water & Power", "CA")
SMUD = Utility(16534, "Sacramento Municipal Util Dist", "CA")
APS = Utility(803, "Arizona Public Service Co", "AZ")
SRP = Utility(16572, "Salt River Project", "AZ")
FPL = Utility(6452, "Florida Power & Light Co", "FL")
XCEL = Utility(15466, "Public Service Co of Colorado", "CO")
PSEG = Utility(15477, "Public Service Elec & Gas Co", "NJ")
ONCOR = Utility(44372, "Oncor Electric Delivery Company LLC", "TX")

# First and last three digits of a ZIP, then the utilities there: the likeliest first.
SERVED = (
    ("070", "076", (PSEG,)),
    ("100", "114", (CON_EDISON,)),
    ("116", "116", (CON_EDISON,)),
    ("115", "119", (LONG_ISLAND,)),
    ("120", "149", (NIAGARA, NYSEG)),
    ("330", "334", (FPL,)),
    ("750", "763", (ONCOR,)),
    ("800", "816", (XCEL,)),
    ("850", "853", (APS, SRP)),
    ("900", "901", (LADWP, SCE)),
    ("902", "918", (SCE,)),
    ("919", "921", (SDGE,)),
    ("922", "935", (SCE,)),
    ("936", "955", (PGE,)),
    ("956", "958", (SMUD, PGE)),
    ("959", "961", (PGE,)),
)
BY_EIAID = {utility.eiaid: utility for _, _, served in SERVED for utility in served}


def can_geocode(state: str, zip_code: str, country: str = "US") -> bool:
    """Whether such a place exists: a state of the US, and a ZIP that lies in it."""
    well_formed = re.fullmatch(r"\d{5}(-\d{4})?", zip_code) is not None
    return country.upper() == "US" and well_formed and FIRST_DIGIT.get(state.upper()) == zip_code[0]


def find_utilities(zip_code: str) -> tuple[Utility, ...]:
    """The utilities at that ZIP; none where the simulated Leap has no territory."""
    prefix = zip_code[:3]
    return next((served for first, last, served in SERVED if first <= prefix <= last), ())
