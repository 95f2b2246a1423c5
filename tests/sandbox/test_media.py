"""Media of inbound messages: credentials, redirect, CDN, deletion."""

from __future__ import annotations

from pathlib import Path

import httpx
from PIL import Image

from tests.sandbox.rig import MAYA, Rig
from tools.sandbox.samples import make_sample


def receive_file(rig: Rig) -> tuple[str, bytes]:
    rig.write(media=[{"sample": "bill"}, {"sample": "roof"}], text="my bill")
    return rig.receiver.webhooks[0].fields["MediaUrl0"], make_sample("bill")[2]


def test_webhook_announces_media(rig: Rig) -> None:
    receive_file(rig)
    fields = rig.receiver.webhooks[0].fields
    assert fields["MessageSid"].startswith("MM")
    assert (fields["NumMedia"], fields["Body"], fields["MessageType"]) == ("2", "my bill", "document")
    assert (fields["MediaContentType0"], fields["MediaContentType1"]) == ("application/pdf", "image/png")


def test_media_wants_credentials(rig: Rig) -> None:
    url, _ = receive_file(rig)
    assert rig.open.get(url).status_code == 401


def test_media_redirects_to_a_cdn_that_wants_none(rig: Rig) -> None:
    url, data = receive_file(rig)
    redirect = rig.api.get(url)
    assert redirect.status_code == 307
    target = redirect.headers["Location"]
    assert target.startswith(f"{rig.sandbox.base_url}/cdn/")
    refused = rig.api.get(target)
    assert refused.status_code == 400
    assert "Only one auth mechanism allowed" in refused.text
    answer = rig.open.get(target)
    assert (answer.content, answer.headers["Content-Type"]) == (data, "application/pdf")


def test_deleted_media_is_gone(rig: Rig) -> None:
    url, _ = receive_file(rig)
    target = rig.api.get(url).headers["Location"]
    assert rig.api.delete(url).status_code == 204
    assert rig.api.get(url).status_code == 404
    assert rig.open.get(target).status_code == 404
    listed = rig.api.get(url.rsplit("/", 1)[0] + ".json").json()["media_list"]
    assert [media["content_type"] for media in listed] == ["image/png"]
    assert len(rig.ledger("media_deleted")) == 1


def test_files_are_uploaded_as_multipart(rig: Rig) -> None:
    upload = {"file": ("usage.xml", b"<feed/>", "application/xml")}
    answer = rig.open.post(f"/sandbox/homeowners/{MAYA}/messages", files=upload, data={"text": "here", "wait": "1"})
    assert answer.status_code == 201
    fields = rig.receiver.webhooks[0].fields
    assert (fields["Body"], fields["MediaContentType0"]) == ("here", "application/xml")
    cdn = rig.api.get(fields["MediaUrl0"]).headers["Location"]
    assert rig.open.get(cdn).content == b"<feed/>"


def test_samples_are_real_files(tmp_path: Path) -> None:
    picture = tmp_path / "roof.png"
    picture.write_bytes(make_sample("roof")[2])
    with Image.open(picture) as image:
        image.verify()
        assert image.size == (480, 320)
    bill = make_sample("bill")[2]
    start = int(bill.split(b"startxref\n")[1].split(b"\n")[0])
    assert bill[start : start + 4] == b"xref"


def test_unknown_sample_is_refused(rig: Rig) -> None:
    answer: httpx.Response = rig.open.post(f"/sandbox/homeowners/{MAYA}/messages", json={"media": [{"sample": "cat"}]})
    assert answer.status_code == 400
    assert "roof" in answer.json()["error"]
