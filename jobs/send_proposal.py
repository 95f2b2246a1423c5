"""Fetch a proposal as a document; its link comes back as news, and the bot puts it into the chat."""

from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.shared_files import share_file
from bot.vendor_news import News, record_news
from integrations.errors import VendorError
from integrations.vendor import Document, NotOffered
from jobs.context import Context
from jobs.outcomes import Outcome, done, park
from jobs.placed_projects import Found, find_speaking
from jobs.vendor_failure import explain_failure, park_loudly

NOT_SENT = "The homeowner asked for the proposal as a document and has not got it."
NO_KEY = "Without SECRET_KEY no file is kept, and so none can be shown."


def run(context: Context, row: Any) -> Outcome:
    """Done once the document is kept under a link and the conversation knows."""
    if not context.settings.secret_key:
        return park(NO_KEY, "no_secret_key")
    found = find_speaking(context, row)
    if isinstance(found, Outcome):
        return found
    try:
        with found.about():
            document = found.vendor.fetch_proposal(found.placed)
    except NotOffered as reason:
        return park_loudly(row, f"{NOT_SENT} {reason}", "not_offered")
    except VendorError as error:
        return explain_failure(row, error, NOT_SENT)
    return done("", "", partial(hand_over, context=context, found=found, document=document), rings=("turns",))


def hand_over(connection: Connection, context: Context, found: Found, document: Document) -> None:
    """Keeps the document under a link and tells the conversation."""
    row, project = found.row, found.project
    given = (document.name, document.content_type, document.content)
    url = share_file(connection, context.settings, row.conversation_id, *given)
    news = News("document", {"url": url, "name": document.name})
    record_news(connection, f"document:{row.id}", row.conversation_id, found.link.vendor, project.number, (news,))
