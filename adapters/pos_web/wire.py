"""The POS's messages (電文): XML that calls itself Shift_JIS and means CP932."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

from lxml import etree

from adapters import legacy_text
from adapters.pos_web import codes, values

T = TypeVar("T")
E = TypeVar("E", bound=Enum)
Fields = Mapping[str, str]

CONTENT_TYPE: Final = "text/xml; charset=Shift_JIS"
DECLARATION: Final = '<?xml version="1.0" encoding="Shift_JIS"?>\n'
PARSER: Final = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, huge_tree=False)


class Unreadable(ValueError):
    """A message, or a part of one, that is not what docs/wire/pos.md says. Names the place, never the value."""


class Row:
    """One element of a message and the fields in it, read by name."""

    __slots__ = ("_element", "_fields")

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        # Read all at once: lxml takes longer to find one field than to walk through all of them.
        self._fields = {field.tag: field.text or "" for field in element}

    def text(self, tag: str) -> str:
        """A field as a person may be shown it."""
        return self.read(tag, legacy_text.shown)

    def number(self, tag: str) -> int:
        """A number."""
        return self.read(tag, values.number)

    def code(self, tag: str, table: Mapping[str, E]) -> E:
        """What a code stands for."""
        meant = table.get(self._fields.get(tag, ""))
        return self.read(tag, lambda text: codes.meaning(table, text)) if meant is None else meant

    def read(self, tag: str, value_of: Callable[[str], T]) -> T:
        """A field's value. Raises `Unreadable` when it is missing or is no such value."""
        text = self._fields.get(tag)
        if text is None:
            raise Unreadable(f"{self._element.tag!s}: {tag} is missing")
        try:
            return value_of(text)
        except ValueError as error:
            raise Unreadable(f"{self._element.tag!s}/{tag}: {error}") from None

    def identifier(self, tag: str) -> str:
        """A code or number that names something; blank when the field is missing."""
        text = self._fields.get(tag)
        return legacy_text.identifier(text) if text else ""

    def row(self, tag: str) -> "Row":
        """The one element of this name in it. Raises `Unreadable` when there is none."""
        element = self._element.find(tag)
        if element is None:
            raise Unreadable(f"{self._element.tag!s}: {tag} is missing")
        return Row(element)

    def rows(self, tag: str) -> list["Row"]:
        """The elements of this name in it."""
        return [Row(element) for element in self._element.iterchildren(tag)]


@dataclass(frozen=True, slots=True)
class Message:
    """An answer: its HEAD and its BODY, which is empty when the head says that there is no answer."""

    head: Row
    _body: etree._Element

    @property
    def body(self) -> Row:
        """The fields that stand in the BODY itself."""
        return Row(self._body)

    @property
    def details(self) -> list[Row]:
        """The MEISAI."""
        return [Row(detail) for detail in self._body.iterchildren("MEISAI")]


def write_inquiry(shori: str, request_id: str, questions: Iterable[Fields]) -> bytes:
    """An inquiry: one KUMIAIIN for each question."""
    body = etree.Element("BODY")
    for question in questions:
        _add(etree.SubElement(body, "KUMIAIIN"), question)
    return _message(shori, request_id, body)


def write_instruction(shori: str, request_id: str, fields: Fields) -> bytes:
    """An instruction: its fields directly in the BODY."""
    body = etree.Element("BODY")
    _add(body, fields)
    return _message(shori, request_id, body)


def parse(raw: bytes) -> Message:
    """An answer. Raises `Unreadable`.

    The bytes are decoded before lxml sees them: half a character, which legacy systems leave behind when they cut a
    field, would end its parsing, and libxml2's Shift_JIS lacks the vendor's characters.
    """
    text = legacy_text.decode(raw)
    if "<!DOCTYPE" in text:
        raise Unreadable("a document type, which no answer has: its entities are not for us to expand")
    try:
        message = etree.fromstring(text.encode(), PARSER)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"not well-formed at line {error.lineno}, column {error.offset}") from None
    head = message.find("HEAD")
    if message.tag != "DENBUN" or head is None:
        raise Unreadable("not a DENBUN with a HEAD")
    body = message.find("BODY")
    return Message(Row(head), etree.Element("BODY") if body is None else body)


def _message(shori: str, request_id: str, body: etree._Element) -> bytes:
    message = etree.Element("DENBUN")
    _add(etree.SubElement(message, "HEAD"), {"SHORI": shori, "YOKYU_ID": request_id})
    message.append(body)
    text = DECLARATION + etree.tostring(message, encoding="unicode")
    return text.encode("cp932", errors="xmlcharrefreplace")


def _add(element: etree._Element, fields: Fields) -> None:
    for tag, value in fields.items():
        etree.SubElement(element, tag).text = value
