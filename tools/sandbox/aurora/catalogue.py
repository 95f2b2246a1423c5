"""Modules and inverters that designs are made of."""

from __future__ import annotations

from flask import Blueprint, Response

from tools.sandbox.aurora.access import guard
from tools.sandbox.aurora.answers import answer_json, cut_page
from tools.sandbox.tables import Row

catalogue = Blueprint("aurora_catalogue", __name__)
ROOT = "/aurora/tenants/<tenant>"
BATTERY = "CB-10"
MODULES: list[Row] = [
    {"id": "module-1", "manufacturer": "Sunbeam Modules", "model": "SB-440", "wattage": 440, "type": "module"},
    {"id": "module-2", "manufacturer": "Sunbeam Modules", "model": "SB-405", "wattage": 405, "type": "module"},
]
INVERTERS: list[Row] = [
    {"id": "inverter-1", "manufacturer": "Gridtie", "model": "GT-7600", "type": "string_inverter"},
    {"id": "inverter-2", "manufacturer": "Gridtie", "model": "GT-M1", "type": "microinverter"},
]


@catalogue.get(f"{ROOT}/modules")
@guard("modules.list")
def list_modules(tenant: str) -> Response:
    return answer_json({"modules": cut_page(MODULES)})


@catalogue.get(f"{ROOT}/inverters")
@guard("inverters.list")
def list_inverters(tenant: str) -> Response:
    return answer_json({"inverters": cut_page(INVERTERS)})
