"""The one commit of a turn: state, "done", effects, project, consent and opt-out together or not at all."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine

from bot.failpoints import reach
from bot.outbox import make_rows
from bot.projects import describe_consent, describe_project
from db.claims import Claim, write_turn
from db.outbox import release_held
from db.turn_rows import add_consent, add_effects, finish_row, keep_project, opt_in, opt_out
from flows.codec import dump
from flows.effects import SyncProject
from flows.state import State, Turn


class Fenced(Exception):
    """Somebody else owns the conversation or has handled the row: this turn is dropped."""


def write(
    engine: Engine, claim: Claim, row: Any, before: State, turn: Turn, reading: Any, lease_seconds: float | None
) -> Claim:
    """Commits the turn of `row`; the claim as it stands afterwards. `lease_seconds` None gives the lease back.

    Raises Fenced, with nothing written, if the claim or the row is somebody else's by now.
    """
    number = claim.turn + 1
    control = turn.state.control if turn.state.control != before.control else None
    with engine.begin() as connection:
        kept = write_turn(connection, claim, _describe_state(turn.state, number), control, lease_seconds)
        if kept is None or not finish_row(connection, row.id, number, reading, claim.at):
            raise Fenced
        after, control_written = kept
        _write_consent(connection, claim, row, before, turn.state)
        if claim.has_held and row.kind == "message":
            release_held(connection, claim.id)
        if any(isinstance(effect, SyncProject) for effect in turn.effects):
            _write_project(connection, claim, before, turn.state)
        epoch = claim.epoch + 1 if control_written else claim.epoch
        add_effects(connection, make_rows(turn.effects, claim.id, number, epoch, claim.at))
        reach("turn.before_commit")
    return replace(after, opted_out=turn.state.opted_out)


def _describe_state(state: State, number: int) -> dict[str, Any]:
    return {
        "state": dump(state),
        "turn": number,
        "flow": state.flow,
        "flow_version": state.flow_version,
        "flow_hash": state.flow_hash,
    }


def _write_project(connection: Connection, claim: Claim, before: State, state: State) -> None:
    keep_project(connection, describe_project(state, claim.id, claim.at), claim.contact_id)
    if consent := describe_consent(state, before):
        add_consent(connection, state.project, claim.id, contact_id=claim.contact_id, **consent)


def _write_consent(connection: Connection, claim: Claim, row: Any, before: State, state: State) -> None:
    """The contact's wish to hear nothing any more, or to hear from us again, in the words that said so."""
    if state.opted_out == before.opted_out:
        return
    if state.opted_out:
        opt_out(connection, claim.contact_id, claim.at)
    else:
        opt_in(connection, claim.contact_id)
    add_consent(
        connection, None, claim.id,
        contact_id=claim.contact_id,
        kind="opt_out" if state.opted_out else "opt_in",
        wording=row.payload.get("text", ""),
        language=state.language,
        channel=claim.channel,
        message_id=row.external_id or "",
        at=claim.at,
    )  # fmt: skip
