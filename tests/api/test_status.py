"""How the vendors stand, as the API says it."""

from tests.api.holder import Holder


def test_each_vendor_is_on_or_says_why_not(holder: Holder) -> None:
    vendors = holder.call("GET", "/status").json["vendors"]
    assert vendors["aurora"]["on"] is True
    assert (vendors["leap"]["on"], vendors["leap"]["reason"]) == (False, "Leap is off: no key (LEAP_API_KEY)")
    assert vendors["opensolar"]["projects"] == {"pending": 0, "synced": 0, "sync_failed": 0, "updated": 0}
    assert set(vendors["opensolar"]["webhooks"]) == {"received", "processing", "processed", "failed", "ignored"}
