"""Reads one message by itself with a model's help, as a developer's command and the evaluation do."""

from dataclasses import replace
from datetime import date

from bot.knowledge import find_answer
from bot.understand.merge import merge
from bot.understand.need import would_ask
from bot.understand.prompt import LONGEST, make_prompt
from bot.understand.proposals import read_proposals
from bot.understand.scene import Scene
from bot.understand.topics import list_topics, tell_topic
from flows.codec import dump
from flows.commands import Ask, Command
from flows.reading.read import country_of, read
from flows.reading.types import ReadContext, Reading
from integrations.llm.model import LanguageModel


def read_with_model(text: str, context: ReadContext, model: LanguageModel, deadline: float, today: date) -> Reading:
    """The rules' reading, with a model's proposals where rules leave something open; raises ModelError.

    Neither budget nor cache, and nothing is on record: nobody's conversation is behind it.
    """
    reading = read(text, context)
    scene = _see_scene(text, context, today)
    answered = tuple(_answer(each, context, today) for each in reading.commands)
    plain = {"intent": reading.intent, "leftover": reading.leftover, "commands": dump(answered)}
    if not would_ask(plain) or len(text) > LONGEST:
        return reading
    completion = model.complete(make_prompt(scene), deadline)
    merged = merge(reading.intent, answered, read_proposals(completion.data, text, list_topics()), scene)
    return replace(reading, intent=merged.intent, commands=merged.commands)


def _see_scene(text: str, context: ReadContext, today: date) -> Scene:
    language, market = _speak(context)
    return Scene(text, context, context.asked or "", lambda topic: tell_topic(topic, language, market, today))


def _speak(context: ReadContext) -> tuple[str, str]:
    """Language and market."""
    return context.locale.partition("-")[0], country_of(context.locale)


def _answer(command: Command, context: ReadContext, today: date) -> Command:
    """A question as a conversation would have it: with the answer that the knowledge finds by itself."""
    if not isinstance(command, Ask) or command.answer is not None:
        return command
    found = find_answer(command.question, *_speak(context), today)
    return replace(command, topic=command.topic or found.topic, answer=found.text) if found else command
