"""Words are compared kindly: endings, accents and one slip do not matter, another word does."""

import pytest

from bot.knowledge.words import count_slips, is_near, split_words, stem


@pytest.mark.parametrize(
    ("left", "right", "language"),
    [
        ("battery", "batteries", "en"), ("sell", "selling", "en"), ("move", "moving", "en"), ("shade", "shaded", "en"),
        ("price", "prices", "en"), ("tree", "trees", "en"), ("placa", "placas", "es"), ("panel", "paneles", "es"),
    ],
)  # fmt: skip
def test_endings_do_not_matter(left: str, right: str, language: str) -> None:
    assert stem(left, language) == stem(right, language)


def test_accents_case_and_shorthand_do_not_matter() -> None:
    assert split_words("¿Cuánto? R U what’s") == ("cuanto", "are", "you", "whats")


@pytest.mark.parametrize(("word", "wanted", "near"), [
    ("pirce", "price", True), ("batery", "battery", True), ("instalation", "installation", True),
    ("coat", "cost", False), ("mouse", "house", False), ("financier", "finance", False), ("", "price", False),
])  # fmt: skip
def test_a_slip_is_forgiven(word: str, wanted: str, near: bool) -> None:
    assert is_near(word, wanted) is near


@pytest.mark.parametrize(("left", "right", "slips"), [
    ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1), ("abc", "abcd", 1), ("abc", "xyz", 3), ("", "ab", 2),
])  # fmt: skip
def test_slips_are_counted(left: str, right: str, slips: int) -> None:
    assert count_slips(left, right) == slips
