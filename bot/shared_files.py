"""Files shown to a contact through a link that nobody can guess, encrypted like every stored file."""

import secrets

from sqlalchemy import Connection

from bot.sealing import Seal
from bot.settings import Settings
from db.shared_file_rows import add_shared_file

KEPT_DAYS = 30


def share_file(
    connection: Connection, settings: Settings, conversation_id: int, name: str, content_type: str, content: bytes
) -> str:
    """Keeps the file for KEPT_DAYS; its address, valid from the commit on. `name` is the last part of the address.

    ValueError without SECRET_KEY.
    """
    token = secrets.token_urlsafe(24)
    sealed = Seal(settings.secret_key).close(content)
    add_shared_file(connection, token, conversation_id, name, content_type, sealed, KEPT_DAYS * 86_400.0)
    return f"{settings.public_url}/files/{token}/{name}"
