"""Everything that can be set from outside, and the only reader of the environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from bot import setting_kinds as kinds

DOTENV = Path(__file__).resolve().parent.parent / ".env"


class SettingsError(ValueError):
    """The environment cannot be used; the message lists every problem, one a line."""


def _setting(about: str, default: Any = "", read: kinds.Reader = kinds.read_text, *, secret: bool = False) -> Any:
    """A field whose variable is its name in capitals; `secret` keeps its value out of every repr."""
    return field(default=default, repr=not secret, metadata={"about": about, "read": read, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """One field per environment variable of the same name in capitals; passed on as an argument, never global."""

    database_url: str = _setting(
        "the truth: PostgreSQL in production; `postgres://` is accepted",
        "sqlite:///var/heliograph.db",
        kinds.read_database_url,
        secret=True,
    )
    redis_url: str = _setting(
        "the doorbell; with append-only file in production",
        "redis://localhost:6379/0",
        kinds.read_redis_url,
        secret=True,
    )
    secret_key: tuple[str, ...] = _setting(
        "encrypts what is stored; several while rotating: the first encrypts, all decrypt; empty: no files are kept",
        (),
        kinds.read_list,
        secret=True,
    )
    public_url: str = _setting(
        "where Twilio reaches this service: base of signatures and callbacks",
        "http://localhost:8000",
        kinds.read_web_address,
    )
    port: int = _setting("port of the web process", 8000, kinds.read_count(1, 65535))
    market: str = _setting(
        "`US`, `ZW`, `ZA` or `ES`: country, currency, languages, utilities, devices, vendors",
        "US",
        kinds.read_choice("US", "ZW", "ZA", "ES"),
    )
    log_format: str = _setting("`json` or `console`", "json", kinds.read_choice("json", "console"))
    log_level: str = _setting(
        "`debug`, `info`, `warning` or `error`", "info", kinds.read_choice("debug", "info", "warning", "error")
    )

    channel: str = _setting("the messaging channel", "twilio", kinds.read_choice("twilio"))
    twilio_account_sid: str = _setting("account at Twilio; empty: nothing is sent")
    twilio_auth_token: tuple[str, ...] = _setting(
        "several while rotating: the first signs in, any may sign a webhook; empty refuses every webhook",
        (),
        kinds.read_list,
        secret=True,
    )
    twilio_whatsapp_from: str = _setting("sender, such as `whatsapp:+14155550100`", "", kinds.read_sender)
    twilio_api_url: str = _setting(
        "Twilio's messages; media hosts derive from it", "https://api.twilio.com", kinds.read_web_address
    )
    twilio_content_api_url: str = _setting(
        "Twilio's Content (buttons, lists, templates)", "https://content.twilio.com", kinds.read_web_address
    )
    twilio_messaging_api_url: str = _setting(
        "Twilio's typing indicator", "https://messaging.twilio.com", kinds.read_web_address
    )
    media_max_bytes: int = _setting(
        "largest photo or document taken in", 16 * 1024 * 1024, kinds.read_count(1024, 100 * 1024 * 1024)
    )

    staff_alerts_to: tuple[str, ...] = _setting(
        "`whatsapp:+…` or `mailto:…`, comma-separated, tried in order; empty: nobody is on duty",
        (),
        kinds.read_alert_addresses,
    )
    smtp_url: str = _setting(
        "mail server for alerts, such as `smtp://name:password@mail.example.com:587`",
        "",
        kinds.read_mail_server,
        secret=True,
    )
    mail_from: str = _setting("sender of alert mails", "", kinds.read_mail_address)

    opensolar_api_base_url: str = _setting("OpenSolar's API", "https://api.opensolar.com", kinds.read_web_address)
    opensolar_org_id: str = _setting("our organisation at OpenSolar")
    opensolar_api_key: str = _setting("bearer token of a machine user; empty: OpenSolar is off", secret=True)
    opensolar_webhook_secret: tuple[str, ...] = _setting(
        "what OpenSolar's webhooks carry or are signed with; several while rotating; empty refuses every webhook",
        (),
        kinds.read_list,
        secret=True,
    )
    opensolar_timeout: float = _setting("seconds for one call of OpenSolar", 30.0, kinds.read_seconds)
    opensolar_retry_count: int = _setting("tries of a call that may be repeated", 3, kinds.read_count(1, 10))
    opensolar_integration_enabled: bool = _setting("false: OpenSolar is off", True, kinds.read_flag)
    opensolar_auto_sync_enabled: bool = _setting(
        "false: a confirmed project waits until staff sync it", True, kinds.read_flag
    )
    opensolar_webhook_enabled: bool = _setting(
        "false: webhooks of OpenSolar are kept and ignored", True, kinds.read_flag
    )
    aurora_api_url: str = _setting("Aurora's API", "https://api.aurorasolar.com", kinds.read_web_address)
    aurora_tenant_id: str = _setting("our tenant at Aurora")
    aurora_api_key: str = _setting("empty: Aurora is off", secret=True)
    aurora_api_version: str = _setting("sent as Aurora-API-Version; empty: the key's own")
    aurora_webhook_secret: tuple[str, ...] = _setting(
        "X-Aurora-Webhook-Token; several while rotating; empty refuses every webhook",
        (),
        kinds.read_list,
        secret=True,
    )
    aurora_design: str = _setting(
        "what happens at Aurora unasked after a confirmation: `off` nothing; `sales_mode` project, consumption, deep "
        "link; `auto_designer` or `design_team` also the design request",
        "sales_mode",
        kinds.read_choice("off", "sales_mode", "auto_designer", "design_team"),
    )
    aurora_status_map: tuple[str, ...] = _setting(
        "what this tenant's project statuses mean, such as `Permit approved=scheduled,PTO granted=completed`: "
        "`pending`, `scheduled`, `in_progress`, `completed` or `installed`",
        (),
        kinds.read_pairs("pending", "scheduled", "in_progress", "completed", "installed"),
    )
    leap_api_url: str = _setting(
        "Leap's API; the legacy contract is at https://api.incentives.leap.energy/alpha",
        "https://api.leap.energy",
        kinds.read_web_address,
    )
    leap_api_key: str = _setting("empty: Leap is off, and the offline table answers", secret=True)
    leap_api_contract: str = _setting("`current` or `legacy`", "current", kinds.read_choice("current", "legacy"))
    proposal_vendor: str = _setting(
        "the one that speaks to the homeowner about designs and proposals: `opensolar` or `aurora`",
        "opensolar",
        kinds.read_choice("opensolar", "aurora"),
    )
    vendor_poll_seconds: float = _setting(
        "how often projects are read again at their vendors though no webhook came", 900.0, kinds.read_seconds
    )
    vendor_workers: int = _setting("processes for work with vendors", 2, kinds.read_count(1, 64))

    openai_api_key: str = _setting("empty: OpenAI is off; without any language model the rules read alone", secret=True)
    openai_base_url: str = _setting(
        "OpenAI, or any server that speaks its chat completions", "https://api.openai.com/v1", kinds.read_web_address
    )
    openai_model: str = _setting("OpenAI's model, asked first", "gpt-4o-mini")
    openai_answers: str = _setting(
        "how it is kept to a schema: `json_schema`, or `tool` for servers without structured outputs",
        "json_schema",
        kinds.read_choice("json_schema", "tool"),
    )
    openai_transcription_model: str = _setting("listens to voice notes", "gpt-4o-mini-transcribe")
    anthropic_api_key: str = _setting("empty: Anthropic is off", secret=True)
    anthropic_base_url: str = _setting("Anthropic's API", "https://api.anthropic.com", kinds.read_web_address)
    anthropic_model: str = _setting("Anthropic's model, asked where OpenAI fails or is off", "claude-haiku-4-5")
    llm_deadline_seconds: float = _setting(
        "how long a turn waits for language models, the fallback included", 8.0, kinds.read_seconds
    )
    llm_tracing: bool = _setting(
        "true: LangSmith may be sent what language models are asked, by its own variables", False, kinds.read_flag
    )
    llm_daily_cents: float = _setting(
        "US cents a day for language models, all contacts together; then the rules read alone", 500.0, kinds.read_cents
    )
    llm_contact_cents: float = _setting("US cents a day for language models, for one contact", 10.0, kinds.read_cents)

    api_waiting_places: int = _setting(
        "calls of the API that may wait for a vendor at once: fewer than there are web processes",
        2,
        kinds.read_count(0, 64),
    )
    proxy_hops: int = _setting(
        "proxies before the web process that add to X-Forwarded-For; 0: the header is not believed",
        0,
        kinds.read_count(0, 9),
    )
    turn_workers: int = _setting(
        "processes that take turns; 0: one, or four where a language model has a key", 0, kinds.read_count(0, 64)
    )
    lease_seconds: float = _setting("how long a turn owns its conversation", 30.0, kinds.read_seconds)
    sweep_seconds: float = _setting("how often the sweeper rings for waiting work", 5.0, kinds.read_seconds)
    sends_in_flight: int = _setting("conversations that are sent to at once", 16, kinds.read_count(1, 256))
    reconcile_after_seconds: float = _setting(
        "when the outcome of a send is unknown: how long to wait for its callback", 20.0, kinds.read_seconds
    )
    inbound_sweep_seconds: float = _setting("how often missed messages are looked up", 180.0, kinds.read_seconds)
    failpoint: str = _setting("for crash tests alone: where a process kills itself; empty in production")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ`, or from the process's environment over `.env`; empty text means the default.

    Raises SettingsError with every problem at once. What is missing but can be done without is no problem here: see
    `bot.vendor_states.list_remarks`.
    """
    given = _read_environment() if environ is None else environ
    values: dict[str, Any] = {}
    problems: list[str] = []
    for setting in fields(Settings):
        if text := given.get(setting.name.upper(), "").strip():
            try:
                values[setting.name] = setting.metadata["read"](text)
            except ValueError as problem:
                problems.append(f"{setting.name.upper()} {_without(text, str(problem), setting)}")
    if problems:
        raise SettingsError("\n".join(["The settings cannot be used:", *(f"  {problem}" for problem in problems)]))
    return Settings(**values)


def load_or_exit() -> Settings:
    """`load_settings` for a process's start: problems are printed, one a line, and the process ends with status 2."""
    try:
        return load_settings()
    except SettingsError as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - there is no log before there are settings
        raise SystemExit(2) from None


def describe_settings() -> list[tuple[str, str, str]]:
    """(variable, default as it would be written, one line about it) of every setting, in order."""
    return [(item.name.upper(), _write_default(item), item.metadata["about"]) for item in fields(Settings)]


def _read_environment() -> dict[str, str]:
    written = {name: value or "" for name, value in dotenv_values(DOTENV).items()}
    return {**written, **os.environ}


def _without(text: str, problem: str, setting: "Field[Any]") -> str:
    return problem.replace(repr(text), "what it is") if setting.metadata["secret"] else problem


def _write_default(item: "Field[Any]") -> str:
    if item.default is MISSING or item.default in ("", ()):
        return ""
    if isinstance(item.default, bool):
        return str(item.default).lower()
    return f"{item.default:g}" if isinstance(item.default, float) else str(item.default)
