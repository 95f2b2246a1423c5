"""Every route says how its caller is known; a guard test refuses a route that does not."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable[..., object])

WAYS = frozenset({
    "public", "api-key", "twilio-signature", "opensolar-token", "aurora-token", "secret-link",
})  # fmt: skip
"""`public`: anybody, and the answer holds nothing private. `secret-link`: whoever has the address, which nobody can
guess. The others are the check that the view makes itself."""


def authenticated_by(way: str) -> Callable[[View], View]:
    """Declares on a view how its caller is known, one of WAYS; ValueError for another."""
    if way not in WAYS:
        raise ValueError(f"no way of authentication is called {way!r}")

    def declare(view: View) -> View:
        view.authenticated_by = way  # type: ignore[attr-defined]
        return view

    return declare
