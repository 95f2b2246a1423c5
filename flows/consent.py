"""The consent sentence: what a contact agrees to, word for word, with the version that is recorded."""

from datetime import UTC, datetime

from flows.wording import render

VERSION = "2026-11-1"
"""Raise it with every change of a sentence (`consent.toml` of a language); recorded consents quote the words shown."""

KEY = "consent_words"


def consent_sentence(language: str) -> str:
    """The sentence in a language; KeyError where its folder has none."""
    return render(KEY, language)


def consent_record(language: str, channel: str, message_id: str, now: datetime) -> dict[str, str]:
    """What is kept of a consent; `at` is ISO 8601 in UTC."""
    return {
        "wording": consent_sentence(language),
        "version": VERSION,
        "language": language,
        "channel": channel,
        "at": now.astimezone(UTC).isoformat(),
        "message_id": message_id,
    }
