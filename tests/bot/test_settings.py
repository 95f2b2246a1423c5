"""Settings are read once, explained when wrong, and silent about secrets."""

import os
import subprocess
import sys

import pytest

from bot.settings import Settings, SettingsError, describe_settings, load_settings
from bot.vendor_states import explain_vendor_off, list_gaps, list_remarks

KEY = {"SECRET_KEY": "0123456789abcdef"}


def test_defaults_need_nothing() -> None:
    settings = load_settings({})
    assert settings.database_url == "sqlite:///var/heliograph.db"
    assert (settings.market, settings.lease_seconds, settings.sends_in_flight) == ("US", 30.0, 16)
    assert load_settings({**KEY, "PORT": " "}).port == 8000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_is_accepted(scheme: str) -> None:
    settings = load_settings({**KEY, "DATABASE_URL": f"{scheme}://solar:pw@db.example.com/solar?sslmode=require"})
    assert settings.database_url == "postgresql+psycopg://solar:pw@db.example.com/solar?sslmode=require"


def test_lists_keep_their_order() -> None:
    settings = load_settings({**KEY, "TWILIO_AUTH_TOKEN": "new, old,", "STAFF_ALERTS_TO": "whatsapp:+14155550123"})
    assert settings.twilio_auth_token == ("new", "old")
    assert settings.staff_alerts_to == ("whatsapp:+14155550123",)


def test_a_tenants_statuses_are_pairs() -> None:
    given = "Permit approved=scheduled, A = B=In_Progress,"
    assert load_settings({**KEY, "AURORA_STATUS_MAP": given}).aurora_status_map == (
        "Permit approved=scheduled", "A = B=In_Progress"
    )  # fmt: skip


BAD = {
    "DATABASE_URL": "mysql://x",
    "REDIS_URL": "localhost",
    "PUBLIC_URL": "solar.example.com",
    "PORT": "99999",
    "MARKET": "FR",
    "CHANNEL": "pigeon",
    "TWILIO_WHATSAPP_FROM": "+14155550123",
    "TWILIO_API_URL": "ftp://x",
    "STAFF_ALERTS_TO": "mailto:somebody",
    "SMTP_URL": "mail.example.com",
    "MAIL_FROM": "nobody",
    "LEASE_SECONDS": "0",
    "TURN_WORKERS": "many",
    "OPENSOLAR_INTEGRATION_ENABLED": "maybe",
    "LOG_FORMAT": "xml",
    "AURORA_STATUS_MAP": "Permit approved=scheduled,Permit=done",
}


def test_all_problems_are_listed_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(BAD)
    lines = str(caught.value).splitlines()[1:]
    assert sorted(line.split()[0] for line in lines) == sorted(BAD)


def test_a_process_with_bad_settings_ends_with_a_sentence() -> None:
    environment = {**os.environ, "MARKET": "FR", "LOG_FORMAT": "xml"}
    ended = subprocess.run([sys.executable, "-m", "bot.release"], env=environment, capture_output=True, text=True)
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[0] == "The settings cannot be used:"
    assert len(ended.stderr.splitlines()) == 3


@pytest.mark.parametrize("name", BAD)
def test_each_bad_value_is_refused_alone(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load_settings({**KEY, name: BAD[name]})


SECRETS = {
    "SECRET_KEY": "hush-hush-hush-hush",
    "TWILIO_AUTH_TOKEN": "hush",
    "DATABASE_URL": "postgresql://solar:hush@db.example.com/solar",
    "REDIS_URL": "redis://:hush@cache.example.com/0",
    "SMTP_URL": "smtp://me:hush@mail.example.com",
    "MAIL_FROM": "solar@example.com",
    "OPENSOLAR_API_KEY": "hush",
    "AURORA_API_KEY": "hush",
    "LEAP_API_KEY": "hush",
}


def test_secrets_are_in_no_repr() -> None:
    settings = load_settings(SECRETS)
    assert settings.twilio_auth_token == ("hush",)
    assert "hush" not in repr(settings)
    assert "hush" not in str(settings)


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "SMTP_URL"])
def test_secrets_are_in_no_error(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({**KEY, name: "nonsense:hush"})
    assert "hush" not in str(caught.value)


def test_what_is_off_is_said_at_start() -> None:
    assert list_remarks(load_settings({})) == [
        "OpenSolar is off: no key (OPENSOLAR_API_KEY)",
        "Aurora is off: no key (AURORA_API_KEY)",
        "Leap is off: no key (LEAP_API_KEY)",
        "WhatsApp is off: no TWILIO_ACCOUNT_SID or TWILIO_AUTH_TOKEN; messages wait",
        "Files are not kept: no SECRET_KEY",
        "Nobody is on duty: no STAFF_ALERTS_TO",
    ]
    weak = {"SECRET_KEY": "short", "STAFF_ALERTS_TO": "mailto:duty@example.com"}
    assert list_remarks(load_settings(weak))[-2:] == [
        "SECRET_KEY is short enough to be guessed; make one: openssl rand -hex 32",
        "Alerts by mail are off: no SMTP_URL or MAIL_FROM",
    ]


def test_vendors_say_why_they_are_off() -> None:
    on = {**KEY, "OPENSOLAR_API_KEY": "k", "AURORA_API_KEY": "k"}
    assert explain_vendor_off(load_settings(on), "OpenSolar") is None
    assert explain_vendor_off(load_settings({**on, "MARKET": "ZW"}), "Aurora") == "Aurora is off: not in market ZW"
    switched_off = load_settings({**on, "OPENSOLAR_INTEGRATION_ENABLED": "false"})
    assert explain_vendor_off(switched_off, "OpenSolar") == ("OpenSolar is off: OPENSOLAR_INTEGRATION_ENABLED is false")


def test_what_vendors_will_miss_is_said_at_start() -> None:
    on = {"OPENSOLAR_API_KEY": "k", "OPENSOLAR_ORG_ID": "15", "OPENSOLAR_WEBHOOK_SECRET": "s"}
    assert list_gaps(load_settings(on)) == []
    assert list_gaps(load_settings({})) == []
    changes = {"OPENSOLAR_WEBHOOK_SECRET": "", "OPENSOLAR_AUTO_SYNC_ENABLED": "false", "PROPOSAL_VENDOR": "aurora"}
    assert list_gaps(load_settings({**on, **changes})) == [
        "OpenSolar's webhooks are refused: no OPENSOLAR_WEBHOOK_SECRET; its news comes by polling",
        "Confirmed projects wait for staff to sync them: OPENSOLAR_AUTO_SYNC_ENABLED is false",
        "Nobody tells homeowners of designs and proposals: PROPOSAL_VENDOR is aurora, and Aurora is off: no key "
        "(AURORA_API_KEY)",
    ]
    assert list_gaps(load_settings({"AURORA_API_KEY": "k", "PROPOSAL_VENDOR": "aurora"})) == [
        "Aurora refuses every call: no AURORA_TENANT_ID",
        "Aurora's webhooks are refused: no AURORA_WEBHOOK_SECRET; its news comes by polling",
    ]


def test_every_setting_is_described() -> None:
    rows = describe_settings()
    assert len(rows) == len(Settings.__dataclass_fields__)
    assert all(about and "\n" not in about for _, _, about in rows)
