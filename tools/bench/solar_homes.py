"""Homeowners who have a project at OpenSolar: they chat as everybody does, and their projects are put there."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from sqlalchemy import Engine, create_engine, insert, select

from db.projects import Project
from db.types import now
from db.vendor_projects import VendorProject
from tools.bench.homeowners import choose_script, phone_of, walk_script
from tools.bench.stack import Stack
from tools.bench.traffic import Crowd, make_wish, send_crowd
from tools.sandbox.options import OPENSOLAR_ORG, OPENSOLAR_SECRET, OPENSOLAR_TOKEN

FIRST = 900_000  # of their numbers: nobody else's
CHATS_A_SECOND = 15
PATIENCE_SECONDS = 30.0
PATH = "/webhooks/opensolar"


@dataclass(frozen=True)
class Home:
    """`reference` and `id` are our and OpenSolar's names of the project."""

    phone: str
    reference: str
    id: str


def settle_homes(stack: Stack, count: int) -> list[Home]:
    """So many homeowners chat until their project is stored; each project is made at OpenSolar, too."""
    numbers = range(FIRST, FIRST + count)
    send_crowd(stack, gather_homes(numbers), CHATS_A_SECOND)
    engine = create_engine(stack.database)
    try:
        projects = await_projects(engine, [phone_of(number) for number in numbers])
        with open_sandbox(stack) as sandbox, engine.begin() as connection:
            sandbox.post("/sandbox/settings", json={"opensolar_minute": 0})
            homes = [place_home(sandbox, project, phone) for project, phone in projects]
            rows = [
                {"project_id": project, "vendor": "opensolar", "reference": home.reference, "external_id": home.id}
                for (project, _), home in zip(projects, homes, strict=True)
            ]
            connection.execute(insert(VendorProject).values(read_at=now()), rows)
            sandbox.post("/sandbox/settings", json={"opensolar_minute": 60})
    finally:
        engine.dispose()
    return homes


def await_projects(engine: Engine, phones: Sequence[str]) -> list[tuple[int, str]]:
    """(id, phone) of the project that each of them has in the end."""
    stored = select(Project.id, Project.phone).where(Project.phone.in_(phones))
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        with engine.connect() as connection:
            found = [(row.id, row.phone) for row in connection.execute(stored)]
        if len(found) == len(phones):
            return found
        if time.monotonic() > until:
            raise RuntimeError(f"{len(found)} of {len(phones)} homeowners have a project")
        time.sleep(0.2)  # the pause of a poll with a deadline


def place_home(sandbox: httpx.Client, project: int, phone: str) -> Home:
    reference = f"hg-{project}-bench"
    fields = {"identifier": reference, "is_residential": "1", "address": "12 Sample Road"}
    token = {"Authorization": f"Bearer {OPENSOLAR_TOKEN}"}
    made = sandbox.post(f"/opensolar/api/orgs/{OPENSOLAR_ORG}/projects/", json=fields, headers=token)
    return Home(phone, reference, str(made.raise_for_status().json()["id"]))


def gather_homes(numbers: Sequence[int]) -> Crowd:
    """Everybody's first message, then everybody's second."""
    requests: list[bytes] = []
    expected: dict[str, list[int]] = {}
    longest = max(len(choose_script(number).messages) for number in numbers)
    for place in range(longest):
        for number in numbers:
            script, phone = choose_script(number), phone_of(number)
            if place < len(script.messages):
                requests.append(make_wish(phone, script.name, script.messages[place]))
                expected.setdefault(f"whatsapp:{phone}", []).append(walk_script(script)[place].replies)
    return Crowd(requests, expected)


def design_homes(stack: Stack, homes: Sequence[Home], kw: float) -> None:
    """Staff finish a new design for each, and no webhook tells of it yet."""
    with open_sandbox(stack) as sandbox:
        for home in homes:
            wish = {"kw": kw, "panels": 18, "price": 18_600, "output": 8547, "webhooks": False}
            sandbox.post(f"/sandbox/opensolar/projects/{home.reference}/design", json=wish).raise_for_status()


def make_burst(web_port: int, homes: Sequence[Home], count: int, first: int = 0) -> list[bytes]:
    """`count` of OpenSolar's webhooks about the homes in turn, deliveries from number `first` on; ready as bytes."""
    return [make_delivery(web_port, homes[number % len(homes)], first + number) for number in range(count)]


def make_delivery(web_port: int, home: Home, number: int) -> bytes:
    body = json.dumps({
        "timestamp": "1795200000",
        "model": "Project",
        "model_id": int(home.id),
        "identifier": home.reference,
        "event": "UPDATE",
        "event_id": 1_000_000 + number,
        "fields": {"id": int(home.id), "systems": [{"kw_stc": 6.2}]},
    }).encode()  # fmt: skip
    head = [
        f"POST {PATH} HTTP/1.1",
        f"Host: 127.0.0.1:{web_port}",
        "Content-Type: application/json",
        "Connection: close",
        f"X-Webhook-Token: {OPENSOLAR_SECRET}",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def open_sandbox(stack: Stack) -> httpx.Client:
    return httpx.Client(base_url=f"http://127.0.0.1:{stack.sandbox_port}", trust_env=False, timeout=30)
