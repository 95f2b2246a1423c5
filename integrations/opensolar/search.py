"""Finding what may be there already: a project whose creation nobody answered for, a contact by telephone number."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from integrations.errors import NotFound, Unauthorised
from integrations.opensolar.calls import OpenSolarCalls, Page
from integrations.opensolar.links import list_objects, read_id
from integrations.opensolar.mapping import is_same_address, is_same_contact, to_e164
from integrations.opensolar.state import read_moment
from integrations.vendor import ProjectSheet

CLOCKS_APART = timedelta(minutes=10)
MAX_DETAILS = 40
MAX_SEARCH_PAGES = 20


def find_project(calls: OpenSolarCalls, sheet: ProjectSheet, since: datetime) -> tuple[dict[str, Any] | None, bool]:
    """(the project, whether it is certainly absent). Its `identifier` decides where it is shown, in the list or when
    opened; where it is not, an address and a contact that both fit do. Absent is certain when every project since
    `since` was seen and showed another identifier."""
    candidates, certain = collect_candidates(calls.list_projects(), since - CLOCKS_APART)
    shown = [row for row in candidates if "identifier" in row]
    for row in shown:
        if row["identifier"] == sheet.reference:
            return row, False
    hidden = [row for row in candidates if "identifier" not in row]
    hidden.sort(key=lambda row: not fits_sheet(row, sheet))  # the likely ones first
    certain = certain and len(hidden) <= MAX_DETAILS and not any(looks_alike(row, sheet) for row in shown)
    for row in hidden[:MAX_DETAILS]:
        verdict, project = judge_candidate(calls, row, sheet)
        if verdict == "found":
            return project, False
        certain = certain and verdict == "other"
    return None, certain


def collect_candidates(pages: Iterable[Page], since: datetime) -> tuple[list[dict[str, Any]], bool]:
    """(projects that may have been made since then, whether these are all). Ids grow with time: where they fall from
    row to row through whole pages, and the last one is older, all that follow are."""
    candidates: list[dict[str, Any]] = []
    numbers: list[int] = []
    for count, page in enumerate(pages, start=1):
        numbers += [int(read_id(row.get("id")) or 0) for row in page.rows]
        candidates += [row for row in page.rows if not is_older(row, since)]
        if page.last:
            return candidates, page.certain
        falling = len(numbers) > 1 and all(before >= after > 0 for before, after in pairwise(numbers))
        if falling and page.rows and is_older(page.rows[-1], since):
            return candidates, True
        if count >= MAX_SEARCH_PAGES:
            break
    return candidates, False


def is_older(row: dict[str, Any], since: datetime) -> bool:
    """A project that was last changed before is older too."""
    moment = read_moment(row.get("created_date")) or read_moment(row.get("modified_date"))
    return moment is not None and moment < since


def judge_candidate(calls: OpenSolarCalls, row: dict[str, Any], sheet: ProjectSheet) -> tuple[str, dict[str, Any]]:
    """("found", "other" or "unclear", the project as opened)."""
    try:
        project = calls.fetch_project(read_id(row.get("id")))
    except NotFound:  # deleted since it was listed
        return "other", row
    except Unauthorised as error:
        if error.code == "403":  # listed, yet not for our role to open
            return "unclear", row
        raise
    identifier = project.get("identifier")
    if identifier == sheet.reference:
        return "found", project
    if "identifier" in project:
        return ("unclear" if not identifier and looks_alike(project, sheet) else "other"), project
    return ("found" if looks_alike(project, sheet) else "unclear"), project


def fits_sheet(row: dict[str, Any], sheet: ProjectSheet) -> bool:
    return is_same_address(row, sheet) or fits_contact(row, sheet)


def looks_alike(row: dict[str, Any], sheet: ProjectSheet) -> bool:
    """Without an identifier of its own, and with our address and contact."""
    return not row.get("identifier") and is_same_address(row, sheet) and fits_contact(row, sheet)


def fits_contact(row: dict[str, Any], sheet: ProjectSheet) -> bool:
    return any(is_same_contact(contact, sheet) for contact in list_objects(row.get("contacts_data")))


def find_contact(calls: OpenSolarCalls, phone: str, country: str) -> dict[str, Any] | None:
    """OpenSolar cannot search by telephone number, so all contacts are read; `phone` is E.164, numbers there without a
    country code are taken as `country`'s."""
    for page in calls.list_contacts():
        for row in page.rows:
            if to_e164(row.get("phone"), country) == phone:
                return row
    return None
