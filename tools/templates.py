"""The messages that may go out unprompted, as Content at Twilio: `python -m tools.templates push|status`."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from bot.settings import load_or_exit
from db.contents import keep_content, list_templates, record_approval
from db.engine import dispose_after
from flows.effects import Option
from flows.wording import TEMPLATES
from integrations.errors import VendorError
from integrations.twilio.content import hash_structure
from integrations.twilio.content_api import ContentApi
from jobs import alert_staff
from jobs.channels import open_twilio

CATEGORY = "utility"  # tied to the homeowner's own request; marketing never reaches US numbers
SAMPLES = {
    "checked": "November 21, 2026",
    "name": "Alice",
    "text": "we have looked at your roof and it suits solar well.",
    "numbers": "6.2 kW with 18 panels, about 8,547 kWh a year, $18,500",
    "url": "https://example.com/proposal/7f3a",
    "title": "proposal.pdf",
    "day": "Tuesday, December 1",
    "details": "Possible, not certain: State Tax Credit, up to $4,625, if it is your main home.",
    "program": "State Tax Credit",
    "status": "submitted",
    "news": "The installation is planned for Tuesday, December 1.",
}


@dataclass(frozen=True, slots=True)
class Template:
    """A message key in a language as WhatsApp shall approve it; `samples` are example values in order, `buttons` come
    back as taps like those of any other message."""

    key: str
    language: str
    body: str
    samples: tuple[str, ...]
    buttons: tuple[Option, ...] = ()

    @property
    def structure(self) -> dict[str, Any]:
        if not self.buttons:
            return {"twilio/text": {"body": self.body}}
        actions = [{"title": each.title, "id": each.id} for each in self.buttons]
        return {"twilio/quick-reply": {"body": self.body, "actions": actions}}

    @property
    def structure_hash(self) -> str:
        return hash_structure(self.structure, self.language)

    @property
    def name(self) -> str:
        """Its name at WhatsApp: another wording is another template, since a name is spent once it was used."""
        return f"{self.key}_{self.language}_{self.structure_hash[:8]}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.templates", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    push = actions.add_parser("push", help="create what is missing and ask for approval")
    push.add_argument("--resume", action="store_true", help="also use again what was stopped after a refusal")
    actions.add_parser("status", help="ask WhatsApp how the approvals stand")
    parser.set_defaults(resume=False)
    wishes = parser.parse_args(arguments)
    settings = load_or_exit()
    channel = open_twilio(settings)
    if channel is None:
        print("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN must be set", file=sys.stderr)
        return 1
    try:
        with dispose_after(settings.database_url) as engine:
            desk = Desk(engine, channel.contents, settings.twilio_account_sid, print)
            if wishes.action == "push":
                desk.push(wishes.resume)
            return desk.refresh()
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        channel.close()


def list_wanted() -> Iterator[Template]:
    """Every unprompted message key in every language, and the alert to staff."""
    for each in TEMPLATES:
        samples = tuple(SAMPLES[name] for name in each.variables)
        yield Template(each.key, each.language, each.body, samples, each.options)
    yield Template(alert_staff.TEMPLATE, "en", alert_staff.TEMPLATE_BODY, alert_staff.TEMPLATE_SAMPLES)


class Desk:
    """Brings the account's templates in line with our wording; `say` gets a line for each."""

    def __init__(self, engine: Engine, api: ContentApi, account: str, say: Callable[[str], object]) -> None:
        self._engine = engine
        self._api = api
        self._account = account
        self._say = say

    def push(self, resume: bool = False) -> None:
        """Creates what is missing and asks for approval where nobody has yet. Raises VendorError; may be repeated."""
        known = {row.structure_hash: row for row in self._list_rows()}
        names = {item.friendly_name: item.content_id for item in self._api.list_contents()}
        for wanted in list_wanted():
            row = known.get(wanted.structure_hash)
            content_id = row.external_id if row else self._create(wanted, names.get(wanted.name))
            state = row.approval if row else ""
            if state == "" or (state == "stopped" and resume):
                self._ask(content_id, wanted)

    def refresh(self) -> int:
        """Prints every wanted template and its state as the channel says now; 1 unless all are approved."""
        rows = {row.structure_hash: row for row in self._list_rows()}
        states = [self._show(wanted, rows.get(wanted.structure_hash)) for wanted in list_wanted()]
        return 0 if set(states) == {"approved"} else 1

    def _create(self, wanted: Template, found: str | None) -> str:
        """`found`: created before, by a run that ended before it could write that down."""
        content_id = found or self._api.create_content(wanted.structure, wanted.language, wanted.name, wanted.samples)
        with self._engine.begin() as connection:
            keep_content(
                connection,
                account=self._account,
                purpose="template",
                structure_hash=wanted.structure_hash,
                key=wanted.key,
                language=wanted.language,
                external_id=content_id,
            )
        return content_id

    def _ask(self, content_id: str, wanted: Template) -> None:
        state, reason = self._api.read_approval(content_id)
        if state == "unsubmitted":
            self._api.request_approval(content_id, wanted.name, CATEGORY)
            state = "received"
        with self._engine.begin() as connection:
            record_approval(connection, content_id, state, reason)

    def _show(self, wanted: Template, row: Any) -> str:
        if row is None:
            self._say(f"{wanted.key:<20} {wanted.language}  missing: run `python -m tools.templates push`")
            return "missing"
        state, reason = str(row.approval), str(row.reason)
        if state not in ("", "stopped"):
            state, reason = self._api.read_approval(row.external_id)
            with self._engine.begin() as connection:
                record_approval(connection, row.external_id, state, reason)
        self._say(f"{wanted.key:<20} {wanted.language}  {state or 'not asked'}  {row.external_id}  {reason}".rstrip())
        return state

    def _list_rows(self) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return list_templates(connection, self._account)


if __name__ == "__main__":
    sys.exit(main())
