"""The web application, built from its settings."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import Engine
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from bot import failpoints
from bot.readiness import Readiness
from bot.settings import Settings
from bot.vendor_states import TITLES, explain_vendor_off
from bot.wake import Doorbell, connect
from bot.web.files import make_files
from bot.web.health import make_health
from bot.web.limits import RateLimit
from bot.web.problems import handle_errors
from bot.web.vendor_webhooks import make_vendor_webhooks
from bot.web.webhooks import make_webhooks
from db.backlog import VENDORS
from db.engine import make_engine

BODY_BYTES = 64 * 1024  # several times the largest webhook
LOCK_SECONDS = 5.0  # below the 15 s after which Twilio gives a webhook up: a 503 makes it come again


@dataclass(frozen=True)
class Parts:
    """What the routes work with; tests pass their own."""

    engine: Engine
    bell: Doorbell
    limit: RateLimit


def open_parts(settings: Settings) -> Parts:
    """Connects on first use, so that an application built before a fork is safe."""
    return Parts(
        make_engine(settings.database_url, lock_seconds=LOCK_SECONDS), connect(settings.redis_url), RateLimit()
    )


def create_app(settings: Settings, parts: Parts | None = None) -> Flask:
    """The application with every route of this service."""
    failpoints.arm(settings.failpoint)
    held = parts or open_parts(settings)
    app = Flask("heliograph", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES
    app.register_blueprint(make_webhooks(settings, held.engine, held.bell, held.limit))
    app.register_blueprint(make_vendor_webhooks(settings, held.engine, held.bell, held.limit))
    app.register_blueprint(make_files(settings, held.engine))
    app.register_blueprint(make_health(Readiness(held.engine, held.bell, list_vendors(settings))))
    handle_errors(app)
    mount_prefix(app, urlsplit(settings.public_url).path.rstrip("/"))
    if settings.proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxy_hops)  # type: ignore[method-assign]
    return app


def list_vendors(settings: Settings) -> list[str]:
    """Vendors of projects that are on."""
    return [name for name in VENDORS if not explain_vendor_off(settings, TITLES[name])]


def mount_prefix(app: Flask, prefix: str) -> None:
    """Serves every route under PUBLIC_URL's path too, for proxies that pass it on; others strip it."""
    if prefix:
        app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {prefix: app.wsgi_app})  # type: ignore[method-assign]
