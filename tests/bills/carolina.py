"""The front of the Carolinas bill: a summary of charges, a year of use, messages and a slip to send back."""

from random import Random

from tests.bills.dues import Dues
from tests.bills.invent import Household
from tests.bills.sheet import Sheet
from tests.bills.usage import ENGLISH, Usage, write_day, write_money

NOTES = (
    ("Rates are changing", "A typical home that uses 1,000 kWh a month will pay $139.61, or $4.20 more."),
    ("Beat the heat", "Each degree on your thermostat can save 3% of what you pay for cooling."),
    ("We are here to help", "Your 12-month plan, past due help: 800-555-0164 or www.example.com/help"),
    ("Power outage?", "Report it by text: send OUT to 55501. Have your account number with you."),
)


def draw_front(
    sheet: Sheet, chance: Random, home: Household, account: str, usage: Usage, told: tuple[Dues, float, bool]
) -> None:
    dues, tax, numbers = told
    sheet.write(40, 50, "DUKE ENERGY", 20, bold=True)
    sheet.write(40, 62, "Duke Energy Progress, LLC", 7)
    sheet.write_right(572, 45, "Your Energy Bill", 15, bold=True)
    sheet.write_right(572, 57, "page 1 of 2", 7)
    sheet.write(40, 88, "Service address", 9, bold=True)
    sheet.write_lines(40, 101, [home.person.upper(), home.street.upper(), home.place.upper()])
    style = chance.choice(("words", "bare", "us"))
    span = f"{write_day(usage.start, style)} {chance.choice(('to', '-'))} {write_day(usage.end, style)}"
    label = chance.choice(("For service", "Service from", "Your service from"))
    sheet.write_table([330, 412], 88, [["Bill date", write_day(usage.issued, "words")]], 9)
    sheet.write_lines(330, 102, [f"{label} {span}", f"{usage.days} days", f"Account number {account}"], 9)
    sheet.shade(36, 158, 270, 17)
    sheet.write(40, 170, "Billing summary", 10, bold=True)
    draw_summary(sheet, usage, dues, tax)
    draw_snapshot(sheet, chance, usage, dues.extras.electric, numbers)
    for top, (title, text) in zip((465, 515), chance.sample(NOTES, 2), strict=True):
        sheet.shade(36, top - 12, 536, 38, 0.94)
        sheet.write_lines(44, top, [title], 9, bold=True)
        sheet.write(44, top + 14, text, 8)
    draw_slip(sheet, home, account, usage, dues)


def draw_summary(sheet: Sheet, usage: Usage, dues: Dues, tax: float) -> None:
    extras, due = dues.extras, write_day(usage.due, "bare")
    rows = [("Previous amount due", write_money(extras.before))]
    rows += [("Payment received " + write_day(usage.end, "bare"), write_money(-extras.paid))]
    rows += [("Past due balance - pay now", write_money(extras.balance))] if extras.balance else []
    rows += [("Current electric charges", write_money(extras.electric - tax))]
    rows += [("Taxes", write_money(tax))] if tax else []
    if dues.levelled is not None:
        rows += [("Equal Payment Plan adjustment", write_money(round(dues.levelled - extras.electric, 2)))]
    rows += [("Current " + name.lower() + " charges", write_money(value)) for name, value in dues.products]
    rows += [("Late payment charge", write_money(extras.late))] if extras.late else []
    rows += [("Payment arrangement 2 of 6", write_money(dues.instalment))] if dues.instalment else []
    bottom = sheet.write_rows(40, 302, 192, [*rows, (f"Total amount due {due}", write_money(dues.due))], bold_last=True)
    if dues.drafted:
        told = f"{write_money(dues.due)} will be drafted from your bank account on {due}."
        sheet.write_lines(40, bottom + 10, ["Thank you for using AutoPay.", told], 8)


def draw_snapshot(sheet: Sheet, chance: Random, usage: Usage, electric: float, numbers: bool) -> None:
    sheet.write(330, 170, "Your usage snapshot", 10, bold=True)
    sheet.write(330, 184, "Electric usage history (kWh)", 7)
    bars = [(ENGLISH[month - 1], float(kwh)) for month, kwh in usage.history]
    sheet.draw_bars(350, 198, (222, 85), bars, values=numbers)
    year, before = sum(kwh for _, kwh in usage.history[-12:]), usage.history[0][1]
    then = f"{ENGLISH[usage.end.month - 1]} {usage.end.year - 1}"
    head = ["Your usage", "Current Month", then, "12-Month Usage", "Avg Monthly Usage"]
    rows = [["Electric (kWh)", f"{usage.kwh:,}", f"{before:,}", f"{year:,}", f"{year / 12:,.0f}"]]
    daily = ["Avg. Daily (kWh)", f"{usage.kwh / usage.days:.0f}", f"{before / 30:.0f}", f"{year / 365:.0f}", ""]
    sheet.write_table([40, 150, 250, 340, 450], 398, [head, *rows, daily], 8)
    if usage.kwh > 0 and chance.random() < 0.6:
        cents = f"{electric / usage.kwh * 100:.1f} cents per kWh, {write_money(electric / usage.days)} a day"
        sheet.write(330, 310, f"Your average cost: {cents}", 7.5)
    sheet.write(330, 323, "12-month usage is of your most recent history.", 6.5)


def draw_slip(sheet: Sheet, home: Household, account: str, usage: Usage, dues: Dues) -> None:
    due = write_day(usage.due, "bare")
    sheet.rule(40, 572, 590)
    sheet.write(40, 604, "Please return this portion with your payment. Thank you for your business.", 7)
    sheet.write_lines(40, 625, ["Duke Energy Return Mail", "PO Box 1090", "Charlotte, NC 28201"], 8)
    sheet.write_lines(60, 690, [home.person.upper(), *(line.upper() for line in home.mail)], 10)
    late = round(dues.due + max(dues.due, 0) * 0.01, 2)
    slip = [("Account number", account), (f"Amount due by {due}", write_money(dues.due))]
    slip += [(f"After {due}, the amount due will increase to", write_money(late)), ("Amount enclosed", "$ ________")]
    sheet.write_rows(330, 572, 630, slip, 8)
    sheet.write(330, 705, "Add $ ____ here for the Neighbors' Energy Fund.", 8)
