"""A Colorado bill: premises, read dates side by side, gas and electricity of one company."""

from random import Random

from tests.bills.charges import Extras, draw_extras, tell_truth
from tests.bills.invent import Household, invent_digits, invent_household
from tests.bills.sheet import Drawing, Sheet
from tests.bills.usage import ENGLISH, Usage, draw_usage, write_day, write_money

PLACES = ("Boulder, CO 80302", "Pueblo, CO 81003", "Arvada, CO 80004", "Greeley, CO 80631")


def draw_xcel(chance: Random) -> Drawing:
    home, account = invent_household(chance, PLACES), invent_digits(chance, 2, 10, 1, between="-")
    usage = draw_usage(chance, (160, 1700), negative=0.05)
    rows, electric = price_use(chance, usage)
    extras = draw_extras(chance, electric, gas=0.6)
    sheet = Sheet(chance)
    draw_front(sheet, chance, home, account, usage, extras)
    sheet.turn_page()
    draw_service(sheet, chance, home, account, usage, (rows, extras))
    truth = tell_truth("Xcel Energy", account, home, usage, electric, others=extras.due - electric)
    return Drawing(sheet.finish(), truth, (1,), ("balance_included",))


def price_use(chance: Random, usage: Usage) -> tuple[list[tuple[str, str, str, str]], float]:
    billed = max(usage.kwh, 0)
    on = round(billed * chance.uniform(0.1, 0.25))
    parts = [
        ("Service & Facility", "", "", 7.1),
        ("On-Peak Energy", on, 0.18, 0.0),
        ("Off-Peak Energy", billed - on, 0.08, 0.0),
    ]
    parts += [("Elec Commodity Adj", billed, 0.0341, 0.0), ("Trans Cost Adj", billed, 0.0029, 0.0)]
    rows, total = [], 0.0
    for name, size, rate, fixed in parts:
        value = fixed or round(float(size or 0) * float(rate or 0), 2)
        total += value
        rows.append((name, f"{size} kWh" if size != "" else "", f"${rate:.6f}" if rate else "", write_money(value)))
    tax = round(total * 0.0386, 2)
    total = round(total + tax, 2)
    return [*rows, ("Sales Tax", "", "", write_money(tax)), ("Total", "", "", write_money(total))], total


def draw_front(sheet: Sheet, chance: Random, home: Household, account: str, usage: Usage, extras: Extras) -> None:
    sheet.write(40, 55, "Xcel Energy", 22, bold=True)
    sheet.write_table(
        [230, 370, 480],
        45,
        [["SERVICE ADDRESS", "ACCOUNT NUMBER", "DUE DATE"], [home.person.upper(), account, write_day(usage.due, "us")]],
    )
    sheet.write_lines(230, 74, [home.street.upper(), home.place.upper()], 8)
    sheet.write_table(
        [370, 480], 90, [["STATEMENT DATE", "AMOUNT DUE"], [write_day(usage.issued, "us"), write_money(extras.due)]]
    )
    sheet.write(40, 150, "DAILY AVERAGES", 9, bold=True)
    rows = [
        ["Electric", "Last Year", "This Year"],
        ["Electricity per day", f"{chance.uniform(5, 50):.1f} kWh", f"{usage.kwh / usage.days:.1f} kWh"],
    ]
    sheet.write_table([40, 120, 180], 165, rows, 7)
    sheet.write(260, 150, "SUMMARY OF CURRENT CHARGES (detailed charges begin on page 2)", 8, bold=True)
    usages = [
        (
            "Electricity Service",
            f"{write_day(usage.start, 'short')} - {write_day(usage.end, 'short')}",
            f"{usage.kwh} kWh",
            write_money(extras.electric),
        )
    ]
    if extras.gas:
        usages += [
            (
                "Natural Gas Service",
                f"{write_day(usage.start, 'short')} - {write_day(usage.end, 'short')}",
                f"{extras.therms} therms",
                write_money(extras.gas),
            )
        ]
    for place, row in enumerate(usages):
        for left, cell in zip((260, 350, 450), row[:3], strict=True):
            sheet.write(left, 168 + 14 * place, cell, 8)
        sheet.write_right(575, 168 + 14 * place, row[3], 8)
    sheet.write_right(575, 200, f"Current Charges {write_money(extras.electric + extras.gas)}", 8, bold=True)
    sheet.write(260, 235, "ACCOUNT BALANCE", 9, bold=True)
    balance = [
        (f"Previous Balance As of {write_day(usage.start, 'short')}", write_money(extras.before)),
        ("Payment Received", write_money(-extras.paid)),
        ("Balance Forward", write_money(extras.balance)),
    ]
    balance += [("Late Payment Charge", write_money(extras.late))] if extras.late else []
    sheet.write_rows(260, 575, 250, [*balance, ("Amount Due", write_money(extras.due))], 8, bold_last=True)
    sheet.draw_bars(60, 420, (180, 80), [(ENGLISH[m - 1][0], float(k)) for m, k in usage.history], values=False)
    sheet.write_lines(60, 650, [home.person.upper(), *(line.upper() for line in home.mail)])


def draw_service(
    sheet: Sheet,
    chance: Random,
    home: Household,
    account: str,
    usage: Usage,
    told: tuple[list[tuple[str, str, str, str]], Extras],
) -> None:
    rows, extras = told
    sheet.write(40, 40, "Xcel Energy", 12, bold=True)
    sheet.write_right(570, 40, f"ACCOUNT NUMBER {account}", 8)
    sheet.write(40, 70, "SERVICE ADDRESS: " + home.address.upper(), 8)
    sheet.write(40, 95, "ELECTRICITY SERVICE DETAILS", 11, bold=True)
    sheet.write_lines(
        40,
        112,
        [
            f"PREMISES NUMBER: {chance.randint(300000000, 309999999)}",
            f"INVOICE NUMBER: 0{chance.randint(10**8, 10**9 - 1)}",
        ],
        8,
    )
    between = f"{write_day(usage.start, 'short')} - {write_day(usage.end, 'short')}"
    meter = f"METER {chance.randint(10**6, 10**7)}"
    sheet.write(
        40,
        145,
        f"{meter} - Read Dates: {between} ({usage.days} Days)",
        9,
        bold=True,
    )
    old, kind = chance.randint(1000, 70000), "Estimate" if usage.estimated else "Actual"
    head = ["DESCRIPTION", "CURRENT READING", "PREVIOUS READING", "USAGE"]
    sheet.write_table(
        [40, 160, 290, 420],
        162,
        [head, ["Total Energy", f"{old + usage.kwh} {kind}", f"{old} Actual", f"{usage.kwh} kWh"]],
    )
    sheet.write(40, 205, "ELECTRICITY CHARGES   RATE: RE-TOU Residential", 9, bold=True)
    top = 222.0
    for name, units, rate, value in [("DESCRIPTION", "USAGE UNITS", "RATE", "CHARGE"), *rows]:
        for left, cell in zip((40, 180, 280), (name, units, rate), strict=True):
            sheet.write(left, top, cell, 8, bold=name == "Total")
        sheet.write_right(420, top, value, 8, bold=name == "Total")
        top += 13
    if extras.gas:
        sheet.write(40, top + 25, "NATURAL GAS SERVICE DETAILS", 11, bold=True)
        gas = [("Natural Gas", f"{extras.therms} therms"), ("Total", write_money(extras.gas))]
        sheet.write_rows(40, 420, top + 45, gas, 8)
