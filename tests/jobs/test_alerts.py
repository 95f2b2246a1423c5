"""An alert reaches the first address that takes it, and never vanishes."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

import pytest

from db.contacts import Contact
from db.conversations import Conversation
from db.parked import retry_effect
from jobs.statuses import draw_consequences
from tests.jobs.stage import BOB, CHARLIE, Stage

ALERT = {
    "is": "AlertStaff",
    "reason": "handoff",
    "summary": "They would like to talk to a person.",
    "facts": [["Bill", "$180"]],
}


def alert(stage: Stage, *addresses: str, **settings: str) -> int:
    for name, value in {"staff_alerts_to": addresses, **settings}.items():
        object.__setattr__(stage.context.settings, name, value)
    row_id = stage.add_effect(stage.add_conversation(), "alert_staff", ALERT)
    stage.run_effects("vendors")
    return row_id


def open_window(stage: Stage, phone: str) -> None:
    """The number of a colleague who wrote to us today."""
    stage.add_conversation(phone)


def test_with_nobody_on_duty_it_is_kept_in_sight(stage: Stage) -> None:
    row = stage.row(alert(stage))
    assert (row.status, row.error_code) == ("parked", "off_duty")


def test_a_colleague_gets_a_message_with_the_facts(stage: Stage) -> None:
    open_window(stage, BOB)
    row_id = alert(stage, f"whatsapp:{BOB}")
    stage.send()
    assert stage.accepted(BOB) == [
        "They would like to talk to a person.\nContact: +14155550134\nName: Alice\nConversation: 2\nBill: $180"
    ]
    assert stage.row(row_id).status == "done"


def test_outside_the_window_the_next_address_is_asked(stage: Stage) -> None:
    open_window(stage, CHARLIE)
    row_id = alert(stage, f"whatsapp:{BOB}", f"whatsapp:{CHARLIE}")
    stage.send()
    stage.run_effects("vendors")
    stage.send()
    assert stage.accepted(BOB) == []
    assert len(stage.accepted(CHARLIE)) == 1
    assert [row.status for row in stage.rows()] == ["cancelled", "done"]
    assert stage.row(row_id).status == "done"
    assert len(stage.rows("alert_staff")) == 1


def test_a_failed_delivery_goes_on_to_the_next_address(stage: Stage) -> None:
    open_window(stage, BOB)
    open_window(stage, CHARLIE)
    alert(stage, f"whatsapp:{BOB}", f"whatsapp:{CHARLIE}")
    stage.send()
    stage.add_status(stage.rows()[-1].id, "undelivered", "63024")
    draw_consequences(stage.context)
    stage.run_effects("vendors")
    stage.send()
    assert len(stage.accepted(CHARLIE)) == 1


def test_when_none_takes_it_it_is_parked_with_the_reasons(stage: Stage) -> None:
    row_id = alert(stage, f"whatsapp:{BOB}")
    stage.send()
    stage.run_effects("vendors")
    row = stage.row(row_id)
    assert (row.status, row.error_code) == ("parked", "alert_failed")
    assert BOB in row.error
    assert "template" in row.error


def test_a_colleague_who_said_stop_is_left_in_peace(stage: Stage) -> None:
    open_window(stage, BOB)
    stage.change(Contact, 1, opted_out_at=datetime.now(UTC))
    row_id = alert(stage, f"whatsapp:{BOB}")
    stage.send()
    stage.run_effects("vendors")
    assert stage.accepted(BOB) == []
    assert stage.row(row_id).status == "parked"


def test_a_retried_alert_asks_everybody_again(stage: Stage) -> None:
    row_id = alert(stage, f"whatsapp:{BOB}")
    stage.send()
    stage.run_effects("vendors")
    assert stage.row(row_id).status == "parked"
    open_window_later(stage)
    with stage.context.engine.begin() as connection:
        retry_effect(connection, row_id, sure=False)
    stage.run_effects("vendors")
    stage.send()
    assert len(stage.accepted(BOB)) == 1


def open_window_later(stage: Stage) -> None:
    stage.change(Conversation, stage.rows()[-1].conversation_id, heard_at=datetime.now(UTC))
    stage.sandbox.world.store.find_homeowner(BOB).last_inbound_at = datetime.now(UTC)


class MailServer:
    """Speaks just enough SMTP to take a mail, over a real socket."""

    def __init__(self, refuses: bool = False) -> None:
        self.mails: list[str] = []
        self._refuses = refuses
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def stop(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # stopped
                return
            with connection, connection.makefile("rwb") as wire:
                self._talk(wire)

    def _talk(self, wire: BinaryIO) -> None:
        def say(line: str) -> None:
            wire.write(f"{line}\r\n".encode())
            wire.flush()

        say("220 mail.example.com")
        for line in wire:
            word = line.decode().strip().upper()
            if word == "DATA":
                say("354 go on")
                lines = []
                for each in wire:
                    if each == b".\r\n":
                        break
                    lines.append(each.decode())
                self.mails.append("".join(lines))
                say("250 taken")
            elif word == "QUIT":
                say("221 bye")
                return
            elif word.startswith("RCPT") and self._refuses:
                say("550 no such mailbox")
            else:
                say("250 fine")


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.stop()


def test_an_alert_can_be_a_mail(stage: Stage, mail_server: MailServer) -> None:
    row_id = alert(stage, "mailto:desk@example.com", smtp_url=mail_server.url, mail_from="bot@example.com")
    assert stage.row(row_id).status == "done"
    [mail] = mail_server.mails
    assert "To: desk@example.com" in mail
    assert "Subject: Alert: They would like to talk to a person." in mail
    assert "Bill: $180" in mail


def test_a_mail_that_is_refused_goes_on_to_the_next_address(stage: Stage) -> None:
    refusing = MailServer(refuses=True)
    open_window(stage, BOB)
    alert(stage, "mailto:desk@example.com", f"whatsapp:{BOB}", smtp_url=refusing.url, mail_from="bot@example.com")
    stage.send()
    refusing.stop()
    assert refusing.mails == []
    assert len(stage.accepted(BOB)) == 1
