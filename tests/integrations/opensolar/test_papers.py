"""The proposal as a PDF, whichever way OpenSolar answers, and files that go the other way."""

from typing import Any

import pytest

from integrations.errors import NotFound, OutOfFunds, Refused, Unanswered, Uncertain
from integrations.opensolar.client import OpenSolarClient
from integrations.vendor import Document, Placed
from tests.integrations.opensolar.conftest import SHEET, Desk, OpenClient, break_next, list_rows
from tests.integrations.stub_api import Answer, Asked, open_stub
from tools.sandbox.runner import Sandbox

BILL = Document("bill.pdf", "application/pdf", b"%PDF-1.7 a bill")


@pytest.fixture
def placed(client: OpenSolarClient) -> Placed:
    return client.create_project(SHEET)


@pytest.mark.parametrize("answer", ["file", "url", "bytes"])
def test_a_proposal(client: OpenSolarClient, placed: Placed, desk: Desk, sandbox: Sandbox, answer: str) -> None:
    sandbox.world.options.opensolar_document = answer
    desk(placed.external_id, "design")
    paper = client.fetch_proposal(placed)
    assert (paper.name, paper.content_type) == ("proposal.pdf", "application/pdf")
    assert paper.content.startswith(b"%PDF-") and paper.content.rstrip().endswith(b"%%EOF")


def test_no_design_no_proposal(client: OpenSolarClient, placed: Placed) -> None:
    with pytest.raises(NotFound) as caught:
        client.fetch_proposal(placed)
    assert caught.value.code == "no_design"


def test_making_a_paper_twice_does_no_harm(
    open_client: OpenClient, placed: Placed, desk: Desk, sandbox: Sandbox
) -> None:
    desk(placed.external_id, "design")
    break_next(sandbox, "gateway_timeout_after", "documents.generate")
    assert open_client(retries=1).fetch_proposal(placed).content.startswith(b"%PDF-")


def test_a_plan_without_papers(client: OpenSolarClient, placed: Placed, desk: Desk, sandbox: Sandbox) -> None:
    desk(placed.external_id, "design")
    break_next(sandbox, "payment_required", "documents.generate")
    with pytest.raises(OutOfFunds):
        client.fetch_proposal(placed)


def answer_paper(paper: Answer, file: Any = None) -> Any:
    def reply(asked: Asked) -> Answer:
        if "generate_document" in asked.path:
            return paper
        if "systems" in asked.path:
            return Answer(200, [{"id": 1, "uuid": "u", "kw_stc": 5}])
        return Answer(200, {"id": 5, "file_contents": file})

    return reply


@pytest.mark.parametrize(
    ("paper", "error"),
    [
        (Answer(200, {}), Unanswered),
        (Answer(200, []), Unanswered),
        (Answer(200, {"task": "abc"}), Unanswered),
        (Answer(200, b"<html>one moment</html>"), Unanswered),
        (Answer(200, {"url": "ftp://files.example/1"}), Unanswered),
        (Answer(200, {"url": "http://files.example/1"}), Refused),
        (Answer(200, {"url": "https://127.0.0.1/1"}), Refused),
        (Answer(200, {"url": "https://localhost/1"}), Refused),
        (Answer(200, {"id": 7}), Unanswered),
    ],
)
def test_no_paper(open_client: OpenClient, paper: Answer, error: type[Exception]) -> None:
    with open_stub() as stub:
        stub.reply = answer_paper(paper)
        with pytest.raises(error) as caught:
            open_client(stub.url).fetch_proposal(Placed("5"))
        assert type(caught.value) is error


@pytest.mark.parametrize("named", [7, "7", "/api/orgs/15/private_files/7/", {"url": "/api/orgs/15/private_files/7/"}])
def test_every_way_to_name_a_private_file(open_client: OpenClient, named: Any) -> None:
    with open_stub() as stub:
        fallback = answer_paper(Answer(200, named), f"{stub.url}/kept/7?signature=1")

        def reply(asked: Asked) -> Answer:
            if asked.path == "/kept/7":
                assert "Authorization" not in asked.headers, "the link is the key"
                return Answer(200, b"%PDF-1.7 yes")
            return fallback(asked)

        stub.reply = reply
        assert open_client(stub.url).fetch_proposal(Placed("5")).content == b"%PDF-1.7 yes"


def test_what_the_link_gives_must_be_a_paper(open_client: OpenClient) -> None:
    with open_stub() as stub:
        stub.reply = answer_paper(Answer(200, {"url": f"{stub.url}/kept"}))
        with pytest.raises(Unanswered) as caught:
            open_client(stub.url).fetch_proposal(Placed("5"))
    assert caught.value.code == "garbage"


def test_a_bill_of_the_project(client: OpenSolarClient, placed: Placed, sandbox: Sandbox) -> None:
    client.send_document(placed, BILL, bill=True)
    (file,) = list_rows(sandbox, "files")
    assert (file["title"], file["content_type"]) == ("bill.pdf", "application/pdf")
    assert str(file["project_id"]) == placed.external_id


def test_an_upload_nobody_answered_for(client: OpenSolarClient, placed: Placed, sandbox: Sandbox) -> None:
    break_next(sandbox, "reset_after", "files.create")
    with pytest.raises(Uncertain):
        client.send_document(placed, BILL, bill=True)
    assert len(list_rows(sandbox, "files")) == 1


def test_a_file_that_came_back_without_its_project_is_linked(open_client: OpenClient) -> None:
    """OpenSolar docs: `private_files` of a project can be written."""
    with open_stub() as stub:
        known = f"{stub.url}/api/orgs/15/private_files/3/"

        def reply(asked: Asked) -> Answer:
            if "private_files" in asked.path:
                return Answer(201, {"id": 9, "project": None})
            return Answer(200, {"id": 5, "private_files": [known]})

        stub.reply = reply
        open_client(stub.url).send_document(Placed("5"), BILL, bill=False)
        assert stub.asked[-1].method == "PATCH"
        assert stub.asked[-1].json == {"private_files": [known, f"{stub.url}/api/orgs/15/private_files/9/"]}
