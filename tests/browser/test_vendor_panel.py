"""The panel beside the phone, on a sandbox alone: what vendors have, and each button's webhook."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.sandbox.doorbell import Doorbell
from tests.sandbox.leap_rig import BROOKLYN, SOLAR
from tests.sandbox.placing import place_design, place_project
from tools.sandbox.options import LEAP_KEY, Options
from tools.sandbox.runner import run_sandbox

pytestmark = pytest.mark.browser
STEPS = ("design", "proposal_sent", "viewed", "accepted", "signed", "paid", "schedule", "crew", "installed")


@dataclass
class Panel:
    """One page on a sandbox, the product's place taken by a doorbell."""

    page: Page
    http: httpx.Client
    bell: Doorbell

    def open_tab(self, name: str) -> None:
        self.page.get_by_test_id(f"tab-{name}").click()

    def press(self, name: str) -> None:
        self.page.get_by_test_id(name).click()

    def step(self, name: str) -> Locator:
        return self.page.locator(".step").filter(has=self.page.get_by_test_id(name))

    def keep_screenshot(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"panel-{name}.png")


@pytest.fixture
def panel(page: Page) -> Iterator[Panel]:
    bell = Doorbell()
    options = Options(app_url=bell.url, register_webhooks=True, aurora_job_seconds=0.05)
    with run_sandbox(options) as sandbox, httpx.Client(base_url=sandbox.base_url, trust_env=False) as http:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(sandbox.base_url)
        yield Panel(page, http, bell)
    bell.stop()


def test_it_says_that_nothing_is_there_yet(panel: Panel) -> None:
    for name in ("opensolar", "aurora", "leap"):
        panel.open_tab(name)
        expect(panel.page.get_by_test_id(f"{name}-nothing")).to_be_visible()


def test_opensolar_is_played_from_design_to_installed(panel: Panel) -> None:
    place_project(panel.http)
    panel.open_tab("opensolar")
    facts = panel.page.get_by_test_id("opensolar-project")
    for fact in ("hg-7-a1b2c3", "Maya Torres", "+14155550134", "1 Example St", "9,710 a year", "pool pump"):
        expect(facts).to_contain_text(fact)
    for name in STEPS:
        panel.press(f"opensolar-{name}")
        expect(panel.step(f"opensolar-{name}")).to_have_class(re.compile("done"))
    expect(facts).to_contain_text("Installed")
    expect(panel.page.get_by_test_id("opensolar-webhooks")).to_contain_text("Project installed")
    panel.keep_screenshot("opensolar")
    told = [ring.json["fields"]["event_type_id"] for ring in panel.bell.rings if ring.json["model"] == "Event"]
    for event in (0, 2, 3, 63, 114, 40, 104):
        assert told.count(event) == 1, event


def test_time_goes_by_until_the_day_before(panel: Panel) -> None:
    place_project(panel.http)
    panel.open_tab("opensolar")
    expect(panel.page.get_by_test_id("opensolar-day-before")).to_be_disabled()
    panel.press("opensolar-schedule")
    expect(panel.step("opensolar-day-before")).to_contain_text("Skips 6 days")
    planned = read_day(panel)
    panel.press("opensolar-day-before")
    expect(panel.page.get_by_test_id("opensolar-day-before")).to_be_disabled()
    assert 6 * 86400 < panel.http.get("/page/state").json()["advanced_seconds"] < 7 * 86400
    assert date.fromisoformat(planned) - date.fromisoformat(read_day(panel)) == timedelta(days=6)


def read_day(panel: Panel) -> str:
    """The installation date at OpenSolar."""
    return str(panel.http.get("/sandbox/opensolar/projects").json()["projects"][0]["installation_date"])


def test_aurora_is_played(panel: Panel) -> None:
    place_design(panel.http, requested=True)
    panel.open_tab("aurora")
    expect(panel.page.get_by_test_id("aurora-project")).to_contain_text("submitted")
    for name in ("complete", "design_created", "simulate", "web_proposal", "agreement-sent", "agreement-signed"):
        panel.press(f"aurora-{name}")
        expect(panel.step(f"aurora-{name}")).to_have_class(re.compile("done"))
    panel.page.get_by_test_id("aurora-status").select_option("Installation scheduled")
    panel.press("aurora-project_status")
    expect(panel.page.get_by_test_id("aurora-project")).to_contain_text("Installation scheduled")
    panel.keep_screenshot("aurora")
    panel.press("aurora-reject")
    expect(panel.page.get_by_test_id("notice")).to_contain_text("no design request that waits")


def test_leap_shows_firm_and_possible_money_and_moves_applications(panel: Panel) -> None:
    place_project(panel.http)
    wish = {"reference_id": "hg-7-leap", "customer_classification": "RESIDENTIAL", "create_application": True}
    devices = [{"device_id": SOLAR, "partner_device_reference": "pv"}]
    key = {"Authorization": f"Bearer {LEAP_KEY}"}
    body = {**wish, "address": BROOKLYN, "customer_devices": devices}
    assert panel.http.post("/leap/beta/incentives/lookups", json=body, headers=key).status_code == 200
    panel.open_tab("leap")
    expect(panel.page.get_by_test_id("leap-customer")).to_contain_text(
        re.compile(r"\$1,200\s*firm.*\$300\s*possible", re.S)
    )
    panel.page.get_by_test_id("leap-status-102").select_option("approved")
    expect(panel.page.get_by_test_id("leap-status-102")).to_have_value("approved")
    assert panel.http.get("/sandbox/leap/customers").json()["customers"][0]["applications"][0]["status"] == "approved"
    panel.keep_screenshot("leap")


def test_trouble_is_offered_for_the_vendor_in_view(panel: Panel) -> None:
    place_project(panel.http)
    panel.open_tab("opensolar")
    panel.page.get_by_test_id("faults").locator("summary").click()
    expect(panel.page.get_by_test_id("fault-webhook-lost")).to_be_hidden()
    panel.press("fault-opensolar-webhook-lost")
    expect(panel.page.get_by_test_id("fault-list")).to_contain_text("OpenSolar: Webhook lost")
    panel.press("opensolar-viewed")
    expect(panel.page.get_by_test_id("opensolar-webhooks").locator(".code").first).to_have_text("lost")
    assert not [ring for ring in panel.bell.rings if ring.json["model"] == "Event"]


def test_it_can_be_used_on_a_narrow_screen(panel: Panel) -> None:
    place_project(panel.http)
    panel.page.set_viewport_size({"width": 390, "height": 780})
    expect(panel.page.get_by_test_id("composer-input")).to_be_visible()
    panel.press("view-vendors")
    panel.open_tab("opensolar")
    panel.press("opensolar-design")
    expect(panel.step("opensolar-design")).to_have_class(re.compile("done"))
    panel.keep_screenshot("narrow")
    assert panel.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    panel.press("view-people")
    expect(panel.page.get_by_test_id("homeowners")).to_be_visible()
    panel.press("view-phone")
    expect(panel.page.get_by_test_id("composer-input")).to_be_visible()
