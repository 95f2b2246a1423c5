"""Buttons and lists: what they need at the channel is created on first use and known by its key afterwards."""

import threading
from typing import TYPE_CHECKING

import structlog

from db.contents import find_session_content, keep_content
from integrations.channel import Menu, Outbound
from integrations.errors import VendorError

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
        channel = context.need_channel()
        try:
            menu = channel.prepare_menu(message, language)
            return channel.fill_menu(menu, self._find_content(context, menu)) if menu.key else menu.message
        except (VendorError, ValueError) as error:
            log.warning("menu sent as numbered text", error=str(error))
            return channel.number_options(message)

    def forget(self, content_id: str) -> None:
        self._known = {key: value for key, value in self._known.items() if value != content_id}

    def _find_content(self, context: "Context", menu: Menu) -> str:
        if menu.key not in self._known:
            with self._creating:
                self._known.setdefault(menu.key, _load_content(context, menu))
        return self._known[menu.key]


def _load_content(context: "Context", menu: Menu) -> str:
    with context.engine.begin() as connection:
        found = find_session_content(connection, context.account, menu.key)
    if found:
        return found
    content_id = context.need_channel().create_content(menu)
    with context.engine.begin() as connection:
        keep_content(
            connection,
            account=context.account,
            purpose="session",
            structure_hash=menu.key,
            language=menu.language,
            external_id=content_id,
        )
        return find_session_content(connection, context.account, menu.key) or content_id
