"""What a read makes of Aurora's objects, in every shape and at every stage."""

from typing import Any

import pytest

from integrations.aurora.client import AuroraClient
from integrations.errors import NotFound, RateLimited, Unanswered, Unauthorised
from integrations.vendor import Placed, VendorState
from tests.integrations.aurora.fake import FakeAurora, refuse
from tests.integrations.aurora.test_design import DOCUMENTED, DOCUMENTS
from tests.integrations.stub_api import Answer

ORDERED = {"first_status": "New", "design_kind": "design_team", "design_request_id": "dr-1"}
ACCEPTED = {**ORDERED, "accepted_request": "dr-1", "design_id": "d-1", "design_request_status": "accepted"}
REQUEST, ACCEPT = "GET design_requests/dr-1", "POST design_requests/dr-1/accept"
SUMMARY, PRICING, LINK = "GET designs/d-1/summary", "GET designs/d-1/pricing", "GET designs/d-1/web_proposal"
GENERATE = "POST designs/d-1/web_proposal/generate_url"
SIMULATE, SIMULATION = "POST designs/d-1/performance_simulation", "GET designs/d-1/performance_simulation/j-1"
DRAW, DRAWN = "POST designs/d-1/auto_designer", "GET designs/d-1/auto_designer/j-2"
PRICE = {"pricing": {"system_price": 21054.5}}
UNSIMULATED = {"design": {key: value for key, value in DOCUMENTED["design"].items() if key != "energy_production"}}


@pytest.fixture(autouse=True)
def project(fake: FakeAurora) -> None:
    """The least that Aurora knows: a project as it began."""
    fake.say("GET projects/p-1", {"project": {"id": "p-1", "status": "New"}})


def read(client: AuroraClient, details: dict[str, Any], **objects: tuple[str, ...]) -> VendorState:
    return client.read_state(Placed("p-1", details=details), objects)


def lay_request(fake: FakeAurora, status: str, **fields: Any) -> None:
    fake.say(REQUEST, {"design_request": {"id": "dr-1", "project_id": "p-1", "status": status, **fields}})


def lay_design(fake: FakeAurora, summary: Any = DOCUMENTED, pricing: Any = PRICE) -> None:
    fake.say(SUMMARY, summary)
    fake.say(PRICING, pricing)


def test_a_project_without_anything(client: AuroraClient) -> None:
    state = read(client, {})
    assert state == VendorState(stage="New", details={"first_status": "New", "design_status": ""})


def test_a_project_that_is_gone(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET projects/p-1", refuse(404, "gone"))
    with pytest.raises(NotFound):
        read(client, {})


@pytest.mark.parametrize(
    ("status", "error"), [(401, Unauthorised), (429, RateLimited), (500, Unanswered), (502, Unanswered)]
)
def test_a_read_that_fails_anywhere_fails(client: AuroraClient, fake: FakeAurora, status: int, error: Any) -> None:
    fake.say(REQUEST, refuse(status))
    with pytest.raises(error):
        read(client, ORDERED)


@pytest.mark.parametrize(("status", "word"), [("submitted", "design_requested"), ("in_progress", "design_in_progress")])
def test_a_request_on_its_way(client: AuroraClient, fake: FakeAurora, status: str, word: str) -> None:
    lay_request(fake, status)
    state = read(client, ORDERED)
    assert (state.design, state.details["design_status"]) == (None, word)
    words = status.replace("_", " ")
    assert state.remarks == {"design_request": f"The design request is with Aurora's designers ({words})."}
    assert ACCEPT not in fake.calls()


@pytest.mark.parametrize("status", ["designer_completed", "completed", "succeeded"])
def test_what_its_designer_completed_is_accepted(client: AuroraClient, fake: FakeAurora, status: str) -> None:
    lay_request(fake, status)
    fake.say(ACCEPT, {"design_request": {"id": "dr-1", "status": "accepted", "design_id": "d-1"}})
    lay_design(fake)
    state = read(client, ORDERED)
    assert state.design is not None and (state.design.kw, state.design.price_cents) == (7.26, 2105450)
    assert (state.details["design_id"], state.details["accepted_request"]) == ("d-1", "dr-1")
    assert (state.details["design_request_status"], state.details["design_status"]) == ("accepted", "design_completed")
    url = "https://v2.aurorasolar.com/projects/p-1/designs/d-1/e-proposal/overview"
    assert state.details["sales_mode_url"] == url
    assert fake.calls().count(ACCEPT) == 1
    read(client, dict(state.details))
    assert fake.calls().count(ACCEPT) == fake.calls().count(REQUEST) == 1


@pytest.mark.parametrize(
    "status", ["submitted", "in_progress", "designer_rejected", "rejected", "accepted", "cancelled"]
)
def test_nothing_else_is_accepted(client: AuroraClient, fake: FakeAurora, status: str) -> None:
    lay_request(fake, status)
    read(client, ORDERED)
    assert ACCEPT not in fake.calls()


def test_the_documents_completed_has_its_design(client: AuroraClient, fake: FakeAurora) -> None:
    lay_request(fake, "completed", design_id="d-1")
    lay_design(fake, DOCUMENTS)
    state = read(client, ORDERED)
    assert state.design is not None and state.design.offset == 104.0
    assert ACCEPT not in fake.calls()


@pytest.mark.parametrize(
    "refusal",
    [
        refuse(422, "The design request is already accepted."),
        refuse(409, "conflict"),
        refuse(400, "status: accepted"),
        Answer(422, b"nonsense"),
    ],
)
def test_accepted_before_is_a_success(client: AuroraClient, fake: FakeAurora, refusal: Answer) -> None:
    before = {"design_request": {"id": "dr-1", "status": "designer_completed"}}
    after = {"design_request": {"id": "dr-1", "status": "accepted", "design_id": "d-1"}}
    fake.say(REQUEST, before, after)
    fake.say(ACCEPT, refusal)
    lay_design(fake)
    state = read(client, ORDERED)
    assert state.design is not None and state.details["design_id"] == "d-1"
    assert "design_request" not in state.remarks


def test_accepted_before_though_the_request_does_not_show_it(client: AuroraClient, fake: FakeAurora) -> None:
    lay_request(fake, "designer_completed")
    fake.say(ACCEPT, refuse(422, "It has already been accepted"))
    state = read(client, ORDERED)
    assert (state.remarks, state.details["design_status"]) == ({}, "design_accepted")


def test_an_acceptance_that_is_refused(client: AuroraClient, fake: FakeAurora) -> None:
    lay_request(fake, "designer_completed")
    for refusal, words in ((refuse(422, "No credits left"), "No credits left"), (refuse(403), "does not let our key")):
        fake.say(ACCEPT, refusal)
        assert words in read(client, ORDERED).remarks["design_request"]
    fake.say(ACCEPT, refuse(401))
    with pytest.raises(Unauthorised):
        read(client, ORDERED)


def test_an_acceptance_without_an_answer_is_read_again(client: AuroraClient, fake: FakeAurora) -> None:
    after = {"design_request": {"id": "dr-1", "status": "accepted", "design_id": "d-1"}}
    fake.say(REQUEST, {"design_request": {"id": "dr-1", "status": "designer_completed"}}, after)
    fake.say(ACCEPT, Answer(204))
    assert read(client, ORDERED).details["design_id"] == "d-1"


@pytest.mark.parametrize(
    ("status", "fields", "reason"),
    [
        ("designer_rejected", {"rejection_reason": "The roof cannot\nbe seen."}, "The roof cannot be seen."),
        ("rejected", {"reason": "Commercial building"}, "Commercial building"),
        ("rejected", {"rejection_reason": None}, "Aurora gives no reason."),
    ],
)
def test_a_rejection(client: AuroraClient, fake: FakeAurora, status: str, fields: Any, reason: str) -> None:
    lay_request(fake, status, **fields)
    state = read(client, ORDERED)
    assert (state.rejected, state.design, state.details["design_status"]) == (reason, None, "design_rejected")


def test_a_request_that_staff_made_takes_the_place_of_ours(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET design_requests/dr-2", {"design_request": {"id": "dr-2", "project_id": "p-1", "status": "submitted"}})
    fake.say("GET design_requests/dr-9", {"design_request": {"id": "dr-9", "project_id": "p-9", "status": "submitted"}})
    state = read(client, {**ORDERED}, design_request=("dr-2", "dr-9", "dr-8"))
    assert (state.details["design_request_id"], state.details["earlier_requests"]) == ("dr-2", ["dr-1"])


def test_a_request_that_is_gone(client: AuroraClient, fake: FakeAurora) -> None:
    state = read(client, ORDERED)
    assert state.remarks == {"design_request": "Aurora no longer knows the design request dr-1."}
    assert state.details["design_status"] == "project_created"


def test_the_simulation_is_run_first(client: AuroraClient, fake: FakeAurora) -> None:
    lay_design(fake, UNSIMULATED, refuse(422, "A performance simulation must be run first."))
    fake.say(SIMULATE, Answer(202, {"performance_simulation_job": {"job_id": "j-1", "status": "in-progress"}}))
    state = read(client, ACCEPTED)
    assert (state.design, state.details["design_status"]) == (None, "design_accepted")
    assert state.details["simulation"]["job_id"] == "j-1"
    fake.say(SIMULATION, {"performance_simulation_job": {"status": "in-progress"}})
    assert read(client, dict(state.details)).design is None
    fake.say(SIMULATION, {"job_id": "j-1", "status": "succeeded"})
    fake.say(SUMMARY, UNSIMULATED, DOCUMENTED)
    fake.say(PRICING, refuse(422), PRICE)
    state = read(client, dict(state.details))
    assert state.design is not None and (state.design.yearly_kwh, state.design.price_cents) == (8880, 2105450)
    assert fake.calls().count(SIMULATE) == 1


def test_figures_without_a_simulation_wait_for_it(client: AuroraClient, fake: FakeAurora) -> None:
    lay_design(fake, DOCUMENTS, refuse(422, "simulate first"))
    fake.say(SIMULATE, Answer(202, {"job_id": "j-1", "status": "running"}))
    assert read(client, ACCEPTED).design is None
    assert LINK not in fake.calls()


def test_a_summary_that_never_shows_production(client: AuroraClient, fake: FakeAurora) -> None:
    """Neither does it simulate for ever, nor does it keep the design back."""
    lay_design(fake, UNSIMULATED, refuse(404))
    fake.say(SIMULATE, Answer(202, {"job_id": "j-1", "status": "succeeded"}))
    state = read(client, ACCEPTED)
    state = read(client, dict(state.details))
    assert state.design is not None and (state.design.kw, state.design.yearly_kwh) == (7.26, None)
    assert fake.calls().count(SIMULATE) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (refuse(403), "does not let our key do this"),
        (refuse(404, "no such endpoint"), "no such endpoint"),
        (Answer(202, {"status": "failed", "error": {"message": "No weather data"}}), "No weather data"),
    ],
)
def test_a_simulation_that_cannot_run_keeps_nothing_back(
    client: AuroraClient, fake: FakeAurora, answer: Answer, why: str
) -> None:
    lay_design(fake, UNSIMULATED, refuse(422))
    fake.say(SIMULATE, answer)
    state = read(client, ACCEPTED)
    state = read(client, dict(state.details))
    assert state.design is not None and state.design.kw == 7.26
    assert why in state.remarks["simulation"]
    assert fake.calls().count(SIMULATE) == 1


@pytest.mark.parametrize("answer", [Answer(202, {}), Answer(202, {"job_id": "j-1"})])
def test_a_simulation_that_is_not_shown(client: AuroraClient, fake: FakeAurora, answer: Answer) -> None:
    """Its result shows in the summary; if it does not for long, staff hear of it."""
    lay_design(fake, UNSIMULATED, refuse(422))
    fake.say(SIMULATE, answer)
    details: dict[str, Any] = ACCEPTED
    for _ in range(5):
        state = read(client, details)
        assert (state.design, state.remarks) == (None, {})
        details = dict(state.details)
    late = read(client, details)
    assert late.design is not None and "does not show the job" in late.remarks["simulation"]
    lay_design(fake)
    soon = read(client, details)
    assert soon.design is not None and soon.design.yearly_kwh == 8880 and soon.remarks == {}
    assert fake.calls().count(SIMULATE) == 1


def test_a_stale_simulation_is_run_again_a_few_times(client: AuroraClient, fake: FakeAurora) -> None:
    energy = {**DOCUMENTED["design"]["energy_production"], "up_to_date": False}  # type: ignore[dict-item]
    lay_design(fake, {"design": {**DOCUMENTED["design"], "energy_production": energy}})
    fake.say(SIMULATE, Answer(202, {"job_id": "j-1", "status": "succeeded"}))
    details: dict[str, Any] = ACCEPTED
    for _ in range(6):
        state = read(client, details)
        details = dict(state.details)
    assert fake.calls().count(SIMULATE) == 3
    assert state.design is not None and "simulation" in state.remarks


def test_auto_designer_follows_the_acceptance(client: AuroraClient, fake: FakeAurora) -> None:
    lay_design(fake, {"design": {"project_id": "p-1"}}, PRICE)
    fake.say(DRAW, Answer(202, {"job_id": "j-2", "status": "running"}))
    state = read(client, {**ACCEPTED, "auto_designer_status": "wanted"})
    assert (state.details["auto_designer_job_id"], state.details["auto_designer_status"]) == ("j-2", "running")
    fake.say(DRAWN, {"auto_designer_job": {"status": "in-progress"}})
    assert read(client, dict(state.details)).design is None
    fake.say(DRAWN, {"auto_designer_job": {"status": "succeeded"}})
    fake.say(SUMMARY, DOCUMENTED)
    state = read(client, dict(state.details))
    assert state.design is not None and state.details["auto_designer_status"] == "succeeded"
    assert fake.calls().count(DRAW) == 1


def test_auto_designer_that_is_not_shown(client: AuroraClient, fake: FakeAurora) -> None:
    lay_design(fake)
    details: dict[str, Any] = {**ACCEPTED, "auto_designer_status": "running", "auto_designer_job_id": "j-2"}
    for _ in range(4):
        state = read(client, details)
        assert (state.design, state.remarks) == (None, {})
        details = dict(state.details)
    state = read(client, details)
    assert "does not show the job" in state.remarks["auto_designer"] and state.design is not None


@pytest.mark.parametrize("answer", [refuse(422, "no roof"), refuse(403), Answer(202, {"status": "failed"})])
def test_auto_designer_that_fails(client: AuroraClient, fake: FakeAurora, answer: Answer) -> None:
    lay_design(fake, {"design": {"project_id": "p-1"}})
    fake.say(DRAW, answer)
    state = read(client, {**ACCEPTED, "auto_designer_status": "wanted"})
    assert "AutoDesigner gave no design" in state.remarks["auto_designer"] and ACCEPT not in fake.calls()
    assert state.details["auto_designer_status"] == "failed"


def test_a_roof_without_panels(client: AuroraClient, fake: FakeAurora) -> None:
    lay_design(fake, {"design": {"project_id": "p-1", "bill_of_materials": []}})
    state = read(client, ACCEPTED)
    assert state.design is None and "no panels yet" in state.remarks["design"]
    assert SIMULATE not in fake.calls()


@pytest.mark.parametrize("status", [403, 404, 422])
def test_what_cannot_be_seen_is_left_out(client: AuroraClient, fake: FakeAurora, status: int) -> None:
    lay_design(fake, DOCUMENTED, refuse(403))
    fake.say("GET designs/d-1/assets", refuse(status))
    fake.say(LINK, refuse(status))
    state = read(client, ACCEPTED)
    assert state.design is not None
    assert (state.design.price_cents, state.design.picture_url, state.proposal) == (None, "", "")


def test_a_design_that_was_deleted(client: AuroraClient, fake: FakeAurora) -> None:
    state = read(client, ACCEPTED)
    assert state.design is None and "not in Aurora any more" in state.remarks["design"]
    assert state.details["design_id"] == "d-1"
    fake.say("GET projects/p-1/designs", [{"id": "d-2"}])
    fake.say("GET designs/d-2/summary", DOCUMENTED)
    fake.say("GET designs/d-2/pricing", PRICE)
    state = read(client, ACCEPTED)
    assert state.design is not None and state.design.external_id == state.details["design_id"] == "d-2"


def test_a_design_by_hand_is_ready_once_it_is_simulated(client: AuroraClient, fake: FakeAurora) -> None:
    lay_design(fake, UNSIMULATED, refuse(422))
    state = read(client, {"design_kind": "sales_mode"}, design=("d-1",))
    assert (state.design, state.details["design_id"]) == (None, "d-1")
    assert state.details["design_status"] == "" and SIMULATE not in fake.calls()
    lay_design(fake)
    assert read(client, dict(state.details)).design is not None


def test_a_design_that_no_webhook_told_of(client: AuroraClient, fake: FakeAurora) -> None:
    listed = [{"id": "d-0", "created_at": "2026-05-01"}, {"id": "d-1", "created_at": "2026-05-02"}]
    fake.say("GET projects/p-1/designs", {"designs": listed})
    lay_design(fake)
    assert read(client, {}).details["design_id"] == "d-1"
    before = len(fake.calls())
    assert read(client, {}, project=("p-1",)).design is None
    assert fake.calls()[before:] == ["GET projects/p-1"]


def test_a_request_that_no_webhook_told_of(client: AuroraClient, fake: FakeAurora) -> None:
    request = {"id": "dr-2", "project_id": "p-1", "status": "submitted", "created_at": "2026-05-02"}
    fake.say("GET design_requests", {"design_requests": [request]})
    assert read(client, {}, project=("p-1",)).details["design_status"] == ""
    state = read(client, {})
    assert (state.details["design_request_id"], state.details["design_status"]) == ("dr-2", "design_requested")
    before = len(fake.calls())
    lay_request(fake, "submitted")
    assert read(client, {**ORDERED, "design_request_status": "submitted"}).details["design_request_id"] == "dr-1"
    assert "GET design_requests" not in fake.calls()[before:]


def test_other_designs(client: AuroraClient, fake: FakeAurora) -> None:
    """Another's is not ours; one more sketch changes nothing; one that is proposed counts."""
    lay_design(fake)
    fake.say("GET designs/d-2/summary", {"design": {"project_id": "p-2"}})
    fake.say("GET designs/d-3/summary", {"design": {**DOCUMENTED["design"], "system_size_stc": 8000}})
    fake.say("GET designs/d-3/pricing", PRICE)
    assert read(client, ACCEPTED, design=("d-2", "d-3")).details["design_id"] == "d-1"
    assert read(client, ACCEPTED, proposal=("d-2",)).details["design_id"] == "d-1"
    state = read(client, ACCEPTED, design=("d-3",), proposal=("d-3",))
    assert state.design is not None and (state.design.external_id, state.design.kw) == ("d-3", 8.0)


@pytest.mark.parametrize("wrap", [True, False])
def test_a_proposal(client: AuroraClient, fake: FakeAurora, wrap: bool) -> None:
    lay_design(fake)
    link = {"url": "https://a.example/p/1", "url_expired": False}
    fake.say(LINK, {"web_proposal": link} if wrap else link)
    state = read(client, ACCEPTED)
    assert (state.proposal, state.details["proposal_id"]) == ("https://a.example/p/1", "d-1")
    assert GENERATE not in fake.calls()


def test_a_link_that_expired_is_renewed(client: AuroraClient, fake: FakeAurora) -> None:
    lay_design(fake)
    fake.say(LINK, {"url": "https://a.example/p/1", "url_expired": True})
    fake.say(GENERATE, {"url": "https://a.example/p/2", "url_expired": False})
    assert read(client, ACCEPTED).proposal == "https://a.example/p/2"
    fake.say(GENERATE, Answer(202, {"job_id": "j-9"}))
    assert read(client, ACCEPTED).proposal == ""
    expired, fresh = ({"url": f"https://a.example/p/{n}", "url_expired": n == 1} for n in (1, 3))
    fake.say(LINK, expired, fresh)
    assert read(client, ACCEPTED).proposal == "https://a.example/p/3"


def test_a_link_that_cannot_be_renewed(client: AuroraClient, fake: FakeAurora) -> None:
    lay_design(fake)
    fake.say(LINK, {"url": "https://a.example/p/1", "url_expired": True})
    for status in (403, 404, 422):
        fake.say(GENERATE, refuse(status))
        state = read(client, ACCEPTED)
        assert state.design is not None and state.proposal == "" and "has expired" in state.remarks["proposal"]
    fake.say(GENERATE, refuse(401))
    with pytest.raises(Unauthorised):
        read(client, ACCEPTED)


@pytest.mark.parametrize("body", [{"url": None}, {"url": ""}, {"url": "javascript:x"}, {"web_proposal": {}}, []])
def test_no_link_is_made_of_nothing(client: AuroraClient, fake: FakeAurora, body: Any) -> None:
    lay_design(fake)
    fake.say(LINK, body)
    assert read(client, ACCEPTED).proposal == ""
    assert GENERATE not in fake.calls()


def test_agreements_only_go_forward(client: AuroraClient, fake: FakeAurora) -> None:
    details: dict[str, Any] = {}
    seen = []
    for status in ("sent", "viewed", "sent", "signed", "viewed"):
        fake.say("GET agreements/a-1", {"agreement": {"id": "a-1", "project_id": "p-1", "status": status}})
        state = read(client, details, agreement=("a-1", "a-1"))
        details = dict(state.details)
        seen.append((state.viewed, state.sealed, state.status))
    assert seen == [
        (False, False, "pending"),
        (True, False, "pending"),
        (True, False, "pending"),
        (True, True, "scheduled"),
        (True, True, "scheduled"),
    ]
    assert (details["agreement_id"], details["agreements"]) == ("a-1", {"a-1": "signed"})
    before = len(fake.calls())
    assert read(client, details).sealed
    assert "GET agreements/a-1" not in fake.calls()[before:]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("declined", "declined"),
        ("error", "could not deliver"),
        ("canceled", "cancelled"),
        ("cancel_pending", "about to be cancelled"),
    ],
)
def test_agreements_for_staff(client: AuroraClient, fake: FakeAurora, status: str, words: str) -> None:
    fake.say("GET agreements/a-1", {"id": "a-1", "status": status})
    state = read(client, {}, agreement=("a-1",))
    assert words in state.remarks["agreement:a-1"] and not state.sealed


def test_agreements_of_others_are_left_alone(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET agreements/a-1", {"agreement": {"id": "a-1", "project_id": "p-9", "status": "signed"}})
    state = read(client, {}, agreement=("a-1", "a-2"))
    assert not state.sealed and "agreements" not in state.details


@pytest.mark.parametrize(
    ("text", "status", "installed"),
    [
        ("permit APPROVED", "scheduled", False),
        ("On the roof", "in_progress", False),
        ("PTO", "completed", True),
    ],
)
def test_the_tenants_statuses(client: AuroraClient, fake: FakeAurora, text: str, status: str, installed: bool) -> None:
    fake.say("GET projects/p-1", {"project": {"status": text}})
    state = read(client, {"first_status": "New"})
    assert (state.status, state.installed, state.stage, state.remarks) == (status, installed, text, {})


def test_a_status_that_is_not_mapped(client: AuroraClient, fake: FakeAurora) -> None:
    assert read(client, {"first_status": "New"}).remarks == {}
    fake.say("GET projects/p-1", {"project": {"status": "Waiting for HOA"}})
    assert "Waiting for HOA" in read(client, {"first_status": "New"}).remarks["project_status"]
    assert read(client, {}).remarks == {}


@pytest.mark.parametrize("milestone", ["Sold", {"milestone": "Sold", "id": "m-1"}, {"name": "Sold"}])
def test_milestones(client: AuroraClient, fake: FakeAurora, milestone: Any) -> None:
    fake.say("GET projects/p-1", {"project": {"status": "New", "milestone": milestone}})
    state = read(client, {}, milestone=("changed",))
    assert (state.remarks, state.sealed) == ({"milestone": "Milestone in Aurora: Sold."}, False)


def test_a_milestone_of_a_design(client: AuroraClient, fake: FakeAurora) -> None:
    fake.say("GET designs/d-1", {"design": {"id": "d-1", "milestone": {"milestone": "permitted"}}})
    state = read(client, {}, design=("d-1",), milestone=("changed",))
    assert state.remarks == {"milestone d-1": "Milestone in Aurora: permitted."}


def test_the_same_word_of_another_design_is_another_remark(client: AuroraClient) -> None:
    """Whoever tells each remark once goes by its key and its words."""
    first, second = (read(client, {}, design=(name,), milestone=("done",)).remarks for name in ("d-1", "d-2"))
    assert {*first.values()} == {*second.values()} == {"Aurora: a milestone of the design is now “done”."}
    assert not first.keys() & second.keys()


def test_notices(client: AuroraClient) -> None:
    state = read(client, {}, site_survey=("requested", "completed"), plan_set=("in_review",), financing=("changed",))
    assert state.remarks == {
        "site_survey": "Aurora: the site survey is now “completed”.",
        "plan_set": "Aurora: the plan set is now “in review”.",
        "financing": "Aurora: the financing contract has changed; look there.",
    }


def test_a_read_changes_nothing_that_was_passed_in(client: AuroraClient, fake: FakeAurora) -> None:
    lay_request(fake, "designer_completed")
    fake.say(ACCEPT, {"design_request": {"id": "dr-1", "status": "accepted", "design_id": "d-1"}})
    fake.say("GET agreements/a-1", {"agreement": {"status": "viewed"}})
    details = {**ORDERED, "agreements": {"a-1": "sent"}}
    state = read(client, details)
    assert details == {**ORDERED, "agreements": {"a-1": "sent"}}
    assert state.details["agreements"] == {"a-1": "viewed"}
