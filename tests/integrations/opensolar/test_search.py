"""A creation that nobody answered for: is the project there?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from integrations.errors import RateLimited, Uncertain
from integrations.opensolar.client import OpenSolarClient
from tests.integrations.opensolar.conftest import SHEET, OpenClient, break_next, change_sheet
from tests.integrations.stub_api import Answer, Asked, open_stub
from tools.sandbox.runner import Sandbox

NOW = datetime.now(UTC)


@pytest.mark.parametrize("listed", [True, False])
def test_what_was_made_is_found(client: OpenSolarClient, sandbox: Sandbox, listed: bool) -> None:
    sandbox.world.options.opensolar_list_identifiers = listed
    client.create_project(change_sheet(reference="hg-9-ffffff"))
    break_next(sandbox, "garbage_after", "projects.create")
    with pytest.raises(Uncertain):
        client.create_project(SHEET)
    client.create_project(change_sheet(reference="hg-8-ffffff"))
    found = client.find_project(SHEET, NOW)
    assert found.found and found.found.external_id == "6625" and found.found.contact_id == "61"
    assert found.absent is False
    assert found.found.details["notes"] == SHEET.notes


@pytest.mark.parametrize("listed", [True, False])
def test_what_was_not_made_is_certainly_absent(client: OpenSolarClient, sandbox: Sandbox, listed: bool) -> None:
    sandbox.world.options.opensolar_list_identifiers = listed
    client.create_project(change_sheet(reference="hg-9-ffffff"))
    break_next(sandbox, "error_before", "projects.create")
    with pytest.raises(Uncertain):
        client.create_project(SHEET)
    found = client.find_project(SHEET, NOW)
    assert (found.found, found.absent) == (None, True)


def test_many_pages(client: OpenSolarClient, sandbox: Sandbox) -> None:
    sandbox.world.options.opensolar_list_identifiers = True
    client.create_project(SHEET)
    for number in range(220):
        client.calls.create_project({"identifier": f"other-{number}"})
    found = client.find_project(SHEET, NOW).found
    assert found and found.external_id == "6624"
    assert client.find_project(change_sheet(reference="hg-7-ffffff"), NOW).absent is True


def test_more_than_can_be_opened(client: OpenSolarClient) -> None:
    for number in range(60):
        client.calls.create_project({"identifier": f"other-{number}", "address": "1 Elm Street"})
    assert client.find_project(SHEET, NOW).absent is False, "nobody knows"
    client.create_project(SHEET)
    for number in range(60):
        client.calls.create_project({"identifier": f"later-{number}", "address": "1 Elm Street"})
    found = client.find_project(SHEET, NOW).found
    assert found and found.external_id == "6684", "the likely ones are opened first"


def test_a_throttled_search_says_so(client: OpenSolarClient, sandbox: Sandbox) -> None:
    break_next(sandbox, "rate_limit", "projects.list", seconds=9)
    with pytest.raises(RateLimited):
        client.find_project(SHEET, NOW)


class Books:
    """An OpenSolar that shows what a test says: `rows` newest first, `opened` by id."""

    def __init__(self, rows: list[dict[str, Any]], opened: dict[str, Any] | None = None, most: int = 100) -> None:
        self.rows = rows
        self.opened = opened or {}
        self.most = most
        self.past_the_end = 404

    def reply(self, asked: Asked) -> Answer:
        number = asked.path.rstrip("/").rpartition("/")[2]
        if number != "projects":
            return Answer(200, self.opened[number]) if number in self.opened else Answer(404, {"detail": "Not found."})
        page, limit = int(asked.query["page"]), min(int(asked.query["limit"]), self.most)
        shown = self.rows[(page - 1) * limit : page * limit]
        return Answer(200, shown) if shown or page == 1 else Answer(self.past_the_end, {"detail": "Invalid page."})


def row(number: int, days_ago: float = 0, **values: Any) -> dict[str, Any]:
    return {"id": number, "created_date": (NOW - timedelta(days=days_ago)).isoformat(), "address": "1 Elm St", **values}


def search(open_client: OpenClient, books: Books) -> tuple[str, bool]:
    with open_stub() as stub:
        stub.reply = books.reply
        search = open_client(stub.url).find_project(SHEET, NOW)
    return search.found.external_id if search.found else "", search.absent


OTHER = {"identifier": "hg-9-ffffff"}
ALIKE = {"address": "12 sample  road", "contacts_data": [{"id": 1, "phone": "415 555 0101"}]}


def test_older_projects_end_the_search(open_client: OpenClient) -> None:
    assert search(open_client, Books([row(9, **OTHER), *(row(8 - n, 2) for n in range(8))])) == ("", True)


def test_a_list_in_no_order_is_read_to_its_end(open_client: OpenClient) -> None:
    rows = [row(3, 5), row(4, 5), row(9, **OTHER), row(7, 5)]
    assert search(open_client, Books(rows)) == ("", True)
    assert search(open_client, Books([*rows, row(8, identifier=SHEET.reference)])) == ("8", False)


def test_a_vendor_that_gives_fewer_rows_than_asked_for(open_client: OpenClient) -> None:
    rows = [row(100 - n, **OTHER) for n in range(50)]
    assert search(open_client, Books([*rows, row(1, identifier=SHEET.reference)], most=20)) == ("1", False)


def test_a_fault_after_a_full_page_is_no_end(open_client: OpenClient) -> None:
    books = Books([row(1000 - n, **OTHER) for n in range(100)])
    assert search(open_client, books) == ("", True)
    books.past_the_end = 500
    assert search(open_client, books) == ("", False)


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        ({**ALIKE, **OTHER}, ("", True)),
        (ALIKE, ("5", False)),
        ({**ALIKE, "identifier": None}, ("", False)),
        ({"address": "1 Elm St", "identifier": ""}, ("", True)),
        ({"address": "1 Elm St"}, ("", False)),
        ({**ALIKE, "contacts_data": [{"id": 1, "phone": "415 555 0199"}]}, ("", False)),
    ],
)
def test_what_a_candidate_shows_decides(
    open_client: OpenClient, opened: dict[str, Any], expected: tuple[str, bool]
) -> None:
    assert search(open_client, Books([row(5)], {"5": {"id": 5, **opened}})) == expected


def test_a_candidate_deleted_meanwhile_is_another(open_client: OpenClient) -> None:
    assert search(open_client, Books([row(5)])) == ("", True)


def test_one_alike_without_an_identifier_in_the_list(open_client: OpenClient) -> None:
    assert search(open_client, Books([row(5, **ALIKE, identifier="")])) == ("", False)


def test_a_list_that_is_oldest_first_is_read_to_its_end(open_client: OpenClient) -> None:
    rows = [row(1 + n, 9 - n / 100, **OTHER) for n in range(150)]
    assert search(open_client, Books([*rows, row(900, identifier=SHEET.reference)])) == ("900", False)
