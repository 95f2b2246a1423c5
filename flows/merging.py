"""Bubbles to messages: what is said in one turn goes out in as few messages as possible."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flows.effects import Option, SendMessage

LONGEST = 1000
"""Characters of a merged message: below WhatsApp's 1024 for a message with something to tap."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One thing said. `always`: safety and opt-out words, merged with nothing else. `template`: said unprompted."""

    key: str
    text: str
    options: tuple[Option, ...] = ()
    menu: str = ""
    always: bool = False
    template: str = ""
    variables: tuple[str, ...] = ()
    media_url: str = ""
    news: str = ""


def merge_bubbles(bubbles: Iterable[Bubble], language: str) -> list[SendMessage]:
    """Messages of at most 1000 characters, in order; what can be tapped ends its message."""
    messages: list[SendMessage] = []
    group: list[Bubble] = []
    length = 0
    for bubble in _cut_bubbles(bubbles):
        longer = length + 2 + len(bubble.text)
        if group and (group[-1].options or group[-1].always or bubble.always or longer > LONGEST):
            messages.append(_join(group, language))
            group, longer = [], len(bubble.text)
        group.append(bubble)
        length = longer
    if group:
        messages.append(_join(group, language))
    return messages


def _join(group: list[Bubble], language: str) -> SendMessage:
    first, last = group[0], group[-1]
    return SendMessage(
        text="\n\n".join(bubble.text for bubble in group),
        language=language,
        keys=tuple(bubble.key for bubble in group),
        options=last.options,
        menu=last.menu,
        template=first.template,
        variables=first.variables,
        unprompted=bool(first.template),
        always=last.always,
        media_url=first.media_url,
        news=first.news,
    )


def _cut_bubbles(bubbles: Iterable[Bubble]) -> Iterator[Bubble]:
    """Bubbles that each fit; of one that is cut, the last piece keeps the options."""
    for bubble in bubbles:
        if len(bubble.text) <= LONGEST:
            yield bubble
            continue
        *pieces, last = split_text(bubble.text)
        yield from (replace(bubble, text=piece, options=(), menu="") for piece in pieces)
        yield replace(bubble, text=last)


def split_text(text: str, longest: int = LONGEST) -> list[str]:
    """Pieces of at most `longest` characters, cut after a line, else after a sentence, else between words."""
    pieces, rest = [], text.strip()
    while len(rest) > longest:
        cut = _find_cut(rest[: longest + 1]) or longest
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def _find_cut(text: str) -> int:
    for pattern in (r"\n", r"[.!?]\s", r"\s"):
        ends = [match.end() for match in re.finditer(pattern, text)]
        if ends and ends[-1] > len(text) // 2:
            return ends[-1]
    return max((match.end() for match in re.finditer(r"\s", text)), default=0)
