"""Every kind of read that portals and staff pages make, as HTTP requests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.paging import write_cursor
from gateway.schema.nodes import write_global_id
from tests.bench.scale.people import Asker, People
from tests.bench.scale.store_filling import request_id_of
from tests.bench.workloads import HISTORY, HOME, SIGN_IN, Workload

PASSWORD = "bench-coop-2026"
STAFF = {"hirosaki": "hirosaki-staff-1", "hokkaido": "hokkaido-staff-1"}
"""Their tokens."""


@dataclass(frozen=True, slots=True, eq=False)
class Document(Workload):
    """An operation of this module's own."""

    document: str = ""

    @property
    def query(self) -> str:
        """The document."""
        return self.document


@dataclass(frozen=True, slots=True)
class Read:
    """One kind of read: what it is called, and its requests by the people who ask."""

    title: str
    requests: Callable[[People], Sequence[bytes]]


def _document(query: str) -> Document:
    return Document("scale", "", 0, {}, query)


def _of_members(title: str, workload: Workload) -> Read:
    return Read(title, lambda people: [workload.request(one.token) for one in people.hirosaki])


def _of_staff(
    title: str,
    query: str,
    variables: Callable[[Asker], Mapping[str, Any]] = lambda _: {},
    coop: str = "hirosaki",
) -> Read:
    document = _document(query)
    return Read(
        title,
        lambda people: [document.request(STAFF[coop], **variables(one)) for one in people.hirosaki],
    )


def _search(title: str, search: Callable[[Asker], Mapping[str, str]], first: int = 50) -> Read:
    return _of_staff(title, MEMBERS, lambda one: {"search": search(one), "first": first})


def _sign_ins(people: People) -> Sequence[bytes]:
    return [
        SIGN_IN.request(None, coop="hirosaki", identifier=one.login, password=PASSWORD)
        for one in people.hirosaki
    ]


def _of_hokkaido(people: People) -> Sequence[bytes]:
    document = _document(STATEMENTS)
    return [document.request(one.token) for one in people.hokkaido]


def _nodes(people: People) -> Sequence[bytes]:
    document = _document(NODES)
    ids = [
        [
            write_global_id("Member", "hirosaki", one.number),
            write_global_id("ChangeRequest", "hirosaki", one.number, str(request_id_of(place))),
        ]
        for place, one in enumerate(people.hirosaki, start=1)
    ]
    return [document.request(STAFF["hirosaki"], ids=each) for each in ids]


MEMBERS = """
query ($search: MemberSearch, $first: Int = 50, $after: String) {
  members(search: $search, first: $first, after: $after) {
    edges { node { id numberDisplay status kind joinedOn profile { name kana } } }
    pageInfo { hasNextPage endCursor }
  }
}"""
STATEMENTS = """
query { viewer { member { statements(first: 12) {
  edges { node { month closedOn dueOn total lines { usedOn description amount } } } pageInfo { hasNextPage } } } } }"""
NOTICES = """
query { viewer { member { notices(first: 20) {
  edges { node { id audience title publishedAt readAt } } pageInfo { hasNextPage } } } } }"""
OWN_LOG = """
query { viewer { account { id sessions { id createdAt } accessLog(first: 20) {
  edges { node { at action outcome what } } pageInfo { hasNextPage } } } } }"""
OWN_REQUESTS = """
query { viewer { member {
  changeRequests(first: 20) { edges { node { id kind state requestedAt settledAt } } pageInfo { hasNextPage } }
  inquiries(first: 20) { edges { node { id topic state sentAt } } pageInfo { hasNextPage } } } } }"""
ACCESS_LOG = """
query ($search: AccessLogSearch) { accessLog(search: $search, first: 50) {
  edges { node { at action outcome memberNumber what account { loginId } } } pageInfo { hasNextPage endCursor } } }"""
CHANGE_REQUESTS = """
query ($state: ChangeRequestState) { changeRequests(state: $state, first: 50) {
  edges { node { id memberNumber kind state requestedAt } } pageInfo { hasNextPage } } }"""
INQUIRIES = """
query ($state: InquiryState) { inquiries(state: $state, first: 50) {
  edges { node { id memberNumber topic state sentAt } } pageInfo { hasNextPage } } }"""
MAIL = """
query ($state: MailState) { mailDispatches(state: $state, first: 50) {
  edges { node { id kind recipient state queuedAt } } pageInfo { hasNextPage } } }"""
PUBLISHED = """
query { publishedNotices(first: 20) { edges { node { id title publishedAt } } pageInfo { hasNextPage } } }"""
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

READS = (
    _of_members("home screen", HOME),
    _of_members("history page", HISTORY),
    Read("statements, 12 months", _of_hokkaido),
    _of_members("notices", _document(NOTICES)),
    _of_members("own access log and sessions", _document(OWN_LOG)),
    _of_members("own change requests and inquiries", _document(OWN_REQUESTS)),
    Read("sign-in", _sign_ins),
    Read("nodes by their ids", _nodes),
    _of_staff("members, a page of 50", MEMBERS, lambda one: {"after": write_cursor(one.number)}),
    _search("search by number", lambda one: {"number": one.number[:-1]}),
    _search("search by whole name", lambda one: {"nameKana": one.kana}),
    _search("the same, for one member only", lambda one: {"nameKana": one.kana}, first=1),
    _search("search by family name", lambda one: {"nameKana": one.family_kana}),
    _search("search by phone", lambda one: {"phone": one.phone}),
    _search("search by e-mail", lambda one: {"email": one.email or "nobody@example.jp"}),
    _search("search by card", lambda one: {"cardNumber": _card(one.number)}),
    _of_staff("access log", ACCESS_LOG),
    _of_staff("access log of a member", ACCESS_LOG, lambda one: {"search": {"memberNumber": one.number}}),
    _of_staff("access log, refused", ACCESS_LOG, lambda _: {"search": {"outcome": "REFUSED"}}),
    _of_staff("change requests", CHANGE_REQUESTS),
    _of_staff("change requests that need attention", CHANGE_REQUESTS, lambda _: {"state": "NEEDS_ATTENTION"}),
    _of_staff("inquiries not answered", INQUIRIES, lambda _: {"state": "OPEN"}),
    _of_staff("mail that was not delivered", MAIL, lambda _: {"state": "UNDELIVERABLE"}),
    _of_staff("published notices", PUBLISHED),
)
"""Those of a co-op's staff ask Hirosaki's lists, which are as long at every size; the tables they stand in are not."""


def _card(number: str) -> str:
    digits = f"{number}00"
    return f"{digits}{int(digits) % 97:02d}"
