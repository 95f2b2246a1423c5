"""Back, repeat and another language: the same conversation, from another side."""

from flows.commands import Back, ChangeLanguage, Repeat
from flows.draft import Draft
from flows.pending import is_open, split_item
from flows.wording import join_words, languages, render


def go_back(draft: Draft, command: Back) -> None:
    """The question before, with its answer shown: the answer stays until another one replaces it."""
    draft.understood = True
    target = _find_earlier(draft)
    if target is None:
        draft.say("back.nothing")
        return
    draft.agenda = [item for item in draft.agenda if not item.startswith("review:")]
    if target in draft.skipped:
        draft.skipped.remove(target)
    if not is_open(draft.slot(target), draft.slots, draft.market):
        draft.raise_item(f"review:{target}")


def _find_earlier(draft: Draft) -> str | None:
    asked = [name for name in draft.trail if name in draft.flow.by_name and draft.slot(name).kind != "consent"]
    current = split_item(draft.opening)[1] if draft.opening else ""
    if current in asked:
        asked = asked[: asked.index(current)]
    for name in reversed(asked):
        slot = draft.slot(name)
        if slot.when is None or slot.when.holds(draft.slots, draft.market):
            return name
    return None


def repeat(draft: Draft, command: Repeat) -> None:
    """The question again."""
    draft.understood = draft.repeat = True


def change_language(draft: Draft, command: ChangeLanguage) -> None:
    """Go on in another language, or name those there are."""
    draft.understood = True
    if command.language not in languages():
        names = [render("language.name", code) for code in languages()]
        draft.say("language.unknown", languages=join_words(names, draft.language))
    elif command.language != draft.language:
        draft.language = command.language
        draft.fresh = True
        draft.say("language.changed")
