"""The rules about vendors: one project at each for a homeowner, and each of its transitions told once, in order."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from tests.kill.evidence import Evidence, Said
from tests.kill.grammar import MOVES, NEWS
from tests.kill.thread import Outside, Thread, is_ambiguous

ONCE = ("incentives", "sealed")
KINDS = [kind for kind, _ in NEWS]


def find_repeated_news(thread: Thread) -> list[str]:
    """News that was told more often than it happened."""
    allowed = Counter(MOVES[item.move] for item in thread.moves if item.move in MOVES)
    told: Counter[str] = Counter()
    found = []
    for item in _list_news(thread):
        kind = _kind(item)
        told[kind] += 1
        most = 1 if kind in ONCE else max(allowed[kind], 1)
        if told[kind] > most and not is_ambiguous(thread, item):
            found.append(_quote(item))
    return found


def find_baseless_news(thread: Thread) -> list[str]:
    """News of what had not happened when it was told."""
    begun: dict[str, int] = {}
    for item in thread.moves:
        begun.setdefault(MOVES.get(item.move, ""), item.seq)
    last = thread.evidence.last + 1
    begun["incentives"] = min((item.seq for item in thread.answers(("consent", ""))), default=last)
    begun["design changed"] = begun.get("design", last)
    return [_quote(item) for item in _list_news(thread) if begun.get(_kind(item), last) > item.seq]


def find_news_disorder(thread: Thread) -> list[str]:
    """News told in another order than it happened."""
    happened = list(dict.fromkeys(MOVES[item.move] for item in thread.moves if item.move in MOVES))
    told = list(dict.fromkeys(_kind(item) for item in _list_news(thread) if _kind(item) in happened))
    wanted = [kind for kind in happened if kind in told]
    return [] if told == wanted else [f"happened: {', '.join(wanted)}; told: {', '.join(told)}"]


def find_untold_news(thread: Thread) -> list[str]:
    """What happened, and neither it nor anything later was told: what one look finds together is told as the last."""
    if thread.silenced() is not None or thread.is_parked():
        return []
    moves = [item for item in thread.moves if item.move in MOVES]
    told = [(KINDS.index(_kind(item)), item.seq) for item in _list_news(thread)]
    found = []
    for move in moves:
        rank = KINDS.index(MOVES[move.move])
        once = any(other.seq < move.seq and MOVES[other.move] == MOVES[move.move] == "sealed" for other in moves)
        if not once and not any(kind >= rank and seq > move.seq for kind, seq in told):
            found.append(f"line {move.seq}: {move.move}")
    return found


NEWS_RULES: Sequence[tuple[str, Callable[[Thread], list[str]]]] = (
    ("news told twice", find_repeated_news),
    ("news of nothing", find_baseless_news),
    ("news out of order", find_news_disorder),
    ("not told", find_untold_news),
)


def find_project_faults(
    evidence: Evidence, threads: Sequence[Thread], outside: Outside
) -> Iterator[tuple[str, str, str]]:
    """(kind, phone, what is wrong) of projects at vendors."""
    named = Counter((item.vendor, item.identifier) for item in evidence.made)
    owned = Counter((item.vendor, item.phone) for item in evidence.made)
    phones = {thread.phone for thread in threads}
    for (vendor, phone), count in owned.items():
        if phone not in phones:
            yield "project of nobody", phone, f"at {vendor}"
        elif count > 1:
            yield "project twice", phone, f"{count} projects at {vendor}"
    for (vendor, identifier), count in named.items():
        if count > 1:
            yield "project twice", "", f"{count} projects called {identifier} at {vendor}"
    for thread in threads:
        if thread.answers(("consent", "")) and not thread.is_parked():
            for vendor in outside.vendors:
                if (vendor, thread.phone) not in owned:
                    yield "no project", thread.phone, f"nothing at {vendor}"


def _list_news(thread: Thread) -> list[Said]:
    return [item for item in thread.said if item.key and item.key[0] in KINDS]


def _kind(item: Said) -> str:
    return item.key[0] if item.key else ""


def _quote(item: Said) -> str:
    return f"line {item.seq}: “{item.text[:80]}”"
