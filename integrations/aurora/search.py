"""A look for the project that may have been created: by our reference, and compared."""

from typing import Any

from integrations.aurora.wire import Body, Wire, iterate_items, read_id

PAGE_SIZE = 100
MOST_PAGES = 20


def find_by_reference(wire: Wire, reference: str) -> tuple[Body | None, bool]:
    """(the project, whether its absence is certain).

    Whether the list can be searched is unverified. An empty list and one of nothing but matches show that it was. Else
    the list is read page by page: only its end without a match is certain, not one that is too long, that repeats
    itself, or that does not show references.
    """
    filtered = {"external_provider_id": reference, "per_page": PAGE_SIZE}
    seen: set[str] = set()
    comparable = True
    for page in range(1, MOST_PAGES + 1):
        projects = list(iterate_items(wire.get("projects", params={**filtered, "page": page}), "project"))
        if not projects:
            return None, comparable
        if found := [project for project in projects if project.get("external_provider_id") == reference]:
            return min(found, key=_read_age), False
        comparable = comparable and all("external_provider_id" in project for project in projects)
        ids = {read_id(project, "id", "project_id") for project in projects}
        if ids <= seen:
            return None, False
        seen |= ids
    return None, False


def _read_age(project: Body) -> Any:
    return str(project.get("created_at") or "")
