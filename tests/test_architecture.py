"""Imports point down, and each outside library stays in the rooms that may know it."""

import ast
from pathlib import Path

import pytest

from tests.source import PRODUCT_ROOMS, ROOT, is_inside, list_calls, list_files, list_imports, name_module, parse_file

MAY_IMPORT = {
    "wsgi": {"bot", "console", "api"},
    "console": {"bot", "leads", "db", "flows"},
    "api": {"bot", "leads", "db", "flows"},
    "jobs": {"bot", "leads", "integrations", "db"},
    "bot": {"flows", "db", "integrations"},
    "leads": {"db"},
    "flows": set(),
    "integrations": set(),
    "db": set(),
}
EVERY_ROOM = {*MAY_IMPORT, "tools", "tests"}
ONLY_IN = {
    "flask": ("bot.app", "bot.web", "console", "api", "wsgi"),
    "werkzeug": ("bot.app", "bot.web", "console", "api", "wsgi"),
    "rq": ("bot.wake", "jobs"),
    "dotenv": ("bot.settings",),
    "alembic": ("db.migrate", "db.migrations"),
    "twilio": ("integrations.twilio",),
    "integrations.twilio": ("integrations.twilio", "bot.web.webhooks", "jobs.channels"),
    "phonenumbers": ("flows.reading", "integrations"),
    "usaddress": ("flows.reading",),
    "zipcodes": ("flows.reading.zips",),
    **dict.fromkeys(("pypdfium2", "rapidocr", "onnxruntime", "cv2", "defusedxml"), ("bot.documents",)),
    "langchain_core": ("integrations.llm",),
    "langchain_openai": ("integrations.llm",),
    "langchain_anthropic": ("integrations.llm",),
    "langsmith": ("integrations.llm",),
    "openai": ("integrations.llm",),
    "anthropic": ("integrations.llm",),
    "httpx2": ("integrations.llm",),
    "sqlalchemy": ("db", "bot", "leads", "jobs", "console", "api"),
}
NOWHERE = ("twilio.rest", "requests", "aiohttp")
IMPURE = (
    "asyncio", "flask", "httpx", "logging", "multiprocessing", "os", "psycopg", "random", "redis", "rq", "secrets",
    "shutil", "socket", "sqlalchemy", "sqlite3", "structlog", "subprocess", "tempfile", "threading", "time",
    "urllib.request", "uuid",
)  # fmt: skip
CLOCKS = ("now", "utcnow", "today", "time", "monotonic")
NETWORK = ("httpx", "httpx2", "openai", "anthropic", "socket", "smtplib", "urllib.request", "http.client")
PRODUCT = list_files("wsgi", *PRODUCT_ROOMS)


@pytest.mark.parametrize("room", ["flows", "bot", "integrations", "jobs", "db", "wsgi"])
def test_the_rooms_are_there(room: str) -> None:
    assert list_files(room), f"{room} has no file to guard"


def test_every_folder_is_a_known_room() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in ROOT.glob("[a-z]*/**/*.py")} - {"var", "docs"}
    assert folders <= EVERY_ROOM


def test_imports_point_down() -> None:
    wrong = {}
    for path in PRODUCT:
        room = name_module(path).partition(".")[0]
        ours = {module.partition(".")[0] for module in list_imports(path)} & EVERY_ROOM
        if up := ours - {room} - MAY_IMPORT[room]:
            wrong[name_module(path)] = up
    assert not wrong


def test_libraries_stay_in_their_rooms() -> None:
    wrong = {
        name_module(path): library
        for path in PRODUCT
        for library, homes in ONLY_IN.items()
        if _imports_any(path, (library,)) and not is_inside(name_module(path), homes)
    }
    assert not wrong
    assert not [name_module(path) for path in PRODUCT if _imports_any(path, NOWHERE)]


def test_flows_are_pure() -> None:
    flows = list_files("flows")
    assert not [name_module(path) for path in flows if _imports_any(path, IMPURE)]
    assert not {name_module(path): calls for path in flows if (calls := _find_impure_calls(path))}


def test_the_environment_is_read_in_one_place() -> None:
    readers = {name_module(path) for path in PRODUCT if any(map(_reads_environment, ast.walk(parse_file(path))))}
    assert readers == {"bot.settings"}


def test_vendor_clients_are_for_jobs() -> None:
    """A chat or a page never waits for a vendor; only understanding may ask a language model."""
    clients = find_network_modules()
    assert clients, "no vendor client was found: this would guard nothing"
    above = list_files("bot", "leads", "console", "api", "db")
    guarded = [path for path in above if not is_inside(name_module(path), ("bot.understand",))]
    assert not {name_module(path): found for path in guarded if (found := list_imports(path) & clients)}
    assert not [name_module(path) for path in guarded if _imports_any(path, NETWORK)]


def test_a_vendors_folder_can_be_deleted() -> None:
    """No vendor's folder knows another's."""
    vendors = {path.parent.name for path in (ROOT / "integrations").glob("*/__init__.py")}
    assert vendors
    for path in list_files("integrations"):
        others = {f"integrations.{vendor}" for vendor in vendors if vendor not in path.relative_to(ROOT).parts}
        assert not _imports_any(path, others), path


def find_network_modules() -> set[str]:
    """Modules of integrations that reach the network, themselves or through one another."""
    imports = {name_module(path): list_imports(path) for path in list_files("integrations")}
    reaching = {name for name, wanted in imports.items() if any(is_inside(module, NETWORK) for module in wanted)}
    while more := {name for name, wanted in imports.items() if wanted & reaching} - reaching:
        reaching |= more
    return reaching


def _imports_any(path: Path, packages: tuple[str, ...] | set[str]) -> bool:
    return any(is_inside(module, packages) for module in list_imports(path))


def _find_impure_calls(path: Path) -> list[str]:
    return [call for call in list_calls(path) if call.rpartition(".")[2] in CLOCKS or call == "open"]


def _reads_environment(node: ast.AST) -> bool:
    names = ("environ", "environb", "getenv", "getenvb")
    if isinstance(node, ast.Attribute):
        return node.attr in names and isinstance(node.value, ast.Name) and node.value.id == "os"
    return isinstance(node, ast.ImportFrom) and node.module == "os" and any(a.name in names for a in node.names)
