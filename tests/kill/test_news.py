"""The checker's rules about vendors, on ledgers of a few lines."""

from collections.abc import Callable

import pytest

from tests.kill.book import ANA, BEN, Book
from tests.kill.checker import Verdict

DESIGN = "Hi Ana, the design for your home is ready: 6 kW."
PROPOSAL = "Hi Ana, your solar proposal is ready: 6 kW."
SEALED = "Congratulations, Ana, your agreement is in place"
PAID = "Thank you, Ana, your payment has arrived."
Story = Callable[[Book], None]


def tell_each(book: Book) -> None:
    book.move("design")
    book.say(DESIGN)
    book.move("proposal_sent")
    book.say(PROPOSAL)


def tell_the_last(book: Book) -> None:
    """Found in one look."""
    book.move("signed")
    book.move("paid")
    book.say(PAID)


def tell_payments(book: Book) -> None:
    for _ in range(2):
        book.move("paid")
        book.say(PAID)


def seal_once(book: Book) -> None:
    """Accepted and signed are one agreement."""
    book.move("accepted")
    book.say(SEALED)
    book.move("signed")


def say_nothing_of_echoes(book: Book) -> None:
    book.move("echo")
    book.move("viewed")


@pytest.mark.parametrize(
    "story",
    [tell_each, tell_the_last, tell_payments, seal_once, say_nothing_of_echoes],
    ids=lambda story: story.__name__,
)
def test_what_may_be(story: Story) -> None:
    book = begin()
    story(book)
    assert book.judge(vendors=("opensolar",)) == Verdict([], [])


def tell_twice(book: Book) -> None:
    book.move("design")
    book.say(DESIGN)
    book.say(DESIGN)


def tell_too_early(book: Book) -> None:
    book.say(PROPOSAL)
    book.move("proposal_sent")
    book.say(PROPOSAL)


def tell_backwards(book: Book) -> None:
    book.move("signed")
    book.move("paid")
    book.say(PAID)
    book.say(SEALED)


def tell_nothing(book: Book) -> None:
    book.move("design")
    book.say(DESIGN)
    book.move("proposal_sent")


def make_two(book: Book) -> None:
    book.make(project=12)


def make_for_nobody(book: Book) -> None:
    book.make(BEN, 12, "hg-2-abc")


@pytest.mark.parametrize(
    ("story", "kind"),
    [
        (tell_twice, "news told twice"), (tell_too_early, "news of nothing"), (tell_backwards, "news out of order"),
        (tell_nothing, "not told"), (make_two, "project twice"), (make_for_nobody, "project of nobody"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)  # fmt: skip
def test_what_must_not_be(story: Story, kind: str) -> None:
    book = begin()
    story(book)
    assert kind in {violation.kind for violation in book.judge().violations}


def test_a_project_has_to_be_at_every_vendor() -> None:
    verdict = begin().judge(vendors=("opensolar", "aurora"))
    assert [(each.kind, each.phone) for each in verdict.violations] == [("no project", ANA)]


def test_what_waits_for_staff_is_theirs() -> None:
    book = begin()
    book.move("design")
    assert book.judge(vendors=("opensolar", "aurora"), parked=(ANA,)) == Verdict([], [])


def begin() -> Book:
    book = Book()
    book.begin()
    book.confirm()
    return book
