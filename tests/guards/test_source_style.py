"""Names and sizes that ruff does not know about, and tests that can fail."""

import ast
import re
from collections.abc import Callable
from pathlib import Path

from tests.source import PRODUCT_ROOMS, ROOT, list_files, list_imports, name_module, parse_file

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "service", "services", "base", "common"}
LONGEST_FILE = 300
CHECKS = re.compile(r"(^|[._])(raises|fail|assert|check|expect|await|require|run_state_machine_as_test)")
PRODUCT = list_files("wsgi", "tools", *PRODUCT_ROOMS)
TESTS = list_files("tests")


def test_names_say_something() -> None:
    assert not [path for path in PRODUCT + TESTS if _split_words(path) & EMPTY_NAMES]


def _split_words(path: Path) -> set[str]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return {word for part in parts for word in re.split(r"[_\W]+", part)}


def test_files_stay_small() -> None:
    lengths = {name_module(path): len(path.read_text(encoding="utf-8").splitlines()) for path in PRODUCT}
    assert not {name: n for name, n in lengths.items() if n > LONGEST_FILE and ".migrations." not in name}


def test_every_module_says_what_it_is() -> None:
    lines = {name_module(path): (ast.get_docstring(parse_file(path)) or "").partition("\n")[0] for path in PRODUCT}
    assert not [name for name, line in lines.items() if not line.endswith((".", ":"))]


def test_no_error_is_swallowed() -> None:
    silent = {name_module(path): found for path in PRODUCT + TESTS if (found := _find_lines(path, _swallows))}
    assert not silent


def test_fakes_are_passed_in() -> None:
    """Nothing is patched by its import path."""
    assert not [path for path in TESTS if any(module.startswith("unittest.mock") for module in list_imports(path))]
    assert not {name_module(path): found for path in TESTS if (found := _find_lines(path, _patches))}


def test_every_test_can_fail() -> None:
    files = [path for path in TESTS if path.name.startswith("test_")]
    assert len(files) > 5
    assert not {name_module(path): found for path in files if (found := _find_idle_tests(path))}


def _find_lines(path: Path, is_wrong: Callable[[ast.AST], bool]) -> list[int]:
    return [node.lineno for node in ast.walk(parse_file(path)) if is_wrong(node)]  # type: ignore[attr-defined]


def _swallows(node: ast.AST) -> bool:
    """`except Exception: pass`, in any spelling."""
    if not isinstance(node, ast.ExceptHandler):
        return False
    broad = node.type is None or ast.unparse(node.type) in ("Exception", "BaseException")
    return broad and all(isinstance(line, (ast.Pass, ast.Continue)) for line in node.body)


def _patches(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).endswith("monkeypatch.setattr")


def _find_idle_tests(path: Path) -> list[str]:
    """Tests without an assert, without `pytest.raises`, and without a call of a check, here or named as one."""
    functions = {n.name: n for n in ast.walk(parse_file(path)) if isinstance(n, ast.FunctionDef)}
    checking = {name for name, function in functions.items() if _checks(function, set())}
    while more := {n for n, function in functions.items() if _checks(function, checking)} - checking:
        checking |= more
    return [name for name in functions if name.startswith("test_") and name not in checking]


def _checks(function: ast.FunctionDef, checking: set[str]) -> bool:
    inner = list(ast.walk(function))
    calls = [ast.unparse(part.func) for part in inner if isinstance(part, ast.Call)]
    asserts = any(isinstance(part, ast.Assert) for part in inner)
    return asserts or any(CHECKS.search(call) or call in checking for call in calls)
