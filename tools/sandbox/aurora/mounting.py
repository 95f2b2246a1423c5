"""All of the simulated Aurora's blueprints."""

from __future__ import annotations

from flask import Flask

from tools.sandbox.aurora.catalogue import catalogue
from tools.sandbox.aurora.consumption import consumption
from tools.sandbox.aurora.design_requests import design_requests
from tools.sandbox.aurora.designs import designs
from tools.sandbox.aurora.levers import levers
from tools.sandbox.aurora.projects import projects
from tools.sandbox.aurora.proposals import proposals
from tools.sandbox.aurora.webhooks import webhooks

BLUEPRINTS = (projects, consumption, design_requests, designs, proposals, catalogue, webhooks, levers)


def mount_aurora(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
