"""What a vendor says of its own answers, its tokens and its name, is read without trust too."""

import json
import socket
import threading
from collections.abc import Iterator

import pytest

from integrations.llm.chain import ChainedModel, open_chain
from integrations.llm.model import Completion, ModelChoice, Prompt
from tests.integrations.llm.conftest import PROMPT, SCHEMA, SYSTEM
from tests.integrations.raw_server import open_raw, read_request

ANSWER = """{"id": "x", "object": "chat.completion", "created": 1, "model": %s, "choices": [{"index": 0,
"finish_reason": "stop", "message": {"role": "assistant", "content": "{\\"commands\\": []}"}}],
"usage": {"prompt_tokens": %s, "completion_tokens": %s, "total_tokens": 15}}"""


def _answer(connection: socket.socket, over: threading.Event) -> None:
    """The contact's words say what stands in the answer."""
    body = read_request(connection).partition(b"\r\n\r\n")[2]
    parts = json.loads(json.loads(body)["messages"][-1]["content"])
    answer = (ANSWER % tuple(parts)).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(answer)}\r\n"
    connection.sendall(head.encode() + b"Connection: close\r\n\r\n" + answer)


@pytest.fixture(scope="module")
def model() -> Iterator[ChainedModel]:
    with open_raw(_answer) as address:
        opened = open_chain(ModelChoice(openai_api_key="key", openai_base_url=f"{address}/v1"))
        assert opened is not None
        opened.prepare()
        yield opened
        opened.close()


def ask(model: ChainedModel, name: str = '"gpt-4o"', tokens_in: str = "10", tokens_out: str = "5") -> Completion:
    words = json.dumps([name, tokens_in, tokens_out])
    return model.complete(Prompt(SYSTEM, words, SCHEMA, PROMPT.version), 20.0)


def test_what_can_be_is_kept(model: ChainedModel) -> None:
    done = ask(model)
    assert (done.model, done.tokens_in, done.tokens_out) == ("gpt-4o", 10, 5)


@pytest.mark.parametrize("count", ["-1000000000", "1" + "0" * 30, "1e400", "NaN", "2.5", '"abc"'])
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_what_is_no_count_is_none(model: ChainedModel, count: str) -> None:
    done = ask(model, tokens_in=count, tokens_out=count)
    assert (done.tokens_in, done.tokens_out) == (0, 0)


@pytest.mark.parametrize("name", ['"gpt\\u0000"', '"gpt\\ud800"', "123", '["x"]', "null"])
@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
def test_what_is_no_name_is_our_own(model: ChainedModel, name: str) -> None:
    assert ask(model, name).model == "gpt-4o-mini"


def test_names_end(model: ChainedModel) -> None:
    assert ask(model, json.dumps("x" * 5000)).model == "x" * 100
