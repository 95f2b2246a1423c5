"""A failpoint ends the process that reaches it, once per marker."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.failpoints import NAMES, arm, parse, reach

REACH_TWICE = """
import sys
from bot.failpoints import arm, reach
arm(sys.argv[1])
reach("turn.after_claim")
print("first", flush=True)
reach("turn.after_claim")
print("second", flush=True)
"""


def reach_twice(setting: str) -> tuple[int, list[str]]:
    ended = subprocess.run([sys.executable, "-c", REACH_TWICE, setting], capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout.split()


@pytest.mark.parametrize(
    ("setting", "printed"),
    [("turn.after_claim", []), ("turn.after_claim:2", ["first"])],
)
def test_the_armed_point_kills(setting: str, printed: list[str]) -> None:
    assert reach_twice(setting) == (-9, printed)


@pytest.mark.parametrize("setting", ["", "turn.after_commit", "turn.after_claim:3"])
def test_others_pass(setting: str) -> None:
    assert reach_twice(setting) == (0, ["first", "second"])


def test_a_marker_kills_once(tmp_path: Path) -> None:
    setting = f"turn.after_claim@{tmp_path / 'marker'}"
    assert [reach_twice(setting)[0], reach_twice(setting)[0]] == [-9, 0]


def test_removing_the_marker_arms_again(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    marker.touch()
    setting = f"turn.after_commit,turn.after_claim@{marker}"
    assert reach_twice(setting)[0] == 0
    marker.unlink()
    assert reach_twice(setting)[0] == -9
    assert int(marker.read_text()) > 0, "the marker says which process died"


def test_a_stopped_process_goes_on_when_told(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    command = [sys.executable, "-c", REACH_TWICE, f"~turn.after_claim@{marker}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        os.kill(process.pid, signal.SIGCONT)
        assert process.communicate(timeout=20)[0].split() == ["first", "second"]
    assert process.returncode == 0


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="no failpoint"):
        parse("turn.somewhere")


def test_unarmed_points_do_nothing() -> None:
    arm("")
    assert [reach(name) for name in sorted(NAMES)] == [None] * len(NAMES)  # and the process is alive
