"""A picture of what a home uses against what its panels will produce, for the chat."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import Connection, select

from bot.settings import Settings
from bot.shared_files import share_file
from db.conversations import Conversation
from db.projects import Project
from integrations.vendor import Design, Usage
from jobs.sync_sheet import build_usage

SIZE = (1080, 720)
LEFT, RIGHT, TOP, BOTTOM = 120, 40, 160, 90
INK, PALE, USED, MADE = "#22313f", "#d8dee4", "#8296a8", "#f2a900"
FILE = "usage-and-production.png"

WORDS = {
    "en": ("Your electricity and your panels", "You use", "Panels produce", "JFMAMJJASOND", "12 months"),
    "es": ("Tu consumo y tus paneles", "Tu consumo", "Los paneles producen", "EFMAMJJASOND", "12 meses"),
}
"""Title, the two legends, the months' initials, and what a pair of bars stands for when months are not known. The font
has no letters with accents."""


def draw_picture(connection: Connection, project_id: int, better: Mapping[str, Any] | None, design: Design) -> bytes:
    """A PNG in the contact's language; empty where usage or production is not known. `better` is the consumption that
    staff gave."""
    columns: Any = select(Project.__table__, Conversation.state["language"].as_string().label("language"))
    found = connection.execute(columns.join(Conversation).where(Project.id == project_id)).mappings().one()
    pairs = list_pairs(build_usage(dict(found), better), design)
    return draw_pairs(pairs, found["language"] or "en") if pairs else b""


def share_picture(connection: Connection, settings: Settings, conversation_id: int, content: bytes) -> str:
    """The address of the picture; empty where there is none, or no file may be kept."""
    if not content or not settings.secret_key:
        return ""
    return share_file(connection, settings, conversation_id, FILE, "image/png", content)


def list_pairs(usage: Usage, design: Design) -> list[tuple[float, float]]:
    """(used, produced) in kWh: twelve months from January where both are known by the month, else one year; empty
    where either is unknown."""
    months = usage.monthly_kwh or ((usage.average_kwh,) * 12 if usage.average_kwh else ())
    known = [value for value in months if value is not None]
    whole = len(known) == 12
    if whole and design.monthly_kwh and len(design.monthly_kwh) == 12:
        return list(zip(map(float, known), design.monthly_kwh, strict=True))
    produced = design.yearly_kwh or sum(design.monthly_kwh or ())
    used = usage.annual_kwh or (sum(known) if whole else 0)
    if not used and design.offset:
        used = produced * 100 / design.offset  # what the vendor reckons with where only a bill in money is known
    return [(float(used), float(produced))] if used and produced else []


def draw_pairs(pairs: Sequence[tuple[float, float]], language: str) -> bytes:
    """A PNG of 1080 × 720 with a pair of bars for each month or for the year."""
    title, uses, makes, initials, year = WORDS.get(language, WORDS["en"])
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    top = _round_up(max(max(pair) for pair in pairs))
    draw.text((LEFT - 70, 28), title, INK, _font(38))
    _draw_legend(draw, ((USED, uses), (MADE, makes)))
    _draw_scale(draw, top)
    names = list(initials) if len(pairs) == 12 else [year]
    width = (SIZE[0] - LEFT - RIGHT) / len(pairs)
    bar = min(width * 0.36, 150)
    for number, (pair, name) in enumerate(zip(pairs, names, strict=True)):
        middle = LEFT + width * (number + 0.5)
        for value, colour, start in ((pair[0], USED, middle - bar), (pair[1], MADE, middle)):
            high = _place(value, top)
            draw.rectangle((start, high, start + bar - 3, SIZE[1] - BOTTOM), colour)
            if len(pairs) == 1:
                draw.text((start + bar / 2, high - 8), f"{_group(value)} kWh", INK, _font(26), anchor="ms")
        draw.text((middle, SIZE[1] - BOTTOM + 12), name, INK, _font(26), anchor="ma")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _draw_legend(draw: ImageDraw.ImageDraw, entries: Sequence[tuple[str, str]]) -> None:
    at = float(LEFT - 70)
    for colour, words in entries:
        draw.rectangle((at, 88, at + 22, 110), colour)
        draw.text((at + 32, 99), words, INK, _font(26), anchor="lm")
        at += 70 + draw.textlength(words, _font(26))


def _draw_scale(draw: ImageDraw.ImageDraw, top: float) -> None:
    for step in range(5):
        value = top * step / 4
        high = _place(value, top)
        draw.line((LEFT, high, SIZE[0] - RIGHT, high), PALE, 2)
        draw.text((LEFT - 14, high), _group(value), INK, _font(22), anchor="rm")
    draw.text((LEFT - 14, SIZE[1] - BOTTOM + 26), "kWh", INK, _font(22), anchor="rm")


def _place(value: float, top: float) -> float:
    return SIZE[1] - BOTTOM - (SIZE[1] - TOP - BOTTOM) * value / top


def _round_up(value: float) -> float:
    """A round number at the scale's end, with four even steps below it."""
    step = 10.0 ** (len(str(int(max(value, 1)))) - 1)
    return next(step * each for each in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12) if step * each >= value)


def _group(value: float) -> str:
    """Thousands apart in a way that every market reads alike."""
    return f"{value:,.0f}".replace(",", " ")


def _font(size: int) -> Any:
    return ImageFont.load_default(size)
