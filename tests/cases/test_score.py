"""The score of reading, printed in every test run."""

import subprocess
import sys
from pathlib import Path

import pytest

CASES = Path(__file__).parent
ROOT = CASES.parents[1]
AT_LEAST = "0.97"


def test_reading_reaches_the_score(capsys: pytest.CaptureFixture[str]) -> None:
    run = subprocess.run(
        [
            sys.executable, str(CASES / "score_reading.py"), "--at-least", AT_LEAST, str(CASES / "utterances.jsonl"),
            sys.executable, "-m", "tools.read",
        ],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    with capsys.disabled():
        sys.stdout.write(
            f"\nreading: {run.stdout.strip().splitlines()[-1] if run.stdout.strip() else run.stderr[-500:]}\n"
        )
    assert run.returncode == 0, run.stdout + run.stderr
