"""Sends one mail through the server of SMTP_URL."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

TIMEOUT = 15.0
PORTS = {"smtp": 587, "smtps": 465}


class MailFailed(Exception):
    """The server did not take the mail; the text says why, without credentials."""


def send_mail(server_url: str, sender: str, recipient: str, subject: str, text: str) -> None:
    """Raises MailFailed. `smtps://` is encrypted from the start, `smtp://` as soon as the server offers it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, recipient, " ".join(subject.split())[:120]
    message.set_content(text)
    parts = urlsplit(server_url)
    greeting = sender.rpartition("@")[2]  # else smtplib asks the network for this machine's name
    try:
        with _connect(parts, greeting) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise MailFailed(f"The mail server did not take it ({type(error).__name__}).") from error


def _connect(parts: SplitResult, greeting: str) -> smtplib.SMTP:
    host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 25)
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, greeting, timeout=TIMEOUT, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, greeting, timeout=TIMEOUT)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    return server
