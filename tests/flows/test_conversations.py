"""The golden conversations: real reading and engine, the state re-read from JSON before every turn."""

from pathlib import Path

import pytest

from tools.golden import FOLDER, compare_transcript, list_transcripts

TRANSCRIPTS = list(list_transcripts())


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_conversation_goes_as_written(path: Path) -> None:
    difference = compare_transcript(path)
    assert not difference, f"run `make golden` and review the diff:\n{difference}"


def test_every_conversation_says_what_it_shows() -> None:
    claims = [path.read_text(encoding="utf-8").splitlines()[0] for path in TRANSCRIPTS]
    assert all(claim.startswith("# ") and claim.endswith(".") for claim in claims)
    assert len(set(claims)) == len(claims) >= 60
