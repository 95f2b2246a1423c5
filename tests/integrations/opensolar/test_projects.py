"""Projects and contacts at the simulated OpenSolar, which knows the vendor's rules and nothing of our mapping."""

from dataclasses import replace

import pytest

from integrations.errors import (
    NotFound,
    OutOfFunds,
    RateLimited,
    Refused,
    Throttled,
    Unanswered,
    Unauthorised,
    Uncertain,
    Unreachable,
    VendorError,
)
from integrations.exchange import Exchange
from integrations.opensolar.client import OpenSolarClient
from integrations.vendor import DesignOrder, NotOffered, Placed, Usage
from tests.integrations.opensolar.conftest import SHEET, Desk, OpenClient, break_next, change_sheet, list_rows
from tests.integrations.raw_server import find_closed_port
from tools.sandbox.runner import Sandbox


def test_a_project_with_its_contact(client: OpenSolarClient, sandbox: Sandbox) -> None:
    placed = client.create_project(SHEET)
    (project,) = list_rows(sandbox, "projects")
    (contact,) = list_rows(sandbox, "contacts")
    assert (placed.external_id, placed.contact_id) == (str(project["id"]), str(contact["id"]))
    assert (project["identifier"], project["address"], project["locality"]) == (
        SHEET.reference,
        SHEET.street,
        "San Jose",
    )
    assert (project["lat"], project["lon"], project["country_iso2"]) == (37.34, -121.89, "US")
    assert project["notes"] == SHEET.notes
    assert (contact["first_name"], contact["family_name"], contact["phone"]) == ("Ana", "Maria Diaz", SHEET.phone)


def test_usage(client: OpenSolarClient, sandbox: Sandbox) -> None:
    placed = client.create_project(SHEET)
    assert client.send_usage(placed, SHEET.usage) is True
    assert list_rows(sandbox, "projects")[0]["usage"]["usage_data_source"] == "kwh_monthly"
    assert client.send_usage(placed, Usage(monthly_bill=80)) is True
    assert list_rows(sandbox, "projects")[0]["usage"] == {"usage_data_source": "bill_annual", "values": [960]}
    assert client.send_usage(placed, Usage()) is False


def test_an_update_keeps_what_staff_wrote(client: OpenSolarClient, sandbox: Sandbox, desk: Desk) -> None:
    placed = client.create_project(SHEET)
    desk(placed.external_id, "edit", fields={"notes": f"Gate code 12\n{SHEET.notes}"})
    moved = client.update_project(placed, change_sheet(street="14 Sample Road", notes="Pool pump × 1"))
    (project,) = list_rows(sandbox, "projects")
    assert (project["address"], project["notes"]) == ("14 Sample Road", "Gate code 12\nPool pump × 1")
    assert moved.details["notes"] == "Pool pump × 1"
    assert (moved.external_id, moved.contact_id) == (placed.external_id, placed.contact_id)
    assert len(list_rows(sandbox, "contacts")) == 1


def test_a_contact_is_changed_in_place(client: OpenSolarClient, sandbox: Sandbox) -> None:
    placed = client.create_project(SHEET)
    for known in (placed, replace(placed, contact_id="")):
        after = client.update_contact(known, change_sheet(name="Ana Lopez", email=""))
        assert after.contact_id == placed.contact_id
    (contact,) = list_rows(sandbox, "contacts")
    assert (contact["family_name"], contact["email"]) == ("Lopez", SHEET.email), "what is left out is kept"


def test_a_project_without_a_contact(client: OpenSolarClient, desk: Desk) -> None:
    placed = client.create_project(SHEET)
    desk(placed.external_id, "edit", fields={"contacts": []})
    with pytest.raises(NotFound) as caught:
        client.update_contact(replace(placed, contact_id=""), SHEET)
    assert caught.value.code == "no_contact"


def test_a_decision_is_noted_once(client: OpenSolarClient, sandbox: Sandbox) -> None:
    placed = client.create_project(SHEET)
    for _ in range(2):
        client.note_decision(placed, "2026-11-21: the homeowner said yes.", True)
    (project,) = list_rows(sandbox, "projects")
    assert project["notes"] == f"{SHEET.notes}\n\n2026-11-21: the homeowner said yes."
    assert client.read_state(placed, {}).stage == "Proposal", "the stage where the price is locked"
    assert client.read_state(placed, {}).sealed is False, "a yes in a chat is no signature"


def test_a_decision_moves_no_project_back(client: OpenSolarClient, desk: Desk) -> None:
    placed = client.create_project(SHEET)
    client.note_decision(placed, "The homeowner wants two panels more.", False)
    assert client.read_state(placed, {}).stage == "New lead"
    desk(placed.external_id, "stage", milestone="sold")
    client.note_decision(placed, "The homeowner said yes.", True)
    assert client.read_state(placed, {}).stage == "Sold"


def test_there_are_no_orders_for_designs(client: OpenSolarClient) -> None:
    with pytest.raises(NotOffered, match="staff design"):
        client.order_design(Placed("1"), DesignOrder("design_team"))


def test_search_by_telephone_number(client: OpenSolarClient) -> None:
    for number in range(120):
        if number == 3:
            client.create_project(SHEET)
        client.calls.create_project({"contacts_new": [{"first_name": "N", "phone": f"(415) 555-1{number:03}"}]})
    assert client.find_contact_by_phone(SHEET.phone) == str(60 + 3)
    assert client.find_contact_by_phone("+14155551119", "US") == str(60 + 120)
    assert client.find_contact_by_phone("+14155559999", "US") == ""


def test_who_we_are(client: OpenSolarClient) -> None:
    assert client.check() == "OpenSolar answers as organisation 15."


ROWS: list[tuple[str, type[VendorError], type[VendorError]]] = [
    # fault, what a POST becomes, what a call that may be repeated becomes
    ("unauthorised", Unauthorised, Unauthorised),
    ("payment_required", OutOfFunds, OutOfFunds),
    ("forbidden", Unauthorised, Unauthorised),
    ("rate_limit", RateLimited, RateLimited),
    ("error_before", Uncertain, Unanswered),
    ("gateway_timeout", Uncertain, Unanswered),
    ("reset_before", Uncertain, Unanswered),
    ("error_after", Uncertain, Unanswered),
    ("gateway_timeout_after", Uncertain, Unanswered),
    ("reset_after", Uncertain, Unanswered),
    ("timeout_after", Uncertain, Unanswered),
    ("garbage_after", Uncertain, Unanswered),
    ("drip", Uncertain, Unanswered),
]


@pytest.mark.parametrize(("fault", "harmful", "harmless"), ROWS)
def test_faults(
    open_client: OpenClient, sandbox: Sandbox, fault: str, harmful: type[VendorError], harmless: type[VendorError]
) -> None:
    placed = open_client().create_project(SHEET)
    hasty = open_client(timeout=0.6)
    break_next(sandbox, fault, "projects.*", count=None)
    for expected, act in (
        (harmful, lambda: hasty.create_project(change_sheet(reference="hg-2-d4e5f6"))),
        (harmless, lambda: open_client(timeout=0.6).update_project(placed, SHEET)),
        (harmless, lambda: open_client(timeout=0.6).read_state(placed, {})),
    ):
        with pytest.raises(VendorError) as caught:
            act()
        assert type(caught.value) is expected
        assert caught.value.sentence.startswith("OpenSolar")


def test_an_empty_wallet_blocks_new_projects_alone(client: OpenSolarClient, sandbox: Sandbox) -> None:
    placed = client.create_project(SHEET)
    sandbox.world.options.opensolar_wallet = 0
    with pytest.raises(OutOfFunds) as caught:
        client.create_project(change_sheet(reference="hg-2-d4e5f6"))
    assert "wallet" in caught.value.sentence and caught.value.code == "402" and not caught.value.retryable
    client.update_project(placed, SHEET)


def test_bad_fields_come_back_in_the_vendors_words(client: OpenSolarClient) -> None:
    with pytest.raises(Refused) as caught:
        client.create_project(change_sheet(email="no address", country="USA"))
    assert caught.value.code == "400"
    assert "country_iso2: Ensure this field has no more than 2 characters." in caught.value.sentence


def test_what_is_somebody_elses_and_what_is_not(client: OpenSolarClient) -> None:
    with pytest.raises(Unauthorised) as caught:
        client.read_state(Placed("12"), {})
    assert caught.value.code == "403"
    with pytest.raises(NotFound):
        client.read_state(Placed("99999"), {})


def test_a_token_that_ended(open_client: OpenClient) -> None:
    with pytest.raises(Unauthorised) as caught:
        open_client(api_key="a-token-that-ended").check()
    assert "OPENSOLAR_API_KEY" in caught.value.sentence and "7 days" in caught.value.sentence


def test_another_organisation(open_client: OpenClient) -> None:
    with pytest.raises(Unauthorised):
        open_client(org_id="16").check()


def test_ten_project_writes_a_minute(client: OpenSolarClient, sandbox: Sandbox) -> None:
    sandbox.world.options.opensolar_minute = 60
    for number in range(10):
        client.create_project(change_sheet(reference=f"hg-{number}-a1b2c3"))
    with pytest.raises(RateLimited) as caught:
        client.create_project(SHEET)
    assert caught.value.retry_after and 50 < caught.value.retry_after <= 60
    with pytest.raises(Throttled):
        client.create_project(SHEET)
    client.read_state(Placed("6624"), {})
    assert len(list_rows(sandbox, "projects")) == 10


def test_a_read_is_repeated_on_the_spot(open_client: OpenClient, sandbox: Sandbox, kept: list[Exchange]) -> None:
    client = open_client(retries=3)
    placed = client.create_project(SHEET)
    break_next(sandbox, "error_before", "projects.fetch", count=2)
    assert client.read_state(placed, {}).status == "pending"
    reads = [call for call in kept if call.method == "GET" and call.path.endswith(f"/projects/{placed.external_id}/")]
    assert [(call.attempt, call.status) for call in reads] == [(1, 500), (2, 500), (3, 200)]


def test_a_creation_is_never_repeated(open_client: OpenClient, sandbox: Sandbox, kept: list[Exchange]) -> None:
    break_next(sandbox, "error_after", "projects.create", count=None)
    with pytest.raises(Uncertain):
        open_client(retries=3).create_project(SHEET)
    assert len(kept) == 1 and len(list_rows(sandbox, "projects")) == 1


def test_nobody_is_there(open_client: OpenClient) -> None:
    with pytest.raises(Unreachable):
        open_client(f"http://127.0.0.1:{find_closed_port()}").create_project(SHEET)


def test_the_log_shows_nobody(client: OpenSolarClient, kept: list[Exchange]) -> None:
    placed = client.create_project(SHEET)
    client.update_contact(placed, SHEET)
    client.register_webhooks("https://bot.example", "webhook-secret-1")
    text = "".join(call.request + call.answer + call.path for call in kept)
    hidden = (SHEET.phone, SHEET.email, SHEET.street, "Maria", "sandbox-opensolar-token", "webhook-secret-1")
    assert not [word for word in hidden if word in text]
    assert SHEET.reference in text


def test_every_write_ends_in_a_slash(client: OpenSolarClient, kept: list[Exchange]) -> None:
    placed = client.create_project(SHEET)
    client.send_usage(placed, SHEET.usage)
    client.update_contact(placed, SHEET)
    assert kept and all(call.path.endswith("/") for call in kept if call.method != "GET")
