"""The consent sentence: what a contact agrees to, word for word, with the version that is recorded."""

from datetime import UTC, datetime

VERSION = "2026-11-1"
"""Raise it with every change of a sentence below; recorded consents quote the words that were shown."""

SENTENCES = {
    "en": (
        "By confirming, I agree that Heliograph keeps these details and shares them with the solar companies that "
        "design and price my system, and that they and Heliograph message me here about it. I can stop this any time "
        "by writing STOP."
    ),
    "es": (
        "Al confirmar, acepto que Heliograph guarde estos datos y los comparta con las empresas solares que diseñan y "
        "presupuestan mi instalación, y que ellas y Heliograph me escriban por aquí sobre ella. Puedo pararlo cuando "
        "quiera escribiendo BAJA."
    ),
}


def consent_record(language: str, channel: str, message_id: str, now: datetime) -> dict[str, str]:
    """What is kept of a consent; `at` is ISO 8601 in UTC."""
    return {
        "wording": SENTENCES[language],
        "version": VERSION,
        "language": language,
        "channel": channel,
        "at": now.astimezone(UTC).isoformat(),
        "message_id": message_id,
    }
