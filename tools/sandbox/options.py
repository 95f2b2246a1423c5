"""What a sandbox is started with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ACCOUNT_SID = "AC" + "5a" * 16
# Opens nothing but this simulation.
AUTH_TOKEN = "sandbox-auth-token"  # nosec B105
SENDER = "whatsapp:+14155550100"
OPENSOLAR_ORG = "15"
OPENSOLAR_TOKEN = "sandbox-opensolar-token"  # nosec B105
OPENSOLAR_SECRET = "sandbox-opensolar-secret"  # nosec B105
AURORA_TENANT = "7f1c0a52-6d0e-4c1b-9a37-2d6b1f0e5a10"
AURORA_KEY = "sk_sand_5a5a5a5a5a5a5a5a"
AURORA_SECRET = "sandbox-aurora-secret"  # nosec B105
LEAP_KEY = "leap_live_5a5a5a5a5a5a5a5a"
OPENAI_KEY = "sk-sandbox-5a5a5a5a5a5a5a5a"
ANTHROPIC_KEY = "sandbox-anthropic-5a5a5a5a"


@dataclass(slots=True)
class Options:
    """Settings of one sandbox; those that `POST /sandbox/settings` names can be changed while it runs.

    app_url: where the product listens. memory_path: a file in which the account outlives a restart. status_delays:
    seconds before `sent`, then before `delivered`. callbacks: statuses that are POSTed. api_per_second: above it 429
    (0: no limit). contact_burst and contact_refill_seconds: a contact's bucket, 63018 when empty (0: no limit).
    approval_delay: seconds until a template's outcome; approval_outcome: approved, rejected, paused or disabled.

    register_webhooks: the solar vendors know `app_url` from the start. opensolar_wallet: projects that can still be
    created. …_minute: seconds in a minute of that vendor's throttles (0: no throttles). …_retry_delays: seconds
    before each retry of a webhook. opensolar_list_identifiers: rows of the project list show `identifier`.
    opensolar_document: what generate_document answers with: file, url or bytes. aurora_location: what a project takes:
    nested, flat or either. aurora_job_seconds: how long a job runs. aurora_auto_complete: only design requests for
    Aurora's two test addresses end by themselves; with it all do. leap_company: ours at Leap, part of each link to
    apply; leap_connect_url: what such a link begins with.
    """

    app_url: str = "http://127.0.0.1:8000"
    account_sid: str = ACCOUNT_SID
    auth_token: str = AUTH_TOKEN
    sender: str = SENDER
    ledger_path: Path | None = None
    memory_path: Path | None = None
    database_url: str = ""
    inbound_url: str = ""
    fallback_url: str = ""
    status_delays: tuple[float, float] = (0.15, 0.35)
    callbacks: tuple[str, ...] = ("queued", "sent", "delivered", "read", "failed", "undelivered")
    api_per_second: float = 0.0
    contact_burst: int = 45
    contact_refill_seconds: float = 6.0
    approval_delay: float = 0.0
    approval_outcome: str = "approved"
    seed: int | None = None
    register_webhooks: bool = False
    opensolar_org: str = OPENSOLAR_ORG
    opensolar_token: str = OPENSOLAR_TOKEN
    opensolar_secret: str = OPENSOLAR_SECRET
    opensolar_wallet: int = 1000
    opensolar_minute: float = 60.0
    opensolar_retry_delays: tuple[float, ...] = (2.0, 10.0, 60.0)
    opensolar_list_identifiers: bool = False
    opensolar_document: str = "file"
    aurora_tenant: str = AURORA_TENANT
    aurora_key: str = AURORA_KEY
    aurora_secret: str = AURORA_SECRET
    aurora_minute: float = 60.0
    aurora_retry_delays: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 16.0)
    aurora_location: str = "nested"
    aurora_summary: str = "both"
    aurora_search: bool = True
    aurora_job_seconds: float = 0.2
    aurora_auto_complete: bool = False
    leap_api_key: str = LEAP_KEY
    openai_key: str = OPENAI_KEY
    anthropic_key: str = ANTHROPIC_KEY
    leap_company: str = "heliograph-solar"
    leap_connect_url: str = "https://connect.incentives.leap.energy"

    @property
    def webhook_url(self) -> str:
        return self.inbound_url or self.app_url.rstrip("/") + "/webhooks/twilio/message"


CHANGEABLE = (
    "app_url",
    "inbound_url",
    "fallback_url",
    "database_url",
    "status_delays",
    "callbacks",
    "api_per_second",
    "contact_burst",
    "contact_refill_seconds",
    "approval_delay",
    "approval_outcome",
    "opensolar_secret",
    "opensolar_wallet",
    "opensolar_minute",
    "opensolar_retry_delays",
    "opensolar_list_identifiers",
    "opensolar_document",
    "aurora_secret",
    "aurora_minute",
    "aurora_retry_delays",
    "aurora_location",
    "aurora_summary",
    "aurora_search",
    "aurora_job_seconds",
    "aurora_auto_complete",
)


class SettingInvalid(ValueError):
    """A setting that does not exist or has the wrong shape; the text says which."""


def change_settings(options: Options, wishes: dict[str, object]) -> None:
    """Set all of `wishes` or, when one is wrong, none of them."""
    ready: dict[str, object] = {}
    for name, value in wishes.items():
        if name not in CHANGEABLE:
            raise SettingInvalid(f"{name} is not one of {', '.join(CHANGEABLE)}")
        current = getattr(options, name)
        try:
            ready[name] = tuple(value) if isinstance(current, tuple) else type(current)(value)  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            raise SettingInvalid(f"{name}: {error}") from error
    for name, value in ready.items():
        setattr(options, name, value)
