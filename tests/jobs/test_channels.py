"""The setting CHANNEL picks the adapter, and each choice has one."""

import pytest
from structlog.testing import capture_logs

from bot.settings import SettingsError, load_settings
from jobs.channels import ADAPTERS, find_adapter
from tests.jobs.stage import Stage


@pytest.mark.parametrize("name", ADAPTERS)
def test_every_adapter_is_a_choice(name: str) -> None:
    settings = load_settings({"CHANNEL": name})
    assert find_adapter(settings) is ADAPTERS[name]
    assert find_adapter(settings).open(settings) is None, "a channel without an account is off"


def test_every_choice_is_an_adapter() -> None:
    with pytest.raises(SettingsError, match="CHANNEL") as refusal:
        load_settings({"CHANNEL": "pigeons"})
    choices = str(refusal.value).partition("one of ")[2].partition(", not ")[0]
    assert set(choices.split(", ")) == set(ADAPTERS)


def test_jobs_ask_the_context_who_we_are(stage: Stage) -> None:
    settings = stage.context.settings
    assert (stage.context.account, stage.context.sender) == (settings.twilio_account_sid, settings.twilio_whatsapp_from)


def test_calls_are_logged_without_words_or_numbers(stage: Stage) -> None:
    stage.add_message(stage.add_conversation(), "My roof leaks")
    with capture_logs() as entries:
        stage.send()
    calls = [entry for entry in entries if entry["event"] == "channel called"]
    assert [(call["method"], call["status"], call["log_level"]) for call in calls] == [("POST", 201, "debug")]
    assert calls[0]["path"].endswith("/Messages.json")
    assert "roof leaks" not in repr(calls) and "5550134" not in repr(calls)
