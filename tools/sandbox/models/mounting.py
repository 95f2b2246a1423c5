"""All of the simulated models' blueprints."""

from __future__ import annotations

from flask import Flask

from tools.sandbox.models.anthropic_messages import anthropic_messages
from tools.sandbox.models.levers import model_levers
from tools.sandbox.models.openai_audio import openai_audio
from tools.sandbox.models.openai_chat import openai_chat


def mount_models(app: Flask) -> None:
    for blueprint in (openai_chat, openai_audio, anthropic_messages, model_levers):
        app.register_blueprint(blueprint)
