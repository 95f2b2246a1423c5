"""The layout that nobody tunes the reader on: a Carolinas bill of riders, storm charges and taxes, or a Florida one."""

from random import Random

from tests.bills.carolina import draw_front
from tests.bills.charges import tell_truth
from tests.bills.dues import Dues, draw_dues
from tests.bills.florida import draw_florida
from tests.bills.invent import invent_digits, invent_household
from tests.bills.sheet import Drawing, Sheet
from tests.bills.usage import ENGLISH, Usage, draw_usage, split_total, write_day, write_money

PLACES = ("Raleigh, NC 27604", "Cary, NC 27511", "Asheville, NC 28801", "Wilmington, NC 28403", "Florence, SC 29501")
Rows = list[tuple[str, str]]


def draw_withheld(chance: Random) -> Drawing:
    return draw_florida(chance) if chance.random() < 0.4 else draw_carolina(chance)


def draw_carolina(chance: Random) -> Drawing:
    """Taxes stand in the electricity's own sum, or beside it for one in three."""
    home, account = invent_household(chance, PLACES), invent_digits(chance, 4, 4, 4)
    usage = draw_usage(chance, (190, 2600), negative=0.05)
    demand = round(chance.uniform(1.5, 9.5), 3) if chance.random() < 0.25 else 0.0
    rows, bare = price_energy(chance, usage, demand)
    tax, beside = round(bare * 0.07, 2), chance.random() < 0.33
    electric = round(bare + tax, 2)
    dues = draw_dues(chance, electric)
    kind = chance.choice(("numbers", "bare", "table"))
    sheet = Sheet(chance)
    draw_front(sheet, chance, home, account, usage, (dues, tax if beside else 0.0, kind == "numbers"))
    sheet.turn_page()
    sheet.write(40, 40, "DUKE ENERGY", 12, bold=True)
    sheet.write_right(572, 40, f"Account number {account}    page 2 of 2", 8)
    draw_meter(sheet, chance, usage, demand)
    draw_charges(sheet, usage, dues, rows, (bare, tax, beside))
    if kind == "table":
        draw_months(sheet, usage)
    months = None if kind == "bare" else usage.list_months()
    others = dues.due - electric
    truth = tell_truth("Duke Energy Progress", account, home, usage, electric, months=months, others=others)
    if chance.random() < 0.4:
        hidden = ("estimated",) if kind == "numbers" else ("estimated", "monthly_kwh", "months_missing")
        return Drawing(sheet.finish(), truth, (0,), hidden)
    return Drawing(sheet.finish(), truth, (0, 1))


def price_energy(chance: Random, usage: Usage, demand: float) -> tuple[Rows, float]:
    """Of one price or of three by the hour; the riders may be a credit."""
    billed = max(usage.kwh, 0)
    names = chance.choice((("Energy Charge",), ("On-Peak Energy", "Off-Peak Energy", "Discount Energy")))
    parts = [("Basic Facilities Charge", "", round(chance.uniform(13, 17), 2))]
    for name, size in zip(names, split_total(chance, billed, len(names)), strict=True):
        rate = chance.uniform(6, 16)
        parts.append((name, f" {size:,}.000 kWh @ {rate:.4f}¢", round(size * rate / 100, 2)))
    if demand:
        parts.append(("Max Demand Charge", f" {demand:.3f} kW @ $4.1300000", round(demand * 4.13, 2)))
    fuel, storm = chance.uniform(1.5, 4), chance.uniform(0.1, 0.4)
    parts.append(("Fuel Charge", f" {billed:,}.000 kWh @ {fuel:.4f}¢", round(billed * fuel / 100, 2)))
    parts.append(("Storm Recovery Charge", f" {billed:,}.000 kWh @ {storm:.4f}¢", round(billed * storm / 100, 2)))
    parts.append(("Summary of Rider Adjustments", "", round(billed * chance.uniform(-0.4, 0.9) / 100, 2)))
    parts.append(("Renewable Energy Rider", "", 1.46))
    rows = [(name + how, write_money(value)) for name, how, value in parts]
    if usage.kwh < 0:
        rows.append((f"Net energy banked for later {-usage.kwh:,} kWh", "$0.00"))
    return rows, round(sum(value for _, _, value in parts), 2)


def draw_meter(sheet: Sheet, chance: Random, usage: Usage, demand: float) -> None:
    """Readings one below the other or in a row; a net meter's both ways."""
    meter, old = chance.randint(320000000, 339999999), chance.randint(1000, 70000)
    kind = "Estimated" if usage.estimated else "Actual"
    start, end = write_day(usage.start, "bare"), write_day(usage.end, "bare")
    used = chance.choice(("Energy used", "Energy Used", "Total energy used"))
    if usage.kwh < 0 or chance.random() < 0.55:
        sheet.write(40, 66, f"Current electric usage for meter number {meter}", 10, bold=True)
        rows = [(f"{kind} reading on {end}", f"{old + usage.kwh}"), (f"Previous reading on {start}", f"- {old}")]
        if usage.kwh < 0:
            given = chance.randint(600, 1400)
            rows = [("Reading type", kind), ("Delivered to you", f"{given + usage.kwh:,} kWh")]
            rows += [("Received from you", f"{given:,} kWh")]
        rows += [(used if usage.kwh >= 0 else "Net energy used", f"{usage.kwh:,} kWh")]
        rows += [("Billed kWh", f"{max(usage.kwh, 0):,}.000 kWh")] if chance.random() < 0.5 else []
        rows += [("Billing demand", f"{demand:.3f} kW")] if demand else []
        sheet.write_rows(40, 300, 82, rows, 8.5)
        return
    head = ["Meter", "Service from", "to", "Reading type", "Previous", "Present", "Mult.", "kWh usage"]
    row = [str(meter), start, end, kind, str(old), str(old + usage.kwh), "1", f"{usage.kwh:,}"]
    sheet.write_table([40, 110, 185, 240, 320, 385, 450, 500], 70, [head, row], 8)
    if demand:
        sheet.write(40, 102, f"Billing demand {demand:.3f} kW", 8)


def draw_charges(sheet: Sheet, usage: Usage, dues: Dues, rows: Rows, sums: tuple[float, float, bool]) -> None:
    bare, tax, beside = sums
    sheet.write(40, 178, "Billing details - Electric", 11, bold=True)
    start, end = f"{usage.start:%b %d %y}", f"{usage.end:%b %d %y}"
    sheet.write(40, 192, f"Billing Period - {start} to {end}    Rate: Residential Service (RES)", 8)
    taxed = [("Sales Tax 7.0000%", write_money(tax))]
    own = rows if beside else [*rows, *taxed]
    total = ("Total Current Electric Charges", write_money(bare if beside else bare + tax))
    top = sheet.write_rows(40, 340, 208, [*own, total], 8.5, bold_last=True) + 10
    if beside:
        sheet.write(40, top, "Billing details - Taxes", 11, bold=True)
        told = ("Total Taxes on electric service", write_money(tax))
        top = sheet.write_rows(40, 340, top + 15, [*taxed, told], 8.5, bold_last=True) + 10
    for name, value in dues.products:
        sheet.write(40, top, f"Billing details - {name}", 11, bold=True)
        lamp = f"LED 50 watt, 1 fixture, {dues.lamp} kWh unmetered" if "Light" in name else name + ", monthly"
        own = [(lamp, write_money(value)), ("Total with tax", write_money(value))]
        top = sheet.write_rows(40, 340, top + 15, own, 8.5, bold_last=True) + 10
    if dues.levelled is not None:
        plan = f"Equal Payment Plan: you pay {write_money(dues.levelled)} for electricity of this month."
        sheet.write(40, top, plan, 8.5, bold=True)


def draw_months(sheet: Sheet, usage: Usage) -> None:
    sheet.write(380, 178, "Your kWh by month", 11, bold=True)
    year = usage.end.year * 12 + usage.end.month - 1
    rows = [["Month", "kWh"]]
    for back, (month, kwh) in zip(range(12, -1, -1), usage.history, strict=True):
        rows.append([f"{ENGLISH[month - 1]} {(year - back) // 12}", f"{kwh:,}"])
    sheet.write_table([380, 460], 194, rows)
