"""Zimbabwe, South Africa and Spain: OpenSolar only, and money, days and energy as they are written there."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.journey.conftest import OpenJourney
from tests.journey.homeowner import Desk, Exchange, Homeowner, Party


@dataclass(frozen=True)
class Market:
    """`usage` is what OpenSolar is told of the bill; the rest are patterns of what is said."""

    code: str
    phone: str
    intake: tuple[Exchange, ...]
    incentives: str
    usage: int
    notes: str
    proposal: str
    accept: Exchange
    sealed: str
    scheduled: str
    installed: str
    rated: Exchange


def talk_english(name: str, bill: str, shown: str, address: str, utility: str) -> tuple[Exchange, ...]:
    return (
        (f"Hi, my electric bill is {bill} a month", rf"automated assistant.*{shown} a month.*name\?"),
        (f"My name is {name}", rf"^Nice to meet you, {name}"),
        (address, r"^Do you own the home"),
        ("I own it", r"^Which company sends"),
        (utility, r"^Which of these do you have"),
        ("none", r"^Noted: none"),
        ("metal", r"e-mail address for the offer"),
        ("skip", r"somebody else we may contact"),
        ("skip", rf"{shown} a month.*Shall I send your request"),
        ("yes", r"your request is in"),
    )


WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre",
)  # fmt: skip
MARKETS = (
    Market(
        "ZW", "+263772000101",
        talk_english("Tendai Moyo", "$180", r"US\$180", "12 Samora Machel Avenue, Harare", "ZETDC"),
        r"comes into Zimbabwe duty-free.*about 0\.8 of a unit.*None of this is a promise",
        12 * 180, "USD 180.00 a month",
        r"6\.2 kW with 14 panels, about 8,556 kWh a year, US\$9,920\. Open",
        ("1", r"^Wonderful.*/opensolar/proposals/"),
        r"agreement is in place", r"planned for {english}\. Does", r"from 1 \(bad\) to 5",
        ("5", r"^Thank you for that"),
    ),
    Market(
        "ZA", "+27820000101",
        talk_english("Thandi Nkosi", "R1800", r"R 1 800", "12 Long Street, Cape Town, 8001", "Eskom"),
        r"Section 6C solar rebate, ended 29 February 2024",
        12 * 1800, "ZAR 1,800.00 a month",
        r"6,2 kW with 14 panels, about 8 556 kWh a year, R 9 920\. Open", ("1", r"^Wonderful.*/opensolar/proposals/"),
        r"agreement is in place", r"planned for {english}\. Does", r"from 1 \(bad\) to 5",
        ("5", r"^Thank you for that"),
    ),
    Market(
        "ES", "+34600000101",
        (
            ("Hola, pago 90 euros de luz al mes", r"asistente automático.*90 € al mes.*llamas"),
            ("Me llamo Ana Ruiz", r"^Mucho gusto, Ana Ruiz"),
            ("Calle de Alcalá 20, 28014 Madrid", r"^¿La casa es tuya"),
            ("Es mía", r"qué compañía|compañía"),
            ("Iberdrola", r"cuáles de estos"),
            ("ninguno", r"^Apuntado: ninguno"),
            ("teja", r"correo electrónico"),
            ("saltar", r"alguien más"),
            ("saltar", r"90 € al mes.*¿Envío tu solicitud"),
            ("sí", r"tu solicitud ya está enviada"),
        ),
        r"20 % y del 40 % .*hasta el 31 de diciembre de 2026.*Nada de esto es una promesa",
        12 * 90, "EUR 90.00 a month",
        r"6,2 kW con 14 paneles, unos 8\.556 kWh al año, 9\.920 €\. ", ("1", r"^¡Estupendo!.*/opensolar/proposals/"),
        r"^¡Enhorabuena, Ana!", r"prevista para el {spanish}\. ¿Te viene bien", r"del 1 .* al 5",
        ("5", r"^¡Muchas gracias!"),
    ),
)  # fmt: skip


def show(day: date) -> dict[str, str]:
    """The day in words; day before month, and no abbreviation."""
    spanish = f"{WEEKDAYS[day.weekday()]}, {day.day} de {MONTHS[day.month - 1]}"
    return {"english": f"{day:%A}, {day.day} {day:%B}", "spanish": spanish}


@pytest.mark.parametrize("market", MARKETS, ids=lambda market: market.code)
def test_a_market_in_its_own_words(open_journey: OpenJourney, market: Market) -> None:
    stack, day = open_journey("postgresql", MARKET=market.code), datetime.now(UTC).date() + timedelta(days=10)
    party = Party(stack, [Homeowner(stack, market.phone)])
    party.talk(market.intake, market.incentives)
    there = Desk(stack, "opensolar").find(market.phone)
    assert (there["country_iso2"], there["usage"]["values"]) == (market.code, [market.usage])
    assert market.notes in there["notes"]
    assert Desk(stack, "aurora").list_projects() == []
    party.move("opensolar", "proposal_sent", market.proposal)
    party.talk([market.accept])
    party.move("opensolar", "signed", market.sealed)
    party.move("opensolar", "schedule", market.scheduled.format(**show(day)), date=day.isoformat())
    party.move("opensolar", "installed", market.installed)
    party.talk([market.rated])
