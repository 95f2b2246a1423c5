"""Which folder of `integrations` is the messaging channel: nothing else in jobs names one."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from bot.logs import get_logger
from bot.settings import Settings
from integrations.channel import Channel
from integrations.twilio.client import TwilioChannel
from integrations.twilio.wire import Exchange

CHANNEL_TIMEOUT = 10.0

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Adapter:
    """`open` makes the channel, None while it is off; `account` and `sender` are known also then."""

    open: Callable[[Settings], Channel | None]
    account: Callable[[Settings], str]
    sender: Callable[[Settings], str]


def open_twilio(settings: Settings) -> TwilioChannel | None:
    """None without an account. A send with its menu ends well before its lease does."""
    if not settings.twilio_account_sid or not settings.twilio_auth_token:
        return None
    return TwilioChannel(
        settings.twilio_api_url,
        settings.twilio_content_api_url,
        settings.twilio_messaging_api_url,
        account_sid=settings.twilio_account_sid,
        auth_token=settings.twilio_auth_token[0],
        sender=settings.twilio_whatsapp_from,
        timeout=min(CHANNEL_TIMEOUT, settings.lease_seconds / 3),
        connections=settings.sends_in_flight + 4,
        on_exchange=log_exchange,
    )


def log_exchange(call: Exchange) -> None:
    """One line for each HTTP call, with LOG_LEVEL=debug: nothing of what was said."""
    log.debug("channel called", **asdict(call))


ADAPTERS = {
    "twilio": Adapter(
        open_twilio,
        account=lambda settings: settings.twilio_account_sid,
        sender=lambda settings: settings.twilio_whatsapp_from,
    ),
}
"""One row for each choice of the setting CHANNEL."""


def find_adapter(settings: Settings) -> Adapter:
    """The adapter that CHANNEL names."""
    return ADAPTERS[settings.channel]
