"""Every message key has wording in every language, within the channel's limits, and a template where it needs one."""

import ast
from collections.abc import Iterator

import pytest

from flows.registry import FLOWS
from flows.wording import UNPROMPTED, has_text, keys, languages, option_of, placeholders, template
from flows.wording_checks import check_flow_wording
from tests.source import list_files, parse_file

SPEAKERS = {"say": 0, "insist": 0, "render": 0, "speak_unprompted": 1}
"""Functions that take a message key, and the place of the key among their arguments."""
LIST_TITLE, DESCRIPTION, PLAIN_BODY, TEMPLATE_BODY = 24, 72, 1600, 1024


def find_said_keys(*speakers: str) -> set[str]:
    """The message keys that are written out in the code."""
    return {key for path in list_files("flows", "bot", "jobs") for key in _find_keys(parse_file(path), speakers)}


def _find_keys(tree: ast.Module, speakers: tuple[str, ...]) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        speaker = ast.unparse(node.func).rpartition(".")[2]
        if speaker in speakers and len(node.args) > SPEAKERS[speaker]:
            argument = node.args[SPEAKERS[speaker]]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def test_english_and_spanish_are_there() -> None:
    assert {"en", "es"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_keys_and_placeholders(language: str) -> None:
    assert keys(language) == keys("en")
    assert not [k for k in keys("en") if set(placeholders(k, language)) != set(placeholders(k, "en"))]


@pytest.mark.parametrize("language", languages())
def test_what_the_code_says_has_wording(language: str) -> None:
    said = find_said_keys(*SPEAKERS)
    assert len(said) > 20
    assert not [key for key in said if not has_text(key, language)]


@pytest.mark.parametrize("name", FLOWS)
def test_flows_have_all_their_wording(name: str) -> None:
    assert list(check_flow_wording(FLOWS[name])) == []


@pytest.mark.parametrize("language", languages())
def test_texts_and_options_fit_the_channel(language: str) -> None:
    options = {key.removeprefix("option.").removesuffix(".title") for key in keys(language) if key.endswith(".title")}
    assert options
    for option in (option_of(option_id, language) for option_id in options):
        assert 0 < len(option.title) <= LIST_TITLE, option
        assert len(option.description) <= DESCRIPTION, option
        assert 0 < len(option.id) <= 200, option


def test_what_is_said_unprompted_has_a_template() -> None:
    unprompted = find_said_keys("speak_unprompted")
    assert unprompted
    assert unprompted <= set(UNPROMPTED)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("key", UNPROMPTED)
def test_templates_are_as_whatsapp_wants_them(key: str, language: str) -> None:
    """Short enough, no variable at either end, none beside another, numbered without a gap."""
    body = template(key, language)
    assert body
    assert len(body) <= TEMPLATE_BODY
    assert not body.startswith("{{")
    assert not body.endswith("}}")
    assert "}}{{" not in body.replace(" ", "")
    assert all(f"{{{{{number}}}}}" in body for number in range(1, len(placeholders(key, language)) + 1))
