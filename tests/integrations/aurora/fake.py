"""Answers laid out by method and path, for shapes that the simulated Aurora does not take."""

from typing import Any

from tests.integrations.stub_api import Answer, Asked, StubApi

ROOT = "/tenants/tenant-1/"


class FakeAurora:
    """`say("GET designs/d-1/summary", body)`; several for one call are answered in turn, the last one again and again.
    What is not laid out is answered with 404."""

    def __init__(self, stub: StubApi) -> None:
        self.stub = stub
        self._laid: dict[str, list[Answer]] = {}
        stub.reply = self._answer

    def say(self, call: str, *answers: Any) -> None:
        self._laid[call] = [answer if isinstance(answer, Answer) else Answer(200, answer) for answer in answers]

    def calls(self) -> list[str]:
        """What was asked, as it is laid out."""
        return [_name(asked) for asked in self.stub.asked]

    def bodies(self, call: str) -> list[Any]:
        return [asked.json for asked in self.stub.asked if _name(asked) == call]

    def _answer(self, asked: Asked) -> Answer:
        laid = self._laid.get(_name(asked), [])
        if not laid:
            return refuse(404, "The requested object was not found.")
        return laid.pop(0) if len(laid) > 1 else laid[0]


def refuse(status: int, message: str = "", **headers: str) -> Answer:
    """A refusal in Aurora's shape."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, {"errors": [{"message": message}]}, sent)


def _name(asked: Asked) -> str:
    assert asked.path.startswith(ROOT), asked.path
    return f"{asked.method} {asked.path.removeprefix(ROOT)}"
