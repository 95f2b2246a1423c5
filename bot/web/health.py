"""Alive, ready, and the numbers."""

from flask import Blueprint, Response, jsonify

from bot.metrics import CONTENT_TYPE, render_metrics
from bot.readiness import Readiness
from bot.web.auth import authenticated_by


def make_health(readiness: Readiness) -> Blueprint:
    """The routes /healthz, /readyz and /metrics."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    @authenticated_by("public")
    def show_alive() -> Response:
        return jsonify(status="ok")

    @health.get("/readyz")
    @authenticated_by("public")
    def show_ready() -> tuple[Response, int]:
        status, reasons = readiness.check()
        return jsonify(status=status, reasons=reasons), 503 if status == "unavailable" else 200

    @health.get("/metrics")
    @authenticated_by("public")
    def show_metrics() -> Response:
        return Response(render_metrics(readiness), content_type=CONTENT_TYPE)

    return health
