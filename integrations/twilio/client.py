"""The Twilio WhatsApp channel for jobs: sends, typing, lists, files and Content over one pool of connections."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from integrations.channel import Inbound, InboundMedia, Listed, Menu, Outbound, Rule, SendResult
from integrations.transport import DeadlineTransport
from integrations.twilio import menus
from integrations.twilio.codes import rule_for
from integrations.twilio.content import with_content
from integrations.twilio.content_api import ContentApi
from integrations.twilio.inbound import SID
from integrations.twilio.listing import iterate_messages, list_media, rebuild_inbound
from integrations.twilio.media import MediaGate
from integrations.twilio.render import WHATSAPP
from integrations.twilio.sending import build_form, classify_answer, classify_silence
from integrations.twilio.wire import OnExchange, Wire

API_URL = "https://api.twilio.com"
CONTENT_URL = "https://content.twilio.com"
MESSAGING_URL = "https://messaging.twilio.com"


class TwilioChannel:
    """Implements `Channel`; safe to share between threads, not across a fork.

    `sender` is `whatsapp:+…`, or a messaging service's SID (MG…). `timeout` is in seconds and covers a whole exchange,
    `media_timeout` a whole file. `connections` bounds what is under way at once. `on_exchange` hears of every HTTP
    call. ValueError for an address that is no web address.
    """

    name = "whatsapp"
    capabilities = WHATSAPP
    status_path = "/webhooks/twilio/status"

    def __init__(
        self,
        api_url: str = API_URL,
        content_url: str = CONTENT_URL,
        messaging_url: str = MESSAGING_URL,
        *,
        account_sid: str,
        auth_token: str,
        sender: str,
        timeout: float = 10.0,
        media_timeout: float = 30.0,
        connections: int = 20,
        on_exchange: OnExchange | None = None,
        gate: MediaGate | None = None,
    ) -> None:
        api, content, self._messaging = (_read_base(url) for url in (api_url, content_url, messaging_url))
        self._account = f"{api}/2010-04-01/Accounts/{account_sid}"
        self._sender = sender
        transport = DeadlineTransport(connections)
        self._wire = Wire(account_sid, auth_token, timeout, transport, on_exchange)
        self.contents = ContentApi(self._wire, content)
        self._gate = gate or MediaGate(api, (account_sid, auth_token), media_timeout, on_exchange)

    def close(self) -> None:
        self._wire.close()
        self._gate.close()

    def send(self, message: Outbound) -> SendResult:
        """Hand `message` to Twilio, once. Never raises for what Twilio or the network does; ValueError when the message
        itself can never be sent (see `build_form`)."""
        form = build_form(message, self._sender)
        try:
            response = self._wire.exchange("POST", f"{self._account}/Messages.json", data=form)
        except httpx.HTTPError as error:
            return classify_silence(error)
        return classify_answer(response)

    def rule_for(self, code: str, detail: str = "") -> Rule:
        """What to do about an error code; `detail` is Twilio's own text."""
        return rule_for(code, detail)

    def prepare_menu(self, message: Outbound, language: str) -> Menu:
        """`message` made to fit, with the Content that it needs. ValueError: it needs more than a Content can hold."""
        return menus.prepare_menu(message, language)

    def create_content(self, menu: Menu) -> str:
        """The id of a new Content for `menu`. Raises VendorError."""
        return self.contents.create_content(dict(menu.content), menu.language, f"menu_{menu.key[:32]}")

    def fill_menu(self, menu: Menu, content_id: str) -> Outbound:
        """The message with the Content in place of its words and options."""
        return with_content(menu.message, content_id)

    def number_options(self, message: Outbound) -> Outbound:
        """The message with its options as numbered lines."""
        return menus.number_options(message)

    def show_typing(self, external_id: str) -> None:
        """Mark the contact's message as read and show "typing…" for 25 s or until the answer. Raises VendorError, which
        callers may well ignore."""
        form = {"messageId": _check_sid(external_id), "channel": "whatsapp"}
        self._wire.write_json("POST", f"{self._messaging}/v2/Indicators/Typing.json", data=form)

    def list_messages(self, since: datetime, to: str = "", sender: str = "") -> Iterator[Listed]:
        """Messages in and out since `since` (aware), newest first as Twilio lists them. Raises VendorError, also
        midway: what was yielded until then is good."""
        return iterate_messages(self._wire, self._account, since, to, sender)

    def list_media(self, external_id: str) -> tuple[InboundMedia, ...]:
        """The files of a message: a list of messages has only their number. Raises VendorError."""
        return list_media(self._wire, self._account, _check_sid(external_id))

    def recover(self, listed: Listed) -> Inbound:
        """The Inbound of a message that was listed but whose webhook never came, its files looked up.

        Taps, pins, profile names and referrals are not in Twilio's lists and stay empty. Raises VendorError, or
        ValueError when it is no message of a contact.
        """
        return rebuild_inbound(listed, self.list_media)

    def fetch_media(self, url: str, limit: int) -> tuple[bytes, str]:
        """(bytes, content type by its first bytes) of a file at Twilio, at most `limit` bytes. Raises VendorError."""
        return self._gate.fetch(url, limit)

    def delete_media(self, url: str) -> None:
        """Delete the file at Twilio; one already gone is fine. Raises VendorError."""
        self._gate.delete(url)


def _read_base(url: str) -> str:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise ValueError(f"not a web address: {url!r}")
    return url.rstrip("/")


def _check_sid(external_id: str) -> str:
    if not SID.fullmatch(external_id):
        raise ValueError("not a message's SID")
    return external_id
