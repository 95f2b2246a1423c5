"""What a vendor says of a project now is kept, and what is new in it told: one commit, one event."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.local_time import find_offset
from bot.vendor_news import News, record_news
from db.vendor_reads import hold_project, list_siblings, write_status
from integrations.vendor import VendorState
from jobs.context import Context
from jobs.pictures import draw_picture, share_picture
from jobs.state_json import dump_state
from jobs.transitions import find_news, name_proposal

STATUSES = ("pending", "scheduled", "in_progress", "completed")


@dataclass(frozen=True, slots=True)
class Kept:
    """`values` are columns to write with the rest. `look_at`: when something that is held back can be told."""

    values: dict[str, Any]
    news: int = 0
    look_at: datetime | None = None


def keep_state(
    connection: Connection, context: Context, link: Any, state: VendorState, *, certain: bool, picture: bytes = b""
) -> Kept:
    """Writes news and the project's status; `link` is the held row of the project at its vendor. `certain`: the state
    was read there. `picture` is for a proposal. Ring `turns` after the commit where there was news.

    The project's status is the furthest that any of its vendors says now: it goes back only when they do.
    """
    project = hold_project(connection, link.project_id)
    siblings = list_siblings(connection, link)
    found = find_news(
        link.told,
        state,
        now=link.db_now,
        speaks=link.vendor == context.settings.proposal_vendor,
        elsewhere=[each.told for each in siblings],
        offset=find_offset(project, link.db_now),
        certain=certain,
    )
    if found.news:
        news = illustrate(connection, context, project, picture, found.news)
        key = f"{link.id}:{secrets.token_hex(8)}"  # what was told is written with it: it cannot come twice
        record_news(connection, key, project.conversation_id, link.vendor, project.number, news)
    others = [(each.state or {}).get("status", "pending") for each in siblings]
    write_status(connection, project.id, max([state.status, *others], key=STATUSES.index))
    return Kept({"state": dump_state(state), "told": found.told}, len(found.news), found.look_at)


def draw_ahead(context: Context, link: Any, state: VendorState) -> bytes:
    """The picture for a proposal that is new, drawn before anything is locked; empty where there is nothing to draw."""
    speaks = link.vendor == context.settings.proposal_vendor
    if not (speaks and state.design and name_proposal(state) and context.settings.secret_key):
        return b""
    if name_proposal(state) in link.told.get("proposals", ()):
        return b""
    with context.engine.connect() as connection:
        better = link.consumption or next(
            filter(None, (each.consumption for each in list_siblings(connection, link))), None
        )
        return draw_picture(connection, link.project_id, better, state.design)


def illustrate(
    connection: Connection, context: Context, project: Any, content: bytes, news: Sequence[News]
) -> list[News]:
    """A proposal for the homeowner gets the link of a picture, where enough is known to draw it."""
    return [
        replace(each, facts={**each.facts, "picture": picture})
        if each.what == "proposal_ready"
        and not each.for_staff
        and (picture := share_picture(connection, context.settings, project.conversation_id, content))
        else each
        for each in news
    ]
