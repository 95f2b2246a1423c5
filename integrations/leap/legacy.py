"""Leap's former contract: one call with an operation_type, devices as integers, no catalogue of them."""

import re
from collections.abc import Mapping
from typing import Any

from integrations.answers import Answer, read_words
from integrations.api import VendorApi
from integrations.errors import NotFound, Refused, VendorError
from integrations.leap.reading import (
    clean_json,
    read_cents,
    read_object,
    read_rows,
    read_text,
    read_utilities,
    read_utility,
    refuse_shape,
)
from integrations.leap.values import (
    COMPLETED,
    FAILED,
    IGNORED,
    MISMATCH,
    NO_TERRITORY,
    UNKNOWN_CUSTOMER,
    UNKNOWN_DEVICE,
    Application,
    CatalogueDevice,
    DeviceResult,
    IncentiveAnswer,
    LeapAddress,
    LeapCase,
    Operation,
    Requirement,
)

YEARLY = re.compile(r"\b(ongoing|annual(ly)?|yearly|(per|a|each|every) year)\b", re.IGNORECASE)
REQUIREMENTS = (
    ("completed_requirements", COMPLETED),
    ("ignored_requirements", IGNORED),
    ("failed_requirements", FAILED),
)
NO_UTILITY = "no utility found"
BAD_DEVICE = re.compile(r"\b(invalid|unknown)\b.*\bdevice", re.IGNORECASE)  # the document does not give its words
EXPECTED = re.compile(r"Expected: (\S+), Received:")


class LegacyContract:
    """`incentives` carries the x-api-key."""

    def __init__(self, incentives: VendorApi) -> None:
        self._incentives = incentives

    def close(self) -> None:
        self._incentives.close()

    def calculate(
        self, operation: Operation, case: LeapCase, device_ids: Mapping[int, str], create_application: bool
    ) -> IncentiveAnswer:
        """`device_ids` is of no use here: the numbers themselves are Leap's. An override is called once."""
        body = build_body(operation, case, create_application)
        try:
            answer = self._incentives.call("POST", "/incentives", json=body, harmless=operation != "override")
        except Refused as error:
            if error.code == "400" and operation != "lookup" and _means_unknown(error.sentence):
                raise NotFound("Leap does not know this customer: it has to be looked up.", UNKNOWN_CUSTOMER) from error
            raise
        return read_answer(clean_json(answer.read_object()), case)

    def search_devices(self, category: str, words: str = "") -> tuple[CatalogueDevice, ...]:
        """Always empty: the former contract has no catalogue."""
        return ()

    def list_applications(self, reference_id: str) -> tuple[Application, ...]:
        """Always empty: the former contract has no list."""
        return ()

    def read_application(self, external_id: str) -> Application:
        raise Refused("Leap's former contract does not tell how an application stands.", "not_offered")

    def check(self) -> str:
        """Refreshes a customer that cannot exist: the refusal shows whether the key is accepted."""
        body = {"operation_type": "refresh", "reference_id": "heliograph-key-check"}
        answer = self._incentives.call("POST", "/incentives", json=body, harmless=True, tolerate=(400, 404))
        if answer.status == 400 and "company" in read_words(answer.body):
            raise Refused(f"Leap accepts the key, but: {read_words(answer.body)}", "400")
        return "Leap accepts the key (former contract)."


def build_body(operation: Operation, case: LeapCase, create_application: bool) -> dict[str, Any]:
    """The request's JSON. A refresh names no devices: those that Leap has are meant."""
    body: dict[str, Any] = {"operation_type": operation, "reference_id": case.reference_id}
    if case.address is not None:
        body["address"] = _write_address(case.address)
    if case.classification:
        body["building_type"] = case.classification
    if operation != "refresh":
        body["device_ids"] = [unit.number for unit in case.units]
    return {**body, "create_application": create_application}


def read_answer(body: Mapping[str, Any], case: LeapCase) -> IncentiveAnswer:
    """Refused (code `shape`) where money cannot be read. Whether an amount recurs is said in words only."""
    incentives = read_object(body.get("incentives"), "incentives")
    programs = read_rows(incentives.get("by_program"), "incentives.by_program")
    total = read_cents(incentives.get("total_incentive_amount"), "incentives.total_incentive_amount")
    results = tuple(_read_result(program, row) for program in programs for row in _list_results(program))
    counted = [each.install_cents + each.yearly_cents for each in results if each.eligible]
    if sum(counted) > total + len(counted):
        raise refuse_shape("its programmes add up to more than its own sum")
    return IncentiveAnswer(
        reference_id=read_text(body, "reference_id") or case.reference_id,
        primary=read_utility(body.get("utility")),
        possible=read_utilities(body.get("possible_utilities")),
        results=results,
        program_ids=tuple(read_text(program, "program_id") for program in programs),
        connect_url=read_text(body, "connect_url"),
        external_id=read_text(body, "customer_id"),
        raw=body,
    )


def explain(answer: Answer) -> VendorError | None:
    """The document's words where something of ours follows from them; the rest is as everywhere."""
    words = read_words(answer.body)
    if answer.status == 404:
        if NO_UTILITY in words:
            return NotFound("Leap knows no utility at this address.", NO_TERRITORY)
        return NotFound("There is no Leap at this address: check LEAP_API_URL and LEAP_API_CONTRACT.", "404")
    if answer.status == 400 and "mismatch" in words.lower():
        return Refused(f"Leap knows this home under another reference ({words}).", MISMATCH)
    if answer.status == 400 and BAD_DEVICE.search(words):
        return Refused(f"Leap does not know a device we asked about ({words}).", UNKNOWN_DEVICE)
    return None


def find_expected(sentence: str) -> str:
    """The reference that Leap knows the home under, out of a mismatch's words; "" where they do not say."""
    found = EXPECTED.search(sentence)
    return found[1] if found else ""


def _means_unknown(sentence: str) -> bool:
    """The document gives no words for a customer that is not there; its other refusals say something else."""
    return "reference_id" in sentence and "Invalid" not in sentence and "Missing" not in sentence


def _write_address(address: LeapAddress) -> dict[str, str]:
    second = {"street_2": address.street_2} if address.street_2 else {}
    return {
        "street_1": address.street,
        **second,
        "city": address.city,
        "state_or_province_code": address.state,
        "postal_code": address.postal_code,
        "country_code": address.country,
    }


def _list_results(program: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return read_rows(program.get("device_tier_results"), "device_tier_results")


def _read_result(program: Mapping[str, Any], row: Mapping[str, Any]) -> DeviceResult:
    title = read_text(program, "program_name")
    where = f"{title}, {read_text(row, 'tier_name')}"
    requirements = tuple(
        Requirement(" ".join(str(text).split()), status)
        for name, status in REQUIREMENTS
        for text in row.get(name) or ()
    )
    said = row.get("eligible")
    if not title or not isinstance(said, bool):
        raise refuse_shape(f"{where}: no name, or nothing says whether a device is eligible")
    eligible = said and not any(each.status == FAILED for each in requirements)
    cents = read_cents(row.get("incentive_amount"), where) if eligible else 0
    details, number = read_text(row, "calculation_details"), row.get("device_id")
    return DeviceResult(
        program_id=read_text(program, "program_id"),
        program_name=title,
        tier_id=read_text(row, "tier_id"),
        tier_name=read_text(row, "tier_name"),
        number=number if isinstance(number, int) and not isinstance(number, bool) else 0,
        eligible=eligible,
        install_cents=0 if YEARLY.search(details) else cents,
        yearly_cents=cents if YEARLY.search(details) else 0,
        requirements=requirements,
        details=details,
    )
