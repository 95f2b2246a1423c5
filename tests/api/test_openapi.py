"""The description is valid, and says no more and no less than there is."""

import re

from openapi_spec_validator import OpenAPIV31SpecValidator

from api.openapi import DOCUMENT
from tests.api.holder import Holder


def test_the_description_is_valid() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_it_is_served_without_a_key(holder: Holder) -> None:
    answer = holder.client.get("/openapi.json")
    assert (answer.status_code, answer.json) == (200, DOCUMENT)


def test_every_route_is_described(holder: Holder) -> None:
    rules = holder.client.application.url_map.iter_rules()
    there = {
        (re.sub(r"<int\(.*\):(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in rules
        if rule.rule.startswith("/api/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert there == {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}
