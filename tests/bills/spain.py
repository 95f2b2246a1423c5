"""A Spanish bill: points for thousands and commas for cents, three periods of the day, power beside energy."""

from random import Random

from tests.bills.charges import tell_truth
from tests.bills.invent import Household, invent_digits, invent_household
from tests.bills.sheet import Drawing, Sheet
from tests.bills.usage import LONG_SPANISH, SPANISH, Usage, draw_usage, split_total, write_day, write_spanish

PLACES = ("28019 Madrid", "46021 Valencia", "41013 Sevilla", "15004 A Coruña", "50008 Zaragoza")
COMPANIES = (
    ("Iberdrola", "IBERDROLA CLIENTES, S.A.U."),
    ("Iberdrola", "IBERDROLA CLIENTES, S.A.U."),
    ("Endesa", "Endesa Energía, S.A. Unipersonal"),
)
NAMES = (("Punta", "Llano", "Valle"), ("P1", "P2", "P3"))


def draw_spain(chance: Random) -> Drawing:
    utility, company = chance.choice(COMPANIES)
    home, account = invent_household(chance, PLACES, "ES"), invent_digits(chance, 9)
    usage = draw_usage(chance, (90, 1350))
    rows, total = price_bill(chance, usage)
    pending = 0.0 if chance.random() < 0.8 else round(chance.uniform(20, 140), 2)
    sheet = Sheet(chance, "a4")
    draw_front(sheet, chance, home, account, usage, (utility, company))
    sheet.shade(40, 300, 500, 16)
    sheet.write(44, 312, chance.choice(("RESUMEN DE LA FACTURA", "Detalle de la factura")), 10, bold=True)
    top = sheet.write_rows(44, 535, 335, [(name, f"{write_spanish(value)} €") for name, value in rows], bold_last=True)
    if pending:
        late = [
            ("Importe pendiente de facturas anteriores", f"{write_spanish(pending)} €"),
            ("Total a pagar", f"{write_spanish(total + pending)} €"),
        ]
        top = sheet.write_rows(44, 535, top + 6, late, bold_last=True)
    sheet.write(44, top + 18, f"Fecha de cargo: {write_day(usage.due, 'es')}", 9)
    second = chance.random() < 0.6
    if second:
        sheet.turn_page()
        top = 40.0
    months = draw_readings(sheet, chance, usage, top + 30)
    truth = tell_truth(utility, account, home, usage, total, "EUR", months, pending)
    return Drawing(sheet.finish(), truth, (0,), ("monthly_kwh", "estimated") if second else ())


def price_bill(chance: Random, usage: Usage) -> tuple[list[tuple[str, float]], float]:
    power = chance.choice((3.3, 3.45, 4.6, 5.75))
    price = chance.uniform(0.11, 0.22)
    rows = [(f"Potencia facturada {write_spanish(power)} kW x {usage.days} días", round(power * usage.days * 0.108, 2))]
    rows += [
        (
            f"Energía consumida {write_spanish(usage.kwh, 0)} kWh x {write_spanish(price, 6)} €/kWh",
            round(usage.kwh * price, 2),
        )
    ]
    rows += [("Impuesto sobre electricidad 5,11269632 %", round(sum(value for _, value in rows) * 0.0511269632, 2))]
    rows += [(f"Alquiler equipos de medida {usage.days} días x 0,026630 €/día", round(usage.days * 0.02663, 2))]
    before = round(sum(value for _, value in rows), 2)
    tax = round(before * 0.21, 2)
    total = round(before + tax, 2)
    return [
        *rows,
        ("Importe total", before),
        (f"IVA 21 % s/ {write_spanish(before)} €", tax),
        ("TOTAL IMPORTE FACTURA", total),
    ], total


def draw_front(
    sheet: Sheet, chance: Random, home: Household, account: str, usage: Usage, company: tuple[str, str]
) -> None:
    sheet.write(40, 50, company[0].upper() if chance.random() < 0.5 else company[0], 20, bold=True)
    sheet.write(40, 64, company[1], 7)
    sheet.write(330, 50, "FACTURA DE ELECTRICIDAD", 12, bold=True)
    style = chance.choice(("eu", "eu", "es", "dashed"))
    start, end = write_day(usage.start, style), write_day(usage.end, style)
    period = chance.choice((f"{start} - {end}", f"del {start} al {end}", f"{start} a {end} ({usage.days} días)"))
    rows = [
        f"Nº factura: {invent_digits(chance, 17)}",
        f"Fecha de emisión: {write_day(usage.issued, 'es')}",
        f"{chance.choice(('Periodo de facturación', 'Período de facturación', 'Periodo de consumo'))}: {period}",
    ]
    label = chance.choice(("Nº de contrato", "Referencia del contrato", "Contrato nº"))
    sheet.write_lines(300, 72, [*rows, f"{label}: {account}"], 8.5)
    sheet.write_lines(40, 100, [home.person, *home.mail], 10)
    lines = [
        f"Titular: {home.person}",
        f"Dirección de suministro: {home.address}",
        f"CUPS: ES00{invent_digits(chance, 16)}{chance.choice('ABCDEFG')}F",
        "Peaje de transporte y distribución: 2.0TD",
        "Forma de pago: domiciliación ES55 **** **** **** 0555",
    ]
    sheet.write_lines(40, 185, lines, 9)
    sheet.write(40, 275, f"Potencia contratada: punta {write_spanish(4.6)} kW; valle {write_spanish(4.6)} kW", 8)


def draw_readings(sheet: Sheet, chance: Random, usage: Usage, top: float) -> list[float | None] | None:
    sheet.write(44, top, "INFORMACIÓN DE SU CONSUMO ELÉCTRICO", 10, bold=True)
    names, parts = chance.choice(NAMES), split_total(chance, usage.kwh, 3)
    old = [chance.randint(1000, 40000) for _ in parts]
    kind = "estimada" if usage.estimated else "real"
    head = ["", *names, "Total"]
    first = [f"Lectura anterior (real) {write_day(usage.start, 'eu')}", *(write_spanish(value, 0) for value in old), ""]
    second = [
        f"Lectura actual ({kind}) {write_day(usage.end, 'eu')}",
        *(write_spanish(value + more, 0) for value, more in zip(old, parts, strict=True)),
        "",
    ]
    used = [
        "Consumo en el periodo",
        *(f"{write_spanish(part, 0)} kWh" for part in parts),
        f"{write_spanish(usage.kwh, 0)} kWh",
    ]
    sheet.write_table([44, 230, 310, 390, 470], top + 18, [head, first, second, used])
    year = sum(kwh for _, kwh in usage.history[-12:])
    sheet.write(44, top + 95, f"Consumo acumulado del último año: {write_spanish(year, 0)} kWh", 8)
    sheet.write(44, top + 108, f"Su consumo medio diario: {write_spanish(usage.kwh / usage.days)} kWh", 8)
    if chance.random() < 0.5:
        return None
    names = SPANISH if chance.random() < 0.6 else tuple(name[:4] for name in LONG_SPANISH)
    bars = [(names[month - 1], float(kwh)) for month, kwh in usage.history]
    sheet.write(44, top + 128, "Evolución de su consumo (kWh)", 9, bold=True)
    sheet.draw_bars(70, top + 142, (440, 80), bars, values=True)
    return usage.list_months()
