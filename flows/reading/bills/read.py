"""Pages of placed words to a bill with its doubts."""

from collections import Counter
from collections.abc import Sequence

from flows.reading.bills.accounts import Account, find_account
from flows.reading.bills.addresses import find_address
from flows.reading.bills.amounts import find_money
from flows.reading.bills.checks import Support, Verdict, is_plausible, judge_amount, judge_usage
from flows.reading.bills.companies import CURRENCIES, Company, find_company, find_country, settle_member
from flows.reading.bills.dates import span_days
from flows.reading.bills.energy import find_averages, find_usage
from flows.reading.bills.evidence import Reading
from flows.reading.bills.history import History, find_history
from flows.reading.bills.meters import find_differences, find_metered
from flows.reading.bills.nature import find_nature, is_estimated
from flows.reading.bills.periods import Period, find_periods
from flows.reading.bills.sheet import Sheet, build_sheet
from flows.reading.bills.types import Bill, Page, Problem

_MARKS = {"$": None, "US$": "USD", "MX$": "MXN", "€": "EUR", "EUR": "EUR", "R": "ZAR", "ZAR": "ZAR", "USD": "USD",
          "ZWG": "ZWG", "ZIG": "ZWG", "MXN": "MXN", "N$": None}  # fmt: skip


def read_bill(pages: Sequence[Page], country: str = "US") -> Bill:
    """The bill that the pages show, whatever their order; `country` (ISO 3166) decides what the bill leaves open.

    Never raises; what is not said is None, and `sure` holds only what two readings agree on or one unmistakable label
    says. Pure: the same pages give the same bill.
    """
    ordered = _order_pages(pages)
    sheet = build_sheet(ordered, country)
    company = find_company(sheet.lines, country)
    home = find_country(sheet.lines, company, country)
    if home != country:
        sheet = Sheet(sheet.lines, home, sheet.scanned)
    nature = find_nature(sheet, ordered)
    if nature in ("no_text", "blurred", "not_a_bill"):
        return Bill(problems=(nature,))
    return _Reader(sheet, company, home, nature).read()


def _order_pages(pages: Sequence[Page]) -> list[Page]:
    """Pages by what they hold, so that the order in which they came does not matter."""
    return sorted(
        pages, key=lambda page: (-_count_heads(page), -len(page.words), [word.text for word in page.words[:40]])
    )


def _count_heads(page: Page) -> int:
    """Words that first pages have."""
    heads = (
        "due",
        "account",
        "service",
        "address",
        "bill",
        "factura",
        "statement",
        "invoice",
        "total",
        "periodo",
        "period",
    )
    text = " ".join(word.text.lower() for word in page.words[:400])
    return sum(head in text for head in heads)


class _Reader:
    """One bill's fields, each judged by what the others say."""

    def __init__(self, sheet: Sheet, company: Company | None, country: str, nature: Problem | None) -> None:
        self.sheet, self.company, self.country = sheet, company, country
        self.problems: set[Problem] = {nature} if nature else set()
        self.sure: set[str] = set()

    def read(self) -> Bill:
        periods = find_periods(self.sheet)
        period = periods[0] if periods and periods[0].score >= 2.4 else None
        account = find_account(self.sheet)
        currency = self._read_currency()
        days = span_days(period.start, period.end) if period else None
        readings = [*find_usage(self.sheet), *find_metered(self.sheet)]
        first = judge_usage(readings, Support())
        history = find_history(
            self.sheet, period.end if period else None, [first.value] if first.value is not None else []
        )
        if first.value is None and history and history.own is not None:
            readings.append(Reading(history.own, "history", 0.7))
        support = Support(
            history.own if history else None,
            find_averages(self.sheet),
            days,
            find_differences(self.sheet),
            _all_kwh(self.sheet),
        )
        usage = judge_usage(readings, support)
        money = find_money(self.sheet)
        amount = judge_amount(money, usage.value, self.country, currency)
        self._judge_price(usage, amount, currency)
        self._judge_period(period, periods)
        self._judge_several(account, periods)
        return self._build(period, account, currency, usage, amount, history)

    def _read_currency(self) -> str:
        marks = Counter(f.currency for row in self.sheet.figures for f in row if f.currency)
        marks.update("€" for line in self.sheet.lines if "€" in line.text or " EUR" in line.text)
        known = [_MARKS[mark] for mark, _ in marks.most_common(2) if mark in _MARKS]
        if marks:
            self.sure.add("currency")
        return (known[0] if known else None) or CURRENCIES.get(self.country, "USD")

    def _judge_price(self, usage: Verdict, amount: Verdict, currency: str) -> None:
        """kWh and amount speak for each other when their price is one that electricity has."""
        self.problems |= usage.problems | amount.problems
        if usage.value is None or amount.value is None or usage.value <= 0:
            return
        if not is_plausible(amount.value, usage.value, self.country, currency):
            self.problems.add("rate_implausible")
            amount.sure = False
            usage.sure = usage.sure and usage.choice is not None and len(usage.choice.kinds) >= 3
            return
        sharp = not self.sheet.scanned
        if sharp and not usage.sure and not usage.problems and _is_labelled(usage):
            usage.sure = True
        if sharp and not amount.sure and not amount.problems and amount.choice and _is_named(amount):
            amount.sure = True

    def _judge_period(self, period: Period | None, periods: Sequence[Period]) -> None:
        if period is None:
            self.problems.add("no_period")
            return
        rivals = [p for p in periods[1:] if p.score >= period.score - 0.8]
        clear = not rivals and (period.agreed or (period.labelled and period.sharp))
        if clear:
            self.sure |= {"period_start", "period_end"}

    def _judge_several(self, account: Account | None, periods: Sequence[Period]) -> None:
        """Two bills in one: different accounts, or two labelled periods that do not touch the same time."""
        labelled = [p for p in periods if p.labelled and p.score >= 3.4]
        apart = any(
            a.end <= b.start and self.sheet.lines[a.line].page != self.sheet.lines[b.line].page
            for a in labelled
            for b in labelled
        )
        if apart or (account and account.several):
            self.problems.add("several_bills")

    def _build(
        self, period: Period | None, account: Account | None, currency: str, usage: Verdict, amount: Verdict,
        history: History | None,
    ) -> Bill:  # fmt: skip
        address = find_address(self.sheet)
        self.company = settle_member(self.company, address)
        for name, value, sure in (
            ("kwh", usage.value, usage.sure), ("amount", amount.value, amount.sure),
            ("utility", self.company, bool(self.company and self.company.sure)),
            ("account", account, bool(account and account.sure)),
            ("service_address", address, bool(address and address.sure)),
            ("monthly_kwh", history, usage.sure and self._is_sure_history(history)),
        ):  # fmt: skip
            if value is not None and sure:
                self.sure.add(name)
        self._name_problems(usage, amount, history)
        if "several_bills" in self.problems:
            self.sure.clear()
        months = tuple(_round(value) for value in history.months) if history else None
        return Bill(
            utility=self.company.name if self.company else None,
            account=account.masked if account else None,
            period_start=period.start.isoformat() if period else None,
            period_end=period.end.isoformat() if period else None,
            kwh=_round(usage.value),
            amount=amount.value,
            currency=currency if amount.value is not None else None,
            service_address=address.text if address else None,
            monthly_kwh=months,
            confidence=self._rate(usage, amount, period),
            sure=frozenset(self.sure if amount.value is not None else self.sure - {"currency"}),
            problems=tuple(sorted(self.problems)),
        )

    def _is_sure_history(self, history: History | None) -> bool:
        return history is not None and history.agreed and (history.sharp or not self.sheet.scanned)

    def _name_problems(self, usage: Verdict, amount: Verdict, history: History | None) -> None:
        if usage.value is None and "gas_only" not in self.problems:
            self.problems.add("no_kwh")
        if amount.value is None:
            self.problems.add("no_amount")
        if usage.value is not None and usage.value < 0:
            self.problems.add("negative_net")
        if is_estimated(self.sheet):
            self.problems.add("estimated")
        if history and None in history.months:
            self.problems.add("months_missing")

    def _rate(self, usage: Verdict, amount: Verdict, period: Period | None) -> float:
        """Confidence: what the three main values and the utility are worth, read and sure."""
        parts = (
            (usage.value, "kwh", 0.35),
            (amount.value, "amount", 0.3),
            (period, "period_end", 0.25),
            (self.company, "utility", 0.1),
        )
        score = sum(weight * (1.0 if name in self.sure else 0.5) for value, name, weight in parts if value is not None)
        return round(min(score, 0.99), 2)


def _all_kwh(sheet: Sheet) -> frozenset[float]:
    return frozenset(round(f.value, 2) for row in sheet.figures for f in row if f.unit == "kwh")


def _is_labelled(usage: Verdict) -> bool:
    return usage.choice is not None and any(
        r.kind in ("labelled", "net") and r.weight >= 1.7 for r in usage.choice.readings
    )


def _is_named(amount: Verdict) -> bool:
    return amount.choice is not None and any(
        r.kind in ("amount_electric", "amount_period") and r.weight >= 1.2 for r in amount.choice.readings
    )


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
