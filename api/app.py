"""Puts the API's routes into the web application."""

from flask import Flask

from api.door import Door
from api.incentives import make_incentives
from api.openapi import make_openapi
from api.operations import make_operations
from api.parts import ApiParts
from api.projects import make_projects
from api.status import make_status
from bot.app import Parts
from bot.operations import Waiting
from bot.settings import Settings


def add_api(app: Flask, settings: Settings, held: Parts) -> None:
    """Registers /api/v1 and /openapi.json on `app`."""
    waiting = Waiting(held.engine, held.bell, places=settings.api_waiting_places)
    parts = ApiParts(settings, held.engine, Door(held.engine), waiting)
    for make in (make_projects, make_incentives, make_operations, make_status):
        app.register_blueprint(make(parts))
    app.register_blueprint(make_openapi())
