"""Entries of an Atom feed of ESPI resources, whatever prefixes and namespaces they carry."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree.ElementTree import Element  # nosec B405

Node: TypeAlias = Element  # the type alone: it is defusedxml that parses
RESOURCES = frozenset(
    [
        "UsagePoint",
        "MeterReading",
        "ReadingType",
        "IntervalBlock",
        "LocalTimeParameters",
        "UsageSummary",
        "ElectricPowerUsageSummary",
    ]
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`path` is its own address, `related` those that it points to."""

    path: str
    related: tuple[str, ...]
    title: str
    body: Node

    def is_a(self, name: str) -> bool:
        return name_of(self.body) == name


def name_of(element: Node) -> str:
    """Without its namespace."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.rpartition("}")[2]


def list_entries(root: Node) -> list[Entry]:
    """Each resource with the links of the entry that holds it."""
    entries = [element for element in root.iter() if name_of(element) == "entry"]
    return [entry for element in entries for entry in _read_entry(element)]


def _read_entry(entry: Node) -> Iterator[Entry]:
    links = [(link.get("rel", ""), link.get("href", "").rstrip("/")) for link in entry if name_of(link) == "link"]
    own = next((href for rel, href in links if rel == "self"), "")
    related = tuple(href for rel, href in links if rel == "related")
    title = next(((part.text or "").strip() for part in entry if name_of(part) == "title"), "")
    for content in entry:
        if name_of(content) == "content":
            yield from (Entry(own, related, title, body) for body in content if name_of(body) in RESOURCES)


def find_all(element: Node, name: str) -> Iterator[Node]:
    return (inner for inner in element.iter() if name_of(inner) == name)


def find_text(element: Node, *names: str) -> str | None:
    """Of the first that lies along the names."""
    here: Node | None = element
    for name in names:
        here = next(find_all(here, name), None) if here is not None else None
    return here.text.strip() if here is not None and here.text else None


def find_number(element: Node, *names: str) -> int | None:
    text = find_text(element, *names)
    try:
        return int(text) if text and len(text) < 20 else None
    except ValueError:
        return None
