"""The three routes and words that people built to from the documents."""

from __future__ import annotations

from urllib.parse import urlencode

from tools.sandbox.aurora.happenings import TOKEN_HEADER, Happening, pack_get
from tools.sandbox.aurora.webhooks import APP_PATH
from tools.sandbox.parcels import MannerInvalid, Parcel
from tools.sandbox.world import World

# event: (route, the attributes it carries, its word for the status)
ROUTES = {
    "design_request_completed": ("design-request-completed", ("DESIGN_REQUEST_ID",), "completed"),
    "design_request_rejected": ("design-request-rejected", ("DESIGN_REQUEST_ID",), "rejected"),
    "performance_simulation_job_completed": ("performance-simulation", ("DESIGN_ID", "JOB_ID"), "completed"),
}


def pack_documents(world: World, happenings: list[Happening]) -> list[Parcel]:
    """To the product's own address; MannerInvalid where the documents have no route for any of it."""
    told = [happening for happening in happenings if happening.event in ROUTES]
    if not told:
        raise MannerInvalid("the documents have no route for that")
    return [_pack(world, happening) for happening in told]


def _pack(world: World, happening: Happening) -> Parcel:
    route, names, status = ROUTES[happening.event]
    query = urlencode({**{name.lower(): happening.attributes[name] for name in names}, "status": status})
    url = f"{world.options.app_url.rstrip('/')}{APP_PATH}/{route}?{query}"
    return pack_get(world, url, {TOKEN_HEADER: world.options.aurora_secret}, happening, None)
