"""Messages (電文): reading requests, and building answers byte by byte, because no XML library writes such bytes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from legacy.clock import JAPAN
from legacy.pos import text
from legacy.pos.codes import MESSAGES

CONTENT_TYPE = "text/xml; charset=Shift_JIS"
_DECLARATION = b'<?xml version="1.0" encoding="Shift_JIS"?>'
_SHORI = re.compile(r"[A-Z0-9]{1,16}")
_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,64}")


class NotUnderstood(Exception):
    """The message cannot be read, or lacks something."""


class Question(dict[str, str]):
    """What is asked about one member, or ordered: the fields by name. Missing or wrong ones are NotUnderstood."""

    def text(self, name: str) -> str:
        """A field that must not be empty."""
        found = self.get(name, "")
        if not found:
            raise NotUnderstood(f"{name} is missing")
        return found

    def number(self, name: str) -> int:
        """A field of digits."""
        found = self.text(name)
        if not (found.isascii() and found.isdigit()):
            raise NotUnderstood(f"{name} is no number")
        return int(found)

    def day(self, name: str) -> date:
        """A field YYYYMMDD."""
        return self._moment(name, self.text(name)).date()

    def month(self, name: str) -> date:
        """A field YYYYMM, as the month's first day."""
        return self._moment(name, self.text(name) + "01").date()

    def codes(self, name: str) -> frozenset[str]:
        """A field of codes with commas between, none for all."""
        return frozenset(filter(None, self.get(name, "").split(",")))

    def _moment(self, name: str, digits: str) -> datetime:
        try:
            return datetime.strptime(digits, "%Y%m%d").replace(tzinfo=JAPAN)
        except ValueError:
            raise NotUnderstood(f"{name} is no day") from None


@dataclass(frozen=True, slots=True)
class Request:
    """A request: its SHORI, its id, the members asked about, and the fields of an instruction."""

    shori: str
    request_id: str
    questions: tuple[Question, ...]
    fields: Question


def parse(body: bytes) -> Request:
    """Reads a request. Raises NotUnderstood."""
    root = _root(body)
    shori, request_id = root.findtext("HEAD/SHORI", ""), root.findtext("HEAD/YOKYU_ID", "")
    content = root.find("BODY")
    if content is None or not (_SHORI.fullmatch(shori) and _REQUEST_ID.fullmatch(request_id)):
        raise NotUnderstood("SHORI, YOKYU_ID or BODY is missing or wrong")
    questions = tuple(_fields(each) for each in content.iterfind("KUMIAIIN"))
    return Request(shori, request_id, questions, _fields(content))


def _root(body: bytes) -> etree._Element:
    try:
        content = body.decode("cp932").partition("?>")[2].strip()
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except (UnicodeDecodeError, etree.XMLSyntaxError, ValueError) as error:
        raise NotUnderstood("no XML in Shift_JIS") from error


def _fields(element: etree._Element) -> Question:
    return Question((str(each.tag), (each.text or "").strip()) for each in element if not len(each))


def tag(name: str, content: bytes) -> bytes:
    """One element around content that is escaped already."""
    label = name.encode("ascii")
    return b"<%b>%b</%b>" % (label, content, label)


def tags(fields: Mapping[str, bytes]) -> bytes:
    """Elements one after the other."""
    return b"".join(tag(name, content) for name, content in fields.items())


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: HEAD of the request's SHORI and id, result and business day, and the BODY's elements."""

    shori: str
    request_id: str
    result: str
    business_day: date
    elements: Iterable[bytes] = ()
    reopens_at: datetime | None = None

    def encoded(self) -> bytes:
        """As it goes over the wire."""
        head = {
            "SHORI": text.escaped(text.encoded(self.shori)),
            "YOKYU_ID": text.escaped(text.encoded(self.request_id)),
            "KEKKA": self.result.encode(),
            "MSG": text.encoded(MESSAGES[self.result]),
            "EIGYOBI": text.day(self.business_day),
        }
        if self.reopens_at is not None:
            head["SAIKAI"] = text.time(self.reopens_at)
        return _DECLARATION + tag("DENBUN", tag("HEAD", tags(head)) + tag("BODY", b"".join(self.elements)))
