"""The levers of the simulated models, under /sandbox/models."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from tools.sandbox.models.access import this_book
from tools.sandbox.models.scripts import ScriptInvalid

model_levers = Blueprint("model_levers", __name__, url_prefix="/sandbox/models")


@model_levers.post("/scripts")
def add_script() -> tuple[Response, int]:
    """{"match", "data", "vendor"?, "count"?}: what is answered to words that hold `match`; newer ones first."""
    body = request.get_json(silent=True)
    try:
        script = this_book().add(body if isinstance(body, dict) else {})
    except ScriptInvalid as problem:
        return jsonify(error=str(problem)), 400
    return jsonify(id=script.id), 201


@model_levers.get("/scripts")
def list_scripts() -> Response:
    return jsonify(scripts=[asdict(script) for script in this_book().scripts])


@model_levers.delete("/scripts")
def remove_scripts() -> Response:
    this_book().clear()
    return Response(status=204)


@model_levers.get("/requests")
def list_requests() -> Response:
    """What the models were asked, oldest first, without keys."""
    return jsonify(requests=[asdict(asked) for asked in list(this_book().asked)])


@model_levers.delete("/requests")
def forget_requests() -> Response:
    this_book().forget()
    return Response(status=204)
