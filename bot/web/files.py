"""Shared files, for whoever has the link: charts and proposals."""

from flask import Blueprint, Response, abort
from sqlalchemy import Engine

from bot.sealing import Seal, SealBroken
from bot.settings import Settings
from bot.web.auth import authenticated_by
from db.shared_file_rows import find_shared_file

HEADERS = {
    "Cache-Control": "private, max-age=3600",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
LONGEST_TOKEN = 64


def make_files(settings: Settings, engine: Engine) -> Blueprint:
    """The route /files/<token>/<name>."""
    files = Blueprint("files", __name__)

    @files.get("/files/<token>/<name>")
    @authenticated_by("secret-link")
    def show_file(token: str, name: str) -> Response:
        """404 alike for what never was, is over, or is no longer to be opened."""
        if not settings.secret_key or len(token) > LONGEST_TOKEN or "\x00" in token + name:
            abort(404)
        with engine.connect() as connection:
            found = find_shared_file(connection, token, name)
        if found is None:
            abort(404)
        try:
            content = Seal(settings.secret_key).open(found.content)
        except SealBroken:
            abort(404)
        return Response(content, content_type=found.content_type, headers=HEADERS)

    return files
