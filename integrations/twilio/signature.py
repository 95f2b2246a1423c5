"""Whether a request was signed with one of our auth tokens."""

import hmac
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from twilio.request_validator import RequestValidator

from integrations.twilio.form import Form, Params

FRAGMENTS = ("rc=3&rp=ct,5xx", "rc=3&rp=ct%2C5xx")
"""Retry overrides of the webhook URL that docs/running.md tells people to set. They are never on the wire; whether
Twilio signs them is unconfirmed, so the bare URL and these are all accepted. Each still needs the token."""

STANDARD_PORTS = {"https": 443, "http": 80}


def verify(
    tokens: Sequence[str],
    public_url: str,
    path: str,
    query: str,
    params: Params,
    signature: str,
    fragments: Sequence[str] = FRAGMENTS,
) -> bool:
    """Whether `signature` (the X-Twilio-Signature header) fits the request under any of `tokens`.

    `public_url` is the configured base and may have a path prefix; `path` and `query` are raw, still percent-encoded,
    as they stood on the request line. `params` are the decoded form fields, blank ones included. The Host header plays
    no part. No token, no signature or an unencodable field: False.
    """
    active = [token.strip() for token in tokens if token.strip()]
    given = signature.strip().encode("utf-8", "surrogatepass")
    if not active or not given:
        return False
    form = Form(params)
    urls = list(dict.fromkeys(_list_urls(public_url, path, query, fragments)))
    try:
        return any(
            hmac.compare_digest(RequestValidator(token).compute_signature(url, form).encode(), given)
            for url in urls
            for token in active
        )
    except UnicodeEncodeError:  # a lone surrogate: nothing that Twilio could have signed
        return False


def _list_urls(public_url: str, path: str, query: str, fragments: Sequence[str]) -> Iterator[str]:
    base, _, own_fragment = public_url.partition("#")
    for fragment in ("", own_fragment, *fragments):
        for origin_and_prefix in _vary_port(base.rstrip("/")):
            for full in _join_path(origin_and_prefix, path):
                url = f"{full}?{query}" if query else full
                yield f"{url}#{fragment}" if fragment else url


def _join_path(base: str, path: str) -> Iterator[str]:
    """The prefix of the public address is usually stripped by the proxy, and sometimes left on."""
    path = path if path.startswith("/") else f"/{path}"
    yield base + path
    prefix = urlsplit(base).path
    if prefix and path.startswith(f"{prefix}/"):
        yield base + path[len(prefix) :]


def _vary_port(base: str) -> Iterator[str]:
    """The base as configured, then with its port added or taken away: proxies and Twilio disagree on it."""
    yield base
    try:
        parts = urlsplit(base)
        port = parts.port
    except ValueError:  # a port that is no number: only the literal address can match
        return
    if port is not None:
        yield base.replace(parts.netloc, parts.netloc[: -len(str(port)) - 1], 1)
    elif parts.scheme in STANDARD_PORTS:
        yield base.replace(parts.netloc, f"{parts.netloc}:{STANDARD_PORTS[parts.scheme]}", 1)
