"""One contact, however the number is spelt."""

import pytest

from integrations.twilio.address import canonical_phone, format_address, read_address


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("+14155550101", "+14155550101"),
        ("1 (415) 555-0101", "+14155550101"),
        ("551187654321", "+5511987654321"),
        ("+5511987654321", "+5511987654321"),
        ("+551133334444", "+551133334444"),
        ("+541155556666", "+5491155556666"),
        ("+5491155556666", "+5491155556666"),
        ("+5215512345678", "+525512345678"),
        ("+525512345678", "+525512345678"),
        ("+263771234567", "+263771234567"),
        ("+27821234567", "+27821234567"),
        ("", ""),
        ("12345", ""),
        ("+0123456789", ""),
        ("US.1234567890", ""),
        ("1415555010112345", ""),
        ("١٤١٥٥٥٥٠١٠١", ""),
    ],
)
def test_canonical_form(given: str, canonical: str) -> None:
    assert canonical_phone(given) == canonical


def test_canonical_form_is_stable() -> None:
    for number in ("+5511987654321", "+5491155556666", "+525512345678"):
        assert canonical_phone(canonical_phone(number)) == number


@pytest.mark.parametrize("value", ["+14155550101", "whatsapp:+14155550101", "WhatsApp: +14155550101"])
def test_format(value: str) -> None:
    assert format_address(value) == "whatsapp:+14155550101"


def test_format_opaque_and_empty() -> None:
    assert format_address("US.12") == "whatsapp:US.12"
    with pytest.raises(ValueError, match="empty"):
        format_address("whatsapp:")


def test_unreadable_address() -> None:
    assert read_address("two words") is None
