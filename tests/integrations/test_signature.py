"""Signatures, against a second computation of our own and Twilio's SDK."""

import base64
import hashlib
import hmac

import pytest
from twilio.request_validator import RequestValidator

from integrations.twilio.webhook import verify

PATH = "/webhooks/twilio/message"
FIELDS = [
    ("MessageSid", "SM" + "1" * 32),
    ("Body", "olá & ¿qué? 100% + 1"),
    ("From", "whatsapp:+14155550101"),
    ("Label", ""),
]


def sign(token: str, url: str, pairs: list[tuple[str, str]]) -> str:
    """Twilio's documented rule, written down once more: URL, then each key and value by key."""
    text = url + "".join(key + value for key, value in sorted(set(pairs)))
    return base64.b64encode(hmac.digest(token.encode(), text.encode(), hashlib.sha1)).decode()


def check(signed_url: str, public_url: str = "https://bot.example", **changes: object) -> bool:
    request = {"tokens": ["right"], "path": PATH, "query": "", "params": FIELDS, **changes}
    return verify(public_url=public_url, signature=sign("right", signed_url, FIELDS), **request)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("public_url", "signed_base"),
    [
        ("https://bot.example", "https://bot.example"),
        ("https://bot.example/", "https://bot.example"),
        ("https://bot.example/solar", "https://bot.example/solar"),
        ("https://bot.example", "https://bot.example:443"),
        ("https://bot.example:443", "https://bot.example"),
        ("https://bot.example:8443", "https://bot.example"),
        ("https://bot.example:8443", "https://bot.example:8443"),
        ("http://bot.example", "http://bot.example:80"),
        ("https://user:pass@bot.example", "https://user:pass@bot.example"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]:443"),
    ],
)
def test_public_address_decides(public_url: str, signed_base: str) -> None:
    assert check(signed_base + PATH, public_url)


def test_query_counts_raw() -> None:
    query = "message_id=a%2Fb&x=%20"
    assert check(f"https://bot.example{PATH}?{query}", query=query)
    assert not check(f"https://bot.example{PATH}?message_id=a/b&x= ", query=query)


def test_prefix_may_be_left_on_the_path() -> None:
    assert check(f"https://bot.example/solar{PATH}", "https://bot.example/solar", path=f"/solar{PATH}")


@pytest.mark.parametrize("fragment", ["rc=3&rp=ct,5xx", "rc=3&rp=ct%2C5xx"])
def test_retry_fragment_is_accepted_signed_or_not(fragment: str) -> None:
    assert check(f"https://bot.example{PATH}#{fragment}")


def test_own_fragment_of_the_public_address() -> None:
    assert check(f"https://bot.example{PATH}#rc=5", "https://bot.example#rc=5")
    assert not check(f"https://bot.example{PATH}#rc=5")


def test_any_active_token() -> None:
    for tokens in (["old", "right"], ["right", "old"], ["", " right "]):
        assert check(f"https://bot.example{PATH}", tokens=tokens)


@pytest.mark.parametrize("tokens", [[], [""], ["", "  "], ["wrong"], ["Right"]])
def test_no_right_token_refuses(tokens: list[str]) -> None:
    assert not check(f"https://bot.example{PATH}", tokens=tokens)


def test_empty_token_is_no_key() -> None:
    forged = sign("", f"https://bot.example{PATH}", FIELDS)
    assert not verify([""], "https://bot.example", PATH, "", FIELDS, forged)


@pytest.mark.parametrize("signature", ["", " ", "AAAA", "é", "\udc80", "x" * 10_000])
def test_bad_signatures_refuse(signature: str) -> None:
    assert not verify(["right"], "https://bot.example", PATH, "", FIELDS, signature)


def test_every_field_is_signed() -> None:
    url = f"https://bot.example{PATH}"
    assert not check(url, params=[*FIELDS, ("Unannounced", "")])
    assert not check(url, params=FIELDS[:-1])
    assert not check(url, params=[*FIELDS[:-1], ("Label", " ")])


def test_another_host_or_path_refuses() -> None:
    assert not check(f"https://evil.example{PATH}")
    assert not check("https://bot.example/webhooks/twilio/status")
    assert not check(f"http://bot.example{PATH}")


def test_lone_surrogate_refuses() -> None:
    assert not verify(["right"], "https://bot.example", PATH, "", [("Body", "\ud800")], "AAAA")


class Fields(dict[str, list[str]]):
    """A dict with several values for a key, as web frameworks have it."""

    def getlist(self, key: str) -> list[str]:
        return self[key]


def test_repeated_keys_as_the_sdk_signs_them() -> None:
    pairs = [("MediaUrl0", "b"), ("MediaUrl0", "a"), ("Body", ""), ("MediaUrl0", "b")]
    grouped = Fields(MediaUrl0=["b", "a", "b"], Body=[""])
    url = f"https://bot.example{PATH}"
    signature = RequestValidator("right").compute_signature(url, grouped)
    assert signature == sign("right", url, pairs)
    assert verify(["right"], "https://bot.example", PATH, "", pairs, signature)
    assert verify(["right"], "https://bot.example", PATH, "", grouped, signature)


def test_a_plain_mapping_will_do() -> None:
    url = f"https://bot.example{PATH}"
    signature = RequestValidator("right").compute_signature(url, dict(FIELDS))
    assert verify(["right"], "https://bot.example", PATH, "", dict(FIELDS), signature)


def test_a_port_that_is_no_number_refuses_quietly() -> None:
    assert not check(f"https://bot.example{PATH}", "https://bot.example:port")
