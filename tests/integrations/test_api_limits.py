"""Limits, Retry-After and rest: what is not even sent to a vendor."""

import threading

import pytest

from integrations.api import VendorApi
from integrations.errors import NotFound, RateLimited, Resting, Throttled, Unanswered, Uncertain, VendorError
from integrations.stint import hold_together
from integrations.throttle import Breaker
from tests.integrations.stub_api import Answer, StubApi


class Watch:
    """A clock that goes when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Places:
    def __init__(self, *waits: float) -> None:
        self.waits = list(waits)
        self.asked: list[tuple[str, str]] = []
        self.held: list[tuple[str, float]] = []

    def take(self, vendor: str, bucket: str) -> float:
        self.asked.append((vendor, bucket))
        return self.waits.pop(0)

    def hold_back(self, vendor: str, bucket: str, seconds: float) -> None:
        self.held.append((bucket, seconds))


def expect(error: type[VendorError], vendor: VendorApi, method: str = "GET", bucket: str = "") -> VendorError:
    with pytest.raises(error) as caught:
        vendor.call(method, "/x/", bucket=bucket)
    assert type(caught.value) is error
    return caught.value


def test_no_place_means_nothing_is_sent(api: StubApi) -> None:
    api.reply = lambda _: Answer(200, {})
    places = Places(0.0, 12.5, 0.0)
    vendor = VendorApi("opensolar", api.url, {}, 5.0, limiter=places, retries=3)
    vendor.call("POST", "/x/", bucket="project_write")
    error = expect(Throttled, vendor, "POST", "project_write")
    assert (error.retry_after, error.retryable, isinstance(error, RateLimited)) == (12.5, True, True)
    vendor.call("GET", "/x/")
    assert places.asked == [("opensolar", "project_write")] * 2 + [("opensolar", "")]
    assert len(api.asked) == 2


def test_every_repetition_takes_a_place(api: StubApi) -> None:
    api.answers = [Answer(500), Answer(500)]
    places = Places(0.0, 0.0, 3.0)
    vendor = VendorApi("aurora", api.url, {}, 5.0, limiter=places, retries=5, pause=lambda _: None)
    assert expect(Throttled, vendor, bucket="any").retry_after == 3.0
    assert len(api.asked) == 2


def test_a_row_of_calls_waits_for_places_rather_than_be_lost(api: StubApi) -> None:
    api.reply = lambda _: Answer(200, {})
    pauses: list[float] = []
    vendor = VendorApi("aurora", api.url, {}, 5.0, limiter=Places(0.0, 4.0, 2.0, 0.0, 5.0), pause=pauses.append)
    with hold_together(10.0):
        vendor.call("GET", "/x/", bucket="any")
        vendor.call("GET", "/x/", bucket="any")
        assert (pauses, len(api.asked)) == ([4.0, 2.0], 2)
        assert expect(Throttled, vendor, bucket="any").retry_after == 5.0, "four seconds of patience are left"
    assert len(api.asked) == 2


def test_a_row_of_calls_that_has_not_begun_waits_for_nothing(api: StubApi) -> None:
    pauses: list[float] = []
    vendor = VendorApi("aurora", api.url, {}, 5.0, limiter=Places(1.0, 1.0), pause=pauses.append)
    with hold_together(10.0):
        expect(Throttled, vendor, bucket="any")
    expect(Throttled, vendor, bucket="any")
    assert not pauses and not api.asked


def test_something_goes_on_between_the_calls_of_a_row(api: StubApi) -> None:
    api.reply = lambda _: Answer(200, {})
    vendor = VendorApi("aurora", api.url, {}, 5.0, breaker=Breaker(1, 30.0))
    went: list[int] = []

    def go_on() -> None:
        went.append(len(api.asked))
        if len(went) == 3:
            raise ValueError("no further")

    with hold_together(0.0, go_on), pytest.raises(ValueError, match="no further"):
        for _ in range(4):
            vendor.call("GET", "/x/")
    vendor.call("GET", "/x/")
    assert (went, len(api.asked)) == ([0, 1, 2], 3)


def test_retry_after_holds_for_everybody_in_the_bucket(api: StubApi) -> None:
    api.answers = [Answer(429, {}, {"Retry-After": "30"}), Answer(200, {})]
    vendor = VendorApi("opensolar", api.url, {}, 5.0)
    assert expect(RateLimited, vendor, bucket="a").retry_after == 30
    left = expect(Throttled, vendor, bucket="a").retry_after
    assert left is not None and 29 < left <= 30
    vendor.call("GET", "/x/", bucket="b")
    assert len(api.asked) == 2


def test_everybody_hears_of_a_retry_after(api: StubApi) -> None:
    api.answers = [Answer(429, {}, {"Retry-After": "30"}), Answer(429)]
    places = Places(0.0, 0.0)
    vendor = VendorApi("opensolar", api.url, {}, 5.0, limiter=places)
    expect(RateLimited, vendor, bucket="a")
    expect(RateLimited, vendor, bucket="b")
    assert places.held == [("a", 30.0), ("b", 5.0)]


def test_a_vendor_that_fails_is_left_alone_then_tried_once(api: StubApi) -> None:
    clock = Watch()
    vendor = VendorApi("opensolar", api.url, {}, 5.0, breaker=Breaker(3, 30.0, clock))
    api.reply = lambda _: Answer(500)
    for method, error in (("GET", Unanswered), ("POST", Uncertain), ("GET", Unanswered)):
        expect(error, vendor, method)
    assert expect(Resting, vendor).retry_after == 30
    assert len(api.asked) == 3
    clock.now += 31
    expect(Unanswered, vendor)
    assert expect(Resting, vendor).retry_after == 30, "the one try failed: another rest"
    clock.now += 31
    api.reply = lambda _: Answer(200, {})
    vendor.call("GET", "/x/")
    vendor.call("GET", "/x/")
    assert len(api.asked) == 6


def test_refusals_are_no_failures(api: StubApi) -> None:
    vendor = VendorApi("opensolar", api.url, {}, 5.0, breaker=Breaker(2, 30.0))
    api.reply = lambda _: Answer(404)
    for _ in range(5):
        expect(NotFound, vendor)
    api.reply = lambda _: Answer(500)
    for _ in range(5):
        assert vendor.call("GET", "/x/", tolerate=(500,)).status == 500


def test_a_try_without_a_place_is_no_try(api: StubApi) -> None:
    clock = Watch()
    places = Places(0.0, 5.0, 0.0)
    vendor = VendorApi("opensolar", api.url, {}, 5.0, breaker=Breaker(1, 30.0, clock), limiter=places)
    api.answers = [Answer(500), Answer(200, {})]
    expect(Unanswered, vendor, bucket="a")
    clock.now += 31
    expect(Throttled, vendor, bucket="a")
    vendor.call("GET", "/x/", bucket="a")


def test_one_of_many_threads_tries() -> None:
    clock = Watch()
    breaker = Breaker(1, 30.0, clock)
    breaker.note_failure()
    clock.now += 31
    admitted: list[float] = []
    threads = [threading.Thread(target=lambda: admitted.append(breaker.admit())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(admitted) == [0.0] + [30.0] * 7


def test_many_threads_share_one_client(api: StubApi) -> None:
    api.reply = lambda asked: Answer(200, {"n": asked.query["n"]})
    vendor = VendorApi("opensolar", api.url, {}, 10.0)
    wrong: list[int] = []

    def ask_often(start: int) -> None:
        for number in range(start, start + 20):
            if vendor.call("GET", "/x/", params={"n": number}).read_object() != {"n": str(number)}:
                wrong.append(number)

    threads = [threading.Thread(target=ask_often, args=(100 * index,)) for index in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong and len(api.asked) == 240
    assert len({asked.client for asked in api.asked}) <= 20, "connections are kept and shared"
