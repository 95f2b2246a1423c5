"""Reads the project's own source for the guards: files, imports, calls and strings."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT_ROOMS = ("flows", "bot", "integrations", "jobs", "leads", "console", "api", "db")


def list_files(*rooms: str) -> list[Path]:
    """The Python files of the rooms that exist, wsgi.py being the room `wsgi`."""
    found = [path for room in rooms for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts]
    return sorted(found) + [ROOT / "wsgi.py"] * ("wsgi" in rooms)


def name_module(path: Path) -> str:
    """`bot/web/auth.py` → `bot.web.auth`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def parse_file(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def list_imports(path: Path) -> frozenset[str]:
    """Every dotted module that the file imports, anywhere in it; `from a import b` gives `a` and `a.b`."""
    return frozenset(_find_imports(parse_file(path)))


def _find_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in line {node.lineno}"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_inside(module: str, packages: frozenset[str] | set[str] | tuple[str, ...]) -> bool:
    """Whether `module` is one of `packages` or below one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def list_strings(path: Path) -> list[str]:
    """Every string constant of the file."""
    return [n.value for n in ast.walk(parse_file(path)) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def list_calls(path: Path) -> list[str]:
    """Every called name as written, such as `datetime.now`."""
    return [ast.unparse(node.func) for node in ast.walk(parse_file(path)) if isinstance(node, ast.Call)]
