"""The tools around golden conversations: a transcript is played, compared, saved from a chat; pictures of the flows."""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from datetime import timedelta
from pathlib import Path

import pytest

from flows.definition import Flow
from flows.effects import SendMessage
from flows.registry import FLOWS
from tools.golden import FOLDER, compare_transcript, list_transcripts
from tools.graph import FOLDER as PICTURES
from tools.graph import draw_flow
from tools.talk import Talk
from tools.transcript import ScriptError, parse_script, play_line, play_script

ROOT = FOLDER.parent.parent


def test_playing_a_transcript_again_changes_nothing() -> None:
    path = next(list_transcripts())
    text = path.read_text(encoding="utf-8")
    assert play_script(parse_script(text)) == text
    assert compare_transcript(path) == ""


def test_only_the_inputs_of_a_transcript_count() -> None:
    script = parse_script(
        "# About.\nmarket: ZA\non duty: yes\n\n> hi\n< name: x\n! Y\n@ 2 hours later\n> [Yes]\n= a: b\n"
    )
    assert script.comment == ("# About.",)
    assert script.settings == (("market", "ZA"), ("on duty", "yes"))
    assert script.lines == ("> hi", "@ 2 hours later", "> [Yes]")


def test_a_line_that_means_nothing_is_an_error() -> None:
    with pytest.raises(ScriptError):
        list(play_line(Talk(), "@ moonrise"))
    with pytest.raises(LookupError):
        list(play_line(Talk(), "> [Never offered]"))


def test_pins_files_and_captions() -> None:
    talk = Talk()
    list(play_line(talk, "> (pin 40.5, -74.25; Home)"))
    assert talk.state.slots["location"].value["latitude"] == 40.5
    ((fetch, *_),) = [
        [effect for effect in effects if not isinstance(effect, SendMessage)]
        for effects in play_line(talk, "> (image/jpeg) my bill")
    ]
    assert getattr(fetch, "media_id", "") == "ME2-1"


def test_reminders_come_due_in_their_own_time() -> None:
    talk = Talk()
    talk.hear("hi")
    assert list(talk.wait(timedelta(hours=21))) == []
    ((nudge,),) = talk.wait(timedelta(hours=2))
    assert isinstance(nudge, SendMessage) and nudge.template == "nudge"
    assert list(talk.wait(timedelta(days=5))) == []


def test_every_transcript_is_as_played_today() -> None:
    result = run_tool("tools.golden", "--check")
    assert (result.returncode, result.stdout) == (0, "0 differ\n"), result.stdout


def test_a_chat_is_saved_as_a_transcript_that_plays(tmp_path: Path) -> None:
    result = run_tool(
        "tools.chat", "--language", "es", "--save", "trial/first", "--folder", str(tmp_path), "--about", "A try",
        typed="hola\n[Nada]\nRosa\n@ 2 days later\n\n",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert "? nothing called 'Nada' was offered" in result.stdout
    saved = (tmp_path / "trial" / "first.txt").read_text(encoding="utf-8")
    assert saved.startswith("# A try.\nmarket: US\nlanguage: es\n\n> hola\n< ¡Hola!")
    assert "[Nada]" not in saved and "template nudge, Rosa" in saved
    assert play_script(parse_script(saved)) == saved


def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    assert run_tool("tools.chat", "--save", "../escape", "--folder", str(tmp_path)).returncode == 2


@pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.name)
def test_pictures_are_fresh_and_whole(flow: Flow) -> None:
    drawn = draw_flow(flow)
    assert (PICTURES / f"{flow.name}.svg").read_text(encoding="utf-8") == drawn
    texts = [element.text for element in ElementTree.fromstring(drawn).iter() if element.tag.endswith("text")]
    assert {slot.name for slot in flow.questions} <= set(texts)
    assert {ending.name for ending in flow.endings} <= set(texts)


def run_tool(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, input=typed, capture_output=True, text=True, timeout=60
    )
