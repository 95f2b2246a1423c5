"""Texts by key and language, loaded once; a language is a folder of TOML files whose tables make dotted keys."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from flows.effects import Option
from flows.reading.candidates import short_name
from flows.tongues import FILE

FOLDER = Path(__file__).parent

UNPROMPTED = (
    "nudge", "handoff_returned", "handoff_returned_news", "staff_reply", "earlier_news", "assessment_wanted",
    "design_ready", "design_changed", "incentives_found", "incentives_offer", "application_news", "application_waits",
    "document_ready", "proposal_ready", "proposal_again", "proposal_updated", "proposal_reminder", "sealed", "paid",
    "scheduled", "scheduled_noted", "installation_reminder", "on_the_way", "installed", "installed_noted",
    "feedback_reminder",
)  # fmt: skip
"""Keys that may be said though nobody is waiting for an answer: each is a template, its body the whole message."""


def languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages there are, English first."""
    return tuple(sorted(_load_texts(), key=lambda code: (code != "en", code)))


def keys(language: str = "en") -> frozenset[str]:
    """Every message key of a language."""
    return frozenset(_load_texts()[language])


def has_text(key: str, language: str) -> bool:
    return key in _load_texts()[language]


def render(key: str, language: str, **params: Any) -> str:
    """The text of a key, its {placeholders} filled in; KeyError for an unknown key or a missing parameter."""
    return _load_texts()[language][key].format_map(params)


def placeholders(key: str, language: str) -> tuple[str, ...]:
    """The names of a text's placeholders, once each, in the order of their first use."""
    return tuple(dict.fromkeys(name for _, name, _, _ in Formatter().parse(_load_texts()[language][key]) if name))


def template(key: str, language: str) -> str | None:
    """The body that WhatsApp approves for an unprompted key, with {{1}} for the first placeholder; None for others."""
    if key not in UNPROMPTED:
        return None
    names = placeholders(key, language)
    return render(key, language, **{name: f"{{{{{number}}}}}" for number, name in enumerate(names, 1)})


@cache
def option_of(option_id: str, language: str, market: str = "") -> Option:
    """What to tap for an option id: wording `option.<id>.title` and, where there is one, `.description`.

    A title of the market's own, `option.<id>.us.title`, comes before that of all markets. An electric company is
    called by its own name in every language.
    """
    if option_id.startswith("utility="):
        return Option(option_id, short_name(option_id.partition("=")[2]))
    texts, key = _load_texts()[language], f"option.{option_id}"
    title = texts.get(f"{key}.{market.lower()}.title") or texts[f"{key}.title"]
    return Option(option_id, title, texts.get(f"{key}.description", ""))


@cache
def _load_texts() -> dict[str, dict[str, str]]:
    folders = sorted(folder for folder in FOLDER.iterdir() if any(folder.glob("*.toml")))
    return {folder.name: dict(_read_folder(folder)) for folder in folders}


def _read_folder(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob("*.toml")):
        if path.name == FILE:
            continue
        yield from _flatten(tomllib.loads(path.read_text(encoding="utf-8")), "")


def _flatten(table: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value.strip()
