"""Totals that the amounts above them in their column add up to."""

from flows.reading.bills.figures import is_money
from flows.reading.bills.sheet import Sheet


def find_proven(sheet: Sheet) -> frozenset[tuple[int, float]]:
    """Totals (line, value) that the amounts above them in their column add up to."""
    proven: set[tuple[int, float]] = set()
    columns: dict[tuple[int, int], list[tuple[float, int, float]]] = {}
    for line in sheet.lines:
        amounts = [f for f in sheet.figures[line.number] if is_money(f) and f.decimals == 2]
        for figure in amounts:
            key = (line.page, round(figure.right * 40))
            near = next((k for k in (key, (key[0], key[1] - 1), (key[0], key[1] + 1)) if k in columns), key)
            columns.setdefault(near, []).append((figure.value, line.number, line.middle))
    for column in columns.values():
        proven |= _prove_column(column[:120])
    return frozenset(proven)


def _prove_column(column: list[tuple[float, int, float]]) -> set[tuple[int, float]]:
    proven: set[tuple[int, float]] = set()
    open_items: list[float] = []
    for value, line, _ in column:
        taken = _items_of(open_items, value)
        if taken:
            proven.add((line, round(value, 2)))
            del open_items[-taken:]
        open_items.append(value)
        del open_items[:-40]
    return proven


def _items_of(items: list[float], total: float) -> int:
    """How many of the last items add up to a total; 0 when none do or only trivially."""
    found, added = 0, 0.0
    for count, item in enumerate(reversed(items), 1):
        added += item
        if count >= 2 and abs(added - total) < 0.015 and abs(total) >= 1 and item != 0:
            found = count
    return found
