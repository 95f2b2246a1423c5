"""Errors as RFC 9457 problem details."""

import json

from flask import Flask, Response
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException, InternalServerError

from bot.logs import get_logger
from db.arrivals import Raced

RETRY_SECONDS = 5

log = get_logger(__name__)


def handle_errors(app: Flask) -> None:
    """Every error of `app` is answered with problem details, a database that is away or locked with 503."""
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(SQLAlchemyError, show_lost_database)
    app.register_error_handler(Raced, show_lost_database)
    app.register_error_handler(Exception, show_crash)


def problem(status: int, title: str, detail: str = "", headers: dict[str, str] | None = None) -> Response:
    """An application/problem+json answer."""
    body = {"type": "about:blank", "title": title, "status": status, **({"detail": detail} if detail else {})}
    return Response(json.dumps(body), status, headers, content_type="application/problem+json")


def show_error(error: HTTPException) -> Response:
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return problem(error.code or 500, error.name, error.description or "", kept)


def show_lost_database(error: Exception) -> Response:
    if isinstance(error, DataError):  # it will never be kept: to ask for it again would be for ever
        log.error("a value was refused by the database")
        return problem(400, "Bad Request", "It holds a value that cannot be kept.")
    passing = isinstance(error, (OperationalError, Raced)) or not isinstance(error, DBAPIError)
    log.error("database failed", error=type(error).__name__, exc_info=not passing)
    return problem(503, "Service Unavailable", "Try again.", {"Retry-After": str(RETRY_SECONDS)})


def show_crash(error: Exception) -> Response:
    log.exception("request failed", error=type(error).__name__)
    return show_error(InternalServerError())
