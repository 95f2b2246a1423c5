"""What is stored can be read with any of our keys and with no other."""

import pytest

from bot.sealing import Seal, SealBroken

OLD, NEW = "an old secret of some length", "a new secret of some length"


def test_sealed_and_opened() -> None:
    sealed = Seal([OLD]).close(b"a bill")
    assert b"a bill" not in sealed
    assert Seal([OLD]).open(sealed) == b"a bill"


def test_an_old_key_still_opens_after_a_rotation() -> None:
    assert Seal([NEW, OLD]).open(Seal([OLD]).close(b"a bill")) == b"a bill"
    with pytest.raises(SealBroken):
        Seal([OLD]).open(Seal([NEW, OLD]).close(b"a bill"))


def test_what_was_altered_does_not_open() -> None:
    sealed = bytearray(Seal([OLD]).close(b"a bill"))
    sealed[20] ^= 1
    with pytest.raises(SealBroken):
        Seal([OLD]).open(bytes(sealed))


def test_without_a_key_nothing_is_sealed() -> None:
    with pytest.raises(ValueError, match="SECRET_KEY"):
        Seal([])
