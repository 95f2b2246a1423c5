"""Message templates at Twilio: created once for each wording, submitted to WhatsApp, their state read back."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from integrations.channel import OutOption
from integrations.twilio.content import Structure, count_variables, hash_structure
from integrations.twilio.content_api import ContentApi
from integrations.twilio.render import WHATSAPP


@dataclass(frozen=True, slots=True)
class Template:
    """A text for outside the window. `body` holds {{1}} … ; `samples` are plausible values for them, which WhatsApp's
    review looks at; `options` are up to three buttons; `name` is in small letters, digits and _."""

    name: str
    language: str
    body: str
    options: tuple[OutOption, ...] = ()
    category: str = "utility"
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateState:
    """Where a template stands: unsubmitted, received, pending, approved, rejected, paused or disabled."""

    name: str
    language: str
    content_id: str
    state: str
    reason: str = ""


def structure_template(template: Template) -> Structure:
    """The Content type of `template`; ValueError for what WhatsApp is known to refuse."""
    problem = find_problem(template)
    if problem:
        raise ValueError(f"template {template.name} ({template.language}): {problem}")
    if not template.options:
        return {"twilio/text": {"body": template.body}}
    actions = [{"title": option.title, "id": option.id} for option in template.options]
    return {"twilio/quick-reply": {"body": template.body, "actions": actions}}


def find_problem(template: Template) -> str:
    """What is wrong with `template`, "" for nothing."""
    body = template.body.strip()
    numbers = {int(number) for number in re.findall(r"\{\{([0-9]+)\}\}", body)}
    titles = [option.title for option in template.options]
    problems = {
        "the name is not small letters, digits and _": not re.fullmatch(r"[a-z0-9_]{1,100}", template.name),
        "it has no words": not body,
        f"it is longer than {WHATSAPP.menu_body} characters": len(template.body) > WHATSAPP.menu_body,
        "it starts or ends with a variable": body.startswith("{{") or body.endswith("}}"),
        "two variables stand next to each other": re.search(r"\}\}\s*\{\{", body) is not None,
        "its variables are not numbered 1, 2, 3 …": numbers != set(range(1, len(numbers) + 1)),
        "it has more than three buttons": len(titles) > WHATSAPP.buttons,
        "a button's title is empty or too long": any(not 0 < len(title) <= WHATSAPP.button_title for title in titles),
        "two buttons have the same title": len(set(titles)) < len(titles),
        "a sample is missing": 0 < len(template.samples) < count_variables(body),
    }
    return next((problem for problem, found in problems.items() if found), "")


def name_content(template: Template) -> str:
    """The name under which Twilio and WhatsApp know this wording: another wording is another template."""
    fingerprint = hash_structure(structure_template(template), template.language)[:10]
    return f"{template.name[:40]}_{template.language.lower()}_{fingerprint}"


def push_templates(api: ContentApi, templates: Iterable[Template]) -> Iterator[TemplateState]:
    """Create what Twilio lacks, submit what is unsubmitted, and tell each one's state as it comes. Run again after a
    failure, it goes on where it stopped. Raises VendorError; ValueError before anything is sent."""
    named = [(name_content(template), template) for template in templates]
    known = {content.friendly_name: content.content_id for content in api.list_contents()}
    for name, template in named:
        content_id = known.get(name) or api.create_content(
            structure_template(template), template.language, name, template.samples
        )
        known[name] = content_id
        state, reason = api.read_approval(content_id)
        if state == "unsubmitted":
            api.request_approval(content_id, name, template.category)
            state, reason = api.read_approval(content_id)
        yield TemplateState(template.name, template.language, content_id, state, reason)


def read_states(api: ContentApi, templates: Iterable[Template]) -> Iterator[TemplateState]:
    """The state of each template; one that was never pushed has no content id and state `unsubmitted`."""
    named = [(name_content(template), template) for template in templates]
    known = {content.friendly_name: content.content_id for content in api.list_contents()}
    for name, template in named:
        content_id = known.get(name, "")
        state, reason = api.read_approval(content_id) if content_id else ("unsubmitted", "")
        yield TemplateState(template.name, template.language, content_id, state, reason)
