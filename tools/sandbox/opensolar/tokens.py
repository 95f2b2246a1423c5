"""Tokens: signing in, refreshing, and telling that a user is a machine whose token does not end."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, request

from tools.sandbox.gate import answer_with_faults, this_world
from tools.sandbox.opensolar.access import guard, read_body
from tools.sandbox.opensolar.answers import Refusal, answer_detail, answer_json, refuse
from tools.sandbox.tables import write_moment
from tools.sandbox.world import World

tokens = Blueprint("opensolar_tokens", __name__)
USERNAME = "installer@example.com"
PASSWORD = "sandbox-opensolar-password"  # nosec B105
USER_ID = 7
LIFE = timedelta(days=7)
WRONG = {"non_field_errors": ["Unable to log in with provided credentials."]}


@tokens.post("/opensolar/api-token-auth/")
def sign_in() -> Response:
    def call() -> Response:
        body = request.get_json(silent=True) or request.form
        if body.get("username") != USERNAME or body.get("password") != PASSWORD:
            return answer_json(WRONG, 400)
        return answer_json({"token": issue_token(this_world())})

    return answer_with_faults("opensolar.tokens.create", call, answer_detail)


@tokens.get("/opensolar/api/fetch_token/", strict_slashes=False)
@guard("tokens.refresh")
def refresh_token() -> Response:
    if request.args.get("org_id") != this_world().options.opensolar_org:
        raise Refusal(400, {"org_id": ["This field is required."]})
    return answer_json({"token": issue_token(this_world())})


@tokens.patch("/opensolar/auth/users/<int:user_id>/", strict_slashes=False)
@guard("users.update")
def update_user(user_id: int) -> Response:
    world, is_machine = this_world(), bool(read_body().get("is_machine_user"))
    if user_id != USER_ID:
        raise refuse(403, "You do not have permission to perform this action.")
    for row in world.opensolar.select("tokens"):
        world.opensolar.change(row, {"is_machine": is_machine})
    return answer_json({"id": USER_ID, "is_machine_user": is_machine})


def issue_token(world: World) -> str:
    token = secrets.token_hex(20)
    ends_at = write_moment(datetime.now(UTC) + LIFE)
    world.opensolar.add(
        "tokens", lambda number: {"id": number, "token": token, "ends_at": ends_at, "is_machine": False}
    )
    return token
