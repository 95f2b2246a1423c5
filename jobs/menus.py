"""Buttons and lists: their Content is created at the channel on first use and known by its structure afterwards."""

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from db.contents import find_session_content, keep_content
from integrations.channel import Outbound
from integrations.errors import VendorError
from integrations.twilio.content import Structure, hash_structure, structure_of, with_content
from integrations.twilio.render import fit, numbered_text

if TYPE_CHECKING:
    from jobs.context import Context

log = structlog.get_logger(__name__)


class MenuBook:
    """The Contents of one account that this process has met; safe to share between threads."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._creating = threading.Lock()

    def apply(self, context: "Context", message: Outbound, language: str) -> Outbound:
        """`message` with a Content in place of its options, or with numbered text where no Content can be had."""
        fitted = fit(message)
        if not fitted.options:
            return fitted
        try:
            content_id = self._find_content(context, structure_of(fitted), language)
        except (VendorError, ValueError) as error:
            log.warning("menu sent as numbered text", error=str(error))
            return fit_numbered(message)
        return with_content(fitted, content_id)

    def forget(self, content_id: str) -> None:
        self._known = {key: value for key, value in self._known.items() if value != content_id}

    def _find_content(self, context: "Context", structure: Structure, language: str) -> str:
        key = hash_structure(structure, language)
        if key not in self._known:
            with self._creating:
                self._known.setdefault(key, _load_content(context, structure, language, key))
        return self._known[key]


def fit_numbered(message: Outbound) -> Outbound:
    """The message with its options as numbered lines."""
    return replace(message, text=numbered_text(message), options=(), menu="")


def _load_content(context: "Context", structure: Structure, language: str, key: str) -> str:
    with context.engine.begin() as connection:
        found = find_session_content(connection, context.account, key)
    if found:
        return found
    content_id = context.need_channel().contents.create_content(structure, language, f"menu_{key[:32]}")
    with context.engine.begin() as connection:
        keep_content(
            connection,
            account=context.account,
            purpose="session",
            structure_hash=key,
            language=language,
            external_id=content_id,
        )
        return find_session_content(connection, context.account, key) or content_id
