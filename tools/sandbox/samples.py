"""Files a homeowner can send without having any: a drawn roof and a one-page bill."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable

WIDTH, HEIGHT = 480, 320
Pixel = tuple[int, int, int]


class SampleUnknown(ValueError):
    """There is no sample of that name."""


def make_sample(name: str) -> tuple[str, str, bytes]:
    """(content type, file name, bytes) of `roof` or `bill`."""
    maker = SAMPLES.get(name)
    if maker is None:
        raise SampleUnknown(f"sample must be one of {', '.join(SAMPLES)}")
    return maker()


def draw_roof() -> tuple[str, str, bytes]:
    rows = [bytes(value for x in range(WIDTH) for value in _paint(x, y)) for y in range(HEIGHT)]
    return "image/png", "roof.png", _pack_png(rows)


def _paint(x: int, y: int) -> Pixel:
    if (x - 400) ** 2 + (y - 62) ** 2 < 34**2:
        return 255, 214, 92
    roof_half = (y - 70) * 1.25 + 60
    if 70 <= y < 170 and abs(x - 220) < roof_half:
        return _paint_roof(x, y)
    if 170 <= y < 262 and abs(x - 220) < 160:
        return _paint_wall(x, y)
    if y >= 262:
        return 118 + (y % 7), 168 - (x % 5), 96
    return 150 + y // 4, 200 + y // 6, 236


def _paint_roof(x: int, y: int) -> Pixel:
    panel = 92 <= y < 156 and 150 <= x < 296
    if panel:
        edge = (x - 150) % 36 < 3 or (y - 92) % 32 < 3
        return (196, 206, 220) if edge else (28, 58, 110 + (x + y) % 24)
    return (150, 82, 62) if (y // 9 + x // 14) % 2 else (138, 74, 56)


def _paint_wall(x: int, y: int) -> Pixel:
    if 200 <= x < 244 and y >= 200:
        return 108, 74, 54
    if 196 <= y < 232 and (104 <= x < 152 or 288 <= x < 336):
        return 178, 214, 232
    return 244, 234, 214


def _pack_png(rows: list[bytes]) -> bytes:
    def chunk(tag: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\x00" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


BILL_LINES = (
    ("F2", 20, "Golden Valley Electric (sample)"),
    ("F1", 11, "Residential electric bill"),
    ("F1", 11, "Customer: Maya Torres"),
    ("F1", 11, "Service address: 742 Juniper Court, Fresno, CA 93722"),
    ("F1", 11, "Account number: 5550-1234-77"),
    ("F1", 11, "Billing period: 05/14/2026 to 06/12/2026"),
    ("F1", 11, "Electricity used: 812 kWh"),
    ("F2", 13, "Amount due: $214.36"),
    ("F1", 9, "Every name and number on this page is invented."),
)


def write_bill() -> tuple[str, str, bytes]:
    return "application/pdf", "bill.pdf", write_page(BILL_LINES)


def write_page(lines: Iterable[tuple[str, int, str]]) -> bytes:
    """A PDF of one page; lines of (font F1 plain or F2 bold, size in points, text)."""
    drawn, y = [], 760
    for font, size, text in lines:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /{font} {size} Tf 60 {y} Td ({escaped}) Tj ET")
        y -= size + 14
    stream = "\n".join(drawn).encode("latin-1", "replace")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
    )
    return _pack_pdf(objects)


def _pack_pdf(objects: tuple[bytes, ...]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


SAMPLES: dict[str, Callable[[], tuple[str, str, bytes]]] = {"roof": draw_roof, "bill": write_bill}
