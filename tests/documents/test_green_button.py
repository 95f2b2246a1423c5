"""Green Button files whose traps are written out by hand."""

import pytest

from bot.documents.espi import read_espi
from bot.documents.espi_times import find_change
from bot.documents.limits import LIMITS, Limits
from bot.documents.problems import BadFile
from bot.documents.tables import read_table
from flows.reading.bills.types import Bill

JULY = 1_751_342_400  # 2025-07-01 00:00 at four hours west of Greenwich
DAY = 86_400


def write_feed(
    tenth: int = 0, unit: int = 72, kind: int = 0, thousand: int = 1, summary: str = "", days: int = 31
) -> bytes:
    """A day's reading of 10,000 for each day of July."""
    stamps = [(JULY + place * DAY) * thousand for place in range(days)]
    readings = "".join(
        f"<IntervalReading><timePeriod><duration>{DAY}</duration><start>{stamp}</start></timePeriod>"
        f"<value>{10 ** (4 - tenth)}</value></IntervalReading>"
        for stamp in stamps
    )
    entries = {
        "L/1": "<LocalTimeParameters><dstEndRule>B40E2000</dstEndRule><dstOffset>3600</dstOffset>"
        "<dstStartRule>360E2000</dstStartRule><tzOffset>-18000</tzOffset></LocalTimeParameters>",
        "U/1": f"<UsagePoint><ServiceCategory><kind>{kind}</kind></ServiceCategory></UsagePoint>",
        "U/1/R/1": f"<ReadingType><powerOfTenMultiplier>{tenth}</powerOfTenMultiplier><uom>{unit}</uom></ReadingType>",
        "U/1/M/1/I/1": f"<IntervalBlock>{readings}</IntervalBlock>",
    }
    entries |= {"U/1/S/1": summary} if summary else {}
    return write_entries(entries)


def write_entries(entries: dict[str, str]) -> bytes:
    text = "".join(
        f'<entry><link rel="self" href="https://utility.example.com/{path}"/><content>{body}</content></entry>'
        for path, body in entries.items()
    )
    return f'<feed xmlns="http://naesb.org/espi">{text}</feed>'.encode()


SUMMARY = (
    f"<UsageSummary><billingPeriod><duration>{30 * DAY}</duration><start>{JULY + DAY}</start></billingPeriod>"
    "<billLastPeriod>23364000</billLastPeriod><currency>840</currency><overallConsumptionLastPeriod>"
    "<powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom><value>843200</value></overallConsumptionLastPeriod>"
    "</UsageSummary>"
)


def read_feed(content: bytes) -> Bill:
    return read_espi(content, LIMITS)


@pytest.mark.parametrize("tenth", [-3, 0, 3])
@pytest.mark.parametrize("thousand", [1, 1000])
def test_units_and_times_are_scaled(tenth: int, thousand: int) -> None:
    bill = read_feed(write_feed(tenth, thousand=thousand))
    assert (bill.kwh, bill.period_start, bill.period_end) == (310.0, "2025-07-01", "2025-07-31")
    assert bill.amount is None
    assert "no_amount" in bill.problems


def test_a_summary_is_the_bill() -> None:
    bill = read_feed(write_feed(summary=SUMMARY))
    assert (bill.kwh, bill.amount, bill.currency) == (843.2, 233.64, "USD")
    assert (bill.period_start, bill.period_end) == ("2025-07-02", "2025-07-31")
    assert {"kwh", "amount", "period_start"} <= bill.sure


def test_some_days_are_a_period_and_no_month() -> None:
    bill = read_feed(write_feed(days=9))
    assert (bill.kwh, bill.period_start, bill.period_end) == (90.0, "2025-07-01", "2025-07-09")
    assert bill.monthly_kwh is None


@pytest.mark.parametrize(("unit", "kind"), [(169, 1), (169, 0)])
def test_gas_is_no_electricity(unit: int, kind: int) -> None:
    with pytest.raises(BadFile) as bad:
        read_feed(write_feed(unit=unit, kind=kind))
    assert bad.value.problem == "gas_only"


def test_readings_have_a_limit() -> None:
    with pytest.raises(BadFile) as bad:
        read_espi(write_feed(), Limits(readings=30))
    assert bad.value.problem == "too_large"


@pytest.mark.parametrize(
    ("rule", "day"),
    [(0x360E2000, "2025-03-09T02:00"), (0xB40E2000, "2025-11-02T02:00"), (0x3E0E1000, "2025-03-30T01:00")],
)
def test_rules_of_summer_time(rule: int, day: str) -> None:
    change = find_change(rule, 2025)
    assert change is not None
    assert change.isoformat().startswith(day)


def test_numbers_of_other_countries() -> None:
    rows = "".join(f"{day:02d}/10/2025;01:00;1.024,500\n" for day in range(1, 32))
    bill = read_table(f"Fecha;Hora;Consumo kWh\n{rows}", LIMITS)
    assert (bill.kwh, bill.period_start, bill.period_end) == (31_759.5, "2025-10-01", "2025-10-31")


def test_bills_of_a_table_with_gas_below() -> None:
    text = (
        "Account Number,4155550100\nAddress,12 Alder St\n\nTYPE,START DATE,END DATE,USAGE (kWh),COST\n"
        'Electric billing,2025-09-03,2025-10-02,"1,024.50","$240.10"\n'
        "Electric billing,2025-10-03,2025-11-02,512,$140.20\n"
        "\nTYPE,START DATE,END DATE,USAGE (therms),COST\nNatural gas billing,2025-11-03,2025-12-02,41,$66.10\n"
    )
    bill = read_table(text, LIMITS)
    assert (bill.kwh, bill.amount, bill.period_start, bill.period_end) == (512.0, 140.2, "2025-10-03", "2025-11-02")
    assert bill.service_address == "12 Alder St"
    assert bill.account is not None
    assert bill.account.endswith("0100")
    assert "415" not in bill.account


def test_a_table_of_gas_alone() -> None:
    text = "TYPE,START DATE,END DATE,USAGE,UNITS\nNatural gas billing,2025-11-03,2025-12-02,41,therms\n"
    with pytest.raises(BadFile) as bad:
        read_table(text, LIMITS)
    assert bad.value.problem == "gas_only"
