"""A New Jersey bill: electricity in kWh beside gas in therms, steps of price, the year of the period said once."""

from random import Random

from tests.bills.charges import Extras, draw_extras, tell_truth
from tests.bills.invent import Household, invent_digits, invent_household
from tests.bills.sheet import Drawing, Sheet
from tests.bills.usage import ENGLISH, LONG, Usage, draw_usage, write_day, write_money

PLACES = ("Maplewood, NJ 07040", "Trenton, NJ 08618", "Hoboken, NJ 07030", "Camden, NJ 08104", "Bloomfield, NJ 07003")
SUMS = ("Total electric charges", "Electric charges", "Subtotal", "Total", "Sum of electric charges")
PARTS = (
    ("Electric charges", "Gas charges"),
    ("Electric charges", "Gas charges"),
    ("Electric service", "Gas service"),
    ("Electric", "Gas"),
    ("Electric delivery and supply", "Gas delivery and supply"),
)


def draw_pseg(chance: Random) -> Drawing:
    home, account = invent_household(chance, PLACES), invent_digits(chance, 2, 3, 3, 2)
    usage = draw_usage(chance, (130, 2300), negative=0.05)
    rows, electric = price_electricity(chance, usage)
    extras = draw_extras(chance, electric, gas=0.6)
    sheet = Sheet(chance)
    draw_front(sheet, chance, home, account, usage, extras)
    if chance.random() < 0.3:
        sheet.turn_page()
        notes = ["Understanding your bill", "A kWh is the energy of a 100 watt lamp in 10 hours.", "Call 800-555-0117."]
        sheet.write_lines(40, 60, notes, 10)
    sheet.turn_page()
    months = draw_details(sheet, chance, usage, extras, rows)
    truth = tell_truth("PSE&G", account, home, usage, electric, months=months, others=extras.due - electric)
    return Drawing(sheet.finish(), truth, (0,), ("monthly_kwh", "months_missing", "estimated"))


def price_electricity(chance: Random, usage: Usage) -> tuple[list[tuple[str, str]], float]:
    """The rows of the charges, the last their sum, and that sum."""
    billed = max(usage.kwh, 0)
    first, rate = min(billed, 600), chance.uniform(0.05, 0.08)
    steps = [(f"First {first:,} kWh", first, rate)] if billed <= 600 else []
    if billed > 600:
        steps = [("First 600 kWh", 600, rate), (f"Next {billed - 600:,} kWh", billed - 600, rate + 0.004)]
    supply = chance.uniform(0.09, 0.15)
    parts = [("Service charge", 4.95)]
    parts += [(f"Distribution {name} @ ${price:.6f}", round(size * price, 2)) for name, size, price in steps]
    parts += [("Societal benefits " + f"{billed:,} kWh @ $0.008910", round(billed * 0.00891, 2))]
    parts += [(f"BGS energy {billed:,} kWh @ ${supply:.6f}", round(billed * supply, 2))]
    electric = round(sum(value for _, value in parts), 2)
    label = chance.choice(SUMS)
    return [*((name, write_money(value)) for name, value in parts), (label, write_money(electric))], electric


def write_period(chance: Random, usage: Usage) -> str:
    start, end = f"{LONG[usage.start.month - 1]} {usage.start.day}", write_day(usage.end, "long")
    if usage.start.year != usage.end.year:
        start = write_day(usage.start, "long")
    return chance.choice(("For the period: {} to {}", "Service period {} to {}", "Bill period: {} - {}")).format(
        start, end
    )


def draw_front(sheet: Sheet, chance: Random, home: Household, account: str, usage: Usage, extras: Extras) -> None:
    sheet.write(40, 50, "PSE&G", 24, bold=True)
    sheet.write(40, 64, "Public Service Electric and Gas Company", 8)
    sheet.write_lines(40, 95, [home.person, home.mail[0], home.mail[1]], 10)
    sheet.write(320, 50, "Account number", 8)
    sheet.write(420, 50, account, 10, bold=True)
    sheet.write(320, 66, write_period(chance, usage))
    sheet.write(320, 80, f"Bill date: {write_day(usage.issued, 'long')}")
    sheet.write_lines(320, 96, ["Service address", home.person, home.street, home.place])
    sheet.shade(40, 165, 240, 150, 0.93)
    sheet.write(46, 180, "Summary of charges", 11, bold=True)
    rows = [("Balance remaining from last bill", write_money(extras.balance))] if extras.balance else []
    rows += [("Late payment charge", write_money(extras.late))] if extras.late else []
    electric, gas = chance.choice(PARTS)
    rows += [(electric, write_money(extras.electric))]
    rows += [(gas, write_money(extras.gas))] if extras.gas else []
    if chance.random() < 0.6:
        rows += [(chance.choice(("Current charges", "Total new charges")), write_money(extras.electric + extras.gas))]
    rows += [("Total amount due by " + write_day(usage.due, "bare"), write_money(extras.due))]
    sheet.write_rows(46, 272, 200, rows, bold_last=True)
    sheet.write(320, 180, "Your energy use", 11, bold=True)
    kwh = f"Total electric you used in {usage.days} days {usage.kwh:,} kWh"
    sheet.write(320, 200, kwh, 9)
    if extras.gas:
        sheet.write(
            320, 216, f"Total gas you used in {usage.days} days {extras.therms:,}.{chance.randint(0, 9)} therms", 9
        )
    sheet.write(
        320, 240, f"Average daily use {usage.kwh / usage.days:.1f} kWh, last year {chance.uniform(9, 40):.1f} kWh", 8
    )
    sheet.rule(40, 570, 640)
    sheet.write(40, 660, f"Please pay {write_money(extras.due)} for account {account}", 10)


def draw_details(
    sheet: Sheet, chance: Random, usage: Usage, extras: Extras, rows: list[tuple[str, str]]
) -> list[float | None] | None:
    sheet.write(40, 50, "Details of your electric charges", 12, bold=True)
    sheet.write(40, 66, "Residential Service (RS)", 9)
    kind = "Estimated" if usage.estimated else "Actual"
    old = chance.randint(1000, 60000)
    sheet.write(40, 84, f"Meter # {chance.randint(300000000, 399999999)}", 8)
    head = [
        f"{kind} reading {write_day(usage.end, 'bare')}",
        f"Actual reading {write_day(usage.start, 'bare')}",
        "Electric used",
    ]
    sheet.write_table([40, 180, 320], 98, [head, [str(old + usage.kwh), str(old), f"{usage.kwh:,} kWh"]])
    top = sheet.write_rows(40, 400, 140, rows, bold_last=True)
    if extras.gas:
        sheet.write(40, top + 20, "Details of your gas charges", 12, bold=True)
        gas = [("Service charge", "$8.62"), (f"Delivery {extras.therms}.0 therms @ $0.41", "")]
        top = sheet.write_rows(
            40,
            400,
            top + 38,
            [*gas, (rows[-1][0].replace("electric", "gas").replace("Electric", "Gas"), write_money(extras.gas))],
            bold_last=True,
        )
    return draw_history(sheet, chance, usage, top + 40)


def draw_history(sheet: Sheet, chance: Random, usage: Usage, top: float) -> list[float | None] | None:
    if chance.random() < 0.4:
        bars = [(ENGLISH[month - 1][:1], float(kwh)) for month, kwh in usage.history]
        sheet.draw_bars(60, top, (320, 90), bars, values=False)
        return None
    gap = chance.randint(1, 11) if chance.random() < 0.25 else None
    pairs = [(month, kwh if place != gap else None) for place, (month, kwh) in enumerate(usage.history)][-12:]
    sheet.write(40, top, "Electric use history", 10, bold=True)
    lefts = [40 + 42.0 * place for place in range(13)]
    names = ["", *(ENGLISH[month - 1] for month, _ in pairs)]
    sheet.write_table(lefts, top + 16, [names, ["kWh", *("" if kwh is None else f"{kwh:,}" for _, kwh in pairs)]])
    return [None if kwh is None else float(kwh) for _, kwh in pairs]
