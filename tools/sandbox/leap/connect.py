"""The page behind a connect_url, where a homeowner sends applications in."""

from __future__ import annotations

from html import escape

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from tools.sandbox.leap.access import this_book
from tools.sandbox.leap.customers import move_application
from tools.sandbox.leap.records import Application
from tools.sandbox.sheet import answer_sheet

leap_connect = Blueprint("leap_connect", __name__, url_prefix="/leap/connect")
OPEN = ("not_started", "in_progress", "awaiting_customer")


@leap_connect.get("/<company>/refId/<reference>")
def show_applications(company: str, reference: str) -> Response:
    if reference not in this_book().customers:
        return Response("There is no such customer.", status=404, mimetype="text/plain")
    rows = "".join(_draw(one) for one in this_book().list_applications(reference))
    none = "<p>No application has been opened yet: say yes to one in the chat first.</p>"
    return answer_sheet("Your incentives", rows or none)


@leap_connect.post("/<company>/refId/<reference>")
def send_application(company: str, reference: str) -> AnyResponse:
    application = this_book().applications.get(request.form.get("id", ""))
    if application is None or application.reference_id != reference:
        return Response("There is no such application.", status=404, mimetype="text/plain")
    if application.status in OPEN:
        move_application(application, "submitted")
    return redirect(request.path, code=303)


def _draw(application: Application) -> str:
    field = f'<input type="hidden" name="id" value="{application.id}">'
    button = f'<form method="post">{field}<button>Send it in</button></form>' if application.status in OPEN else ""
    state = escape(application.status.replace("_", " "))
    return f"<article><h2>{escape(application.program_name)}</h2><p>{state}</p>{button}</article>"
