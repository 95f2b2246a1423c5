"""What goes to Aurora."""

from dataclasses import replace
from typing import Any

import pytest

from integrations.aurora.documents import describe_name
from integrations.aurora.mapping import (
    build_bare_order,
    build_order,
    build_project,
    build_usage,
    choose_address,
    spell_nulls,
)
from integrations.vendor import DesignOrder, Usage
from tests.integrations.aurora.conftest import SHEET

LINE = "12 Sample Road, San Jose, CA 95112, US"


def test_a_project() -> None:
    assert build_project(SHEET) == {
        "project": {
            "name": "Ana Maria Diaz",
            "external_provider_id": "hg-1-a1b2c3",
            "customer_first_name": "Ana",
            "customer_last_name": "Maria Diaz",
            "customer_email": "ana@mail.example",
            "customer_phone": "+14155550101",
            "project_type": "residential",
            "location": {"property_address": LINE, "latitude": 37.34, "longitude": -121.89},
        }
    }


def test_a_flat_address() -> None:
    project = build_project(SHEET, "flat")["project"]
    assert (project["address"], project["latitude"], project["longitude"]) == (LINE, 37.34, -121.89)
    assert "location" not in project


@pytest.mark.parametrize(("version", "style"), [("", "nested"), ("2022.09", "flat"), ("2024.05", "nested")])
def test_the_version_decides_on_the_address(version: str, style: str) -> None:
    assert choose_address(version) == style


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(SHEET, name="Ana", email="", phone="", latitude=None, state="", postal_code="")
    project = build_project(bare)["project"]
    assert not {"customer_last_name", "customer_email", "customer_phone"} & project.keys()
    assert project["location"] == {"property_address": "12 Sample Road, San Jose, US"}
    nameless = build_project(replace(SHEET, name=" "))["project"]
    assert (nameless["name"], "customer_first_name" in nameless) == ("hg-1-a1b2c3", False)
    assert len(build_project(replace(SHEET, name="x" * 400))["project"]["name"]) == 255


SOME: tuple[float | None, ...] = (None, 380.0, *(None,) * 10)


@pytest.mark.parametrize(
    ("usage", "sent"),
    [
        (Usage(), None),
        (Usage(monthly_kwh=SOME), {"monthly_energy": list(SOME)}),
        (Usage(monthly_kwh=SOME, annual_kwh=9000, monthly_bill=90), {"monthly_energy": list(SOME)}),
        (Usage(monthly_kwh=(None,) * 12, average_kwh=700), {"monthly_energy": [700] * 12}),
        (Usage(average_kwh=700, annual_kwh=9000), {"monthly_energy": [700] * 12}),
        (Usage(annual_kwh=9000, monthly_bill=90), {"monthly_energy": [750.0] * 12}),
        (Usage(monthly_bill=140.5, currency="USD"), {"monthly_bill": [140.5] * 12}),
        (Usage(monthly_bill=140.5), {"monthly_bill": [140.5] * 12}),
        (Usage(monthly_bill=140.5, currency="ZAR"), None),
        (Usage(average_kwh=0, annual_kwh=float("nan"), monthly_bill=-1), None),
        (Usage(monthly_kwh=(410, 380)), None),
    ],
)
def test_exactly_one_kind_of_consumption(usage: Usage, sent: Any) -> None:
    assert build_usage(usage) == sent


def test_nulls_as_words() -> None:
    assert spell_nulls({"monthly_energy": [None, 380.0]}) == {"monthly_energy": ["null", 380.0]}


def test_an_order() -> None:
    order = DesignOrder(
        "design_team", mounting_type="roof", roof_material="flat_membrane", notes="Skylight", preferred_module_id="m-1"
    )
    assert build_order("p-1", order) == {
        "design_request": {
            "project_id": "p-1",
            "sla": 180,
            "auto_accept": True,
            "target_offset": 105.0,
            "mounting_type": "roof",
            "roof_material": "Flat Membrane",
            "notes": "Skylight",
            "preferred_module_id": "m-1",
        }
    }
    assert build_bare_order("p-1") == {"design_request": {"project_id": "p-1"}}


@pytest.mark.parametrize("material", ["Asphalt Shingles", "asphalt_shingle"])
def test_a_roof_in_our_words_or_in_auroras(material: str) -> None:
    order = build_order("p-1", DesignOrder("design_team", roof_material=material))
    assert order["design_request"]["roof_material"] == "Asphalt Shingles"


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("bill.pdf", 'attachment; filename="bill.pdf"'),
        ("", 'attachment; filename="bill"'),
        ('a"\r\nX: y.pdf', "attachment; filename=\"a_X: y.pdf\"; filename*=UTF-8''a%22X%3A%20y.pdf"),
        ("factura año.pdf", "attachment; filename=\"factura a_o.pdf\"; filename*=UTF-8''factura%20a%C3%B1o.pdf"),
    ],
)
def test_a_files_name_in_a_header(name: str, header: str) -> None:
    assert describe_name(name) == header
