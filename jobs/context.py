"""What a job process holds: built once at its start, passed to everything that works."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Engine

from bot.settings import Settings
from bot.wake import Doorbell, connect
from db.engine import make_engine
from integrations.twilio.client import TwilioChannel
from integrations.twilio.codes import Rule, rule_for
from jobs.menus import MenuBook

CHANNEL_TIMEOUT = 10.0


@dataclass
class Context:
    """`channel` is None while TWILIO_ACCOUNT_SID is empty: then messages stay where they are. `rule_for` knows the
    channel's error codes."""

    settings: Settings
    engine: Engine
    bell: Doorbell
    channel: TwilioChannel | None
    rule_for: Callable[[str, str], Rule] = rule_for
    menus: MenuBook = field(default_factory=MenuBook)

    @property
    def account(self) -> str:
        """The account at the channel whose Content we know."""
        return self.settings.twilio_account_sid

    def need_channel(self) -> TwilioChannel:
        """The channel; RuntimeError while it is off."""
        if self.channel is None:
            raise RuntimeError("the channel is off: no TWILIO_ACCOUNT_SID")
        return self.channel

    def close(self) -> None:
        if self.channel:
            self.channel.close()
        self.engine.dispose()
        self.bell.redis.close()


def open_context(settings: Settings) -> Context:
    """Everything a job needs, from the settings; connects on first use. Open it after forking."""
    return Context(
        settings=settings,
        engine=make_engine(settings.database_url),
        bell=connect(settings.redis_url),
        channel=open_channel(settings),
    )


def open_channel(settings: Settings) -> TwilioChannel | None:
    """The messaging channel; None without an account. A send with its menu ends well before its lease does."""
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
    )


_held: list[Context] = []  # of this process: RQ calls a job without arguments


def use_context(context: Context) -> None:
    """Makes `context` the one that this process's jobs work with."""
    _held[:] = [context]


def current() -> Context:
    """The context of this process; RuntimeError before `use_context`."""
    if not _held:
        raise RuntimeError("this process has no context: start it with `python -m jobs.worker`")
    return _held[0]
