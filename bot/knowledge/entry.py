"""An entry of the knowledge: how a question is recognised and what is answered, where and until when."""

from dataclasses import dataclass
from datetime import date

from bot.knowledge.patterns import Pattern

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Wording:
    """A text per language for some markets, from `starts` to `until`, both included; None is open."""

    markets: frozenset[str]
    starts: date | None
    until: date | None
    texts: dict[str, str]

    def is_current(self, today: date) -> bool:
        return (self.starts is None or self.starts <= today) and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """`sources` are names; past `review_by` nothing of it is said any more.

    `questions` are examples of what people ask; `only_asked`: homeowners tell the like about their homes, so words that
    ask nothing are not meant for it; `remark`: it answers an objection or a wish, which need not be a question.
    """

    topic: str
    as_of: date
    review_by: date
    sources: tuple[str, ...]
    only_asked: bool
    remark: bool
    questions: dict[str, tuple[str, ...]]
    patterns: dict[str, tuple[Pattern, ...]]
    wordings: tuple[Wording, ...]

    def text_for(self, language: str, market: str, today: date) -> str | None:
        """The text for this market today, None where there is none."""
        fitting = (each for each in self.wordings if market in each.markets and each.is_current(today))
        return next((each.texts[language] for each in fitting), None)
