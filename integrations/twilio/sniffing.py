"""What a file is by its first bytes: the declared type is only believed where the bytes do not speak."""

from collections.abc import Callable

_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_TEXT_STARTS = (
    (b"begin:vcard", "text/vcard"),
    (b"<!doctype html", "text/html"),
    (b"<html", "text/html"),
    (b"<?xml", "application/xml"),
    (b"<feed", "application/xml"),
    (b"{\\rtf", "application/rtf"),
)
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
    b"qt  ": "video/quicktime",
}
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_FAMILIES: dict[str, Callable[[str], bool]] = {
    "application/zip": lambda declared: "officedocument" in declared or "opendocument" in declared or "zip" in declared,
    "application/x-ole-storage": lambda declared: declared.startswith(("application/msword", "application/vnd.ms-")),
    "audio/ogg": lambda declared: declared in ("audio/ogg", "video/ogg", "audio/opus"),
    "video/mp4": lambda declared: declared in ("video/mp4", "audio/mp4", "video/3gpp", "audio/3gpp", "audio/aac"),
    "audio/mp4": lambda declared: declared in ("audio/mp4", "audio/aac", "audio/x-m4a"),
    "application/xml": lambda declared: declared.endswith(("/xml", "+xml")),
    "text/vcard": lambda declared: "vcard" in declared,
    "audio/amr": lambda declared: declared.startswith("audio/amr"),
    "audio/mpeg": lambda declared: declared in ("audio/mpeg", "audio/mp3"),
    "image/heif": lambda declared: declared in ("image/heic", "image/heif"),
}
"""One container, several honest names: where the declared one is among them it says more than the bytes."""


def sniff_type(content: bytes) -> str:
    """The content type that the first bytes give away; "" when they do not."""
    for start, content_type in _STARTS:
        if content.startswith(start):
            return content_type
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "video/mp4")
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12], "")
    opening = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return next((content_type for start, content_type in _TEXT_STARTS if opening.startswith(start)), "")


def settle_type(content: bytes, declared: str) -> str:
    """The type to go by: the sniffed one, or the declared one where it agrees or nothing was recognised."""
    named = declared.partition(";")[0].strip().lower()
    sniffed = sniff_type(content)
    if not sniffed:
        return named or "application/octet-stream"
    agrees = _FAMILIES.get(sniffed)
    return named if agrees is not None and agrees(named) else sniffed
