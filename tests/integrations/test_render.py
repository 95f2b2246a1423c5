"""Messages made to fit WhatsApp."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.channel import Outbound, OutOption
from integrations.twilio.render import (
    cut_title,
    fit,
    numbered_text,
    sanitise_variable,
    sanitise_variables,
)


def ask(count: int, title: str = "Choice {n}", text: str = "Which one?", menu: str = "") -> Outbound:
    options = tuple(OutOption(f"o{n}", title.format(n=n)) for n in range(count))
    return Outbound(to="+14155550101", text=text, options=options, menu=menu)


def test_three_are_buttons_more_a_list_eleven_numbered() -> None:
    assert (len(fit(ask(3)).options), fit(ask(3)).menu) == (3, "")
    assert (len(fit(ask(4)).options), fit(ask(4)).menu) == (4, "Menu")
    assert (len(fit(ask(10)).options), fit(ask(10, menu="Roofs")).menu) == (10, "Roofs")
    eleven = fit(ask(11), hint="Reply with a number")
    assert eleven.options == ()
    assert eleven.text.startswith("Which one?\n\n1. Choice 0\n2. Choice 1")
    assert eleven.text.endswith("11. Choice 10\n\nReply with a number")


def test_a_menu_wants_a_list() -> None:
    assert fit(ask(2, menu="Choose")).menu == "Choose"


def test_titles_are_cut_between_words() -> None:
    long = "{n} Asphalt shingles with moss"
    assert [o.title for o in fit(ask(2, title=long)).options] == ["0 Asphalt shingles…", "1 Asphalt shingles…"]
    row = fit(ask(4, title=long + " on top")).options[0]
    assert (row.id, row.title) == ("o0", "0 Asphalt shingles with…")


@pytest.mark.parametrize(
    ("title", "limit", "cut"),
    [
        ("Short", 20, "Short"),
        ("  two   words ", 20, "two words"),
        ("exactly twenty chars", 20, "exactly twenty chars"),
        ("exactly twenty1 chars", 20, "exactly twenty1…"),
        ("Donaudampfschifffahrtsgesellschaft", 20, "Donaudampfschifffah…"),
        ("a Donaudampfschifffahrt", 20, "a Donaudampfschifff…"),
        ("first, second, third", 8, "first…"),
    ],
)
def test_cut_title(title: str, limit: int, cut: str) -> None:
    assert cut_title(title, limit) == cut


def test_titles_that_become_equal_are_numbered() -> None:
    fitted = fit(ask(2, title="A very long title that differs at {n}"))
    assert fitted.options == () and "differs at 1" in fitted.text


def test_what_whatsapp_would_refuse_is_numbered() -> None:
    assert fit(ask(2, text="x" * 1025)).options == ()
    assert fit(ask(2, text="x" * 1024)).options
    assert fit(ask(2, title=" ")).options == ()
    assert fit(ask(5, text="x" * 1025)).options == ()
    twins = Outbound(to="x", text="?", options=(OutOption("a", "A"), OutOption("a", "B")))
    assert fit(twins).options == ()
    assert fit(Outbound(to="x", text="?", options=(OutOption("a" * 201, "A"),))).options == ()


def test_descriptions() -> None:
    option = OutOption("a", "Tiles", "clay or concrete, on battens, laid in rows that overlap each other downwards")
    message = Outbound(to="x", text="Roof?", options=(option,), menu="Roofs")
    description = fit(message).options[0].description
    assert len(description) <= 72 and description.endswith("…")
    assert numbered_text(message).splitlines()[2].startswith("1. Tiles – clay or concrete")


def test_plain_text_is_left_alone() -> None:
    message = Outbound(to="x", text="x" * 5000)
    assert fit(message) == message


def test_variables() -> None:
    assert sanitise_variable("a\r\n\n b\tc") == "a b c"
    assert sanitise_variable("a" + " " * 9 + "b") == "a    b"
    assert sanitise_variable(" \n ") == "–"
    assert sanitise_variable("a\u2028b\x85c") == "a b c"
    assert fit(Outbound(to="x", content_id="HX", variables=("", "a\nb"))).variables == ("–", "a b")
    with pytest.raises(ValueError, match="100"):
        sanitise_variables(["x"] * 101)


@given(st.text())
def test_variables_are_always_accepted(value: str) -> None:
    line = sanitise_variable(value)
    assert line.strip() and len(line.splitlines()) == 1 and " " * 5 not in line
    assert sanitise_variable(line) == line
