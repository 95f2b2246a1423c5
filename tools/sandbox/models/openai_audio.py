"""OpenAI's transcriptions: a voice note becomes the text that a test gave for it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from tools.sandbox.models.access import ModelRefusal, answer_json, guard, this_book, this_fault
from tools.sandbox.models.openai_chat import check_key, refuse

openai_audio = Blueprint("models_openai_audio", __name__, url_prefix="/models/openai/v1")
ENDINGS = ("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm")
BEGINNINGS = (b"OggS", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"RIFF", b"fLaC", b"\x1aE\xdf\xa3")
FIELD_NAMES = (
    "model language prompt response_format temperature timestamp_granularities[] include[] stream chunking_strategy"
)
FIELDS = frozenset(FIELD_NAMES.split())
MAX_BYTES = 25 * 1024 * 1024
UNSAID = "hello"


@openai_audio.post("/audio/transcriptions")
@guard("openai", "models.openai.transcriptions", check_key, refuse)
def transcribe() -> Response:
    """A script of vendor "transcriptions" answers files whose name, language or bytes hold its `match`."""
    if unknown := sorted(set(request.form) - FIELDS):
        raise ModelRefusal(400, f"Unrecognized request argument supplied: {unknown[0]}")
    if not request.form.get("model"):
        raise ModelRefusal(400, "you must provide a model parameter")
    file = request.files.get("file")
    if file is None:
        raise ModelRefusal(400, "[{'type': 'missing', 'loc': ('body', 'file'), 'msg': 'Field required'}]")
    content = file.read()
    check_audio(file.filename or "", content)
    language = request.form.get("language", "")
    if language and (len(language) != 2 or not language.isalpha()):
        raise ModelRefusal(400, f"Invalid language '{language}'. Language parameter must be specified in ISO-639-1 "
                           "format.", "invalid_language_format")  # fmt: skip
    subject = f"{file.filename} {language} {content.decode('latin-1')}"
    script = this_book().find("transcriptions", subject)
    text = "" if this_fault() == "empty" else str(script.data) if script else UNSAID
    if this_fault() == "wrong_schema":
        return answer_json(200, {"words": [text]})
    usage = {"type": "tokens", "input_tokens": 20, "output_tokens": 8, "total_tokens": 28}
    return answer_json(200, {"text": text, "usage": usage})


def check_audio(name: str, content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise ModelRefusal(413, f"Maximum content size limit ({MAX_BYTES}) exceeded")
    if name.rpartition(".")[2].lower() not in ENDINGS:
        raise ModelRefusal(400, f"Unrecognized file format. Supported formats: {list(ENDINGS)}")
    if not content:
        raise ModelRefusal(400, "Audio file is too short. Minimum audio length is 0.1 seconds.", "audio_too_short")
    if not content.startswith(BEGINNINGS) and content[4:8] != b"ftyp":
        raise ModelRefusal(400, "Audio file might be corrupted or unsupported", "invalid_value")
