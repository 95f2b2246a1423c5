"""Installation: its day, whether it suits, and the crew's coming and going."""

from flows.conditions import AllOf, Has, Is, Not
from flows.definition import Slot

AHEAD = AllOf((Has("installation_day"), Not(Has("on_the_way")), Not(Has("installed"))))

INSTALLATION = (
    Slot("installation_day", "told", told=True),
    Slot(
        "day_ok", "yes_no", when=AHEAD, depends_on=("installation_day",), options=("day_ok=true", "day_ok=false"),
        yes=(True,), no=(False,),
    ),
    Slot("other_day", "note", when=AllOf((Is("day_ok", False), AHEAD)), depends_on=("day_ok",)),
    Slot("on_the_way", "told", told=True, depends_on=("installation_day",)),
    Slot("installed", "told", told=True),
)  # fmt: skip
