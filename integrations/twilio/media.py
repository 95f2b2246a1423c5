"""Files at Twilio: fetched with our credentials from Twilio alone, through at most one redirect to a public host."""

import ssl
import time
from urllib.parse import urljoin, urlsplit

import httpx

from integrations.errors import RateLimited, Refused, Unanswered, Unauthorised, VendorError
from integrations.public_address import resolve_public
from integrations.transport import DeadlineTransport, Resolve, limit_time
from integrations.twilio.sniffing import settle_type
from integrations.twilio.wire import OnExchange, Watch, explain_refusal, explain_silence, read_retry_after

REDIRECTS = (301, 302, 303, 307, 308)


class MediaGate:
    """Reads and deletes files.

    `api_url`'s origin is the only one that ever sees `credentials` (account SID, auth token), and the only one that
    may be unencrypted or private, for simulators. One redirect is followed, without credentials; elsewhere it has to
    be https to a name whose addresses are all public, and the connection goes to the very address that was checked.
    `timeout` is in seconds for a whole file. `resolve` and `ssl_context` serve that other host.
    """

    def __init__(
        self,
        api_url: str,
        credentials: tuple[str, str],
        timeout: float = 30.0,
        on_exchange: OnExchange | None = None,
        *,
        resolve: Resolve = resolve_public,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._origin = _read_origin(api_url)
        self._timeout = timeout
        self._on_exchange = on_exchange
        headers = {"Accept-Encoding": "identity"}  # a size cap on compressed bytes would cap nothing
        common = {"timeout": httpx.Timeout(timeout, connect=min(timeout, 5.0)), "trust_env": False, "headers": headers}
        self._twilio = httpx.Client(auth=credentials, transport=DeadlineTransport(10), **common)  # type: ignore[arg-type]
        outside = DeadlineTransport(10, resolve, ssl_context)
        self._outside = httpx.Client(transport=outside, **common)  # type: ignore[arg-type]

    def close(self) -> None:
        self._twilio.close()
        self._outside.close()

    def fetch(self, url: str, limit: int) -> tuple[bytes, str]:
        """(bytes, content type). Raises Refused (codes too_large, empty, not_twilio, redirect, not_https, address or
        the HTTP status), Unauthorised, RateLimited, Unreachable, Unanswered."""
        if _read_origin(url) != self._origin:
            raise Refused("The file's address is not at Twilio; it is not fetched.", "not_twilio")
        until = time.monotonic() + self._timeout
        found = self._get(url, limit, until)
        if isinstance(found, str):
            found = self._get(found, limit, until, hop=2)
        if isinstance(found, str):
            raise Refused("The file is redirected more than once; it is not fetched.", "redirect")
        content, declared = found
        if not content:
            raise Refused("The file is empty.", "empty")
        return content, settle_type(content, declared)

    def delete(self, url: str) -> None:
        """DELETE at Twilio; 404 and 410 count as done."""
        if _read_origin(url) != self._origin:
            raise Refused("The file's address is not at Twilio; it is not deleted.", "not_twilio")
        try:
            with Watch(self._on_exchange, "DELETE", url) as seen, limit_time(self._timeout):
                response = self._twilio.delete(url)
                seen.status = response.status_code
        except httpx.HTTPError as error:
            raise explain_silence(error, harmless=True) from error
        if response.status_code >= 300 and response.status_code not in (404, 410):
            raise explain_refusal(response, harmless=True)

    def _get(self, url: str, limit: int, until: float, hop: int = 1) -> tuple[bytes, str] | str:
        """The file, or the address that it is redirected to."""
        client = self._choose_client(url)
        # The CDN refuses a request that brings credentials along, even under Twilio's own address.
        auth = httpx.USE_CLIENT_DEFAULT if hop == 1 else None
        try:
            with (
                Watch(self._on_exchange, "GET", url, hop) as seen,
                limit_time(max(until - time.monotonic(), 0.0)),
                client.stream("GET", url, auth=auth) as response,
            ):
                seen.status = response.status_code
                if response.status_code in REDIRECTS:
                    return _read_target(url, response)
                if response.status_code != 200:
                    raise _explain_status(response)
                return _read_capped(response, limit), response.headers.get("Content-Type", "")
        except httpx.HTTPError as error:
            raise explain_silence(error, harmless=True) from error

    def _choose_client(self, url: str) -> httpx.Client:
        if _read_origin(url) == self._origin:
            return self._twilio
        if urlsplit(url).scheme != "https":
            raise Refused("The file is redirected to an unencrypted address; it is not fetched.", "not_https")
        return self._outside


def _read_origin(url: str) -> tuple[str, str, int]:
    """(scheme, host, port); Refused for what is no web address."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    except (ValueError, KeyError) as error:
        raise Refused("The file's address is no web address.", "not_twilio") from error
    if parts.username or parts.password:
        raise Refused("The file's address carries a password; it is not fetched.", "not_twilio")
    return (parts.scheme, (parts.hostname or "").lower(), port)


def _read_target(url: str, response: httpx.Response) -> str:
    target: str = response.headers.get("Location", "")
    if not target:
        raise Refused("The file is redirected to nowhere.", "redirect")
    try:
        absolute = urljoin(url, target)
        httpx.URL(absolute)
    except (ValueError, httpx.InvalidURL) as error:
        raise Refused("The file is redirected to no web address.", "redirect") from error
    return absolute


def _read_capped(response: httpx.Response, limit: int) -> bytes:
    declared = response.headers.get("Content-Length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:18]) > limit:
        raise _too_large(limit)
    if response.headers.get("Content-Encoding", "identity").lower() not in ("identity", ""):
        raise Refused("The file came compressed although we did not ask for it.", "encoding")
    content = bytearray()
    for chunk in response.iter_raw():
        content += chunk
        if len(content) > limit:
            raise _too_large(limit)
    return bytes(content)


def _too_large(limit: int) -> Refused:
    return Refused(f"The file is larger than {limit // 1_000_000 or 1} MB; ask for a smaller one.", "too_large")


def _explain_status(response: httpx.Response) -> VendorError:
    """The body is not read: it is no file, and may be of any size."""
    status = response.status_code
    if status == 429:
        return RateLimited("Too many files at once.", str(status), read_retry_after(response))
    if status in (401, 403):
        return Unauthorised("Twilio does not let us read the file; check TWILIO_AUTH_TOKEN.", str(status))
    if status in (404, 410):
        return Refused("The file is gone from Twilio; ask the contact to send it again.", str(status))
    if status >= 500 or status == 408:
        return Unanswered("The file cannot be had right now.", str(status))
    return Refused("The file is not given out.", str(status))
