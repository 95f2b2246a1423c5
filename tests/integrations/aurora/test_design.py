"""A design in every shape in which it may come."""

from typing import Any

import pytest

from integrations.aurora.design import has_system, is_simulated, is_stale, pick_picture, read_design, read_price
from integrations.vendor import Design

MONTHS = [500, 560, 700, 800, 900, 950, 980, 930, 820, 700, 560, 480]

DOCUMENTED = {
    "design": {
        "design_id": "d-1",
        "project_id": "p-1",
        "system_size_stc": 7260,
        "system_size_ac": 6000,
        "bill_of_materials": [
            {"component_type": "modules", "name": "SX-440", "manufacturer_name": "Suncell", "quantity": 14},
            {"component_type": "modules", "name": "SX-440 B", "manufacturer_name": "Suncell", "quantity": 2},
            {"component_type": "inverters", "name": "Volta 6K", "manufacturer_name": "Volta", "quantity": 1},
            {"component_type": "batteries", "name": "C10", "manufacturer_name": "Cellbank", "quantity": 1},
        ],
        "energy_production": {"up_to_date": True, "annual": 8880, "annual_offset": "104%", "monthly": MONTHS},
    }
}

DOCUMENTS = {
    "design": {
        "id": "d-1",
        "system_size_watts": 7260,
        "annual_energy_production": 8880,
        "offset": 1.04,
        "module_count": 16,
        "module": {"manufacturer": "Suncell", "model": "SX-440"},
        "inverter": {"manufacturer": "Volta", "model": "Volta 6K"},
        "storage": {"manufacturer": "Cellbank", "model": "C10", "count": 1},
    }
}

EXPECTED = Design(
    "d-1",
    kw=7.26,
    panels=16,
    panel_model="Suncell SX-440",
    inverter_model="Volta 6K",
    battery_model="Cellbank C10",
    yearly_kwh=8880,
    offset=104.0,
)


def test_auroras_own_shape() -> None:
    found = read_design("d-1", DOCUMENTED)
    assert found.monthly_kwh == tuple(MONTHS)
    assert found == read_design("d-1", DOCUMENTED["design"])
    assert Design(**{**_fields(found), "monthly_kwh": None}) == EXPECTED


def test_the_documents_shape() -> None:
    assert read_design("d-1", DOCUMENTS) == EXPECTED


def _fields(design: Design) -> dict[str, Any]:
    return {name: getattr(design, name) for name in Design.__slots__}


@pytest.mark.parametrize(
    ("fields", "kw"),
    [
        ({"system_size_stc": 7260, "system_size_watts": 7000}, 7.26),
        ({"system_size_watts": 7260}, 7.26),
        ({"system_size_stc": "7,260"}, 7.26),
        ({"system_size_stc": 7.26}, 7.26),
        ({"arrays": [{"size": 4000}, {"size": 3260}], "system_size_ac": 6000}, 7.26),
        ({"system_size_ac": 6000}, 6.0),
        ({"system_size_stc": None}, None),
        ({"system_size_stc": 0}, None),
        ({"system_size_stc": True}, None),
    ],
)
def test_sizes(fields: dict[str, Any], kw: float | None) -> None:
    assert read_design("d-1", {"design": fields}).kw == kw


@pytest.mark.parametrize(
    ("offset", "percent"),
    [(1.05, 105.0), (105, 105.0), ("87%", 87.0), ("1.2%", 1.2), ("0.87", 87.0), (0, None), (None, None), ("x", None)],
)
def test_offsets(offset: Any, percent: float | None) -> None:
    assert read_design("d-1", {"design": {"offset": offset}}).offset == percent
    inner = {"design": {"energy_production": {"annual": 1, "annual_offset": offset}}}
    assert read_design("d-1", inner).offset == percent


@pytest.mark.parametrize(
    ("fields", "panels"),
    [
        ({"bill_of_materials": [{"component_type": "module", "quantity": 16}], "module_count": 3}, 16),
        ({"module_count": "16"}, 16),
        ({"arrays": [{"module_count": 10}, {"module": {"count": 6}}]}, 16),
        ({"bill_of_materials": [{"component_type": "inverters", "quantity": 1}, "x"]}, None),
        ({}, None),
    ],
)
def test_panels(fields: dict[str, Any], panels: int | None) -> None:
    assert read_design("d-1", {"design": fields}).panels == panels


def test_inverters_beside_the_bill_of_materials() -> None:
    string = {"design": {"string_inverters": [{"manufacturer": "Volta", "name": "6K"}]}}
    assert read_design("d-1", string).inverter_model == "Volta 6K"
    micro = {"bill_of_materials": [{"component_type": "microinverters", "name": "M1", "quantity": 16}]}
    assert read_design("d-1", {"design": micro}).inverter_model == "M1"


@pytest.mark.parametrize(
    ("pricing", "cents", "currency"),
    [
        ({"pricing": {"system_price": 21054.5}}, 2105450, "USD"),
        ({"system_price": "21054.505", "currency": "usd"}, 2105451, "USD"),
        ({"pricing": {"system_cost": 100, "currency": "EUR"}}, 10000, "EUR"),
        ({"pricing": {"system_price": 0}}, None, ""),
        ({"pricing": {"system_price": None}}, None, ""),
        (None, None, ""),
    ],
)
def test_prices(pricing: Any, cents: int | None, currency: str) -> None:
    design = read_design("d-1", {}, pricing)
    assert (design.price_cents, design.currency) == (cents, currency)
    assert read_price(pricing) == cents


@pytest.mark.parametrize(
    ("assets", "url"),
    [
        ({"assets": {"panel_layout_url": "https://a.example/l.png"}}, "https://a.example/l.png"),
        ({"assets": {"panel_layout_url": None, "irradiance_map_url": "https://a.example/i"}}, "https://a.example/i"),
        (
            {
                "assets": [
                    {"asset_type": "Design DXF", "url": "https://a.example/d.dxf"},
                    {"asset_type": "Design Layout", "url": "https://a.example/d.pdf"},
                    {"asset_type": "CAD Auto Screenshot", "url": "https://a.example/auto.jpg?sig=1"},
                    {"asset_type": "CAD Screenshot", "file_url": "https://a.example/cad.png"},
                ]
            },
            "https://a.example/cad.png",
        ),
        ([{"asset": {"type": "irradiance", "url": "https://a.example/i.png"}}], "https://a.example/i.png"),
        ({"assets": {"panel_layout_url": "javascript:alert(1)"}}, ""),
        ({"assets": []}, ""),
        (None, ""),
    ],
)
def test_pictures(assets: Any, url: str) -> None:
    assert pick_picture(assets) == url


def test_whether_it_is_simulated() -> None:
    assert is_simulated(DOCUMENTED) and is_simulated(DOCUMENTS) and not is_stale(DOCUMENTED)
    stale = {"design": {"energy_production": {"up_to_date": False, "annual": 8880}}}
    assert is_stale(stale) and is_simulated(stale)
    assert not is_simulated({"design": {"energy_production": None}}) and not is_simulated(None)
    assert has_system(DOCUMENTED) and not has_system({"design": {"bill_of_materials": []}}) and not has_system(None)


def test_months_that_are_not_twelve_numbers() -> None:
    for months in ([1] * 11, ["x"] * 12, None, "no"):
        assert read_design("d-1", {"design": {"energy_production": {"monthly": months}}}).monthly_kwh is None
