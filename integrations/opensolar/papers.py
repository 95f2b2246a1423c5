"""The proposal as a PDF, and files of the homeowner for the project."""

from typing import Any

from integrations.answers import Answer
from integrations.errors import NotFound, Unanswered
from integrations.files import FileGate
from integrations.opensolar.calls import OpenSolarCalls
from integrations.opensolar.links import is_web_address, list_objects, read_id, read_link
from integrations.opensolar.state import choose_system
from integrations.vendor import Document

MAX_FILE = 16_000_000  # bytes, as much as WhatsApp carries
PDF = b"%PDF-"


def fetch_proposal(calls: OpenSolarCalls, gate: FileGate, project_id: str) -> Document:
    """The proposal for the system that counts. NotFound before anything is designed."""
    project = calls.fetch_project(project_id)
    system = choose_system(project, calls.list_systems(project_id))
    if system is None:
        raise NotFound("There is no design in OpenSolar yet, so there is no proposal to send.", "no_design")
    content = _read_paper(calls, gate, calls.generate_proposal(project_id, str(system.get("uuid") or "")))
    if not content.startswith(PDF):
        raise Unanswered("OpenSolar's proposal is no PDF.", "garbage")
    return Document("proposal.pdf", "application/pdf", content)


def _read_paper(calls: OpenSolarCalls, gate: FileGate, answer: Answer) -> bytes:
    """OpenSolar answers with the bytes, a URL, or a private file, by id or by its own URL."""
    if answer.content.startswith(PDF):
        return answer.content
    body = answer.body
    if isinstance(body, str) or (isinstance(body, int) and not isinstance(body, bool)):
        body = {"url": body}
    if not isinstance(body, dict):
        raise answer.doubt()
    number = next(filter(None, (_read_file_id(body.get(name)) for name in ("private_file", "url", "id"))), "")
    named = [body.get(name) for name in ("file_contents", "file_url", "url")]
    link = next((url for url in named if is_web_address(url) and not _read_file_id(url)), None)
    if link is None and number:
        link = calls.fetch_file(number).get("file_contents")
    if not is_web_address(link):
        raise answer.doubt()
    return gate.fetch(str(link), MAX_FILE)


def _read_file_id(value: Any) -> str:
    return read_link(value, "private_files")


def keep_document(calls: OpenSolarCalls, project_id: str, document: Document) -> None:
    """A private file of the project. That the upload itself may name the project is unverified, so a file that came
    back without it is linked from the project, which OpenSolar docs say can be done."""
    made = calls.create_file(document.name, document.content_type, document.content, project_id)
    number = read_id(made.get("id"))
    if read_link(made.get("project"), "projects") == project_id or not number:
        return
    project = calls.fetch_project(project_id)
    known = [read_link(row, "private_files") for row in project.get("private_files") or []]
    known = known or [read_id(row.get("id")) for row in list_objects(project.get("private_files_data"))]
    links = [calls.link("private_files", one) for one in dict.fromkeys([*known, number]) if one]
    calls.change_project(project_id, {"private_files": links})
