"""What a file is, by its bytes and by what it is said to be."""

import pytest

from integrations.twilio.sniffing import settle_type


@pytest.mark.parametrize(
    ("content", "declared", "settled"),
    [
        (b"\xff\xd8\xff\xe0....", "image/png", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png; x=1", "image/png"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", "", "audio/wav"),
        (b"%PDF-1.4", "image/jpeg", "application/pdf"),
        (b"OggS\0", "audio/ogg; codecs=opus", "audio/ogg"),
        (b"\0\0\0\x18ftypmp42", "audio/mp4", "audio/mp4"),
        (b"\0\0\0\x18ftyp3gp5", "video/3gpp", "video/3gpp"),
        (b"\0\0\0\x18ftypheic", "image/jpeg", "image/heic"),
        (b"\0\0\0\x18ftypM4A ", "video/mp4", "audio/mp4"),
        (b"BEGIN:VCARD\nVERSION:3.0", "text/x-vcard", "text/x-vcard"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML>", "image/png", "text/html"),
        (b"<?xml version='1.0'?><feed/>", "text/xml", "text/xml"),
        (b"<?xml version='1.0'?><feed/>", "text/plain", "application/xml"),
        (
            b"PK\x03\x04",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"PK\x03\x04", "application/pdf", "application/zip"),
        (b"MZ\x90\0", "application/pdf", "application/x-msdownload"),
        (b"Date,kWh\n", "Text/CSV", "text/csv"),
        (b"Date,kWh\n", "", "application/octet-stream"),
    ],
)
def test_settled_type(content: bytes, declared: str, settled: str) -> None:
    assert settle_type(content, declared) == settled
