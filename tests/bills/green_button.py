"""Green Button XML as utilities' customer pages give it, with the traps that real feeds have."""

from datetime import date, datetime, timedelta
from random import Random
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from tests.bills.downloads import Download, draw_download, tell_download

RESOURCES = (
    "UsagePoint", "MeterReading", "ReadingType", "IntervalBlock", "LocalTimeParameters", "UsageSummary",
    "ElectricPowerUsageSummary",
)  # fmt: skip


def draw_xml(chance: Random, layout: str) -> tuple[bytes, dict[str, object]]:
    """With the bills' summaries or without; PG&E-like: thousandths of Wh and times in milliseconds."""
    download = draw_download(chance, layout)
    tenth = -3 if layout == "pge" else chance.choice((0, 0, 3))
    thousand = 1000 if layout == "pge" and chance.random() < 0.6 else 1
    summed, named, gas = chance.random() < 0.65, chance.random() < 0.5, chance.random() < 0.4
    hourly = chance.random() < 0.3
    blocks = [_write_readings(download, tenth, thousand, hourly)]
    summaries = _write_summaries(download, tenth, thousand, chance) if summed else []
    mark = chance.choice(("", "espi:", "ns0:"))
    feed = _write_feed(download, blocks + summaries, (tenth, gas, named, hourly), mark)
    if tenth == 3:
        download = _round_to_kwh(download)
    truth = tell_download(download, summed, named)
    return feed.encode(), truth


def _round_to_kwh(download: Download) -> Download:
    days = tuple(round(wh / 1000) * 1000 for wh in download.days)
    bills = tuple((start, length, round(wh / 1000) * 1000, cents) for start, length, wh, cents in download.bills)
    return Download(download.home, download.account, download.first, days, bills, download.zone, download.utility)


def _stamp(day: date, zone: str, thousand: int) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp()) * thousand


def _scale(wh: float, tenth: int) -> int:
    return round(wh / 10**tenth)


def _write_readings(download: Download, tenth: int, thousand: int, hourly: bool) -> str:
    rows = []
    for place, wh in enumerate(download.days):
        day = download.first + timedelta(days=place)
        start, end = (_stamp(day + timedelta(days=more), download.zone, 1) for more in (0, 1))
        count = (end - start) // 3600 if hourly and tenth != 3 else 1
        each, seconds = wh // count, (end - start) // count
        for part in range(count):
            value = _scale(wh - each * (count - 1) if part == count - 1 else each, tenth)
            time = f"<duration>{seconds}</duration><start>{(start + part * seconds) * thousand}</start>"
            rows.append(f"<IntervalReading><timePeriod>{time}</timePeriod><value>{value}</value></IntervalReading>")
    return f"<IntervalBlock><interval><duration>0</duration><start>0</start></interval>{''.join(rows)}</IntervalBlock>"


def _write_summaries(download: Download, tenth: int, thousand: int, chance: Random) -> list[str]:
    name = chance.choice(("UsageSummary", "ElectricPowerUsageSummary"))
    found = []
    for start, length, wh, cents in download.bills:
        begun, ended = (_stamp(start + timedelta(days=more), download.zone, 1) for more in (0, length))
        period = f"<billingPeriod><duration>{ended - begun}</duration><start>{begun * thousand}</start></billingPeriod>"
        used = f"<powerOfTenMultiplier>{tenth}</powerOfTenMultiplier><uom>72</uom><value>{_scale(wh, tenth)}</value>"
        money = f"<billLastPeriod>{cents * 1000}</billLastPeriod><currency>840</currency>"
        found.append(
            f"<{name}>{period}{money}<overallConsumptionLastPeriod>{used}</overallConsumptionLastPeriod></{name}>"
        )
    return found


def _write_feed(download: Download, bodies: list[str], how: tuple[int, bool, bool, bool], mark: str) -> str:
    tenth, gas, named, hourly = how
    zone = datetime(2025, 1, 15, tzinfo=ZoneInfo(download.zone)).utcoffset()
    assert zone is not None
    offset = int(zone.total_seconds())
    address = escape(download.home.address)
    kind = (
        "<ReadingType><accumulationBehaviour>4</accumulationBehaviour><commodity>{}</commodity><currency>840</currency>"
    )
    kind += f"<intervalLength>{3600 if hourly else 86400}</intervalLength>"
    kind += "<powerOfTenMultiplier>{}</powerOfTenMultiplier><uom>{}</uom></ReadingType>"
    dst = "<dstEndRule>B40E2000</dstEndRule><dstOffset>3600</dstOffset><dstStartRule>360E2000</dstStartRule>"
    times = f"<LocalTimeParameters>{dst}<tzOffset>{offset}</tzOffset></LocalTimeParameters>"
    entries = []
    if gas:
        start = _stamp(download.first, download.zone, 1)
        time = f"<timePeriod><duration>86400</duration><start>{start}</start></timePeriod>"
        reading = f"<IntervalReading>{time}<value>77</value></IntervalReading>"
        entries += [("UsagePoint/02", "<UsagePoint><ServiceCategory><kind>1</kind></ServiceCategory></UsagePoint>", "")]
        entries += [("UsagePoint/02/MeterReading/1", "<MeterReading/>", "")]
        entries += [("UsagePoint/02/MeterReading/1/ReadingType/2", kind.format(7, 0, 169), "")]
        entries += [("UsagePoint/02/MeterReading/1/IntervalBlock/1", f"<IntervalBlock>{reading}</IntervalBlock>", "")]
    entries += [("LocalTimeParameters/1", times, "")]
    entries += [
        ("UsagePoint/01", "<UsagePoint><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>", address)
    ]
    entries += [("UsagePoint/01/MeterReading/1", "<MeterReading/>", "")]
    entries += [("UsagePoint/01/MeterReading/1/ReadingType/1", kind.format(1, tenth, 72), "")]
    for place, body in enumerate(bodies):
        inside = "MeterReading/1/IntervalBlock" if body.startswith("<IntervalBlock") else "UsageSummary"
        entries.append((f"UsagePoint/01/{inside}/{place}", body, ""))
    text = "".join(_write_entry(path, _mark(body, mark), title) for path, body, title in entries)
    if mark:
        space = f'xmlns:{mark[:-1]}="http://naesb.org/espi"'
    else:
        space, text = "", text.replace("<content>", "<content><!-- usage -->")
        text = _declare(text)
    author = f"<author><name>{escape(download.utility)}</name></author>" if named else ""
    top = f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" {space}>'
    return f"{top}<id>urn:uuid:1</id><title>Green Button Usage Feed</title>{author}{text}</feed>"


def _write_entry(path: str, body: str, title: str) -> str:
    home = "https://utility.example.com/DataCustodian/espi/1_1/resource/RetailCustomer/1/"
    up, _, number = path.rpartition("/")
    links = f'<link rel="self" href="{home}{path}"/><link rel="up" href="{home}{up}"/>'
    if body.find("MeterReading/>") > 0:
        kind = f"{path}/ReadingType/{2 if 'Point/02' in path else 1}"
        links += f'<link rel="related" href="{home}{kind}"/>'
    return f"<entry><id>urn:{path}</id>{links}<title>{title}</title><content>{body}</content></entry>" if number else ""


def _mark(body: str, mark: str) -> str:
    return body.replace("</", "\0").replace("<", f"<{mark}").replace("\0", f"</{mark}")


def _declare(text: str) -> str:
    """Each resource says the namespace itself."""
    for name in RESOURCES:
        for end in (">", "/>"):
            text = text.replace(f"<{name}{end}", f'<{name} xmlns="http://naesb.org/espi"{end}')
    return text
