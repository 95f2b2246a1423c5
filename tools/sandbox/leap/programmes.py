"""The incentive programmes of the simulated Leap: invented names and amounts, real structure."""

from __future__ import annotations

from dataclasses import dataclass

from tools.sandbox.leap.catalogue import Device
from tools.sandbox.leap.territories import CON_EDISON, LONG_ISLAND, NIAGARA, NYSEG, PGE, PSEG, SCE, SDGE, SMUD, Utility

CLASSIFICATIONS = ("RESIDENTIAL", "MULTIFAMILY", "MANUFACTURED_HOME", "COMMERCIAL")
HOMES = ("RESIDENTIAL", "MANUFACTURED_HOME")
COMPLETED, FAILED, IGNORED = "COMPLETED", "FAILED", "IGNORED"


@dataclass(frozen=True, slots=True)
class Requirement:
    """`kind` says how it is checked: `home`, `listed` (the model), or `later`: nobody can know before the sale."""

    text: str
    code: str
    kind: str

    def check(self, device: Device, classification: str) -> str:
        if self.kind == "later":
            return IGNORED
        holds = classification in HOMES if self.kind == "home" else device.approved
        return COMPLETED if holds else FAILED


@dataclass(frozen=True, slots=True)
class Tier:
    """`payment` is INSTALL (once) or ONGOING (per year); `amount` in dollars for each device."""

    id: int
    name: str
    payment: str
    amount: int
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """`eiaids` empty: wherever there is a utility."""

    id: int
    identifier: str
    name: str
    operator: str
    category: str
    tiers: tuple[Tier, ...]
    eiaids: frozenset[int] = frozenset()

    def serves(self, utility: Utility, categories: set[str]) -> bool:
        return self.category in categories and (not self.eiaids or utility.eiaid in self.eiaids)


HOME = Requirement("The building is a home", "CLS-001", "home")
LISTED = Requirement("The model is on the approved list", "APL-001", "listed")
INSTALLED = Requirement("Installed by a licensed contractor within 12 months", "INS-001", "later")
ENROLLED = Requirement("The homeowner signs the enrolment agreement", "AGR-001", "later")
INTERCONNECTED = Requirement("The utility has given permission to operate", "PTO-001", "later")

CALIFORNIA = frozenset({PGE.eiaid, SCE.eiaid, SDGE.eiaid, SMUD.eiaid})
NEW_YORK = frozenset({CON_EDISON.eiaid, LONG_ISLAND.eiaid, NIAGARA.eiaid, NYSEG.eiaid})

PROGRAMMES = (
    Programme(
        101,
        "bright-roof-ca",
        "Bright Roof Rebate",
        "Golden Coast Energy Office",
        "solar_panel",
        (
            Tier(1, "Standard", "INSTALL", 500, (HOME, LISTED)),
            Tier(2, "Export bonus", "ONGOING", 60, (HOME, LISTED, INTERCONNECTED)),
        ),
        CALIFORNIA,
    ),
    Programme(
        102,
        "sunny-block-ny",
        "Sunny Block Rebate",
        "Empire Clean Power Fund",
        "solar_panel",
        (
            Tier(1, "Standard", "INSTALL", 1200, (HOME, LISTED)),
            Tier(2, "Early finish", "INSTALL", 300, (HOME, LISTED, INSTALLED)),
        ),
        NEW_YORK,
    ),
    Programme(
        103,
        "garden-roof-nj",
        "Garden Roof Credit",
        "Garden Sun Programme",
        "solar_panel",
        (Tier(1, "Production credit", "ONGOING", 340, (HOME, LISTED, INTERCONNECTED)),),
        frozenset({PSEG.eiaid}),
    ),
    Programme(
        110,
        "battery-reserve",
        "Battery Reserve Rewards",
        "Reserve Power Partners",
        "solar_storage",
        (
            Tier(1, "Joining gift", "INSTALL", 750, (HOME, LISTED, INSTALLED)),
            Tier(2, "Yearly reward", "ONGOING", 180, (HOME, LISTED, ENROLLED)),
        ),
    ),
    Programme(
        120,
        "charge-calm",
        "Charge Calm",
        "Quiet Hours Alliance",
        "ev_charger",
        (Tier(1, "Level 2 charger", "INSTALL", 250, (HOME, LISTED)), Tier(2, "Off-peak", "ONGOING", 50, (ENROLLED,))),
    ),
    Programme(
        130,
        "warm-air",
        "Warm Air Upgrade",
        "Comfort Fund",
        "hvac",
        (Tier(1, "Efficient unit", "INSTALL", 400, (HOME, LISTED, INSTALLED)),),
    ),
    Programme(
        140,
        "warm-water",
        "Warm Water Upgrade",
        "Comfort Fund",
        "water_heater",
        (Tier(1, "Heat-pump unit", "INSTALL", 350, (HOME, LISTED)),),
    ),
    Programme(
        150,
        "thermostat",
        "Thermostat Thanks",
        "Quiet Hours Alliance",
        "smart_thermostat",
        (Tier(1, "Any listed model", "INSTALL", 75, (HOME, LISTED)),),
    ),
)
BY_ID = {programme.id: programme for programme in PROGRAMMES}
