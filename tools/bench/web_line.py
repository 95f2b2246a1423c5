"""What the web process costs before its first request: CPU seconds of its imports, memory."""

import json
import os
import subprocess
import sys

from tools.bench.table import Result, take_median

SECONDS_TARGET = 1.5
MEGABYTES_TARGET = 95.0
ASK = """
import json, resource
import wsgi
used = resource.getrusage(resource.RUSAGE_SELF)
client = wsgi.app.test_client()
assert client.get("/healthz").status_code == 200
assert client.post("/webhooks/twilio/message", data={"Body": "hello"}).status_code == 403
memory = dict(line.split(":", 1) for line in open("/proc/self/status"))["VmRSS"].split()[0]
print(json.dumps([used.ru_utime + used.ru_stime, int(memory) / 1024]))
"""


def measure_web(quick: bool) -> list[Result]:
    """Fresh processes, one after the other; the memory after two requests."""
    found = [start_web() for _ in range(3 if quick else 7)]
    seconds = take_median([each[0] for each in found])
    megabytes = take_median([each[1] for each in found])
    met = seconds <= SECONDS_TARGET
    small = megabytes <= MEGABYTES_TARGET
    note = f"median of {len(found)} fresh processes"
    return [
        Result("web process: import", f"{seconds:.2f} s CPU", f"≤ {SECONDS_TARGET} s CPU", met, note),
        Result("web process: memory", f"{megabytes:.0f} MB", f"≤ {MEGABYTES_TARGET:.0f} MB", small, note),
    ]


def start_web() -> tuple[float, float]:
    """(CPU seconds, MB resident) of one."""
    environ = {**os.environ, "SECRET_KEY": "bench" * 8, "DATABASE_URL": "postgresql://nowhere.invalid/none"}
    result = subprocess.run([sys.executable, "-c", ASK], env=environ, capture_output=True, text=True, check=True)
    seconds, megabytes = json.loads(result.stdout.splitlines()[-1])
    return seconds, megabytes
