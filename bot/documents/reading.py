"""Files of any kind to one bill: each by its own way, what went wrong by name."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.documents.kinds import decode_text, find_kind
from bot.documents.limits import Limits
from bot.documents.problems import BadFile
from flows.reading.bills.read import read_bill
from flows.reading.bills.types import Bill, Page, Problem

KEEPABLE = ("utility", "account", "period_start", "period_end", "kwh", "amount", "currency", "service_address")


def read_contents(contents: Sequence[bytes], country: str, limits: Limits, is_late: Callable[[], bool]) -> Bill:
    """`is_late`: whether time is short, so that no further page is begun."""
    pages: list[Page] = []
    bills: list[Bill] = []
    problems: list[Problem] = []
    for content in contents:
        try:
            found = read_content(content, limits, is_late, problems)
        except BadFile as bad:
            problems.append(bad.problem)
        except MemoryError:
            problems.append("too_large")
        else:
            pages += found if isinstance(found, list) else []
            bills += [found] if isinstance(found, Bill) else []
    return join_findings(pages, bills, problems, country)


def read_content(
    content: bytes, limits: Limits, is_late: Callable[[], bool], problems: list[Problem]
) -> list[Page] | Bill:
    """Libraries for letters in pictures are loaded where a picture comes, and not for text. BadFile."""
    kind = find_kind(content)
    if kind == "pdf":
        from bot.documents.pdfs import read_pdf

        return read_pdf(content, limits, is_late, problems)
    if kind == "picture":
        from bot.documents.pictures import open_picture
        from bot.documents.recognition import read_picture

        if is_late():
            raise BadFile("time_out")
        return [read_picture(open_picture(content, limits), problems)]
    if kind == "xml":
        from bot.documents.espi import read_espi

        return read_espi(content, limits)
    if kind == "csv":
        from bot.documents.tables import read_table

        return read_table(decode_text(content) or "", limits)
    raise BadFile("wrong_type")


def join_findings(pages: list[Page], bills: list[Bill], problems: list[Problem], country: str) -> Bill:
    if not any(page.words for page in pages) and not bills:
        return Bill(problems=tuple(dict.fromkeys(problems)) or ("no_text",))
    bill = read_bill(pages, country) if pages else bills[0]
    for other in bills if pages else bills[1:]:
        bill = fill_gaps(bill, other)
    return replace(bill, problems=tuple(dict.fromkeys([*bill.problems, *problems])))


def fill_gaps(bill: Bill, other: Bill) -> Bill:
    """What only the other knows; the months of the one that has more of them."""
    known = {name: getattr(other, name) for name in KEEPABLE if getattr(bill, name) is None}
    months = max((bill.monthly_kwh, other.monthly_kwh), key=lambda kwh: sum(month is not None for month in kwh or ()))
    sure = bill.sure | {name for name in other.sure if name in known and known[name] is not None}
    if months is not bill.monthly_kwh and "monthly_kwh" in other.sure:
        sure |= {"monthly_kwh"}
    return replace(bill, **known, monthly_kwh=months, sure=sure, confidence=max(bill.confidence, other.confidence))
