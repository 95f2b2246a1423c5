"""Into another language without being asked: where somebody goes on writing in it, the answers follow."""

from collections.abc import Sequence

from flows.commands import ChangeLanguage, Command, Correct, Set
from flows.draft import Draft
from flows.events import MessageReceived
from flows.reading.languages import weigh_language
from flows.state import State
from flows.wording import languages

NAMES = frozenset(
    {
        "name",
        "street",
        "city",
        "state",
        "country",
        "utility",
        "email",
        "alternate_name",
        "alternate_phone",
        "site_contact",
    }
)
"""Slots whose words are the same in every language."""

NAME_LEAD, SURE_LEAD = 4, 6
"""How much more of one language than of any other a message has to be that may be a name or a place, and one that is
followed at once."""

SURE_WORDS = 5


def follow_language(draft: Draft, message: MessageReceived) -> None:
    """Two messages in a row, or a long one that leaves no doubt; a wish is carried out as such."""
    draft.language, draft.leaning = next_language(draft.before, message.text, message.commands)
    if draft.language != draft.before.language:
        draft.fresh = True


def next_language(state: State, text: str, commands: Sequence[Command]) -> tuple[str, str]:
    """The language to answer in, and the one that the contact leans to, "" for none."""
    if any(isinstance(each, ChangeLanguage) for each in commands):
        return state.language, ""
    words = _drop_names(text, commands)
    language, lead = weigh_language(words)
    if language is None or language not in languages() or (_may_be_name(state, commands) and lead < NAME_LEAD):
        return state.language, state.leaning
    if language == state.language:
        return language, ""
    is_sure = lead >= SURE_LEAD and len(words.split()) >= SURE_WORDS
    return (language, "") if is_sure or state.leaning == language else (state.language, language)


def _drop_names(text: str, commands: Sequence[Command]) -> str:
    """The words without those that were read as a name or a place."""
    for each in commands:
        if isinstance(each, Set | Correct) and each.slot in NAMES and each.raw:
            text = text.replace(each.raw, " ")
    return text


def _may_be_name(state: State, commands: Sequence[Command]) -> bool:
    """Whether a name or a place was asked for, and none was read."""
    is_read = any(isinstance(each, Set | Correct) and each.slot in NAMES for each in commands)
    return state.asked is not None and state.asked.slot in NAMES and not is_read
