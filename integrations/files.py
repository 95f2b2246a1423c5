"""Files that a vendor's answer points to: fetched without credentials, from the vendor itself or a public address."""

import time
from urllib.parse import urljoin, urlsplit

import httpx

from integrations.answers import explain_silence
from integrations.errors import NotFound, Refused, Unanswered, VendorError
from integrations.public_address import resolve_public
from integrations.transport import DeadlineTransport, Resolve, limit_time

MAX_HOPS = 3
REDIRECTS = (301, 302, 303, 307, 308)


class FileGate:
    """Fetches what lies behind a link that the vendor `title` gave us.

    `base_url`'s origin is the only one that may be unencrypted or private, for simulators; elsewhere a link has to be
    https to a name whose addresses are all public, and the connection goes to the address that was checked. Redirects
    are followed by the same rules. `timeout` is in seconds for a whole file.
    """

    def __init__(self, title: str, base_url: str, timeout: float, *, resolve: Resolve = resolve_public) -> None:
        self._title = title
        self._origin = read_origin(base_url)
        self._timeout = timeout
        self._own = self._open(DeadlineTransport(4))
        self._outside = self._open(DeadlineTransport(4, resolve))

    def _open(self, transport: httpx.BaseTransport) -> httpx.Client:
        # A size cap on compressed bytes would cap nothing.
        headers = {"Accept-Encoding": "identity"}
        timeout = httpx.Timeout(self._timeout, connect=min(self._timeout, 5.0))
        return httpx.Client(transport=transport, timeout=timeout, trust_env=False, headers=headers)

    def close(self) -> None:
        self._own.close()
        self._outside.close()

    def fetch(self, url: str, limit: int) -> bytes:
        """At most `limit` bytes. Refused (codes address, not_https, redirect, too_large), NotFound for a link that has
        expired, Unreachable, Unanswered."""
        until = time.monotonic() + self._timeout
        for _ in range(MAX_HOPS):
            found = self._get(url, limit, until)
            if isinstance(found, bytes):
                return found
            url = found
        raise Refused(f"{self._title}'s file is redirected too often; it is not fetched.", "redirect")

    def _get(self, url: str, limit: int, until: float) -> bytes | str:
        client = self._choose_client(url)
        try:
            with limit_time(max(until - time.monotonic(), 0.0)), client.stream("GET", url) as response:
                if response.status_code in REDIRECTS:
                    return urljoin(url, str(response.headers.get("Location", "")))
                if response.status_code != 200:
                    raise self._explain(response.status_code)
                return self._read(response, limit)
        except httpx.HTTPError as error:
            raise explain_silence(error, self._title, harmless=True) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise Refused(f"{self._title}'s file has no sound address.", "address") from error

    def _choose_client(self, url: str) -> httpx.Client:
        try:
            origin = read_origin(url)
        except ValueError as error:
            raise Refused(f"{self._title}'s file has no sound address.", "address") from error
        if origin == self._origin:
            return self._own
        if origin[0] != "https":
            raise Refused(f"{self._title}'s file lies at an unencrypted address; it is not fetched.", "not_https")
        return self._outside

    def _explain(self, status: int) -> VendorError:
        if status in (401, 403, 404, 410):
            return NotFound(f"{self._title}'s link to the file has expired.", str(status))
        if status >= 500 or status in (408, 429):
            return Unanswered(f"{self._title}'s file cannot be had right now.", str(status))
        return Refused(f"{self._title}'s file is not given out.", str(status))

    def _read(self, response: httpx.Response, limit: int) -> bytes:
        content = bytearray()
        for chunk in response.iter_raw():
            content += chunk
            if len(content) > limit:
                raise Refused(f"{self._title}'s file is larger than {limit // 1_000_000 or 1} MB.", "too_large")
        return bytes(content)


def read_origin(url: str) -> tuple[str, str, int]:
    """(scheme, host, port); ValueError for what is no web address, or brings a password."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise ValueError("not a web address")
    return (parts.scheme, parts.hostname.lower(), parts.port or {"https": 443, "http": 80}[parts.scheme])
