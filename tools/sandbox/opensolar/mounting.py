"""All of the simulated OpenSolar's blueprints."""

from __future__ import annotations

from flask import Flask

from tools.sandbox.opensolar.answers import Refusal, answer_json
from tools.sandbox.opensolar.contacts import contacts
from tools.sandbox.opensolar.documents import documents
from tools.sandbox.opensolar.levers import levers
from tools.sandbox.opensolar.logs import logs
from tools.sandbox.opensolar.paper import paper
from tools.sandbox.opensolar.projects import projects
from tools.sandbox.opensolar.staging import staging
from tools.sandbox.opensolar.systems import systems
from tools.sandbox.opensolar.tokens import tokens
from tools.sandbox.opensolar.webhooks import webhooks

BLUEPRINTS = (projects, contacts, staging, systems, documents, webhooks, logs, tokens, paper, levers)


def mount_opensolar(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_error_handler(Refusal, lambda refusal: answer_json(refusal.body, refusal.status))
