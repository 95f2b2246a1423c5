"""What a file is, told by its content: names and declared types are a stranger's words."""

import re
from typing import Literal

Kind = Literal["pdf", "picture", "xml", "csv", "other"]

PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
HEAD = 4096
MARK_UP = re.compile(r"\s*(<\?xml\b|<!--|<!DOCTYPE\s+(?!html)|<(\w+:)?feed\b|<(\w+:)?entry\b)", re.IGNORECASE)
COLUMNS = re.compile(r"^[^\n]*[,;\t][^\n]*$", re.MULTILINE)
ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def find_kind(content: bytes) -> Kind:
    head = content[:HEAD]
    if b"%PDF-" in head[:1024] and not head.startswith(b"PK"):
        return "pdf"
    if head.startswith(PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "picture"
    text = decode_text(head[: HEAD - HEAD % 2])
    if text is None:
        return "other"
    if MARK_UP.match(text):
        return "xml"
    return "csv" if "<" not in text[:20] and len(COLUMNS.findall(text)) >= 2 else "other"


def decode_text(content: bytes) -> str | None:
    """None for what is no text."""
    for mark, encoding in ENCODINGS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if b"\0" in content:
        return None
    text = content.decode("utf-8", errors="replace")
    strange = sum(letter < " " and letter not in "\t\r\n\f" for letter in text)
    if strange > len(text) // 100:
        return None
    return text if text.count("\ufffd") <= 2 else content.decode("latin-1")
