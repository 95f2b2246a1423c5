"""Structured logs, one line an event, with nothing in them that a log may not hold."""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog

HIDDEN = "[hidden]"
SECRET_NAME = re.compile(r"token|secret|password|passwd|authorization|cookie|credential|signature|api_?key|_key$|^key$")
SPOKEN_NAME = re.compile(
    r"^(body|text|message|messages|caption|utterance|reply|variables|form|payload|raw|name|address)$"
)
SENSITIVE_PARTS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}"), r"\1 " + HIDDEN),
    (re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"), HIDDEN),
    (re.compile(r"(?i)\b(api_?key|token|secret|password|signature)=[^&\s]+"), r"\1=" + HIDDEN),
    (re.compile(r"\bsk-[\w-]{8,}"), HIDDEN),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[mail]"),
)
# Nine digits or more with a plus or as WhatsApp writes them; ids of ours are shorter, dates have dashes.
PHONE = re.compile(r"(?<![\w.-])(?:whatsapp:)?\+?\d[\d ()-]{7,18}\d(?![\w.])")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def set_up_logs(log_format: str = "json", level: str = "info", stream: TextIO | None = None) -> None:
    """Sends our own and other libraries' logs to `stream` (standard error) as `json` lines or `console` text."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact_entry,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _choose_renderer(log_format)],
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for chatty in ("httpx", "httpcore", "rq.worker", "alembic"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger: `log.info("message sent", message_id=7)`; events are short, past tense, facts go into fields."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def redact_entry(_logger: object, _method: str, entry: Any) -> Any:
    """Hides secrets and what people said, shortens phone numbers to their last four digits, drops mail addresses."""
    return {
        name: value if name in ("level", "timestamp", "logger") else _redact(name, value)
        for name, value in entry.items()
    }


def redact_text(text: str) -> str:
    for pattern, instead in SENSITIVE_PARTS:
        text = pattern.sub(instead, text)
    return PHONE.sub(_shorten_phone, text)


def _redact(name: str, value: Any) -> Any:
    if SECRET_NAME.search(name.lower()) and value:
        return HIDDEN
    if SPOKEN_NAME.search(name.lower()) and value:
        return f"[{len(value)} characters]" if isinstance(value, (str, bytes)) else HIDDEN
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, Mapping):
        return {key: _redact(str(key), inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_redact(name, inner) for inner in value]
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    return redact_text(str(value)) if not name.startswith("_") else value


def _shorten_phone(found: "re.Match[str]") -> str:
    digits = re.sub(r"\D", "", found[0])
    if len(digits) < 9 or DATE.match(found[0]):
        return found[0]
    return f"…{digits[-4:]}"


def _choose_renderer(log_format: str) -> structlog.typing.Processor:
    if log_format == "console":
        return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    return structlog.processors.JSONRenderer(default=str, ensure_ascii=False)
