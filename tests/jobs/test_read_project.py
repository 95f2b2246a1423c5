"""What happens at a vendor becomes one event each in the conversation, whatever its webhooks do."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.jobs.news_stage import BOTH, NewsStage, open_stage

LIFE: list[tuple[str, dict[str, Any], list[list[str]], str]] = [
    ("design", {"kw": 6.2, "panels": 18, "price": 18_600, "output": 8547}, [["design_ready"]], "pending"),
    ("proposal_sent", {}, [["proposal_ready"]], "pending"),
    ("viewed", {}, [["proposal_viewed"]], "pending"),
    ("signed", {}, [["sealed"]], "scheduled"),
    ("sold", {}, [], "scheduled"),
    ("paid", {}, [["paid"]], "scheduled"),
    ("schedule", {"date": "2031-12-01"}, [["scheduled"]], "scheduled"),
    ("crew", {}, [["on_the_way"]], "in_progress"),
    ("installed", {}, [["installed"]], "completed"),
]


@pytest.fixture
def stage(database_url: str, redis_url: str) -> Iterator[NewsStage]:
    with open_stage(database_url, redis_url) as made:
        yield made


@pytest.fixture
def both(database_url: str, redis_url: str) -> Iterator[NewsStage]:
    with open_stage(database_url, redis_url, **BOTH) as made:
        yield made


def list_whats(stage: NewsStage) -> list[str]:
    return [each["what"] for event in stage.news() for each in event["news"]]


@pytest.mark.parametrize("manner", [{}, {"copies": 2, "order": "shuffled"}])
def test_a_project_from_design_to_installed(stage: NewsStage, manner: dict[str, Any]) -> None:
    project = stage.place()
    assert list_whats(stage) == ["synced"]
    heard = [(move, stage.hear(project, move, **wish, **manner), stage.status(project)) for move, wish, _, _ in LIFE]
    assert heard == [(move, news, status) for move, _, news, status in LIFE]
    assert set(stage.statuses()) <= {"processed", "ignored"}
    assert stage.look() == []


def test_the_documents_dialect_ends_as_the_same_news(stage: NewsStage) -> None:
    project = stage.place()
    told = [(move, wish, news) for move, wish, news, _ in LIFE if move not in ("crew", "sold")]
    assert [stage.hear(project, move, **wish, dialect="documents") for move, wish, _ in told] == [
        news for _, _, news in told
    ]
    assert stage.statuses() == {"processed": len(told)}


def test_several_transitions_in_one_read_are_one_event(stage: NewsStage) -> None:
    project = stage.place()
    for move in ("design", "proposal_sent", "viewed", "signed", "paid"):
        stage.move(project, move, webhooks=False)
    assert stage.hear(project, "schedule") == [
        ["design_ready", "proposal_ready", "proposal_viewed", "sealed", "paid", "scheduled"]
    ]


def test_a_poll_finds_what_no_webhook_told(stage: NewsStage) -> None:
    project = stage.place()
    for move, _, news, _ in LIFE:
        if move in ("design", "proposal_sent", "signed", "paid", "schedule", "installed"):
            stage.move(project, move, webhooks=False)
            assert (move, stage.look()) == (move, news)
    assert stage.statuses() == {}


def test_what_leads_to_nothing_makes_no_event_and_few_reads(stage: NewsStage) -> None:
    project = stage.place()
    stage.rest()
    before = stage.reads()
    assert stage.move(project, "echo", count=300) == 300
    stage.work(linger=2.5)
    assert list_whats(stage) == ["synced"]
    assert 1 <= stage.reads() - before <= 3
    assert stage.statuses() == {"processed": 300}


def test_our_own_change_echoes_without_news(stage: NewsStage) -> None:
    project = stage.place()
    stage.rest()
    stage.change_project(project, street="14 Sample Road")
    stage.sync(project)
    stage.await_attempts(1)
    stage.work()
    assert list_whats(stage) == ["synced"]
    assert stage.link(project).sync_status == "updated"


def test_what_is_read_is_kept(stage: NewsStage) -> None:
    project = stage.place()
    stage.hear(project, "design", kw=6.2, panels=18, price=18_600)
    link = stage.link(project)
    assert (link.state["design"]["panels"], link.state["design"]["price_cents"]) == (18, 1_860_000)
    assert (link.told["design"]["kw"], link.idle_reads, link.due_at, link.lease_until) == (6.2, 0, None, None)
    [event] = stage.news()[1:]
    assert (event["is"], event["vendor"], event["project"]) == ("VendorEvent", "opensolar", 1)
    assert event["news"][0]["facts"]["kw"] == 6.2
    assert event["news"][0]["facts"]["currency"] == "USD"


def test_a_proposal_comes_with_a_picture_under_a_link_of_its_own(stage: NewsStage) -> None:
    project = stage.place(annual_kwh=9_000.0)
    stage.hear(project, "proposal_sent")
    facts = stage.news()[-1]["news"][-1]["facts"]
    assert facts["url"].startswith("http") and facts["picture"].endswith(".png")
    path = facts["picture"].removeprefix(stage.context.settings.public_url)
    answer = stage.web.get(path)
    assert (answer.status_code, answer.mimetype, answer.data[:4]) == (200, "image/png", b"\x89PNG")
    assert "private" in answer.headers["Cache-Control"] and "noindex" in answer.headers["X-Robots-Tag"]
    token = path.split("/")[2]
    wrong = [path.replace(token, token[:-1] + "x"), path.replace(".png", ".pdf"), f"/files/{token}"]
    assert [stage.web.get(each).status_code for each in wrong] == [404, 404, 404]


def test_a_design_ordered_at_aurora_is_told_when_it_is_done(database_url: str, redis_url: str) -> None:
    with open_stage(database_url, redis_url, **BOTH, proposal_vendor="aurora") as stage:
        project = stage.place()
        stage.add_effect(
            project.conversation_id, "order_design", {"is": "OrderDesign", "project": 1, "kind": "design_team"}
        )
        stage.work()
        stage.hear(project, "complete", "aurora", kw=7.4, panels=20)
        stage.work(linger=3.0)
        link = stage.link(project, "aurora")
        assert link.design_status == "design_completed"
        ready = [each for event in stage.news() for each in event["news"] if each["what"] == "design_ready"]
        assert [(each["facts"]["kw"], each["for_staff"]) for each in ready] == [(7.4, False)]
        assert stage.hear(project, "web_proposal", "aurora") == [["proposal_ready"]]
        signed = stage.hear(project, "agreement", "aurora", statuses=["sent", "viewed", "signed"])
        assert signed == [["proposal_viewed", "sealed"]]
        assert stage.hear(project, "agreement", "aurora", statuses=["signed", "viewed"]) == []
        assert stage.statuses().keys() <= {"processed", "ignored"}


def test_two_vendors_tell_what_they_share_once(both: NewsStage) -> None:
    project = both.place()
    assert both.hear(project, "signed") == [["sealed"]]
    heard = both.hear(project, "agreement", "aurora", statuses=["signed"])
    assert [what for event in heard for what in event] == ["proposal_viewed"]
    assert both.status(project) == "scheduled"
