"""Site assessment: what a design needs from the spot, collected in the chat."""

from flows.conditions import Has
from flows.definition import Slot

ASSESSED = Has("assessment")
AGAIN = ("assessment",)
PHOTOS = ("roof_photo", "meter_photo", "board_photo")

ASSESSMENT = (
    Slot("assessment", "told", told=True),
    Slot("visit_day", "note", optional=True, when=ASSESSED, depends_on=AGAIN, options=("skip",)),
    Slot("site_contact", "note", optional=True, when=ASSESSED, depends_on=AGAIN, options=("skip",)),
    *(Slot(name, "photo", optional=True, when=ASSESSED, depends_on=AGAIN, options=("skip",)) for name in PHOTOS),
    Slot(
        "site_pin", "location", optional=True, when=ASSESSED, depends_on=AGAIN, satisfied_by=("location",),
        options=("skip",),
    ),
)  # fmt: skip
