"""The simulated account's memory: messages, Contents and homeowners, safe between threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

from tools.sandbox.twilio.records import RANK, Content, Homeowner, Media, Message

CAST = (
    ("+14155550134", "Maya Torres"),
    ("+16025550173", "Sam Okafor"),
    ("+13055550142", "Rosa Delgado"),
)


def strip_channel(address: str) -> str:
    return address.removeprefix("whatsapp:")


class Store:
    """`version` grows with each visible change, so that the page can ask whether anything is new."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.version = 1
        self.contents: dict[str, Content] = {}
        self.homeowners: dict[str, Homeowner] = {phone: Homeowner(phone, name) for phone, name in CAST}
        self._messages: list[Message] = []
        self._by_sid: dict[str, Message] = {}
        self._by_contact: dict[str, list[Message]] = {}
        self._cdn: dict[str, Media] = {}

    def add_message(self, message: Message) -> None:
        with self.lock:
            message.order = len(self._messages)
            self._messages.append(message)
            self._by_sid[message.sid] = message
            self._by_contact.setdefault(strip_channel(message.contact), []).append(message)
            for media in message.media:
                self._cdn[media.token] = media
            self.version += 1

    def attach_media(self, message: Message, media: Media) -> None:
        with self.lock:
            message.media.append(media)
            self._cdn[media.token] = media
            self.version += 1

    def drop_media(self, message: Message, media: Media) -> None:
        with self.lock:
            message.media.remove(media)
            self._cdn.pop(media.token, None)
            self.version += 1

    def find_message(self, sid: str) -> Message | None:
        return self._by_sid.get(sid)

    def find_cdn_media(self, token: str) -> Media | None:
        return self._cdn.get(token)

    def newest_first(self) -> Iterator[Message]:
        with self.lock:
            count = len(self._messages)
        for index in range(count - 1, -1, -1):
            yield self._messages[index]

    def messages_of(self, phone: str) -> list[Message]:
        with self.lock:
            return list(self._by_contact.get(phone, ()))

    def count_messages(self) -> int:
        return len(self._messages)

    def find_homeowner(self, address: str, name: str = "") -> Homeowner:
        """The homeowner with that address; one nobody knew yet is added."""
        phone = strip_channel(address)
        with self.lock:
            homeowner = self.homeowners.get(phone)
            if homeowner is None:
                homeowner = self.homeowners[phone] = Homeowner(phone, name or phone)
                self.version += 1
            elif name and homeowner.name != name:
                homeowner.name = name
                self.version += 1
            return homeowner

    def raise_status(self, message: Message, status: str, now: datetime) -> bool:
        """Move to `status` when it ranks higher; whether it moved."""
        with self.lock:
            if RANK[status] <= RANK.get(message.status, 0) and message.status != status:
                return False
            message.status = status
            message.updated_at = now
            if message.sent_at is None and status in ("sent", "delivered", "read"):
                message.sent_at = now
            self.version += 1
            return True

    def touch(self) -> None:
        with self.lock:
            self.version += 1
