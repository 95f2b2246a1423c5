"""Wording: every language whole, numbers as each market writes them, templates within WhatsApp's rules."""

import re
import tomllib
from dataclasses import replace

import pytest

from flows.consent import VERSION, consent_sentence
from flows.effects import Option
from flows.facts import show_value
from flows.kinds import DEVICES, KINDS, ROOFS
from flows.markets import MARKETS
from flows.wording import (
    TEMPLATES,
    UNPROMPTED,
    Voice,
    has_text,
    join_words,
    keys,
    languages,
    option_of,
    placeholders,
    render,
    show_money,
    show_number,
    template,
)
from flows.wording.texts import FOLDER
from flows.wording_checks import check_flow_wording, list_needed_keys
from tests.flows.cast import INTAKE


def test_english_and_spanish_are_whole() -> None:
    assert languages()[:2] == ("en", "es")
    assert list(check_flow_wording(INTAKE)) == []


def test_every_market_speaks_a_language_that_there_is() -> None:
    for market in MARKETS.values():
        assert set(market.languages) <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_device_and_roof_has_a_name(language: str) -> None:
    for name in DEVICES:
        assert has_text(f"device.{name}.one", language) and has_text(f"device.{name}.many", language)
    for name in ROOFS:
        assert has_text(f"value.roof_type.{name}", language)


@pytest.mark.parametrize("language", languages())
def test_a_ladder_never_says_the_same_twice(language: str) -> None:
    texts: dict[str, str] = {}
    for key in list_needed_keys(INTAKE):
        if key.startswith(("label.", "option.", "menu.")):
            continue
        text = render(key, language, **dict.fromkeys(placeholders(key, language), "X"))
        assert texts.setdefault(text, key) == key, f"{key} and {texts[text]} are the same sentence"


@pytest.mark.parametrize("language", languages())
def test_texts_fit_a_bubble_and_carry_no_stray_braces(language: str) -> None:
    for key in keys(language):
        text = render(key, language, **dict.fromkeys(placeholders(key, language), "X"))
        assert text and len(text) <= 480, key
        assert not re.search(r"[{}]|  |\s$", text), key


def test_spanish_speaks_to_one_friend_throughout() -> None:
    """Tú, never usted: no formal verb or pronoun in any text."""
    formal = re.compile(r"\b(ustede?s?|su (casa|nombre)|escriba|envíe|conteste|toque|elija|puede escribir)\b", re.I)
    for key in keys("es"):
        assert not formal.search(render(key, "es", **dict.fromkeys(placeholders(key, "es"), "X"))), key


@pytest.mark.parametrize("language", languages())
def test_the_greeting_says_what_it_is(language: str) -> None:
    greeting = render("greeting", language)
    assert re.search("automat", greeting.lower().replace("á", "a"))
    assert re.search("person", greeting)


@pytest.mark.parametrize("language", languages())
def test_the_consent_sentence_has_a_version_and_a_way_out(language: str) -> None:
    assert VERSION and len(consent_sentence(language)) < 400
    assert re.search("STOP|BAJA", consent_sentence(language))


@pytest.mark.parametrize(
    ("market", "currency", "amount", "text"),
    [
        ("US", "USD", 1234, "$1,234"),
        ("US", "USD", 85.5, "$85.50"),
        ("ES", "EUR", 1234, "1.234 €"),
        ("ES", "EUR", 85.5, "85,50 €"),
        ("ZA", "ZAR", 1234, "R 1 234"),
        ("ZA", "ZAR", 1234567, "R 1 234 567"),
        ("ZW", "USD", 1234, "US$1,234"),
        ("ZW", "ZWG", 900, "ZiG 900"),
        ("US", "CHF", 10, "CHF 10"),
    ],
)
def test_money_as_the_market_writes_it(market: str, currency: str, amount: float, text: str) -> None:
    assert show_money(amount, Voice("en", market, currency)) == text


def test_numbers_and_lists() -> None:
    assert show_number(10140, Voice("es", "ES", "EUR")) == "10.140"
    assert join_words(["a", "b", "c"], "en") == "a, b and c"
    assert join_words(["a", "b"], "es") == "a y b"
    assert join_words([], "en") == ""


@pytest.mark.parametrize(
    ("slot", "value", "text"),
    [
        ("devices", [], "none of the big ones"),
        ("devices", [{"type": "light", "quantity": None}, {"type": "ev", "quantity": 0}], "lights and no electric car"),
        ("monthly_kwh", [100, None, 200] + [None] * 9, "150 kWh a month on average (2 months given)"),
        ("annual_kwh", 11000, "11,000 kWh a year"),
        ("location", {"latitude": 1.0, "longitude": 2.0}, "pin at 1.00000, 2.00000"),
        ("location", {"latitude": 1.0, "longitude": 2.0, "label": "Home"}, "pin at Home"),
        ("bill_document", {"media_ids": ["a", "b"]}, "2 file(s) received"),
        ("currency", "USD", ""),
        ("country", "US", ""),
        ("country", "CA", "CA"),
        ("owner", False, "rented"),
        ("roof_type", "flat_membrane", "flat, membrane"),
    ],
)
def test_values_in_words(slot: str, value: object, text: str) -> None:
    assert show_value(INTAKE, slot, value, Voice("en", "US", "USD")) == text


class TestTemplates:
    def test_one_for_each_unprompted_key_and_language(self) -> None:
        wanted = [(key, language) for key in UNPROMPTED for language in languages()]
        assert [(each.key, each.language) for each in TEMPLATES] == wanted

    def test_variables_are_numbered_in_order(self) -> None:
        for each in TEMPLATES:
            assert re.findall(r"\{\{(\d+)\}\}", each.body) == [str(n) for n in range(1, len(each.variables) + 1)]
            assert each.category == "utility"

    def test_only_unprompted_keys_have_one(self) -> None:
        assert template("greeting", "en") is None

    def test_each_begins_and_ends_with_words(self) -> None:
        for each in TEMPLATES:
            assert not each.body.startswith("{{") and not each.body.endswith("}}") and "\n" not in each.body


def test_options_are_wording() -> None:
    assert option_of("owner=true", "es") == Option("owner=true", "Sí, es mía")


def test_a_slot_without_wording_is_found_in_every_language() -> None:
    faults = list(check_flow_wording(replace(INTAKE, slots=(*INTAKE.slots, replace(INTAKE.slots[0], name="pet")))))
    assert "es: no wording for pet.ask" in faults and "en: no wording for label.pet" in faults


def test_a_language_is_a_folder_of_tables() -> None:
    for folder in (FOLDER / code for code in languages()):
        for path in folder.glob("*.toml"):
            assert tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_kind_is_used() -> None:
    assert {slot.kind for slot in INTAKE.slots} == set(KINDS)
