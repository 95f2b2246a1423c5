"""Reading with a language model's help, for `python -m tools.read --llm`."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime

from bot.settings import load_or_exit
from bot.understand.single import read_with_model
from flows.reading.read import read
from flows.reading.types import ReadContext, Reading
from integrations.llm.model import ModelError, open_model
from jobs.language_models import choose_models


def open_reader() -> Callable[[str, ReadContext], Reading] | None:
    """Reads with the model of the settings; None where none has a key."""
    settings = load_or_exit()
    model = open_model(choose_models(settings))
    if model is None:
        return None

    def read_message(text: str, context: ReadContext) -> Reading:
        try:
            return read_with_model(text, context, model, settings.llm_deadline_seconds, datetime.now(UTC).date())
        except ModelError as error:
            print(f"tools.read: by rules alone: {error.sentence}", file=sys.stderr)
            return read(text, context)

    return read_message
