"""The checker on ledgers of a few lines: one for each thing that must never be, and the ones that may."""

from collections.abc import Callable

import pytest

from tests.kill.book import ANA, BEN, CONFIRMED, GREETING, HANDED_OVER, STAFF, STOPPED, Book, change
from tests.kill.checker import Verdict
from tests.kill.grammar import correction


def answer_all(book: Book) -> None:
    book.hear(correction(301))
    book.say(change(300, 301))


def answer_twice_written(book: Book) -> None:
    """STOP written twice is confirmed once."""
    book.hear("STOP")
    book.hear("STOP")
    book.say(STOPPED)


def answer_before_acknowledging(book: Book) -> None:
    sid = book.hear(correction(301), acked=False)
    book.say(change(300, 301))
    book.acknowledge(sid)


def answer_what_crossed(book: Book) -> None:
    """Two messages that were on their way at the same time may be answered in either order."""
    first = book.hear(correction(301), acked=False)
    book.hear(correction(302))
    book.acknowledge(first)
    book.say(change(300, 302))
    book.say(change(302, 301))


def remind_once(book: Book) -> None:
    book.say("Hi there, your solar request with us is not finished yet.")


@pytest.mark.parametrize(
    "story",
    [answer_all, answer_twice_written, answer_before_acknowledging, answer_what_crossed, remind_once],
    ids=lambda story: story.__name__,
)
def test_what_may_be(story: Callable[[Book], None]) -> None:
    book = Book()
    book.begin()
    story(book)
    assert book.judge() == Verdict([], [])


def leave_unanswered(book: Book) -> None:
    book.hear(correction(301))


def leave_unheard(book: Book) -> None:
    """Never acknowledged, but Twilio lists it."""
    book.hear(correction(301), acked=False)


def repeat_answer(book: Book) -> None:
    book.hear(correction(301))
    book.say(change(300, 301))
    book.say(change(300, 301))


def repeat_though_listed(book: Book) -> None:
    """No callback came, but the list showed it."""
    book.hear(correction(301))
    book.say(change(300, 301), proven=False)
    book.say(change(300, 301))


def repeat_though_told(book: Book) -> None:
    """The list did not show it, but a callback had told of it."""
    book.hear(correction(301))
    book.say(change(300, 301))
    book.hide_newest()
    book.say(change(300, 301))


def answer_nobody(book: Book) -> None:
    book.say(GREETING.format(300), BEN)


def answer_nothing(book: Book) -> None:
    book.say("To start, what's your name?")


def swap_answers(book: Book) -> None:
    book.hear(correction(301))
    book.hear(correction(302))
    book.say(change(301, 302))
    book.say(change(300, 301))


def lose_turn(book: Book) -> None:
    """The second turn read the state from before the first."""
    book.hear(correction(301))
    book.say(change(300, 301))
    book.hear(correction(302))
    book.say(change(300, 302))


def go_on_after_stop(book: Book) -> None:
    book.hear("STOP")
    book.say(STOPPED)
    book.hear(correction(301))
    book.say(change(300, 301))


def catch_up_after_stop(book: Book) -> None:
    """A reply that was queued goes out long after STOP was acknowledged, before its confirmation."""
    book.hear(correction(301))
    book.hear("STOP")
    book.hear("STOP")
    book.say(change(300, 301))
    book.say(STOPPED)


def go_on_after_handoff(book: Book) -> None:
    book.hear("I want to talk to a person")
    book.say(HANDED_OVER)
    book.hear(correction(301))
    book.say(change(300, 301))


def repeat_reminder(book: Book) -> None:
    remind_once(book)
    remind_once(book)


def repeat_alert(book: Book) -> None:
    book.say("Dana Reyes asks for a person.", STAFF)
    book.say("Dana Reyes asks for a person.", STAFF)


@pytest.mark.parametrize(
    ("story", "kinds"),
    [
        (leave_unanswered, {"unanswered"}),
        (leave_unheard, {"unanswered"}),
        (repeat_answer, {"said twice"}),
        (repeat_though_listed, {"said twice"}),
        (repeat_though_told, {"said twice"}),
        (answer_nobody, {"said to nobody"}),
        (answer_nothing, {"said to nobody"}),
        (swap_answers, {"out of order", "broken chain"}),
        (lose_turn, {"broken chain"}),
        (go_on_after_stop, {"spoke after STOP"}),
        (catch_up_after_stop, {"spoke after STOP"}),
        (go_on_after_handoff, {"spoke after a take-over"}),
        (repeat_reminder, {"said twice"}),
        (repeat_alert, {"alert said twice"}),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_what_must_not_be(story: Callable[[Book], None], kinds: set[str]) -> None:
    book = Book()
    book.begin()
    story(book)
    verdict = book.judge()
    assert {violation.kind for violation in verdict.violations} == kinds
    assert not verdict.ambiguous


def test_a_reply_that_nobody_could_know_of_is_ambiguous() -> None:
    book = Book()
    book.begin()
    book.hear(correction(301))
    book.say(change(300, 301), proven=False)
    book.hide_newest()
    book.say(change(300, 301))
    verdict = book.judge()
    assert not verdict.violations
    assert len(verdict.ambiguous) == 1


def test_parked_work_counts_as_answered() -> None:
    book = Book()
    book.begin()
    sid = book.hear(correction(301))
    assert book.judge().violations
    assert not book.judge(parked=[sid]).violations
    assert not book.judge(parked=[ANA]).violations
    assert book.judge(parked=[BEN]).violations


def test_what_staff_have_taken_stays_silent() -> None:
    book = Book()
    book.begin()
    book.hear(correction(301))
    taken = {ANA: len(book.lines)}
    assert not book.judge(taken=taken).violations, "staff answer it"
    book.say(change(300, 301))
    assert not book.judge(taken=taken).violations, "it was on its way"
    book.hear(correction(302))
    book.say(change(301, 302))
    assert [each.kind for each in book.judge(taken=taken).violations] == ["spoke after a take-over"]


def test_projects_are_those_that_were_confirmed() -> None:
    book = Book()
    book.begin()
    book.hear("yes")
    book.say(CONFIRMED)
    assert not book.judge(projects=[ANA]).violations
    for projects in ([], [ANA, ANA], [ANA, BEN]):
        assert [each.kind for each in book.judge(projects=projects).violations] == ["project"]
