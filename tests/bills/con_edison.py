"""A New York bill: kWh under supply, delivery and the meter, a dashed account, a supplier of one's own, a chart."""

from random import Random

from tests.bills.charges import Extras, draw_extras, tell_truth
from tests.bills.invent import Household, invent_digits, invent_household
from tests.bills.sheet import Drawing, Sheet
from tests.bills.usage import ENGLISH, Usage, draw_usage, write_day, write_money

PLACES = ("Yonkers, NY 10701", "Brooklyn, NY 11215", "New York, NY 10027", "Bronx, NY 10463", "Astoria, NY 11105")
SUPPLIERS = ("Larkspur Energy Supply", "Tern Hill Power LLC", "Quarry Lane Renewables")


def draw_con_edison(chance: Random) -> Drawing:
    home, account = invent_household(chance, PLACES), invent_digits(chance, 2, 4, 4, 4, 1, between="-")
    usage = draw_usage(chance, (140, 1650), negative=0.07)
    supply = [("Supply", chance.uniform(0.08, 0.17)), ("Merchant function charge", 0.004)]
    delivery = [("Delivery", chance.uniform(0.11, 0.18)), ("System Benefit Charge", 0.0061)]
    fixed = round(chance.uniform(17, 22), 2)
    billed = max(usage.kwh, 0)
    lines = [[(name, round(billed * rate, 2), rate) for name, rate in part] for part in (supply, delivery)]
    sums = [round(sum(value for _, value, _ in part), 2) for part in lines]
    sums[1] = round(sums[1] + fixed, 2)
    tax = round(sum(sums) * 0.045, 2)
    electric = round(sum(sums) + tax, 2)
    extras = draw_extras(chance, electric, gas=0.3)
    sheet = Sheet(chance)
    months = draw_front(sheet, chance, home, account, usage, extras)
    sheet.turn_page()
    draw_details(sheet, chance, usage, lines, (fixed, tax, sums[0], sums[1], electric))
    truth = tell_truth("Con Edison", account, home, usage, electric, months=months, others=extras.due - electric)
    return Drawing(sheet.finish(), truth, (0, 1))


def draw_front(
    sheet: Sheet, chance: Random, home: Household, account: str, usage: Usage, extras: Extras
) -> list[float | None] | None:
    style = chance.choice(("words", "words", "bare", "long"))
    sheet.write(40, 45, chance.choice(("conEdison", "Con Edison")), 20, bold=True)
    sheet.write(40, 60, "Consolidated Edison Company of New York, Inc.", 7)
    sheet.write(330, 45, f"Account number: {account}", 9, bold=True)
    between = chance.choice((" to ", " - "))
    sheet.write(330, 59, f"Billing period: {write_day(usage.start, style)}{between}{write_day(usage.end, style)}")
    sheet.write(330, 73, f"Bill date: {write_day(usage.issued, 'words')}")
    sheet.write_lines(40, 90, ["Service delivered to:", home.person, home.street, home.place])
    sheet.write(330, 95, f"Your electric rate: EL1 {chance.choice(('Residential', 'Residential or Religious'))}")
    sheet.write(330, 109, f"Next meter reading date: {write_day(usage.due, 'words')}")
    sheet.shade(36, 160, 250, 18)
    sheet.write(40, 173, "Your billing summary as of " + write_day(usage.issued, "words"), 9, bold=True)
    rows = [
        ("Your previous charges and payments", ""),
        ("Total charges from your last bill", write_money(extras.before)),
    ]
    rows += [("Payments through " + write_day(usage.end, "bare"), write_money(-extras.paid))]
    rows += [("Remaining balance", write_money(extras.balance)), ("Your new charges - details start on page 2", "")]
    rows += [("Electricity charges", write_money(extras.electric))]
    rows += [("Gas charges", write_money(extras.gas))] if extras.gas else []
    rows += [("Late payment charge", write_money(extras.late))] if extras.late else []
    rows += [
        ("Total new charges", write_money(extras.due - extras.balance)),
        ("Total amount due", write_money(extras.due)),
    ]
    bottom = sheet.write_rows(40, 285, 195, rows, bold_last=True)
    months = draw_history(sheet, chance, usage)
    sheet.rule(40, 570, max(bottom, 480) + 20)
    sheet.write_lines(60, 640, [home.person.upper(), home.mail[0].upper(), home.mail[1].upper()])
    sheet.write(330, 640, f"Amount due by {write_day(usage.due, 'words')}  {write_money(extras.due)}")
    sheet.write(330, 655, f"Account number: {account}")
    return months


def draw_history(sheet: Sheet, chance: Random, usage: Usage) -> list[float | None] | None:
    """A chart without numbers tells no months; its axis is no consumption either."""
    sheet.write(330, 173, "Your electricity use", 10, bold=True)
    kind = chance.choice(("bare", "bars", "table"))
    bars = [(ENGLISH[month - 1], float(kwh)) for month, kwh in usage.history]
    if kind == "table":
        rows = [["Month", "kWh"], *([name, f"{value:,.0f}"] for name, value in bars)]
        sheet.write_table([340, 400], 195, rows)
    else:
        sheet.draw_bars(340, 195, (225, 120), bars, values=kind == "bars")
    daily = usage.kwh / usage.days
    sheet.write(330, 440, f"Daily average electricity use: {daily:.1f} kWh", 8)
    return None if kind == "bare" else usage.list_months()


def draw_details(
    sheet: Sheet,
    chance: Random,
    usage: Usage,
    lines: list[list[tuple[str, float, float]]],
    sums: tuple[float, float, float, float, float],
) -> None:
    fixed, tax, supply, delivery, electric = sums
    billed = f"{max(usage.kwh, 0):,} kWh"
    sheet.write(40, 45, "Your electricity charges", 12, bold=True)
    mark = "estimated" if usage.estimated else "actual"
    sheet.write(40, 62, f"Your {mark} meter reading. Rate: EL1 Residential. Billing period for {usage.days} days", 8)
    top = 85.0
    if chance.random() < 0.3:
        sheet.write(40, top, f"Your supply comes from {chance.choice(SUPPLIERS)}, 1-800-555-0142", 8)
        top += 16
    for title, part, extra in (("Your supply charges", lines[0], None), ("Your delivery charges", lines[1], fixed)):
        sheet.write(40, top, title, 10, bold=True)
        rows = [("Basic service charge", write_money(fixed))] if extra else []
        rows += [(f"{name} {billed} @{rate * 100:.4f}¢/kWh", write_money(value)) for name, value, rate in part]
        rows += [(f"Total {title.split()[1]} charges", write_money(delivery if extra else supply))]
        top = sheet.write_rows(40, 330, top + 15, rows) + 10
    rows = [("Sales tax @4.5000%", write_money(tax)), ("Your total electricity charges", write_money(electric))]
    top = sheet.write_rows(40, 330, top, rows, bold_last=True) + 20
    sheet.write(40, top, "Your meter readings", 10, bold=True)
    old = chance.randint(2000, 80000)
    kind = "Estimated" if usage.estimated else "Actual"
    head = ["Meter number", "New reading", "", "Prior reading", "", "Difference", "Multiplier", "Total usage"]
    row = [str(chance.randint(4000000, 9999999)), f"{old + usage.kwh}", kind, f"{old}", "Actual", f"{usage.kwh}", "1"]
    sheet.write_table([40, 115, 175, 225, 285, 335, 395, 450], top + 16, [head, [*row, f"{usage.kwh} kWh"]], 7.5)
