"""Files that are broken, locked, far too large when unpacked, or something else than they say."""

import io
import struct
import zipfile
import zlib

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

LINES = (
    "Con Edison   Account number: 41-0000-5555-1234-5",
    "Service delivered to: Dana Vance, 12 Alder St, Yonkers, NY 10701",
    "Billing period: Oct 3, 2025 to Nov 4, 2025",
    "Total usage 512 kWh",
    "Your total electricity charges $140.20",
)


Size = tuple[float, float]


def write_pdf(pages: int = 1, encrypt: StandardEncryption | None = None, size: Size = (612, 792)) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, encrypt=encrypt, invariant=1)
    for page in range(pages):
        for place, line in enumerate(LINES if page == 0 else (f"Page {page + 1} of notes that nobody reads at all",)):
            canvas.drawString(50, size[1] - 60 - 20 * place, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lock_pdf(password: str) -> bytes:
    """With an empty user password it is only locked against changes."""
    return write_pdf(encrypt=StandardEncryption(password, ownerPassword="theirs", canPrint=0))


def write_png_bomb(width: int, height: int) -> bytes:
    """Some kilobytes that say they are a picture of that size, and are."""
    row = b"\0" + b"\xff" * ((width + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def write_picture_pdf(side: int) -> bytes:
    """A page without text that holds one white picture of so many pixels a side."""
    packer = zlib.compressobj(9)
    row = b"\xff" * side
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (side, side)
    picture = head + b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    return _write_page(b"/Resources<</XObject<</I 5 0 R>>>>", b"612 0 0 792 0 0 cm /I Do", picture)


def write_jpeg(size: tuple[int, int] = (900, 1200)) -> bytes:
    file = io.BytesIO()
    Image.new("L", size, 200).save(file, "JPEG")
    return file.getvalue()


def write_zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bill.pdf", write_pdf())
    return file.getvalue()


def write_laughs() -> bytes:
    """Entities that would unfold to gigabytes."""
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY l0 "ha">{rows}]><feed>&l9;</feed>'.encode()


def write_outside() -> bytes:
    """An entity that would read a file of ours."""
    return b'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed>&x;</feed>'


def write_unpacking_pdf(size: int) -> bytes:
    """A page whose drawing commands unpack to so many bytes."""
    return _write_page(b"", b"0 0 m 1 1 l S " * (size // 14))


def _write_page(about: bytes, commands: bytes, *more: bytes) -> bytes:
    """A PDF of one page; further objects are numbered from 5 on."""
    packed = zlib.compress(commands, 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]%s/Contents 4 0 R>>" % about,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        *more,
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(content))
        content += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + tail
