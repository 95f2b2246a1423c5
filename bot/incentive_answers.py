"""Leap's answer, whichever contract it came in, in the shape of the former contract."""

import re
from collections import Counter
from typing import Any
from urllib.parse import quote

from integrations.leap.devices import name_device
from integrations.leap.values import (
    COMPLETED,
    FAILED,
    IGNORED,
    DeviceResult,
    IncentiveAnswer,
    LeapAddress,
    Utility,
)

LONGEST_NUMBER = 16  # digits that every reader of JSON keeps
LINK = re.compile(r"(https?://[^/?#]+)/[^/?#]+/refId/([^/?#]+)")


def build_answer(
    answer: IncentiveAnswer,
    *,
    reference_id: str,
    customer_id: int,
    company: str,
    address: LeapAddress,
    building_type: str,
    create_application: bool,
) -> dict[str, Any]:
    """Amounts in dollars; `connect_url` only after `create_application`, and where Leap has something to apply for."""
    primary = answer.primary
    body: dict[str, Any] = {
        "utility": None if primary is None else {"eiaid": primary.eiaid, "name": primary.name},
        "possible_utilities": [{"eiaid": str(each.eiaid), "name": each.name} for each in _list_utilities(answer)],
        "address": show_address(address),
        "building_type": building_type,
        "customer_id": customer_id,
        "programs_evaluated": len(answer.program_ids),
        "incentives": {
            "total_incentive_amount": _dollars(sum(map(_worth, answer.results))),
            "total_eligible_combinations": sum(each.eligible for each in answer.results),
            "by_program": _list_programs(answer.results),
        },
        "reference_id": reference_id,
    }
    if create_application and answer.connect_url:
        body["connect_url"] = _name_company(answer.connect_url, company)
    return body


def show_address(address: LeapAddress) -> str:
    """In one line, as "123 Main St, Apt 4B, San Francisco, CA 94102"."""
    place = f"{address.state} {address.postal_code}"
    return ", ".join(part for part in (address.street, address.street_2, address.city, place) if part)


def _list_utilities(answer: IncentiveAnswer) -> tuple[Utility, ...]:
    return answer.possible or ((answer.primary,) if answer.primary else ())


def _name_company(url: str, company: str) -> str:
    """A link for one of our keys' holders is under the holder's name; a link of another form stays as it is."""
    found = LINK.fullmatch(url)
    return f"{found[1]}/{quote(company, safe='')}/refId/{found[2]}" if found else url


def _list_programs(results: tuple[DeviceResult, ...]) -> list[dict[str, Any]]:
    grouped: dict[tuple[str, str], list[DeviceResult]] = {}
    for result in results:
        grouped.setdefault((result.program_id, result.program_name), []).append(result)
    return [
        {
            "program_id": _number(program_id),
            "program_name": name,
            "total_incentive": _dollars(sum(map(_worth, rows))),
            "eligible_combinations": sum(row.eligible for row in rows),
            "device_tier_results": [_describe_result(row) for row in rows],
        }
        for (program_id, name), rows in grouped.items()
    ]


def _describe_result(result: DeviceResult) -> dict[str, Any]:
    return {
        "device_id": result.number or None,
        "device_name": name_device(result.number),
        "tier_id": _number(result.tier_id),
        "tier_name": result.tier_name,
        "eligible": result.eligible,
        "incentive_amount": _dollars(_worth(result)),
        "calculation_details": result.details or _explain(result),
        "failed_requirements": list(result.list_texts(FAILED)),
        "ignored_requirements": list(result.list_texts(IGNORED)),
        "completed_requirements": list(result.list_texts(COMPLETED)),
    }


def _explain(result: DeviceResult) -> str:
    """When it is paid, and what it rests on."""
    amounts = ((result.install_cents, "once"), (result.yearly_cents, "per year"))
    paid = [f"{_dollars(cents)} {when}" for cents, when in amounts if cents]
    counted = Counter(each.status for each in result.requirements)
    rests = ", ".join(f"{count} {status.lower()}" for status, count in counted.items())
    return "; ".join(filter(None, [" and ".join(paid) or "nothing", rests and f"requirements: {rests}"]))


def _worth(result: DeviceResult) -> int:
    return result.install_cents + result.yearly_cents if result.eligible else 0


def _dollars(cents: int) -> int | float:
    return cents // 100 if cents % 100 == 0 else cents / 100


def _number(text: str) -> int | str | None:
    """An id as a number where it is one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else text or None
