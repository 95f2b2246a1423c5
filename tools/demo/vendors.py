"""How the demo's processes reach the simulated OpenSolar, Aurora and Leap."""

from tools.sandbox.options import Options

# What somebody who starts the demo may choose in the environment.
CHOICES = ("PROPOSAL_VENDOR", "AURORA_DESIGN", "LEAP_API_CONTRACT")
# In production a quarter of an hour; here somebody has just lost a webhook on purpose and wants to see it found.
POLL_SECONDS = "30"
# What the panel's words for an Aurora project mean; each tenant has its own.
AURORA_WORDS = (
    "Permit approved=scheduled",
    "Installation scheduled=scheduled",
    "Installation in progress=in_progress",
    "Installed=completed",
)


def point_at_vendors(sandbox_url: str, leap_contract: str) -> dict[str, str]:
    """The settings of every vendor, as the sandbox's own options have them."""
    options = Options()
    return {
        "OPENSOLAR_API_BASE_URL": f"{sandbox_url}/opensolar",
        "OPENSOLAR_ORG_ID": options.opensolar_org,
        "OPENSOLAR_API_KEY": options.opensolar_token,
        "OPENSOLAR_WEBHOOK_SECRET": options.opensolar_secret,
        "AURORA_API_URL": f"{sandbox_url}/aurora",
        "AURORA_TENANT_ID": options.aurora_tenant,
        "AURORA_API_KEY": options.aurora_key,
        "AURORA_WEBHOOK_SECRET": options.aurora_secret,
        "AURORA_STATUS_MAP": ",".join(AURORA_WORDS),
        "LEAP_API_URL": f"{sandbox_url}/leap/alpha" if leap_contract == "legacy" else f"{sandbox_url}/leap",
        "LEAP_API_KEY": options.leap_api_key,
        "VENDOR_POLL_SECONDS": POLL_SECONDS,
    }
