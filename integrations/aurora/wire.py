"""Calls to Aurora's API below a tenant, and the shapes of its answers."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from integrations.answers import Answer
from integrations.api import VendorApi
from integrations.errors import Unauthorised, VendorError

BUCKET = "calls"
"""Aurora's only limit, of all calls together: 90 a minute unless the plan says otherwise (unverified)."""

ABSENT = (400, 403, 404, 405, 409, 410, 422)
"""What Aurora says of something that is not there yet, not ready, or not in the plan of this key."""

GONE = (404, 410)
UNREADY = (400, 409, 422)
"""Of a price: the simulation, which is required first, has not run."""

Body = dict[str, Any]


class Wire:
    """Paths are given in parts, below the tenant; ids are quoted."""

    def __init__(self, api: VendorApi, tenant_id: str) -> None:
        self._api = api
        self._tenant = tenant_id

    def close(self) -> None:
        self._api.close()

    def get(self, *path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The JSON object or array of an answer. Raises VendorError."""
        answer = self._api.call("GET", self._join(path), bucket=BUCKET, params=dict(params or {}))
        return _read_body(answer)

    def look(self, *path: str, params: Mapping[str, Any] | None = None) -> Any:
        """The same, None where there is nothing to see. Raises VendorError for everything else."""
        return self.peek(*path, params=params)[1]

    def peek(self, *path: str, params: Mapping[str, Any] | None = None) -> tuple[int, Any]:
        """(HTTP status, what `look` gives): for where it matters why there is nothing."""
        answer = self._api.call("GET", self._join(path), bucket=BUCKET, tolerate=ABSENT, params=dict(params or {}))
        return answer.status, None if answer.status in ABSENT else _read_body(answer)

    def post(self, *path: str, body: Body | None = None, harmless: bool = False) -> Any:
        """The JSON of an answer, an empty object without one. Raises VendorError, Uncertain unless `harmless`."""
        answer = self._api.call("POST", self._join(path), bucket=BUCKET, harmless=harmless, json=body or {})
        return answer.body if isinstance(answer.body, (dict, list)) else {}

    def put(self, *path: str, body: Body) -> Any:
        answer = self._api.call("PUT", self._join(path), bucket=BUCKET, json=body)
        return answer.body if isinstance(answer.body, (dict, list)) else {}

    def upload(self, *path: str, content: bytes, headers: Mapping[str, str]) -> Any:
        """Raw bytes. May be repeated: Aurora uses the last of the same."""
        answer = self._api.call(
            "POST", self._join(path), bucket=BUCKET, harmless=True, content=content, headers=dict(headers)
        )
        return answer.body if isinstance(answer.body, dict) else {}

    def _join(self, path: tuple[str, ...]) -> str:
        return "/".join(("/tenants", quote(self._tenant, safe=""), *(quote(part, safe="") for part in path)))


def explain(answer: Answer) -> VendorError | None:
    """Aurora answers 403 where a key's plan does not include an endpoint."""
    if answer.status != 403:
        return None
    return Unauthorised(
        "Aurora does not let our key do this: the endpoint is not in its plan or not among the key's rights.", "403"
    )


def unwrap(body: Any, name: str) -> Body:
    """The object under `name`, or the body itself where it is not wrapped; empty for anything else."""
    if not isinstance(body, Mapping):
        return {}
    inner = body.get(name)
    return dict(inner) if isinstance(inner, Mapping) else dict(body)


def unwrap_any(body: Any, *names: str) -> Body:
    """The object under the first of `names` that is there, or the body itself."""
    for name in names:
        if isinstance(body, Mapping) and isinstance(body.get(name), Mapping):
            return dict(body[name])
    return unwrap(body, "")


def iterate_items(body: Any, name: str) -> Iterator[Body]:
    """The objects of a list: a bare array, or one under `name` in the plural."""
    items = body.get(f"{name}s") if isinstance(body, Mapping) else body
    for item in items if isinstance(items, list) else []:
        if isinstance(item, Mapping):
            yield unwrap(item, name)


def read_id(value: Body, *names: str) -> str:
    """The first id under one of `names`, empty without one."""
    for name in names:
        found = value.get(name)
        if isinstance(found, (str, int)) and not isinstance(found, bool) and str(found).strip():
            return str(found).strip()
    return ""


def _read_body(answer: Answer) -> Any:
    if not isinstance(answer.body, (dict, list)):
        raise answer.doubt()
    return answer.body
