"""CSV files of utilities' customer pages: bills, days or hours, in each one's own columns."""

from datetime import timedelta
from random import Random

from tests.bills.downloads import Download, draw_download, tell_download
from tests.bills.invent import invent_digits
from tests.bills.usage import write_spanish


def draw_csv(chance: Random, layout: str) -> tuple[bytes, dict[str, object]]:
    download = draw_download(chance, layout)
    writers = {"pge": write_billing, "con_edison": write_days, "pseg": write_reads, "spain": write_hours}
    text, billed, known = writers.get(layout, write_periods)(chance, download)
    mark = "\ufeff" if chance.random() < 0.3 else ""
    truth = tell_download(download, billed, False)
    truth |= {name: None for name in ("account", "service_address") if name not in known}
    if "account" in known:
        truth["account"] = "****" + download.account[-4:]
    if layout == "spain":
        truth["problems"] = ["no_amount"]
    return (mark + text).encode(), truth


def write_billing(chance: Random, download: Download) -> tuple[str, bool, tuple[str, ...]]:
    head = [
        f"Name,{download.home.person.upper()}",
        f'Address,"{download.home.address}"',
        f"Account Number,{download.account}",
        "Service,Service 1",
        "",
    ]
    rows = ["TYPE,START DATE,END DATE,USAGE (kWh),COST,NOTES"]
    for start, length, wh, cents in download.bills:
        end = start + timedelta(days=length - 1)
        rows.append(f"Electric billing,{start},{end},{wh / 1000:.3f},${cents / 100:.2f},")
    gas = [
        "",
        "TYPE,START DATE,END DATE,USAGE (therms),COST,NOTES",
        "Natural gas billing,2025-01-03,2025-02-02,41.00,$66.10,",
    ]
    return (
        "\r\n".join(head + rows + (gas if chance.random() < 0.5 else [])) + "\r\n",
        True,
        ("account", "service_address"),
    )


def write_days(chance: Random, download: Download) -> tuple[str, bool, tuple[str, ...]]:
    head = [
        f"Name,{download.home.person}",
        f'Address,"{download.home.address}"',
        f"Account Number,{download.account}",
        "Service,Electric",
        "",
    ]
    rows = ["TYPE,DATE,START TIME,END TIME,USAGE,UNITS,NOTES"]
    parts = 24 if chance.random() < 0.4 else 1
    for place, wh in enumerate(download.days):
        day, each = download.first + timedelta(days=place), wh // parts
        for part in range(parts):
            value = wh - each * (parts - 1) if part == parts - 1 else each
            begin, end = (part, part) if parts > 1 else (0, 23)
            rows.append(f"Electric usage,{day},{begin:02d}:00,{end:02d}:59,{value / 1000:.3f},kWh,")
    return "\n".join(head + rows) + "\n", False, ("account", "service_address")


def write_reads(chance: Random, download: Download) -> tuple[str, bool, tuple[str, ...]]:
    rows = ['"Read Date","Days","Electric Usage (kWh)","Electric Charges ($)","Gas Usage (therms)"']
    bills = list(download.bills) if chance.random() < 0.5 else list(reversed(download.bills))
    for start, length, wh, cents in bills:
        end = start + timedelta(days=length - 1)
        rows.append(f'"{end:%m/%d/%Y}","{length}","{wh / 1000:,.3f}","{cents / 100:,.2f}","{chance.randint(4, 99)}"')
    return "\r\n".join(rows) + "\r\n", True, ()


def write_periods(chance: Random, download: Download) -> tuple[str, bool, tuple[str, ...]]:
    mark = chance.choice((",", ";", "\t"))
    rows = [mark.join(("Bill Start", "Bill End", "Days", "Usage", "Unit", "Amount"))]
    for start, length, wh, cents in download.bills:
        end = start + timedelta(days=length - 1)
        rows.append(
            mark.join(
                (f"{start:%m/%d/%Y}", f"{end:%m/%d/%Y}", str(length), f"{wh / 1000:.3f}", "kWh", f"${cents / 100:.2f}")
            )
        )
    return "\n".join(rows) + "\n", True, ()


def write_hours(chance: Random, download: Download) -> tuple[str, bool, tuple[str, ...]]:
    """The distributors' common page: a comma for decimals, hours 01:00 to 24:00."""
    supply = f"ES00{invent_digits(chance, 16)}XF"
    rows = ["CUPS;Fecha;Hora;Consumo_kWh;Metodo_obtencion"]
    for place, wh in enumerate(download.days):
        day, each = download.first + timedelta(days=place), wh // 24
        for hour in range(24):
            value = wh - each * 23 if hour == 23 else each
            rows.append(f"{supply};{day:%Y/%m/%d};{hour + 1:02d}:00;{write_spanish(value / 1000, 3)};Real")
    return "\n".join(rows) + "\n", False, ()
