"""A message with options -> what Twilio can send: a Content and its variables, or numbered lines."""

from dataclasses import replace

from integrations.channel import Menu, Outbound
from integrations.twilio.content import hash_structure, structure_of
from integrations.twilio.render import fit, numbered_text


def prepare_menu(message: Outbound, language: str) -> Menu:
    """`key` is the fingerprint of the Content that it needs. ValueError for more lines than a Content has variables."""
    fitted = fit(message)
    if not fitted.options:
        return Menu(fitted, language)
    structure = structure_of(fitted)
    return Menu(fitted, language, hash_structure(structure, language), structure)


def number_options(message: Outbound) -> Outbound:
    """The message with its options as numbered lines."""
    return replace(message, text=numbered_text(message), options=(), menu="")
