"""A Florida bill: a greeting and what is owed, fuel apart from the rest, four taxes, three months compared."""

from random import Random

from tests.bills.charges import tell_truth
from tests.bills.dues import Dues, draw_dues
from tests.bills.invent import Household, invent_digits, invent_household
from tests.bills.sheet import Drawing, Sheet
from tests.bills.usage import ENGLISH, Usage, draw_usage, write_day, write_money

PLACES = ("Naples, FL 34102", "Sarasota, FL 34236", "Palm Bay, FL 32907", "Daytona Beach, FL 32114", "Miami, FL 33133")
TAXES = (
    ("Gross receipts tax (State tax)", 0.0257),
    ("Franchise fee (Reqd local fee)", 0.0589),
    ("Utility tax (Local tax)", 0.0712),
    ("Regulatory fee (State fee)", 0.0009),
)
NOTES = (
    ("The typical 1,000-kWh residential bill is $134.14 this", "year, below the national average."),
    ("The storm restoration surcharge ends in December.", "It is 0.34 cents per kWh for a home."),
    ("Take a survey of your home and save up to $250 a year.", "Visit www.example.com/survey"),
)
Rows = list[tuple[str, str]]


def draw_florida(chance: Random) -> Drawing:
    home, account = invent_household(chance, PLACES), invent_digits(chance, 5, 5, between="-")
    usage = draw_usage(chance, (260, 3100), negative=0.05)
    rows, electric = price_energy(chance, usage)
    dues = draw_dues(chance, electric)
    numbers = chance.random() < 0.5
    sheet = Sheet(chance)
    draw_front(sheet, home, account, usage, dues)
    sheet.write(40, 345, "ENERGY USAGE HISTORY", 9, bold=True)
    bars = [(ENGLISH[month - 1].upper(), float(kwh)) for month, kwh in usage.history]
    sheet.draw_bars(60, 360, (270, 90), bars, values=numbers)
    draw_messages(sheet, chance, usage, dues)
    sheet.turn_page()
    sheet.write(40, 40, "FPL", 14, bold=True)
    sheet.write_table([300, 470], 36, [["Customer Name", "Account Number"], [home.person, account]], 8)
    draw_details(sheet, usage, dues, rows)
    draw_meter(sheet, chance, usage, electric)
    months = usage.list_months() if numbers else None
    others = dues.due - electric
    truth = tell_truth("Florida Power & Light", account, home, usage, electric, months=months, others=others)
    return Drawing(sheet.finish(), truth, (0, 1))


def price_energy(chance: Random, usage: Usage) -> tuple[Rows, float]:
    """Dearer after the first 1,000 kWh; the electricity's own amount, then taxes, then all of them."""
    billed = max(usage.kwh, 0)
    first, rest = min(billed, 1000), max(billed - 1000, 0)
    base, oil = chance.uniform(0.07, 0.09), chance.uniform(0.02, 0.04)
    parts = [(chance.choice(("Base charge", "Customer charge")), round(chance.uniform(8.5, 10.5), 2))]
    for name, rate in (("Non-fuel", base), ("Fuel", oil)):
        steps = f"(First 1000 kWh at ${rate:.6f}) (Over 1000 kWh at ${rate + 0.01:.6f})"
        parts.append((f"{name} {steps}", round(first * rate + rest * (rate + 0.01), 2)))
    if chance.random() < 0.6:
        parts.append(("Storm charge", round(billed * 0.0034, 2)))
    amount = round(sum(value for _, value in parts), 2)
    taxes = [(name, round(amount * rate, 2)) for name, rate in TAXES]
    sums = round(sum(value for _, value in taxes), 2)
    rows = [*parts, ("Electric service amount", amount), *taxes, ("Taxes and charges", sums)]
    electric = round(amount + sums, 2)
    label = chance.choice(("Total electric charges", "Total electric service with taxes", "Cost of electricity"))
    return [(name, write_money(value)) for name, value in [*rows, (label, electric)]], electric


def draw_front(sheet: Sheet, home: Household, account: str, usage: Usage, dues: Dues) -> None:
    sheet.write(40, 55, "FPL", 28, bold=True)
    sheet.write(40, 68, "Florida Power & Light Company", 7)
    sheet.write(330, 45, "Electric Bill Statement", 12, bold=True)
    start, end = write_day(usage.start, "words"), write_day(usage.end, "words")
    rows = [f"For: {start} to {end} ({usage.days} days)", f"Statement Date: {write_day(usage.issued, 'words')}"]
    sheet.write_lines(330, 59, [*rows, f"Account Number: {account}", "Service Address:", home.street, home.place], 8.5)
    sheet.write(40, 105, f"Hello {home.person},", 13, bold=True)
    sheet.write(40, 120, "Here's what you owe for this billing period.", 10)
    sheet.shade(36, 140, 536, 62, 0.9)
    sheet.write(50, 155, "CURRENT BILL", 9, bold=True)
    sheet.write(50, 178, write_money(dues.due), 20, bold=True)
    sheet.write(50, 193, "TOTAL AMOUNT YOU OWE", 7)
    sheet.write(330, 178, write_day(usage.due, "words"), 16, bold=True)
    sheet.write(330, 193, "NEW CHARGES DUE BY", 7)
    sheet.write(40, 225, "BILL SUMMARY", 10, bold=True)
    sheet.write_rows(40, 330, 242, summarize(dues), 9, bold_last=True)
    sheet.rule(40, 572, 620)
    sheet.write(40, 634, f"/ {account.replace('-', '')} {round(dues.due * 100):07d} 27 4210", 8)
    slip = [("ACCOUNT NUMBER", account), ("TOTAL AMOUNT YOU OWE", write_money(dues.due))]
    slip += [("NEW CHARGES DUE BY", write_day(usage.due, "words")), ("AMOUNT ENCLOSED", "$")]
    sheet.write_rows(340, 572, 650, slip, 8)
    sheet.write_lines(60, 690, [home.person.upper(), *(line.upper() for line in home.mail)], 10)


def summarize(dues: Dues) -> Rows:
    extras = dues.extras
    rows = [("Amount of your last bill", write_money(extras.before)), ("Payments received", write_money(-extras.paid))]
    rows += [("Balance before new charges", write_money(extras.balance))]
    return [*rows, ("Total new charges", write_money(dues.new)), ("Total amount you owe", write_money(dues.due))]


def draw_messages(sheet: Sheet, chance: Random, usage: Usage, dues: Dues) -> None:
    sheet.write(360, 225, "KEEP IN MIND", 10, bold=True)
    late = f"Payments received after {write_day(usage.due, 'words')} are late;"
    lines = [late, "a late payment charge of 1.5%, at least $5, applies.", "", *chance.choice(NOTES)]
    if dues.drafted:
        lines += ["", f"AUTO PAY: {write_money(dues.due)} will be taken from your", "checking account. Do not pay."]
    sheet.write_lines(360, 240, lines, 7.5)
    sheet.write_lines(380, 560, ["Customer Service: 800-555-0131", "Outages: 800-555-0132", "www.example.com"], 8)


def draw_details(sheet: Sheet, usage: Usage, dues: Dues, rows: Rows) -> None:
    sheet.write(40, 80, "BILL DETAILS", 11, bold=True)
    top = sheet.write_rows(40, 340, 98, summarize(dues)[:3], 8) + 6
    sheet.write(40, top, "New charges    Rate: RS-1 RESIDENTIAL SERVICE", 8, bold=True)
    top = sheet.write_rows(40, 340, top + 14, rows, 7.5, bold_last=True)
    if usage.kwh < 0:
        sheet.write(40, top, f"Excess energy of {-usage.kwh:,} kWh is kept in your reserve.", 7.5)
        top += 14
    told = [(name, write_money(value)) for name, value in dues.products]
    if dues.levelled is not None:
        told += [("Budget Billing amount, in place of the charges above", write_money(dues.levelled))]
        told += [("Budget Billing deferred balance (not due)", write_money(round(dues.levelled * 0.4, 2)))]
    told += [("Late payment charge", write_money(dues.extras.late))] if dues.extras.late else []
    told += [("Payment extension, part 2 of 3", write_money(dues.instalment))] if dues.instalment else []
    top = sheet.write_rows(40, 340, top + 6, told, 8) if told else top
    sheet.write_rows(40, 340, top + 6, summarize(dues)[3:], 9, bold_last=True)


def draw_meter(sheet: Sheet, chance: Random, usage: Usage, electric: float) -> None:
    kind, old = "Estimated" if usage.estimated else "Actual", chance.randint(2000, 90000)
    sheet.write(360, 80, "METER SUMMARY", 11, bold=True)
    sheet.write(360, 95, f"Meter reading - Meter AC{chance.randint(10000, 99999)}. {kind} reading.", 7.5)
    sheet.write(360, 106, f"Next meter reading {write_day(usage.due, 'words')}.", 7.5)
    head = ["Usage Type", "Current", "-", "Previous", "=", "Usage"]
    row = ["kWh used", f"{old + usage.kwh}", "", f"{old}", "", f"{usage.kwh}"]
    sheet.write_table([360, 420, 465, 478, 525, 540], 124, [head, row], 7.5)
    sheet.write(360, 175, "ENERGY USAGE COMPARISON", 11, bold=True)
    then, last = usage.history[0][1], usage.history[-2][1]
    year = write_day(usage.end.replace(year=usage.end.year - 1, day=min(usage.end.day, 28)), "words")
    rows = [["", "This Month", "Last Month", "Last Year"]]
    rows += [["Service to", write_day(usage.end, "words"), write_day(usage.start, "words"), year]]
    rows += [["kWh Used", f"{usage.kwh}", f"{last}", f"{then}"], ["Service days", f"{usage.days}", "30", "31"]]
    rows += [["kWh/day", f"{usage.kwh / usage.days:.0f}", f"{last / 30:.0f}", f"{then / 31:.0f}"]]
    costs = [electric, last * chance.uniform(0.11, 0.15), then * chance.uniform(0.11, 0.15)]
    rows += [["Amount", *(write_money(round(cost, 2)) for cost in costs)]] if chance.random() < 0.7 else []
    sheet.write_table([360, 415, 470, 525], 192, rows, 7)
