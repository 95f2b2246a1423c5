"""How turns understand messages: rules, with a language model's help where one is configured."""

from bot.settings import Settings
from bot.understand import Budget, Understand, Understander, limit_deadline, understand
from jobs.context import Context


def choose_understanding(context: Context) -> Understand:
    """Rules alone while no language model has a key."""
    settings = context.settings
    if context.model is None:
        return understand
    return Understander(
        engine=context.engine,
        model=context.model,
        names=list_models(settings),
        budget=Budget(settings.llm_contact_cents, settings.llm_daily_cents),
        deadline=limit_deadline(settings.llm_deadline_seconds, settings.lease_seconds),
        ring=context.bell.ring,
    )


def list_models(settings: Settings) -> tuple[str, ...]:
    """The models that may answer a prompt, in the order in which they are asked."""
    named = ((settings.openai_api_key, settings.openai_model), (settings.anthropic_api_key, settings.anthropic_model))
    return tuple(model for key, model in named if key)
