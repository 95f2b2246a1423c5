"""Synthetic bills of every layout and form, read by the product and compared with what was drawn."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from bot.documents import LIMITS, DocumentFile, read_files
from bot.documents.reading import read_contents
from flows.reading.bills.types import Bill
from tests.bills.draw import LAYOUTS, WITHHELD, Drawn, Form, draw, list_forms
from tests.evaluation.lines import Line

FORMS: tuple[Form, ...] = ("pdf", "green_button_xml", "green_button_csv", "photo")
TITLES = {"pdf": "PDF", "green_button_xml": "Green Button XML", "green_button_csv": "CSV", "photo": "photo"}
TARGETS = {"pdf": 0.95, "green_button_xml": 0.95, "green_button_csv": 0.95, "photo": 0.85}
COUNTS = {"pdf": 40, "green_button_xml": 10, "green_button_csv": 10, "photo": 10}
QUICK = {"pdf": 6, "green_button_xml": 2, "green_button_csv": 2, "photo": 1}
FIRST = 1000  # the numbers before it were drawn while the reader was written
BEHIND = 0.10  # how far the withheld layout may stay behind the others
WRONG_AND_SURE = 0.02
PROCESSES = 2
CORE = ("kwh", "amount", "period_start", "period_end")
FIELDS = (*CORE, "utility", "account", "currency", "service_address", "monthly_kwh")
Key = tuple[str, Form]


@dataclass(slots=True)
class Score:
    """`right`: bills whose kWh, amount and period are right. `sure` and `wrong`: values said with confidence."""

    of: int = 0
    right: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    sure: int = 0
    wrong: list[str] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, bill: Bill, truth: dict[str, Any]) -> None:
        told = {name: getattr(bill, name) for name in FIELDS}
        same = {name for name in FIELDS if is_same(name, told[name], truth[name])}
        sure = {name for name in FIELDS if name in bill.sure and told[name] is not None}
        self.of += 1
        self.right += same.issuperset(CORE)
        self.fields.update(same)
        self.sure += len(sure)
        self.wrong += [f"{name} {wrong}" for wrong in sorted(sure - same)]
        self.problems.update(bill.problems)


def measure(quick: bool = False) -> list[Line]:
    """PDFs and Green Button files in this process, photos each in its limited one, two at a time."""
    scores: dict[Key, Score] = defaultdict(Score)
    counts = QUICK if quick else COUNTS
    for name, key, drawn in draw_all(counts, lambda form: form != "photo"):
        scores[key].add(name, read_here(drawn), drawn.truth)
    with ThreadPoolExecutor(PROCESSES) as pool:
        photos = draw_all(counts, lambda form: form == "photo")
        for name, key, drawn, bill in pool.map(lambda each: (*each, read_there(each[2])), photos):
            scores[key].add(name, bill, drawn.truth)
    return [*list_forms_lines(scores), *list_layout_lines(scores), *list_other_lines(scores)]


def draw_all(counts: dict[str, int], wanted: Callable[[Form], bool]) -> Iterator[tuple[str, Key, Drawn]]:
    for layout in (*LAYOUTS, WITHHELD):
        for form in filter(wanted, list_forms(layout)):
            for seed in range(FIRST, FIRST + counts[form]):
                yield f"{layout} {form} {seed}", (layout, form), draw(seed, layout, form)


def read_here(drawn: Drawn) -> Bill:
    return read_contents([drawn.content, *drawn.more], "US", LIMITS, lambda: False)


def read_there(drawn: Drawn) -> Bill:
    return read_files([DocumentFile(content) for content in (drawn.content, *drawn.more)], drawn.country)


def is_same(name: str, told: Any, true: Any) -> bool:
    """Numbers to the cent and to half a kWh of them all; an account by its last four; an address by its letters."""
    if told is None or true is None:
        return told is None or name == "service_address" if true is None else False
    if name in ("kwh", "amount"):
        return abs(float(told) - float(true)) < (0.005 if name == "amount" else 0.02)
    if name == "account":
        return str(told)[-4:] == str(true)[-4:]
    if name == "service_address":
        return "".join(filter(str.isalnum, told.casefold())) == "".join(filter(str.isalnum, true.casefold()))
    if name == "monthly_kwh":
        pairs = zip(told, true, strict=True) if len(told) == len(true) else [(0.0, None)]
        return all(one is two if None in (one, two) else abs(one - two) < 0.02 for one, two in pairs)
    return bool(told == true)


def list_forms_lines(scores: dict[Key, Score]) -> list[Line]:
    """Of the known layouts; the withheld one beside them."""
    lines = []
    for form in FORMS:
        ours = [score for (layout, of_form), score in scores.items() if of_form == form and layout != WITHHELD]
        right, of = sum(score.right for score in ours), sum(score.of for score in ours)
        lines.append(Line(f"{TITLES[form]}: kWh, amount and period", right, of, TARGETS[form]))
        if (WITHHELD, form) in scores and of:
            kept = scores[WITHHELD, form]
            note = "at most 0.10 behind the others"
            lines.append(Line(f"{TITLES[form]}: withheld layout", kept.right, kept.of, right / of - BEHIND, note=note))
    return lines


def list_layout_lines(scores: dict[Key, Score]) -> list[Line]:
    return [
        Line(f"{layout}, {TITLES[form]}", score.right, score.of, note=describe_rest(score))
        for (layout, form), score in sorted(scores.items())
    ]


def describe_rest(score: Score) -> str:
    missed = [f"{name} {score.of - score.fields[name]}" for name in FIELDS if score.fields[name] < score.of]
    return f"not right: {', '.join(missed)}" if missed else ""


def list_other_lines(scores: dict[Key, Score]) -> list[Line]:
    wrong = [name for score in scores.values() for name in score.wrong]
    sure = sum(score.sure for score in scores.values())
    bills = len({name.rpartition(" ")[0] for name in wrong})
    problems = sum((score.problems for score in scores.values()), Counter[str]())
    named = ", ".join(f"{name} {count}" for name, count in problems.most_common())
    of = sum(score.of for score in scores.values())
    return [
        Line("values said with confidence, wrong", len(wrong), sure, WRONG_AND_SURE, True, "; ".join(wrong[:5])),
        Line("bills with such a value", bills, of),
        Line("problems named", problems.total(), of, note=named),
    ]
