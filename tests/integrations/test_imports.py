"""What the adapter's two doors pull in."""

import json
import subprocess
import sys

from tests.source import ROOT


def test_the_web_process_needs_no_http_client() -> None:
    program = "import json, sys, integrations.twilio.webhook; print(json.dumps(sorted(sys.modules)))"
    output = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    loaded = set(json.loads(output))
    assert "twilio.request_validator" in loaded
    assert not {"httpx", "httpcore", "requests", "aiohttp", "twilio.rest", "flask"} & loaded


def test_jobs_do_not_need_twilios_sdk() -> None:
    program = "import json, sys, integrations.twilio.client; print(json.dumps(sorted(sys.modules)))"
    output = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert not {"twilio.rest", "requests", "flask"} & set(json.loads(output))
