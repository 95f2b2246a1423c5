"""What the vendors' libraries raise, as errors of ours: nothing they say is passed on, since it may quote anything."""

from __future__ import annotations

from json import JSONDecodeError
from typing import Any

import httpx2

from integrations.llm.model import ErrorCode, ModelError
from integrations.throttle import parse_retry_after

FILTERED = "ContentFilterFinishReasonError"  # of the openai library
OLD_TRACING = "LangChainTracerV1"
OLD_SWITCHES = ("LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")
NO_CREDIT = ("insufficient_quota", "billing_hard_limit_reached", "credit balance is too low")
BY_STATUS: dict[int, tuple[ErrorCode, str]] = {
    400: ("schema", "refuses our request (400): the prompt or its schema is not what this model takes."),
    401: ("auth", "does not take our key (401): set a valid one."),
    403: ("auth", "does not let our key use this model (403): see its permissions."),
    404: ("auth", "knows no such model or address (404): see the model's name and the base URL."),
    408: ("timeout", "did not answer in time (408)."),
    413: ("schema", "finds our request too long (413)."),
    422: ("schema", "refuses our request (422)."),
    429: ("rate", "asks for fewer calls (429)."),
}


def explain_failure(vendor: str, error: Exception) -> ModelError:
    """The ModelError for anything that one of the libraries raised. None is imported here: each takes a second."""
    status, response = getattr(error, "status_code", None), getattr(error, "response", None)
    if isinstance(status, int) and isinstance(response, httpx2.Response):
        return _explain_status(vendor, status, response, getattr(error, "body", None))
    if _is_caused_by(error, httpx2.TimeoutException):
        return ModelError("timeout", f"{vendor} did not answer in time.")
    if _is_caused_by(error, httpx2.DecodingError):
        return ModelError("garbage", f"{vendor}'s answer is too long.")
    if _is_caused_by(error, httpx2.TransportError):
        return ModelError("unreachable", f"{vendor} cannot be reached, or hung up.")
    if type(error).__name__ == FILTERED:
        return ModelError("refused", f"{vendor}'s model refused to answer.")
    if isinstance(error, RuntimeError) and OLD_TRACING in str(error):
        return ModelError("auth", f"LangChain refuses to work while {' or '.join(OLD_SWITCHES)} is set.", sent=False)
    if isinstance(error, JSONDecodeError) and not error.doc.strip():
        return ModelError("empty", f"{vendor} answered with nothing.")
    return ModelError("garbage", f"{vendor} answered with what cannot be read ({type(error).__name__}).")


def _explain_status(vendor: str, status: int, response: httpx2.Response, body: Any) -> ModelError:
    if status == 402 or (status in (400, 403, 429) and any(words in str(body) for words in NO_CREDIT)):
        return ModelError("auth", f"{vendor}'s account has no credit left ({status}).")
    code, sentence = BY_STATUS.get(status, ("server", f"answered with an error ({status})."))
    retry_after = parse_retry_after(response.headers.get("Retry-After", "")) if status in (429, 503, 529) else None
    return ModelError(code, f"{vendor} {sentence}", retry_after)


def _is_caused_by(error: BaseException | None, kind: type[Exception]) -> bool:
    """The libraries hide what happened on the wire behind errors of their own."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error is not None
