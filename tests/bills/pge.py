"""A Californian bill: tiers or hours of use that only add up to the kWh, a split supplier, net metering, gas beside."""

from random import Random

from tests.bills.charges import Extras, draw_extras, tell_truth
from tests.bills.invent import Household, invent_digits, invent_household
from tests.bills.sheet import Drawing, Sheet
from tests.bills.usage import ENGLISH, Usage, draw_usage, split_total, write_day, write_money

PLACES = ("Oakland, CA 94610", "Fresno, CA 93704", "San Jose, CA 95125", "Chico, CA 95926", "Daly City, CA 94015")
COMMUNITY = ("Redwood Coast Power", "Mesa Clean Choice")


def draw_pge(chance: Random) -> Drawing:
    home, account = invent_household(chance, PLACES), invent_digits(chance, 10, 1, between="-")
    usage = draw_usage(chance, (150, 1900), negative=0.08, estimated=0.08)
    tiered, community = chance.random() < 0.5, chance.random() < 0.25
    rows, own = price_energy(chance, usage, tiered)
    generation = round(max(usage.kwh, 0) * chance.uniform(0.07, 0.12), 2) if community else 0.0
    electric = round(own + generation, 2)
    extras = draw_extras(chance, electric, gas=0.5)
    company = chance.choice(COMMUNITY)
    sheet = Sheet(chance)
    draw_front(sheet, chance, home, account, usage, extras, (own, generation, company))
    sheet.turn_page()
    months = draw_details(sheet, chance, home, account, usage, rows)
    if generation:
        sheet.turn_page()
        draw_generation(sheet, usage, generation, company)
    truth = tell_truth("PG&E", account, home, usage, electric, months=months, others=extras.due - electric)
    if generation:
        return Drawing(sheet.finish(), truth, (0, 1))
    return Drawing(sheet.finish(), truth, (1,), ("balance_included",))


def price_energy(chance: Random, usage: Usage, tiered: bool) -> tuple[list[tuple[str, str]], float]:
    if tiered:
        rows, total = price_tiers(chance, usage)
    else:
        names = ("Peak", "Off Peak") if chance.random() < 0.6 else ("Peak", "Part Peak", "Off Peak")
        parts = [
            (name, size, chance.uniform(0.28, 0.52))
            for name, size in zip(names, split_total(chance, usage.kwh, len(names)), strict=True)
        ]
        rows = [
            (f"{name} {size:,}.{'0' * 6} kWh @ ${rate:.5f}", write_money(round(size * rate, 2)))
            for name, size, rate in parts
        ]
        total = sum(round(size * rate, 2) for _, size, rate in parts)
    if usage.kwh < 0:
        rows, total = [("Net generation credit carried to true-up", "$0.00")], 0.0
    minimum = round(usage.days * 0.39167, 2)
    rows = [*rows, (f"Delivery Minimum Bill Amount ({usage.days} days)", write_money(minimum))]
    tax = round((total + minimum) * 0.075, 2)
    electric = round(total + minimum + tax, 2)
    return [
        *rows,
        ("Utility Users' Tax (7.500%)", write_money(tax)),
        ("Total Electric Charges", write_money(electric)),
    ], electric


def price_tiers(chance: Random, usage: Usage) -> tuple[list[tuple[str, str]], float]:
    allowed = round(usage.days * chance.uniform(7, 12), 2)
    first = min(usage.kwh, int(allowed))
    rest = usage.kwh - first
    rates = (chance.uniform(0.3, 0.41), chance.uniform(0.42, 0.52))
    rows = [(f"Tier 1 Allowance {allowed:.2f} kWh ({usage.days} days x {allowed / usage.days:.1f} kWh/day)", "")]
    rows += [(f"Tier 1 Usage {first:,}.000000 kWh @ ${rates[0]:.5f}", write_money(round(first * rates[0], 2)))]
    rows += (
        [(f"Tier 2 Usage {rest:,}.000000 kWh @ ${rates[1]:.5f}", write_money(round(rest * rates[1], 2)))]
        if rest
        else []
    )
    return rows, round(first * rates[0], 2) + round(rest * rates[1], 2)


def draw_front(
    sheet: Sheet,
    chance: Random,
    home: Household,
    account: str,
    usage: Usage,
    extras: Extras,
    parts: tuple[float, float, str],
) -> None:
    own, generation, company = parts
    sheet.write(40, 50, "PG&E", 26, bold=True)
    sheet.write(40, 64, "Pacific Gas and Electric Company", 8)
    sheet.write(150, 45, "ENERGY STATEMENT", 15, bold=True)
    sheet.write(400, 45, f"Account No: {account}", 10, bold=True)
    sheet.write(400, 59, f"Statement Date: {write_day(usage.issued, 'us')}")
    sheet.write(400, 73, f"Due Date: {write_day(usage.due, 'us')}")
    sheet.write_lines(40, 95, ["Service For:", home.person.upper(), home.street.upper(), home.place.upper()])
    sheet.write(300, 95, "Your Account Summary", 12, bold=True)
    rows = [
        ("Amount Due on Previous Statement", write_money(extras.before)),
        ("Payment(s) Received Since Last Statement", write_money(-extras.paid)),
    ]
    rows += [("Previous Unpaid Balance", write_money(extras.balance))]
    rows += [("Late Payment Charge", write_money(extras.late))] if extras.late else []
    label = chance.choice(("Current PG&E Electric Delivery Charges", "Current Electric Delivery Charges"))
    rows += [(label if generation else "Current Electric Charges", write_money(own))]
    rows += [(f"{company} Electric Generation Charges", write_money(generation))] if generation else []
    rows += [("Current Gas Charges", write_money(extras.gas))] if extras.gas else []
    rows += [(f"Total Amount Due by {write_day(usage.due, 'us')}", write_money(extras.due))]
    sheet.write_rows(300, 570, 115, rows, bold_last=True)
    sheet.write(40, 330, "Your Electric Charges Breakdown", 10, bold=True)
    sheet.write_lines(40, 350, ["Conservation Incentive", "Transmission", "Distribution", "Public Purpose Programs"], 8)
    sheet.write(300, 330, "Questions? 1-800-555-0143 or www.example.com/MyEnergy", 9)
    sheet.write_lines(60, 650, [home.person.upper(), home.mail[0].upper(), home.mail[1].upper()], 10)
    sheet.write(330, 650, "Account Number:", 8)
    sheet.write(400, 650, account, 9)
    sheet.write(330, 664, "Total Amount Due:", 8)
    sheet.write(420, 664, write_money(extras.due), 9)


def draw_details(
    sheet: Sheet, chance: Random, home: Household, account: str, usage: Usage, rows: list[tuple[str, str]]
) -> list[float | None] | None:
    sheet.write(40, 45, "PG&E ENERGY STATEMENT", 10, bold=True)
    sheet.write(400, 45, f"Account No: {account}", 8)
    sheet.write(400, 57, f"Statement Date: {write_day(usage.issued, 'us')}", 8)
    sheet.write(40, 70, "Details of Electric Charges", 14, bold=True)
    period = f"{write_day(usage.start, 'us')} - {write_day(usage.end, 'us')} ({usage.days} billing days)"
    sheet.write(40, 86, period, 10, bold=True)
    sheet.write_lines(
        40,
        102,
        [
            f"Service For: {home.address}",
            f"Service Agreement ID: {chance.randint(10**9, 10**10 - 1)}",
            "Rate Schedule: E1 X Residential Service",
        ],
        8,
    )
    sheet.write(40, 145, period.split(" (")[0], 9)
    sheet.write_right(350, 145, "Your Tier Usage" if "Tier" in rows[0][0] else "Time of Use", 8)
    sheet.write_rows(40, 350, 162, rows, bold_last=True)
    sheet.write(390, 102, "Service Information", 10, bold=True)
    meter = [
        ("Meter #", str(chance.randint(1000000000, 1099999999))),
        ("Total Usage", f"{usage.kwh:,}.000000 kWh"),
        ("Serial", chance.choice("BCDEK")),
        ("Rotating Outage Block", "50"),
    ]
    meter += [("Reading", "Estimated")] if usage.estimated else []
    sheet.write_rows(390, 570, 118, meter, 8)
    top = 420.0
    sheet.write(
        40, top, f"Electric Usage This Period: {usage.kwh:,}.000000 kWh, {usage.days} billing days", 10, bold=True
    )
    kind = chance.choice(("daily", "bars", "table"))
    if kind == "daily":
        days = split_total(chance, abs(usage.kwh), usage.days)
        sheet.draw_bars(
            60, top + 20, (500, 90), [(str(day + 1), float(kwh)) for day, kwh in enumerate(days)], values=False
        )
        sheet.write(
            40,
            top + 140,
            f"Average Daily Usage {usage.kwh / usage.days:.2f} kWh; last period {chance.uniform(6, 50):.2f} kWh",
            8,
        )
        return None
    bars = [(f"{ENGLISH[month - 1]}", float(kwh)) for month, kwh in usage.history]
    sheet.write(40, top + 18, "Usage Comparison: kWh billed by month", 8)
    if kind == "bars":
        sheet.draw_bars(60, top + 35, (480, 90), bars, values=True)
    else:
        rows_of_history = [
            ["Month", "kWh", "Avg/day"],
            *([name, f"{kwh:,.0f}", f"{kwh / 30:.1f}"] for name, kwh in bars),
        ]
        sheet.write_table([60, 130, 200], top + 35, rows_of_history)
    return usage.list_months()


def draw_generation(sheet: Sheet, usage: Usage, generation: float, company: str) -> None:
    sheet.write(40, 60, f"Details of {company} Electric Generation Charges", 13, bold=True)
    sheet.write(40, 78, f"{write_day(usage.start, 'us')} - {write_day(usage.end, 'us')} ({usage.days} billing days)", 9)
    billed = max(usage.kwh, 0)
    rows = [
        (f"Generation - Total {billed:,}.000000 kWh", write_money(generation)),
        (f"Total {company} Electric Generation Charges", write_money(generation)),
    ]
    sheet.write_rows(40, 400, 110, rows, bold_last=True)
