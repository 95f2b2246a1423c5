"""Puts a homeowner's project at the simulated vendors, as the product would."""

from __future__ import annotations

import httpx

from tests.sandbox.rig import MAYA
from tools.sandbox.options import AURORA_KEY, AURORA_TENANT, OPENSOLAR_ORG, OPENSOLAR_TOKEN

KWH = [820, 760, 700, 640, 690, 880, 1020, 1080, 910, 720, 700, 790]


def place_project(http: httpx.Client, phone: str = MAYA, identifier: str = "hg-7-a1b2c3") -> int:
    """A project at OpenSolar with its usage; its id."""
    contact = {"first_name": "Maya", "family_name": "Torres", "email": "maya@example.com", "phone": phone}
    where = {"address": "1 Example St", "locality": "Brooklyn", "state": "NY", "zip": "11201", "country_iso2": "US"}
    body = {"identifier": identifier, "notes": "pool pump x1", **where, "contacts_new": [contact]}
    root = f"/opensolar/api/orgs/{OPENSOLAR_ORG}/projects/"
    key = {"Authorization": f"Bearer {OPENSOLAR_TOKEN}"}
    made = http.post(root, json=body, headers=key)
    assert made.status_code == 201, made.text
    number = int(made.json()["id"])
    usage = {"usage": {"usage_data_source": "kwh_monthly", "values": KWH}}
    assert http.patch(f"{root}{number}/", json=usage, headers=key).status_code == 200
    return number


def place_design(http: httpx.Client, phone: str = MAYA, *, requested: bool = False) -> str:
    """A project at Aurora with its consumption, and a design request where `requested`; its id."""
    root, key = f"/aurora/tenants/{AURORA_TENANT}", {"Authorization": f"Bearer {AURORA_KEY}"}
    person = {"customer_first_name": "Maya", "customer_last_name": "Torres", "customer_phone": phone}
    place = {"property_address": "1 Example St, Brooklyn, NY 11201"}
    project = {"name": "Maya Torres", "external_provider_id": "hg-7-c4d5e6", **person, "location": place}
    made = http.post(f"{root}/projects", json={"project": project}, headers=key)
    assert made.status_code == 201, made.text
    number = str(made.json()["project"]["id"])
    profile = {"consumption_profile": {"monthly_energy": KWH}}
    assert http.put(f"{root}/projects/{number}/consumption_profile", json=profile, headers=key).status_code == 200
    if requested:
        asked = http.post(f"{root}/design_requests", json={"design_request": {"project_id": number}}, headers=key)
        assert asked.status_code == 201, asked.text
    return number
