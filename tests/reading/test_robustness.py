"""Reading never fails and never takes long, whatever the text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.codec import dump
from flows.effects import Option
from flows.reading.read import read, read_pin
from flows.reading.types import ReadContext

ASKED = (None, "name", "street", "city", "monthly_bill", "monthly_kwh", "devices", "roof_type", "owner", "email",
         "alternate_name", "utility", "postal_code")  # fmt: skip
LOCALES = ("en-US", "es-MX", "es-ES", "en-ZA", "en-ZW", "es-PR", "af-ZA", "en", "", "zz-ZZ")
PIECES = st.sampled_from(
    [
        "12 Oak St",
        "$200",
        "R2 400",
        "\x00",
        "🙂",
        "¿",
        "no",
        "not",
        "kwh",
        "jan 9",
        "at gmail dot com",
        "Calle 5",
        "\n",
        "-",
        "?",
        "1",
        "²",
        "½",
        "٣",
        "tesla",
        "stop",
        "=cmd(",
        "‮",
        "o'",
        "c/",
        "stand 5",
        "harare",
        "two fifty",
        "=",
        "(",
        "+1 602 555 0144",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=12).map(" ".join)),
    st.sampled_from(ASKED), st.sampled_from(LOCALES),
)  # fmt: skip
def test_never_raises(text: str, asked: str | None, locale: str) -> None:
    options = (Option("owner=true", "Yes, I own it"), Option("skip", "Skip"))
    for context in (ReadContext(locale, asked), ReadContext(locale, asked, options)):
        reading = read(text, context)
        dump(reading)
        assert reading.commands or reading.intent == "greeting"


@settings(max_examples=50, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.text(max_size=80))
def test_pin_never_raises(latitude: float, longitude: float, address: str) -> None:
    assert read_pin(latitude, longitude, address, "", ReadContext())[0]


HOSTILE = {
    "digits": "1" * 4000,
    "spaced digits": "1 " * 2000,
    "commas": "1,1" * 1300,
    "spaces": " " * 4000,
    "letters": "a" * 4000,
    "words": "no " * 1333,
    "stops": "." * 4000,
    "dashes": "1-" * 2000,
    "streets": "12 oak hill " * 330,
    "ats": "a@" * 2000,
    "dots": "a." * 2000,
    "not": "dont want to get your " * 180,
    "dollars": "$1 to " * 660,
    "calle": "calle 5 " * 500,
    "stand": "stand 5 " * 500,
    "months": "jan 5 " * 660,
    "quotes": "'" * 4000,
    "tesla": "no tesla or " * 330,
    "city": "in mesa az " * 360,
    "talk": "talk to to to " * 280,
    "number words": "two fifty " * 400,
    "name": "my name is " * 360,
    "parens": "(" * 4000,
    "mixed": "a1 " * 1333,
    "please": "please stop at " * 260,
    "question": "can you " * 500,
    "newlines": "\n1" * 2000,
    "at": "x at " * 800,
    "cnr": "cnr a " * 660,
    "nulls": "\x00" * 4000,
    "a dot b": "a dot " * 660,
    "send": "i can send " * 360,
    "lonely commas": "DTE," + " ," * 2000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize(
    ("locale", "asked"), [("en-US", "street"), ("en-ZA", "monthly_bill"), ("es-MX", "devices"), ("en-US", "name")]
)
def test_stays_quick_on_hostile_text(text: str, locale: str, asked: str) -> None:
    context = ReadContext(locale, asked)
    best = min(_seconds(text, context) for _ in range(3))
    assert best < 0.1, f"{best * 1000:.0f} ms"


def _seconds(text: str, context: ReadContext) -> float:
    started = time.process_time()
    read(text, context)
    return time.process_time() - started
