"""What the environment says to the libraries behind our back: nothing is traced, redirected or logged by it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from integrations.llm.model import ModelError
from tests.integrations.llm.conftest import PROMPT, Open
from tests.source import ROOT
from tools.sandbox.client import SandboxClient
from tools.sandbox.options import ANTHROPIC_KEY, OPENAI_KEY
from tools.sandbox.runner import Sandbox

SCRIPT = """
import json, sys, urllib.request
from integrations.llm.model import ModelChoice, open_model
from tests.integrations.llm.conftest import PROMPT

for tracing in (False, True):
    for choice in json.loads(sys.argv[1]):
        model = open_model(ModelChoice(**choice, tracing=tracing), ready=True)
        print(model.complete(PROMPT, 10.0).vendor)
    from langchain_core.tracers.langchain import wait_for_all_tracers
    wait_for_all_tracers()
    urllib.request.urlopen(f"{sys.argv[2]}/mark").close()
"""


@pytest.fixture
def collector() -> Iterator[tuple[str, list[str]]]:
    """The address of something that takes traces, and the paths that were called."""
    paths: list[str] = []

    class Collector(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.take()

        def do_POST(self) -> None:
            self.take()

        def take(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            paths.append(self.path)
            self.send_response(202)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("dialect", ["openai", "anthropic"])
def test_the_old_tracing_is_for_staff_to_unset(
    dialect: str, sandbox: SandboxClient, open_llm: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LangChain refuses every call while it is set."""
    monkeypatch.setenv("LANGCHAIN_TRACING", "true")
    with pytest.raises(ModelError) as caught:
        open_llm(dialect).complete(PROMPT, 1.0)
    assert (caught.value.code, caught.value.sent) == ("auth", False)
    assert "LANGCHAIN_TRACING" in caught.value.sentence


def test_tracing_is_off_until_it_is_asked_for(
    running: Sandbox, sandbox: SandboxClient, collector: tuple[str, list[str]]
) -> None:
    url, paths = collector
    choices = [
        {"openai_api_key": OPENAI_KEY, "openai_base_url": f"{running.base_url}/models/openai/v1"},
        {"anthropic_api_key": ANTHROPIC_KEY, "anthropic_base_url": f"{running.base_url}/models/anthropic"},
    ]
    switches = ("LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING", "LANGSMITH_TRACING_V2")
    elsewhere = ("OPENAI_PROXY", "ANTHROPIC_PROXY", "OPENAI_API_BASE", "ANTHROPIC_API_URL", "ALL_PROXY")
    environ = {
        **os.environ,
        **dict.fromkeys(switches, "true"),
        **dict.fromkeys(elsewhere, "http://127.0.0.1:9"),
        "NO_PROXY": "127.0.0.1",
        **dict.fromkeys(("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT"), url),
        **dict.fromkeys(("LANGSMITH_API_KEY", "LANGCHAIN_API_KEY"), "key-of-a-test"),
        "ANTHROPIC_AUTH_TOKEN": "token-of-somebody-else",
        "LANGSMITH_GATEWAY": "true",
        "OPENAI_LOG": "debug",
        "ANTHROPIC_LOG": "debug",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(choices), url],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["openai", "anthropic"] * 2
    first = paths.index("/mark")
    assert paths[:first] == [], "traced though nobody asked for it"
    assert any("runs" in path for path in paths[first:]), "LLM_TRACING does not trace: this test would see nothing"
    assert "Juniper" not in done.stderr
    assert len(sandbox.read_model_requests()) == 4
