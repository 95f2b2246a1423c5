"""What a job process holds: built once at its start, passed to everything that works."""

from dataclasses import dataclass, field

from sqlalchemy import Engine

from bot.settings import Settings
from bot.wake import Doorbell, connect
from db.engine import make_engine
from integrations.channel import Channel, Rule
from integrations.llm.model import LanguageModel, Transcriber, open_model, open_transcriber
from jobs.channels import find_adapter
from jobs.language_models import choose_models
from jobs.menus import MenuBook
from jobs.owner_book import OwnerBook
from jobs.vendor_clients import VendorBook
from jobs.vendor_rests import RestBook


@dataclass
class Context:
    """`channel` is None while the channel has no account: then messages stay where they are. `vendors` are the others,
    each None while it is off. `model` is None while no language model has a key,
    `transcriber` while none listens."""

    settings: Settings
    engine: Engine
    bell: Doorbell
    channel: Channel | None
    menus: MenuBook = field(default_factory=MenuBook)
    owners: OwnerBook = field(default_factory=OwnerBook)
    rests: RestBook = field(default_factory=RestBook)
    vendors: VendorBook = field(init=False)
    model: LanguageModel | None = field(init=False)
    transcriber: Transcriber | None = field(init=False)

    def __post_init__(self) -> None:
        self.model = open_model(choose_models(self.settings))
        self.transcriber = open_transcriber(choose_models(self.settings))
        self.vendors = VendorBook(self.settings, self.engine, self.bell.redis)

    def prepare_model(self) -> None:
        """For the process that takes turns: a model's libraries take seconds to load, and a turn would wait."""
        self.model = open_model(choose_models(self.settings), ready=True)

    @property
    def account(self) -> str:
        """The account at the channel whose Content we know."""
        return find_adapter(self.settings).account(self.settings)

    @property
    def sender(self) -> str:
        """Our own address at the channel."""
        return find_adapter(self.settings).sender(self.settings)

    def rule_for(self, code: str, detail: str) -> Rule:
        """What the channel's error code asks for; RuntimeError while the channel is off."""
        return self.need_channel().rule_for(code, detail)

    def need_channel(self) -> Channel:
        """The channel; RuntimeError while it is off."""
        if self.channel is None:
            raise RuntimeError("the channel is off: it has no account")
        return self.channel

    def close(self) -> None:
        if self.channel:
            self.channel.close()
        self.vendors.close()
        if self.model:
            self.model.close()
        if self.transcriber:
            self.transcriber.close()
        self.engine.dispose()
        self.bell.redis.close()


def open_context(settings: Settings) -> Context:
    """Everything a job needs, from the settings; connects on first use. Open it after forking."""
    return Context(
        settings=settings,
        engine=make_engine(settings.database_url),
        bell=connect(settings.redis_url),
        channel=find_adapter(settings).open(settings),
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
