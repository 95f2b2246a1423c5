"""The vendors' libraries speak httpx2; their connections are ours, with a deadline for a whole exchange."""

from __future__ import annotations

import logging

import httpx
import httpx2

from integrations.transport import DeadlineTransport

MAX_ANSWER = 4_000_000  # bytes
CONNECTIONS = 8
TALKATIVE = ("openai", "anthropic", "httpx2", "httpcore2", "langsmith")
LONGEST_SECONDS = 60.0  # of a call that nobody set a time for


class WholeAnswers(httpx2.BaseTransport):
    """Hands an answer over once all of it is here, within the time that `limit_time` set for this thread."""

    def __init__(self) -> None:
        self._transport = DeadlineTransport(CONNECTIONS)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = httpx.Request(
            request.method,
            str(request.url),
            headers=request.headers.raw,
            content=request.read(),
            extensions={"timeout": request.extensions.get("timeout", {})},
        )
        try:
            answer = self._transport.handle_request(asked)
            try:
                body = _read_body(answer)
            finally:
                answer.close()
        except httpx.HTTPError as error:
            raise _rename(error, request) from None
        return httpx2.Response(answer.status_code, headers=answer.headers.raw, content=body, request=request)

    def close(self) -> None:
        self._transport.close()


def open_http() -> httpx2.Client:
    """For one vendor. No proxy and no .netrc: credentials go where the settings say and nowhere else.

    No redirect is followed, since it would carry the key away. The libraries, imported by now, are made to keep
    their debug logs to themselves, whatever the environment says: those hold whole requests.
    """
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx2.Client(
        transport=WholeAnswers(),
        timeout=LONGEST_SECONDS,
        trust_env=False,
        follow_redirects=False,
        headers={"Accept-Encoding": "identity"},
    )


def _read_body(answer: httpx.Response) -> bytes:
    parts, size = [], 0
    for part in answer.iter_raw():
        size += len(part)
        if size > MAX_ANSWER:
            raise httpx.DecodingError("the answer is too long")
        parts.append(part)
    return b"".join(parts)


def _rename(error: httpx.HTTPError, request: httpx2.Request) -> httpx2.HTTPError:
    twin = getattr(httpx2, type(error).__name__, httpx2.TransportError)
    return twin(str(error), request=request)
