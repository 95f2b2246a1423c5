"""OpenSolar's endpoints, one function each: paths, throttles, pages and the shape of answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from integrations.answers import Answer, read_words
from integrations.api import VendorApi, read_base
from integrations.errors import OutOfFunds, Unauthorised, VendorError
from integrations.exchange import OnExchange
from integrations.opensolar.links import list_objects, read_id
from integrations.throttle import Breaker, Limiter

TITLE = "OpenSolar"
PAGE_SIZE = 100
MAX_PAGES = 200
PAST_THE_END = (404, 500)


@dataclass(frozen=True, slots=True)
class Page:
    """`last`: nothing comes after it. `certain`: and that is sure, rather than a fault that looks like an end."""

    rows: list[dict[str, Any]]
    last: bool
    certain: bool


class OpenSolarCalls:
    """Everything here raises VendorError. Paths end in a slash, which OpenSolar wants except on GET."""

    def __init__(
        self,
        base_url: str,
        org_id: str,
        api_key: str,
        timeout: float,
        retries: int,
        limiter: Limiter | None,
        breaker: Breaker | None,
        on_exchange: OnExchange | None,
    ) -> None:
        self.base_url = read_base(base_url)
        self.root = f"/api/orgs/{org_id}"
        self._api = VendorApi(
            "opensolar",
            base_url,
            {"Authorization": f"Bearer {api_key}"},
            timeout,
            title=TITLE,
            retries=retries,
            limiter=limiter,
            breaker=breaker,
            on_exchange=on_exchange,
            explain=explain_refusal,
        )

    def close(self) -> None:
        self._api.close()

    def link(self, kind: str, number: str) -> str:
        """The URL of one of our objects, as relations are written."""
        return f"{self.base_url}{self.root}/{kind}/{number}/"

    def create_project(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Is billed; Uncertain where it may have happened."""
        answer = self._api.call("POST", f"{self.root}/projects/", bucket="project_writes", json=dict(fields))
        made = answer.read_object()
        if not read_id(made.get("id")):
            raise answer.doubt()
        return made

    def fetch_project(self, number: str) -> dict[str, Any]:
        return self._api.call("GET", f"{self.root}/projects/{number}/", bucket="project_reads").read_object()

    def change_project(self, number: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The same values twice are the same project, so it may be repeated."""
        path = f"{self.root}/projects/{number}/"
        return self._api.call("PATCH", path, harmless=True, bucket="project_writes", json=dict(fields)).read_object()

    def list_projects(self) -> Iterator[Page]:
        """Newest first, as OpenSolar lists them."""
        return self._iterate_pages("projects", "project_reads", confirm=True)

    def fetch_contact(self, number: str) -> dict[str, Any]:
        return self._api.call("GET", f"{self.root}/contacts/{number}/").read_object()

    def change_contact(self, number: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Fields left out are kept."""
        return self._api.call("PUT", f"{self.root}/contacts/{number}/", json=dict(fields)).read_object()

    def list_contacts(self) -> Iterator[Page]:
        return self._iterate_pages("contacts", "", confirm=True)

    def list_systems(self, project: str) -> list[dict[str, Any]]:
        params = {"fieldset": "list", "project": project}
        return [row for page in self._iterate_pages("systems", "systems", params) for row in page.rows]

    def fetch_event(self, number: str) -> dict[str, Any]:
        return self._api.call("GET", f"{self.root}/events/{number}/").read_object()

    def fetch_workflow(self) -> dict[str, Any]:
        """The default workflow with its stages; empty where there is none."""
        answer = self._api.call("GET", f"{self.root}/workflows/", params={"is_default": "true"})
        return next(iter(list_objects(answer.read_list())), {})

    def generate_proposal(self, project: str, system_uuid: str) -> Answer:
        """A URL, the bytes or a private file's id. Made twice it is the same paper, so it may be repeated."""
        path = f"{self.root}/projects/{project}/generate_document/proposal/"
        params = {"file_format": "pdf", "action": "save", "system_uuid": system_uuid}
        return self._api.call("POST", path, harmless=True, read="bytes", params=params)

    def fetch_file(self, number: str) -> dict[str, Any]:
        """`file_contents` is a link that is good for an hour."""
        return self._api.call("GET", f"{self.root}/private_files/{number}/", bucket="files").read_object()

    def create_file(self, title: str, content_type: str, content: bytes, project: str) -> dict[str, Any]:
        files = {"file_contents": (title, content, content_type)}
        form = {"title": title, "project": self.link("projects", project)}
        return self._api.call(
            "POST", f"{self.root}/private_files/", bucket="files", data=form, files=files
        ).read_object()

    def list_webhooks(self) -> list[dict[str, Any]]:
        return [row for page in self._iterate_pages("webhooks", "") for row in page.rows]

    def create_webhook(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        return self._api.call("POST", f"{self.root}/webhooks/", json=dict(fields)).read_object()

    def change_webhook(self, number: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        path = f"{self.root}/webhooks/{number}/"
        return self._api.call("PATCH", path, harmless=True, json=dict(fields)).read_object()

    def count_projects(self) -> int:
        """How many a page of one holds: asks for nothing but an answer."""
        params = {"page": "1", "limit": "1"}
        return len(self._api.call("GET", f"{self.root}/projects/", bucket="project_reads", params=params).read_list())

    def _iterate_pages(
        self, kind: str, bucket: str, params: Mapping[str, str] | None = None, *, confirm: bool = False
    ) -> Iterator[Page]:
        """Lists are bare arrays without a count: a page that is shorter than asked for is the last, and one past the
        end may be empty, a 404 or a 500. After a full page a 500 may also be a real one. `confirm`: a short page is
        believed only when nothing follows it, since OpenSolar may give fewer rows than were asked for."""
        short = False
        for number in range(1, MAX_PAGES + 1):
            asked = {**(params or {}), "page": str(number), "limit": str(PAGE_SIZE)}
            tolerate = PAST_THE_END if number > 1 else ()
            answer = self._api.call("GET", f"{self.root}/{kind}/", bucket=bucket, params=asked, tolerate=tolerate)
            items = [] if answer.status in PAST_THE_END else answer.read_list()
            if not items:
                yield Page([], last=True, certain=short or answer.status != 500)
                return
            short = len(items) < PAGE_SIZE
            last = short and not confirm
            yield Page(list_objects(items), last, certain=last)
            if last:
                return


def explain_refusal(answer: Answer) -> VendorError | None:
    """What OpenSolar means by 401 and 402."""
    words = read_words(answer.body)
    said = f" ({words})" if words else ""
    if answer.status == 402:
        return OutOfFunds(
            f"OpenSolar's wallet is empty or the plan lacks this: top it up, then sync again.{said}", "402"
        )
    if answer.status == 401:
        advice = "check OPENSOLAR_API_KEY; the token of a user who is no machine user ends after 7 days"
        return Unauthorised(f"OpenSolar does not accept our token: {advice}.{said}", "401")
    return None
