"""What the current contract's answer says: utilities, programmes, and what each is worth for each device."""

from collections.abc import Mapping, Sequence
from typing import Any

from integrations.leap.reading import (
    check_total,
    find_value,
    read_cents,
    read_object,
    read_requirements,
    read_rows,
    read_status,
    read_text,
    read_utilities,
    read_utility,
    refuse_shape,
)
from integrations.leap.values import FAILED, DeviceResult, IncentiveAnswer, LeapCase, Requirement

ONCE = ("upfront_amount", "install_amount")


def read_answer(body: Mapping[str, Any], case: LeapCase, device_ids: Mapping[int, str]) -> IncentiveAnswer:
    """Everything of a lookup, refresh or override. Refused (code `shape`) where money cannot be read."""
    summary = read_object(body.get("incentive_summary"), "incentive_summary")
    once = read_cents(summary.get("upfront_amount") or 0, "incentive_summary.upfront_amount")
    once += read_cents(summary.get("install_amount"), "incentive_summary.install_amount")
    yearly = read_cents(summary.get("ongoing_amount"), "incentive_summary.ongoing_amount")
    programs = _read_programs(body, once + yearly)
    finder = DeviceFinder(case, device_ids)
    results = tuple(result for program in programs for result in _read_program(program, finder))
    check_total(results, once, "install")
    check_total(results, yearly, "ongoing")
    utilities = body.get("utilities")
    known = utilities if isinstance(utilities, Mapping) else {}
    possible = read_utilities(known.get("possible_utilities"))
    return IncentiveAnswer(
        reference_id=read_text(body, "reference_id") or case.reference_id,
        primary=read_utility(known.get("primary")) or (possible[0] if len(possible) == 1 else None),
        possible=possible,
        results=results,
        program_ids=tuple(_name_program(program) for program in programs),
        connect_url=read_text(body, "connect_url"),
        devices_ignored=bool(body.get("devices_ignored")),
        external_id=read_text(body, "customer_id"),
        raw=body,
    )


class DeviceFinder:
    """Whose result a row is: by our name of the unit, else by Leap's id of the device."""

    def __init__(self, case: LeapCase, device_ids: Mapping[int, str]) -> None:
        self._by_reference = {unit.reference: unit.number for unit in case.units}
        ours = {unit.number for unit in case.units}
        self._by_id = {
            device_id.lower(): number for number, device_id in device_ids.items() if device_id and number in ours
        }

    def find(self, row: Mapping[str, Any]) -> int:
        """The number of the device table, 0 where the row names none of ours."""
        by_reference = self._by_reference.get(read_text(row, "partner_device_reference"), 0)
        return by_reference or self._by_id.get(read_text(row, "device_id").lower(), 0)


def _read_programs(body: Mapping[str, Any], cents: int) -> list[Mapping[str, Any]]:
    """An answer may leave them out only where there is no money to explain."""
    details = body.get("program_details")
    if details is None and cents == 0:
        return []
    return read_rows(details, "program_details")


def _name_program(program: Mapping[str, Any]) -> str:
    return read_text(program, "program_id", "program_identifier", "id") or _title_program(program)


def _title_program(program: Mapping[str, Any]) -> str:
    return read_text(program, "program_name", "display_name", "name")


def _read_program(program: Mapping[str, Any], finder: DeviceFinder) -> list[DeviceResult]:
    title = _title_program(program)
    if not title:
        raise refuse_shape("a programme has no name")
    found = []
    for tier in read_rows(program.get("tiers") or [], f"tiers of {title}"):
        rows = read_rows(find_value(tier, "device_results", "devices") or [], f"device_results of {title}")
        names = (_name_program(program), title, read_text(tier, "tier_id", "id"), read_text(tier, "tier_name", "name"))
        found += _read_tier(tier, rows, names, finder)
    return found


def _read_tier(
    tier: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], names: tuple[str, str, str, str], finder: DeviceFinder
) -> list[DeviceResult]:
    """One result a row; where only the tier has an amount, the rows that are eligible share it."""
    where = f"{names[1]}, {names[3]}"
    checked = [_read_eligibility(row, where) for row in rows]
    own = [_read_amounts(row, where) for row in rows]
    missing = [amounts is None and eligible for amounts, (eligible, _) in zip(own, checked, strict=True)]
    shares: list[tuple[int, int]] = []
    sure = True
    if any(missing):
        if not all(missing[index] for index, (eligible, _) in enumerate(checked) if eligible):
            raise refuse_shape(f"{where}: some devices have amounts and some have none")
        shares, sure = _share_amounts(_read_tier_amounts(tier, where), checked)
    results = []
    for row, amounts, (eligible, requirements) in zip(rows, own, checked, strict=True):
        once, yearly = (0, 0) if not eligible else amounts or shares.pop(0)
        results.append(DeviceResult(*names, finder.find(row), eligible, once, yearly, requirements, sure=sure))
    return results


def _read_eligibility(row: Mapping[str, Any], where: str) -> tuple[bool, tuple[Requirement, ...]]:
    """(eligible, requirements): never eligible with a failed requirement, whatever the row says."""
    requirements = read_requirements(find_value(row, "eligibility_details", "requirements"), where)
    if not requirements and row.get("status") is not None:
        requirements = (Requirement("", read_status(row["status"], where)),)
    failed = any(each.status == FAILED for each in requirements)
    said = row.get("eligible")
    if said is not None and not isinstance(said, bool):
        raise refuse_shape(f"{where}: eligible is neither true nor false")
    if said is None and not requirements:
        raise refuse_shape(f"{where}: nothing says whether a device is eligible")
    return said is not False and not failed, requirements


def _read_amounts(row: Mapping[str, Any], where: str) -> tuple[int, int] | None:
    """(cents once, cents a year); None where the row has neither."""
    once = [row[name] for name in ONCE if row.get(name) is not None]
    yearly = row.get("ongoing_amount")
    if not once and yearly is None:
        return None
    return sum(read_cents(value, where) for value in once), 0 if yearly is None else read_cents(yearly, where)


def _read_tier_amounts(tier: Mapping[str, Any], where: str) -> tuple[int, int]:
    amounts = _read_amounts(tier, where)
    if amounts is not None:
        return amounts
    cents = read_cents(find_value(tier, "incentive_amount", "amount"), where)
    payment = read_text(tier, "payment_type").upper()
    if payment not in ("UPFRONT", "INSTALL", "ONGOING"):
        raise refuse_shape(f"{where}: nothing says when it is paid")
    return (0, cents) if payment == "ONGOING" else (cents, 0)


def _share_amounts(
    amounts: tuple[int, int], checked: Sequence[tuple[bool, tuple[Requirement, ...]]]
) -> tuple[list[tuple[int, int]], bool]:
    """(equal shares of the eligible, the odd cents with the first; whether all of them rest on the same)."""
    standing = [{each.status for each in requirements} for eligible, requirements in checked if eligible]
    count = len(standing)
    shares = [
        tuple(cents // count + (cents % count if place == 0 else 0) for cents in amounts) for place in range(count)
    ]
    return [(once, yearly) for once, yearly in shares], all(found == standing[0] for found in standing)
