"""The prompt: our instructions out of a numbered file, where the conversation stands, and the message as data."""

import hashlib
import json
from functools import cache
from importlib.resources import files

from bot.understand.proposals import SLOTS, make_schema
from bot.understand.scene import Scene
from bot.understand.topics import list_topics
from flows.pending import split_item
from integrations.llm.model import Prompt

NUMBER = 1
"""The newest file prompt_<number>.txt. A change of the instructions is a new file and a new number."""

LONGEST = 1500
"""Characters of a message that a model is asked about; a longer one is for rules alone."""


def make_prompt(scene: Scene) -> Prompt:
    """No value on file is in it: the names of slots, and of titles that could be tapped."""
    text, version = _load_text()
    system = text.replace("{topics}", ", ".join(list_topics())).replace("{situation}", _describe(scene))
    return Prompt(system, scene.text, make_schema(list_topics()), version)


def digest_prompt(prompt: Prompt, model: str) -> str:
    """The same for the same model, instructions, situation and words, on every machine."""
    whole = json.dumps([model, prompt.version, prompt.system, prompt.words, dict(prompt.schema)], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _describe(scene: Scene) -> str:
    sort, name = split_item(scene.item)
    context = scene.context
    asked = {
        "ask": f"the bot has just asked for {context.asked or name}" if scene.item else "nothing was asked",
        "confirm": f"the bot has just asked whether it has {name} right",
        "more": f"the bot has just asked whether there is more to {name}",
        "review": f"the bot has just shown {name} and asked what it should be",
        "change": "the bot has just asked what should be different",
    }[sort]
    titles = ", ".join(json.dumps(option.title, ensure_ascii=False) for option in context.options)
    open_slots = ", ".join(slot for slot in SLOTS if slot not in context.known) or "none"
    offered = f" They could tap: {titles}." if titles else ""
    return f"{asked}.{offered} Not known yet: {open_slots}. Language and country: {context.locale}."


@cache
def _load_text() -> tuple[str, str]:
    """The instructions and their version: the number, and what tells an edited file from the one before."""
    text = files("bot.understand").joinpath(f"prompt_{NUMBER}.txt").read_text("utf-8")
    return text, f"{NUMBER}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
