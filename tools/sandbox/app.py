"""Puts the simulated vendors, the levers and the page behind one port."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from tools.sandbox.aurora.answers import answer_error as answer_aurora
from tools.sandbox.aurora.mounting import mount_aurora
from tools.sandbox.control import control
from tools.sandbox.leap.applications import leap_applications
from tools.sandbox.leap.connect import leap_connect
from tools.sandbox.leap.current import leap_current
from tools.sandbox.leap.legacy import leap_legacy
from tools.sandbox.leap.levers import leap_levers
from tools.sandbox.models.mounting import mount_models
from tools.sandbox.opensolar.answers import answer_detail
from tools.sandbox.opensolar.mounting import mount_opensolar
from tools.sandbox.page.vendors import vendors_page
from tools.sandbox.page.views import page
from tools.sandbox.server import MAX_BODY
from tools.sandbox.twilio.answers import Refusal, answer_error
from tools.sandbox.twilio.content import content_api
from tools.sandbox.twilio.media import media_api
from tools.sandbox.twilio.messages import messages
from tools.sandbox.twilio.typing_indicator import typing_api
from tools.sandbox.world import World


def build_app(world: World) -> Flask:
    app = Flask("sandbox", static_folder=None)
    app.extensions["sandbox"] = world
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    for blueprint in (messages, media_api, content_api, typing_api, control, page):
        app.register_blueprint(blueprint)
    for blueprint in (vendors_page, leap_current, leap_legacy, leap_applications, leap_connect, leap_levers):
        app.register_blueprint(blueprint)
    mount_opensolar(app)
    mount_aurora(app)
    mount_models(app)
    for status in (404, 405):
        app.register_error_handler(status, answer_unknown)
    app.register_error_handler(Refusal, lambda error: answer_error(error.code, error.message, error.status))
    return app


def answer_unknown(error: HTTPException) -> Response:
    """No such address, or not by that method: each vendor says so in its own words."""
    if request.path.startswith("/opensolar/"):
        words = f'Method "{request.method}" not allowed.' if error.code == 405 else "Not found."
        return answer_detail(error.code or 404, words)
    if request.path.startswith("/aurora/"):
        return answer_aurora(error.code or 404, "The requested object was not found.")
    return answer_error(20404, "The requested resource was not found", error.code or 404)
