"""Proposal PDFs and private files, each behind a link that lives one hour."""

from __future__ import annotations

import base64
import secrets
from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, request

from tools.sandbox.gate import this_world
from tools.sandbox.opensolar.access import find_own, guard
from tools.sandbox.opensolar.answers import Refusal, answer_json, read_link, refuse
from tools.sandbox.opensolar.describing import api_base, describe_file, list_systems
from tools.sandbox.opensolar.paper import write_proposal
from tools.sandbox.tables import Row, read_moment, write_moment, write_now
from tools.sandbox.world import World

documents = Blueprint("opensolar_documents", __name__)
ROOT = "/opensolar/api/orgs/<org>"
LIFE = timedelta(hours=1)
PDF = "application/pdf"
REQUIRED = "This field is required."


@documents.post(f"{ROOT}/projects/<int:number>/generate_document/<kind>/", strict_slashes=False)
@guard("documents.generate")
def generate_document(org: str, number: int, kind: str) -> Response:
    """Answers with a private file's id, its address or the bytes, as the option says."""
    world = this_world()
    project = find_own(world, "projects", number)
    if kind != "proposal":
        raise refuse(404, "Not found.")
    system = read_order(world, project)
    data = write_proposal(project, system)
    file = keep_file(world, f"Proposal {project['title']}.pdf", PDF, data, number)
    if world.options.opensolar_document == "bytes":
        return Response(data, mimetype=PDF)
    if world.options.opensolar_document == "url":
        return answer_json({"url": open_file(world, file)})
    return answer_json({"id": file["id"]})


@documents.get(f"{ROOT}/private_files/<int:number>/", strict_slashes=False)
@guard("files.fetch", throttle="files")
def fetch_file(org: str, number: int) -> Response:
    world = this_world()
    file = find_own(world, "files", number)
    return answer_json({**describe_file(world, file, api_base(world)), "file_contents": open_file(world, file)})


@documents.post(f"{ROOT}/private_files/", strict_slashes=False)
@guard("files.create", throttle="files")
def create_file(org: str) -> Response:
    """Multipart: `title`, `file_contents`, and where it belongs to a `project`, that one's URL."""
    world = this_world()
    if request.mimetype != "multipart/form-data":
        raise refuse(415, f'Unsupported media type "{request.mimetype}" in request.')
    title, part = request.form.get("title"), request.files.get("file_contents")
    missing = {name: [REQUIRED] for name, given in (("title", title), ("file_contents", part)) if not given}
    if missing or title is None or part is None:
        raise Refusal(400, dict(missing))
    project_id = read_link(request.form.get("project"), "projects")
    file = keep_file(world, title, part.mimetype, part.read(), project_id)
    whole = {**describe_file(world, file, api_base(world)), "file_contents": open_file(world, file)}
    return answer_json(whole, 201)


@documents.get("/opensolar/files/<int:number>/<token>")
def serve_file(number: int, token: str) -> Response:
    """No sign-in: the link is the key, for one hour."""
    file = this_world().opensolar.find("files", number)
    ends = (file or {}).get("links", {}).get(token)
    if file is None or ends is None or read_moment(ends) < datetime.now(UTC):
        return Response("Request has expired", status=403, mimetype="text/plain")
    return Response(base64.b64decode(file["base64"]), mimetype=file["content_type"])


def read_order(world: World, project: Row) -> Row:
    """The system whose proposal is asked for."""
    for name, wanted in (("file_format", "pdf"), ("action", "save")):
        if request.args.get(name) != wanted:
            raise Refusal(400, {name: [f'"{request.args.get(name)}" is not a valid choice.']})
    given = request.args.get("system_uuid")
    system = next((row for row in list_systems(world, project["id"]) if row["uuid"] == given), None)
    if system is None:
        raise Refusal(400, {"system_uuid": ["Must be a valid system of this project."]})
    return system


def keep_file(world: World, title: str, content_type: str, data: bytes, project_id: int | None) -> Row:
    kept = {"title": title, "content_type": content_type, "project_id": project_id, "created_date": write_now()}
    encoded = {"base64": base64.b64encode(data).decode(), "links": {}}
    row = world.opensolar.add("files", lambda number: {"id": number, **kept, **encoded})
    world.ledger.write(
        "file_created",
        vendor="opensolar",
        file_id=row["id"],
        title=title,
        content_type=content_type,
        size=len(data),
        project_id=project_id,
    )
    return row


def open_file(world: World, file: Row) -> str:
    """A new address for the file, valid for one hour."""
    token = secrets.token_urlsafe(18)
    with world.opensolar.lock:
        file["links"][token] = write_moment(datetime.now(UTC) + LIFE)
    return f"{world.base_url}/opensolar/files/{file['id']}/{token}"
