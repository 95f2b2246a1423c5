"""OpenAI's client for transcriptions. Heavy: imported by the first call alone."""

from __future__ import annotations

import openai

from integrations.llm.failures import explain_failure
from integrations.llm.model import ModelChoice, ModelError
from integrations.llm.wire import LONGEST_SECONDS, open_http


class Listener:
    def __init__(self, choice: ModelChoice) -> None:
        self._model = choice.openai_transcription_model
        self._http = open_http()
        self._client = openai.OpenAI(
            api_key=choice.openai_api_key,
            base_url=choice.openai_base_url,
            max_retries=0,
            timeout=LONGEST_SECONDS,
            http_client=self._http,
        )

    def listen(self, content: bytes, name: str, language: str) -> str:
        """Raises ModelError."""
        try:
            heard = self._client.audio.transcriptions.create(
                file=(name, content), model=self._model, language=language or openai.omit, response_format="json"
            )
            text = heard.text
        except Exception as error:
            # Whatever the library trips over, the job goes on; and what it says may quote a part of the key.
            raise explain_failure("openai", error) from None
        if not isinstance(text, str):
            raise ModelError("garbage", "openai answered with what is no transcript.")
        return text

    def close(self) -> None:
        self._http.close()
