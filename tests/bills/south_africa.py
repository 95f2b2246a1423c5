"""South African accounts: a municipality's with water, rates and refuse, or the national supplier's, in rand."""

from random import Random

from tests.bills.charges import tell_truth
from tests.bills.invent import Household, invent_digits, invent_household
from tests.bills.sheet import Drawing, Sheet
from tests.bills.usage import Usage, draw_usage, write_day

PLACES = ("Observatory, Cape Town, 7925", "Durbanville, Cape Town, 7550", "Claremont, Cape Town, 7708")
NATIONAL = ("Polokwane, 0699", "Soweto, Johannesburg, 1809", "Secunda, 2302")


def draw_south_africa(chance: Random) -> Drawing:
    return draw_eskom(chance) if chance.random() < 0.35 else draw_cape_town(chance)


def write_rand(value: float, chance_space: bool) -> str:
    text = f"{abs(value):,.2f}"
    return ("-" if value < 0 else "") + (f"R {text.replace(',', ' ')}" if chance_space else f"R{text}")


def draw_cape_town(chance: Random) -> Drawing:
    home, account = invent_household(chance, PLACES, "ZA"), invent_digits(chance, 9)
    usage, spaced = draw_usage(chance, (180, 1500)), chance.random() < 0.4
    energy = round(usage.kwh * chance.uniform(2.9, 4.1), 2)
    fixed = round(chance.uniform(180, 290), 2)
    vat = round((energy + fixed) * 0.15, 2)
    electric = round(energy + fixed + vat, 2)
    others = {"Property rates": round(chance.uniform(300, 1900), 2), "Water": round(chance.uniform(90, 700), 2)}
    others |= {"Refuse": round(chance.uniform(120, 190), 2), "Sewerage": round(chance.uniform(80, 400), 2)}
    before = round(chance.uniform(900, 3000), 2)
    balance = 0.0 if chance.random() < 0.75 else round(before * 0.4, 2)
    total = round(electric + sum(others.values()), 2)
    sheet = Sheet(chance, "a4")
    style = chance.choice(("eu", "eu", "slashed"))
    money = {name: write_rand(value, spaced) for name, value in others.items()}
    draw_city_front(
        sheet,
        home,
        account,
        usage,
        {"before": before, "paid": balance - before, "balance": balance, "total": total},
        spaced,
    )
    sheet.turn_page()
    top = 60.0
    sheet.write(40, 40, "CITY OF CAPE TOWN", 9, bold=True)
    sheet.write(380, 40, f"Account number {account}", 9)
    sheet.write(40, top, "Account details as at " + write_day(usage.issued, "eu"), 11, bold=True)
    top = draw_services(sheet, chance, home, money, top + 30, ("Property rates", "Water"))
    kind = "Estimated reading" if usage.estimated else "Actual reading"
    period = f"(Period {write_day(usage.start, style)} to {write_day(usage.end, style)} - {usage.days} Days) ({kind})"
    sheet.write(40, top, f"ELECTRICITY {period}", 9, bold=True)
    sheet.write(50, top + 14, f"At {home.street.upper()}", 8)
    old, daily = chance.randint(1000, 70000), usage.kwh / usage.days
    sheet.write(
        50,
        top + 27,
        f"Meter No: {chance.randint(10**7, 10**8 - 1)} / Consumption {usage.kwh:,}.000 kWh / Daily {daily:.1f} kWh",
        8,
    )
    sheet.write(50, top + 40, f"Previous reading {old} New reading {old + usage.kwh}", 8)
    rows = [
        (f"* Domestic consumption charge {usage.kwh}.000 kWh @ R {energy / usage.kwh:.4f}", f"{energy:,.2f}"),
        ("* Home user charge", f"{fixed:,.2f}"),
    ]
    rows += [
        ("Add 15% VAT on amounts marked *", f"{vat:,.2f}"),
        (chance.choice(("Electricity total", "Total electricity (incl. VAT)")), write_rand(electric, spaced)),
    ]
    top = sheet.write_rows(50, 540, top + 56, rows, bold_last=True) + 14
    top = draw_services(sheet, chance, home, money, top, ("Refuse", "Sewerage"))
    sheet.write(40, top + 10, f"Current amount due {write_rand(total, spaced)}", 10, bold=True)
    months = draw_history(sheet, chance, usage, top + 40)
    truth = tell_truth("City of Cape Town", account, home, usage, electric, "ZAR", months, total + balance - electric)
    return Drawing(sheet.finish(), truth, (1,), ("service_address", "balance_included"))


def draw_city_front(
    sheet: Sheet, home: Household, account: str, usage: Usage, sums: dict[str, float], spaced: bool
) -> None:
    sheet.write(40, 50, "CITY OF CAPE TOWN", 16, bold=True)
    sheet.write(40, 64, "ISIXEKO SASEKAPA  STAD KAAPSTAD", 8)
    sheet.write(380, 50, "Tax invoice / Municipal account", 10, bold=True)
    sheet.write_lines(40, 100, [home.person.upper(), *(line.upper() for line in home.mail)], 10)
    rows = [
        ("Account number", account),
        ("Distribution code", "HELI0123"),
        ("Tax invoice date", write_day(usage.issued, "eu")),
        ("Business partner number", "10005550"),
    ]
    sheet.write_rows(330, 550, 100, rows)
    sheet.write(40, 200, "Property address: " + home.address.upper(), 9)
    sheet.shade(36, 225, 520, 16)
    sheet.write(40, 237, "Account summary as at " + write_day(usage.issued, "eu"), 10, bold=True)
    due = round(sums["balance"] + sums["total"], 2)
    rows = [
        ("Previous account balance", write_rand(sums["before"], spaced)),
        ("Less payments received - thank you", write_rand(sums["paid"], spaced)),
    ]
    rows += [
        ("Latest account - see overleaf", write_rand(sums["total"], spaced)),
        ("Total (payable by " + write_day(usage.due, "eu") + ")", write_rand(due, spaced)),
    ]
    sheet.write_rows(40, 540, 260, rows, bold_last=True)


def draw_services(
    sheet: Sheet, chance: Random, home: Household, money: dict[str, str], top: float, names: tuple[str, ...]
) -> float:
    for name in names:
        sheet.write(40, top, name.upper(), 9, bold=True)
        if name == "Water":
            sheet.write(
                50,
                top + 13,
                f"Meter No: 4{chance.randint(10**5, 10**6)} / Consumption {chance.randint(4, 38)}.000 kl",
                8,
            )
            top += 13
        sheet.write(50, top + 13, f"At {home.street.upper()}", 8)
        sheet.write_right(540, top + 13, money[name], 9)
        top += 34
    return top


def draw_history(sheet: Sheet, chance: Random, usage: Usage, top: float) -> list[float | None] | None:
    if chance.random() < 0.6:
        return None
    sheet.write(40, top, "Electricity: your use in kWh", 9, bold=True)
    numbered = chance.random() < 0.5
    bars = [(f"{month:02d}", float(kwh)) for month, kwh in usage.history[-12:]]
    sheet.draw_bars(70, top + 15, (420, 80), bars, values=numbered)
    return [kwh for _, kwh in bars] if numbered else None


def draw_eskom(chance: Random) -> Drawing:
    home, account = invent_household(chance, NATIONAL, "ZA"), invent_digits(chance, 10)
    usage = draw_usage(chance, (200, 1800))
    energy = round(usage.kwh * chance.uniform(2.2, 3.3), 2)
    fixed = round(chance.uniform(150, 420), 2)
    vat = round((energy + fixed) * 0.15, 2)
    electric = round(energy + fixed + vat, 2)
    balance = 0.0 if chance.random() < 0.7 else round(chance.uniform(100, 1800), 2)
    sheet = Sheet(chance, "a4")
    sheet.write(40, 50, "Eskom", 22, bold=True)
    sheet.write(40, 64, "ESKOM HOLDINGS SOC LTD  TAX INVOICE", 8)
    sheet.write_lines(40, 100, [home.person.upper(), *(line.upper() for line in home.mail)], 9)
    rows = [
        ("YOUR ACCOUNT NO", account),
        ("BILLING DATE", write_day(usage.issued, "iso")),
        ("TAX INVOICE NO", invent_digits(chance, 12)),
        ("CURRENT DUE DATE", write_day(usage.due, "iso")),
    ]
    sheet.write_rows(320, 550, 90, rows)
    sheet.write(40, 175, "SUPPLY ADDRESS: " + home.address.upper(), 9)
    period = f"READING PERIOD {write_day(usage.start, 'iso')} - {write_day(usage.end, 'iso')}"
    sheet.write(
        40, 200, f"{period} ({usage.days} DAYS)   READING TYPE: {'ESTIMATED' if usage.estimated else 'ACTUAL'}", 9
    )
    old = chance.randint(3000, 90000)
    head = ["METER NO", "PREVIOUS READING", "CURRENT READING", "DIFFERENCE", "CONSTANT", "CONSUMPTION"]
    row = [
        f"0{chance.randint(10**7, 10**8 - 1)}",
        f"{old}.00",
        f"{old + usage.kwh}.00",
        f"{usage.kwh}.00",
        "1.0000",
        f"{usage.kwh:,}.00 kWh",
    ]
    sheet.write_table([40, 110, 210, 310, 390, 460], 225, [head, row], 7.5)
    rows = [
        ("HOMEPOWER 4 - ENERGY CHARGE", f"{usage.kwh:,}.00 kWh @ R{energy / usage.kwh:.4f} /kWh", f"R {energy:,.2f}"),
        ("NETWORK CAPACITY CHARGE", f"{usage.days} DAYS", f"R {fixed:,.2f}"),
    ]
    for place, (name, how, value) in enumerate(rows):
        sheet.write(40, 275 + 15 * place, name)
        sheet.write(230, 275 + 15 * place, how, 8)
        sheet.write_right(540, 275 + 15 * place, value)
    sums = [
        ("VAT RAISED ON ITEMS AT 15%", f"R {vat:,.2f}"),
        ("TOTAL CHARGES FOR BILLING PERIOD (INCL VAT)", f"R {electric:,.2f}"),
    ]
    sums += [("BALANCE BROUGHT FORWARD", f"R {balance:,.2f}"), ("TOTAL AMOUNT DUE", f"R {balance + electric:,.2f}")]
    sheet.write_rows(40, 540, 325, sums, bold_last=True)
    truth = tell_truth("Eskom", account, home, usage, electric, "ZAR", draw_history(sheet, chance, usage, 460), balance)
    return Drawing(sheet.finish(), truth)
