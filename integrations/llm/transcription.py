"""Voice notes to text, by OpenAI's transcriptions; imported and opened by the first call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrations.llm.link import Link
from integrations.llm.model import ModelChoice, ModelError

if TYPE_CHECKING:
    from integrations.llm.listening import Listener

MAX_BYTES = 25_000_000
SUFFIXES = {
    "audio/ogg": "ogg",
    "audio/opus": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/mp4": "m4a",
    "audio/m4a": "m4a",
    "audio/x-m4a": "m4a",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/webm": "webm",
    "audio/flac": "flac",
}
"""OpenAI knows a file by the ending of its name, and takes no other kinds."""


class OpenAITranscriber:
    """A Transcriber."""

    def __init__(self, choice: ModelChoice) -> None:
        self._link: Link[Listener] = Link("openai", lambda: _open_listener(choice))

    def transcribe(self, content: bytes, content_type: str, language: str, deadline: float) -> str:
        suffix = SUFFIXES.get(content_type.partition(";")[0].strip().lower())
        if suffix is None:
            raise ModelError("refused", "openai does not listen to files of this kind.", sent=False)
        if not 0 < len(content) <= MAX_BYTES:
            raise ModelError("refused", "The voice note is empty, or longer than openai takes.", sent=False)
        text = self._link.run(deadline, lambda listener: listener.listen(content, f"voice.{suffix}", language))
        if not text.strip():
            raise ModelError("empty", "openai heard no words.")
        return text.strip()

    def close(self) -> None:
        self._link.close()


def _open_listener(choice: ModelChoice) -> Listener:
    from integrations.llm.listening import Listener

    return Listener(choice)
