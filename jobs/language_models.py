"""Which language models the settings configure."""

from bot.settings import Settings
from integrations.llm.model import ModelChoice


def choose_models(settings: Settings) -> ModelChoice:
    """For `open_model` and `open_transcriber`; a vendor without a key is off."""
    return ModelChoice(
        openai_api_key=settings.openai_api_key,
        openai_base_url=settings.openai_base_url,
        openai_model=settings.openai_model,
        openai_answers=settings.openai_answers,
        openai_transcription_model=settings.openai_transcription_model,
        anthropic_api_key=settings.anthropic_api_key,
        anthropic_base_url=settings.anthropic_base_url,
        anthropic_model=settings.anthropic_model,
        tracing=settings.llm_tracing,
    )
