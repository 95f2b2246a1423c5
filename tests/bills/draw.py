"""Draws synthetic bills: a seed, a layout and a form give a file and what a reader should say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from tests.bills.con_edison import draw_con_edison
from tests.bills.csv_files import draw_csv
from tests.bills.green_button import draw_xml
from tests.bills.pge import draw_pge
from tests.bills.photo import photograph
from tests.bills.pseg import draw_pseg
from tests.bills.sheet import Drawing
from tests.bills.south_africa import draw_south_africa
from tests.bills.spain import draw_spain
from tests.bills.withheld import draw_withheld
from tests.bills.xcel import draw_xcel

Form = Literal["pdf", "photo", "green_button_xml", "green_button_csv"]

LAYOUTS: dict[str, Callable[[Random], Drawing]] = {
    "con_edison": draw_con_edison,
    "pseg": draw_pseg,
    "pge": draw_pge,
    "south_africa": draw_south_africa,
    "spain": draw_spain,
    "xcel": draw_xcel,
}
WITHHELD = "withheld"
FORMS: dict[str, tuple[Form, ...]] = {
    "south_africa": ("pdf", "photo"),
    "spain": ("pdf", "photo", "green_button_csv"),
}
ALL_FORMS: tuple[Form, ...] = ("pdf", "photo", "green_button_xml", "green_button_csv")
COUNTRIES = {"south_africa": "ZA", "spain": "ES"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """`more` are further photos of the same bill; `truth` has the keys of `tools.read_bill`."""

    content: bytes
    content_type: str
    truth: dict[str, object]
    more: tuple[bytes, ...] = ()
    country: str = "US"


def draw(seed: int, layout: str, form: Form) -> Drawn:
    """The same arguments give the same bytes; ValueError for a form that the layout's utility does not give."""
    if form not in list_forms(layout):
        raise ValueError(f"{layout} gives no {form}")
    country = COUNTRIES.get(layout, "US")
    if form.startswith("green"):
        write = draw_xml if form == "green_button_xml" else draw_csv
        content, truth = write(Random(f"{layout} {seed} {form}"), layout)
        return Drawn(content, "text/xml" if write is draw_xml else "text/csv", truth, country=country)
    drawing = ({**LAYOUTS, WITHHELD: draw_withheld}[layout])(Random(f"{layout} {seed}"))
    if form == "pdf":
        return Drawn(drawing.pdf, "application/pdf", drawing.truth, country=country)
    chance = Random(f"{layout} {seed} {form}")
    pages = [photograph(drawing.pdf, page, chance) for page in drawing.photographed]
    return Drawn(pages[0], "image/jpeg", hide(drawing.truth, drawing.hidden), tuple(pages[1:]), country)


def list_forms(layout: str) -> tuple[Form, ...]:
    return FORMS.get(layout, ALL_FORMS)


def hide(truth: dict[str, object], hidden: tuple[str, ...]) -> dict[str, object]:
    """What can still be known when these fields and problems are not in the picture."""
    problems = truth["problems"]
    assert isinstance(problems, list)
    left = [name for name in problems if name not in hidden]
    return {**truth, **{name: None for name in hidden if name in truth}, "problems": left}
