"""Twilio's Content resource: create, list, delete, ask for WhatsApp's approval."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from integrations.errors import Uncertain
from integrations.twilio.content import Structure, count_variables
from integrations.twilio.listing import iterate_pages
from integrations.twilio.wire import Wire

CONTENT_ID = re.compile(r"HX[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True)
class StoredContent:
    """A Content at Twilio."""

    content_id: str
    friendly_name: str
    language: str
    structure: Structure


class ContentApi:
    """Everything raises VendorError; ValueError for an id that is none."""

    def __init__(self, wire: Wire, content_url: str) -> None:
        self._wire = wire
        self._url = f"{content_url}/v1/Content"

    def create_content(
        self, structure: Structure, language: str, friendly_name: str, samples: tuple[str, ...] = ()
    ) -> str:
        """The id of a new Content. `samples` are example values for {{1}} …, which an approval needs; where they are
        missing, neutral ones are put in. Uncertain: look for `friendly_name` in the list before trying again."""
        body = {
            "friendly_name": friendly_name[:64],
            "language": language,
            "variables": _number_samples(structure, samples),
            "types": structure,
        }
        answer = self._wire.write_json("POST", self._url, json=body)
        content_id = answer.get("sid")
        if not isinstance(content_id, str) or not CONTENT_ID.fullmatch(content_id):
            raise Uncertain("Twilio's answer names no Content.")
        return content_id

    def list_contents(self) -> Iterator[StoredContent]:
        """All Contents of the account."""
        for page in iterate_pages(self._wire, self._url, {"PageSize": "100"}):
            for item in page.get("contents") or []:
                yield _read_content(item)

    def delete_content(self, content_id: str) -> None:
        self._wire.write_json("DELETE", f"{self._url}/{_check_id(content_id)}")

    def request_approval(self, content_id: str, name: str, category: str) -> None:
        """Ask WhatsApp to approve the Content as template `name` (small letters, digits, _) in `category` (utility)."""
        body = {"name": _name_template(name), "category": category.upper()}
        self._wire.write_json("POST", f"{self._url}/{_check_id(content_id)}/ApprovalRequests/whatsapp", json=body)

    def read_approval(self, content_id: str) -> tuple[str, str]:
        """(state, reason of a rejection or ""); the state is unsubmitted, received, pending, approved, rejected,
        paused or disabled."""
        answer = self._wire.read_json(f"{self._url}/{_check_id(content_id)}/ApprovalRequests")
        approval = answer.get("whatsapp")
        if not isinstance(approval, dict):
            return ("unsubmitted", "")
        return (str(approval.get("status") or "unsubmitted").lower(), str(approval.get("rejection_reason") or ""))


def _check_id(content_id: str) -> str:
    if not CONTENT_ID.fullmatch(content_id):
        raise ValueError("not a Content's id")
    return content_id


def _name_template(name: str) -> str:
    return re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")[:512]


def _number_samples(structure: Structure, samples: tuple[str, ...]) -> dict[str, str]:
    parts: dict[str, Any] = next(iter(structure.values()), {})
    body = str(parts.get("body") or parts.get("title") or "")
    wanted = range(1, count_variables(body) + 1)
    numbered = {str(number): samples[number - 1] if number <= len(samples) else "text" for number in wanted}
    return numbered | {str(count_variables(media)): "sample.png" for media in parts.get("media", ()) if "{{" in media}


def _read_content(item: dict[str, Any]) -> StoredContent:
    types = item.get("types")
    return StoredContent(
        content_id=str(item.get("sid") or ""),
        friendly_name=str(item.get("friendly_name") or ""),
        language=str(item.get("language") or ""),
        structure=types if isinstance(types, dict) else {},
    )
