"""Whether every language can say everything that a flow says, within the channel's limits."""

from collections.abc import Iterator

from flows.asking import LADDER, MOST_BUTTONS, SETTLING
from flows.consent import KEY
from flows.definition import Flow, Slot
from flows.draft import IDLE_OPTIONS
from flows.kinds import KINDS
from flows.markets import MARKETS
from flows.options import expand_option, read_option
from flows.patterns.replies import CHOICES
from flows.pending import AGENDA_OPTIONS
from flows.tongues import FILE, tongues
from flows.wording import BUTTONS, UNPROMPTED, has_text, keys, languages, option_of, placeholders, template

BUTTON_TITLE, LIST_TITLE, DESCRIPTION, LIST_LENGTH, TEMPLATE_BODY = 20, 24, 72, 10, 1024
"""WhatsApp's limits."""


def check_flow_wording(flow: Flow) -> Iterator[str]:
    """Everything missing or too long, as sentences."""
    for language in languages():
        for key in list_needed_keys(flow):
            if not has_text(key, language):
                yield f"{language}: no wording for {key}"
        yield from _check_translation(language)
        yield from _check_templates(language)
        if not has_text(KEY, language):
            yield f"{language}: no consent sentence"
        if language not in tongues():
            yield f"{language}: no {FILE} in its folder"
    for slot in flow.questions:
        yield from _check_options(flow, slot)
    for slot in flow.questions:
        if slot.kind != "consent" and slot.name not in flow.follow_ups:
            yield from _check_title(f"change={slot.name}", BUTTON_TITLE)
    buttons = [*AGENDA_OPTIONS.values(), *IDLE_OPTIONS.values(), *(ending.options for ending in flow.endings)]
    for option_id in dict.fromkeys(option for options in buttons for option in options):
        yield from _check_option(flow, option_id, BUTTON_TITLE)


def list_needed_keys(flow: Flow) -> Iterator[str]:
    """The keys that this flow's slots, follow-ups and endings are said with."""
    for slot in flow.slots:
        yield f"label.{slot.name}"
        yield f"label.{slot.fact_row}"
    for slot in flow.questions:
        for prefix in (slot.name, *(f"{slot.name}.{variant}" for _, variant in slot.variants)):
            rungs = SETTLING if slot.name in flow.follow_ups else LADDER
            yield from (f"{prefix}.{form}" for form in (*rungs, "short"))
        if not slot.optional and slot.name not in flow.follow_ups:
            yield f"{slot.name}.why"
        if slot.follow_up:
            yield from (f"more.{slot.name}.{form}" for form in (*SETTLING, "short"))
        if any(len(_expand(slot, code)) > MOST_BUTTONS for code in MARKETS):
            yield f"menu.{slot.name}"
    yield from (ending.say for ending in flow.endings)


def _check_translation(language: str) -> Iterator[str]:
    """A key with the same placeholders in every language, whatever uses it."""
    for key in sorted(keys("en") ^ keys(language)):
        yield f"{key} is in one of en and {language} only"
    for key in sorted(keys("en") & keys(language)):
        if set(placeholders(key, "en")) != set(placeholders(key, language)):
            yield f"{language}: {key} has other placeholders than in English"


def _check_templates(language: str) -> Iterator[str]:
    for key in UNPROMPTED:
        body = template(key, language) if has_text(key, language) else None
        if body is None:
            yield f"{language}: no template for {key}"
        elif len(body) > TEMPLATE_BODY or body.startswith("{{") or body.endswith("}}") or "\n" in body:
            yield f"{language}: the template {key} breaks WhatsApp's rules"
        for option_id in BUTTONS.get(key, ()):
            if len(option_of(option_id, language).title) > BUTTON_TITLE:
                yield f"{language}: a button of the template {key} is longer than {BUTTON_TITLE}"


def _check_options(flow: Flow, slot: Slot) -> Iterator[str]:
    for code in MARKETS:
        ids = _expand(slot, code)
        if len(ids) > LIST_LENGTH:
            yield f"{slot.name}: {len(ids)} options in {code}, {LIST_LENGTH} at most"
        for option_id in ids:
            yield from _check_option(flow, option_id, LIST_TITLE if len(ids) > MOST_BUTTONS else BUTTON_TITLE)


def _expand(slot: Slot, market: str) -> tuple[str, ...]:
    return tuple(part for option in slot.options for part in expand_option(option, market))


def _check_option(flow: Flow, option_id: str, longest: int) -> Iterator[str]:
    if option_id not in CHOICES and not _means_value(flow, option_id):
        yield f"option {option_id} means nothing"
    yield from _check_title(option_id, longest)


def _check_title(option_id: str, longest: int) -> Iterator[str]:
    for language in languages():
        try:
            option = option_of(option_id, language)
        except KeyError:
            yield f"{language}: no wording for option {option_id}"
            continue
        if len(option.title) > longest or len(option.description) > DESCRIPTION:
            yield f"{language}: option {option_id} is longer than {longest}"


def _means_value(flow: Flow, option_id: str) -> bool:
    name, equals, text = option_id.partition("=")
    if not equals or name not in flow.by_name:
        return False
    try:
        KINDS[flow.by_name[name].kind](read_option(flow.by_name[name], text))
    except ValueError:
        return False
    return True
