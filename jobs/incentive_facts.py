"""What a homeowner may be told of Leap's answer: what is firm, and what is possible "if …"."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from integrations.leap.values import COMPLETED, DeviceResult, IncentiveAnswer

UNNAMED = {"en": "it meets one more rule of the programme", "es": "cumple una regla más del programa"}
"""What is said of a requirement that Leap gives no words for."""


def describe_answer(answer: IncentiveAnswer, today: date) -> dict[str, Any]:
    """The facts of the news "incentives" (docs/incentives.md)."""
    worth = [each for each in answer.results if each.eligible]
    return {
        "source": "leap",
        "currency": "USD",
        "checked_on": today.isoformat(),
        "firm": [_without_conditions(entry) for entry in _sum_up(each for each in worth if each.firm)],
        "possible": _sum_up(each for each in worth if not each.firm),
        "ended": [],
        "notes": [],
        "connect_url": answer.connect_url,
    }


def has_money(facts: dict[str, Any]) -> bool:
    return bool(facts["firm"] or facts["possible"])


def is_news(facts: dict[str, Any], told: Any) -> bool:
    """Whether it says something else than what was told last: neither the day of looking nor another link counts."""
    return not isinstance(told, dict) or _compare(facts) != _compare(told)


def _compare(facts: dict[str, Any]) -> dict[str, Any]:
    return {**facts, "checked_on": "", "connect_url": bool(facts.get("connect_url"))}


def count_cents(answer: IncentiveAnswer) -> dict[str, int]:
    """Columns of a case: what is paid once, firm and possible, and what recurs."""
    worth = [each for each in answer.results if each.eligible]
    return {
        "firm_cents": sum(each.install_cents for each in worth if each.firm),
        "possible_cents": sum(each.install_cents for each in worth if not each.firm),
        "yearly_cents": sum(each.yearly_cents for each in worth),
    }


def list_rows(answer: IncentiveAnswer) -> list[dict[str, Any]]:
    """Columns of its results: one row for each requirement, one without for a result that has none."""
    return [
        {**_describe_result(result), "requirement": requirement[0], "status": requirement[1]}
        for result in answer.results
        for requirement in [(each.text, each.status) for each in result.requirements] or [("", "")]
    ]


def _describe_result(result: DeviceResult) -> dict[str, Any]:
    return {
        "program_id": result.program_id,
        "program_name": result.program_name,
        "tier_name": result.tier_name,
        "device": str(result.number or ""),
        "eligible": result.eligible,
        "install_cents": result.install_cents,
        "yearly_cents": result.yearly_cents,
    }


def _sum_up(results: Iterable[DeviceResult]) -> list[dict[str, Any]]:
    """One entry for each programme and what it depends on, what is paid once apart from what is paid every year;
    nothing that is worth nothing."""
    entries: dict[tuple[Any, ...], dict[str, Any]] = {}
    for result in results:
        texts = list(dict.fromkeys(each.text for each in result.requirements if each.status != COMPLETED))
        conditions = [*filter(None, texts), *([UNNAMED] if "" in texts else [])]
        for cents, yearly in ((result.install_cents, False), (result.yearly_cents, True)):
            if not cents:
                continue
            key = (result.program_id, result.program_name, yearly, *filter(None, texts), "" in texts)
            empty = {"program": result.program_name, "amount_cents": 0, "yearly": yearly, "conditions": conditions}
            entries.setdefault(key, empty)["amount_cents"] += cents
    return list(entries.values())


def _without_conditions(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "conditions"}
