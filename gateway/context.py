"""What a resolver may use: who asks, where their data is, and what time it is. One per request, frozen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from adapters.records import MemberNumber
from gateway.accounts import Entrance, Passwords, ThrottleLimits, Vault, viewer_of
from gateway.card_signature import CardSigner
from gateway.client_device import ClientDevice
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.errors import Forbidden, Unauthenticated
from gateway.loaders import Loaders
from gateway.outage import LegacySystem
from gateway.permissions import may_view, may_view_all
from gateway.store import CoopStore, Store
from gateway.store.records import AccessOutcome, Origin, PersonalDataView, SessionLimits
from gateway.systems import Systems
from gateway.viewer import Anonymous, SessionHolder, Viewer


class Section(StrEnum):
    """The parts of a member's data, as the access log names them."""

    MEMBER = "MEMBER"
    PROFILE = "PROFILE"
    SHARE_CAPITAL = "SHARE_CAPITAL"
    CARDS = "CARDS"
    GUARDIAN = "GUARDIAN"
    PICO = "PICO"
    TRANSACTIONS = "TRANSACTIONS"
    MEAL_CARD = "MEAL_CARD"
    STATEMENTS = "STATEMENTS"
    DIGITAL_CARD = "DIGITAL_CARD"
    NOTICES = "NOTICES"
    REQUESTS = "REQUESTS"


@dataclass(frozen=True, slots=True)
class Place:
    """The co-op the viewer belongs to: its rules, its systems, its part of the store, this request's loaders."""

    coop: Coop
    systems: Systems
    store: CoopStore
    load: Loaders


Seen = dict[Section, dict[MemberNumber, None]]
"""Whose data was looked at, by section, in the order in which it was."""


class Visit(NamedTuple):
    """What one viewer has looked at, and has tried to look at."""

    viewer: SessionHolder
    allowed: Seen
    refused: Seen

    def views(self) -> list[PersonalDataView]:
        """The same by member, as the access log takes it."""
        return [*_views(self.allowed, AccessOutcome.ALLOWED), *_views(self.refused, AccessOutcome.REFUSED)]


def _views(seen: Seen, outcome: AccessOutcome) -> list[PersonalDataView]:
    names: dict[MemberNumber, list[str]] = {}
    for section in sorted(seen):
        name = section.value
        for number in seen[section]:
            names.setdefault(number, []).append(name)
    return [PersonalDataView(number, tuple(what), outcome) for number, what in names.items()]


@dataclass(slots=True)
class Trail:
    """What this request has seen: for the access log, and for saying which values are last known ones."""

    last_known: set[LegacySystem] = field(default_factory=set)
    not_permitted: dict[SessionHolder, set[str]] = field(default_factory=dict)
    """Root fields that were asked for and are not for the viewer's role."""
    visits: list[Visit] = field(default_factory=list)
    """One for each who has asked: a request may change hands."""

    def note(
        self, viewer: SessionHolder, numbers: Iterable[MemberNumber], section: Section, outcome: AccessOutcome
    ) -> None:
        """The viewer has looked at this section of these members, or has tried to."""
        visits = self.visits
        if not visits or visits[-1].viewer is not viewer:
            visits.append(Visit(viewer, {}, {}))
        visit = visits[-1]
        seen = visit.allowed if outcome is AccessOutcome.ALLOWED else visit.refused
        seen.setdefault(section, {}).update(dict.fromkeys(numbers))


@dataclass(frozen=True, slots=True)
class House:
    """What the process holds for all requests: every co-op, its systems, the store."""

    coops: Mapping[str, Coop]
    systems: Mapping[str, Systems]
    store: Store
    passwords: Passwords
    session_limits: SessionLimits
    card_signer: CardSigner
    vault: Vault
    throttle_limits: ThrottleLimits

    def entrance(self, coop_code: str, clock: Clock) -> Entrance:
        """What letting people in to one co-op works with; raises `KeyError` for an unknown one."""
        return Entrance(
            coop=self.coops[coop_code],
            store=self.store.of(coop_code),
            registry=self.systems[coop_code].registry,
            passwords=self.passwords,
            vault=self.vault,
            session_limits=self.session_limits,
            throttle_limits=self.throttle_limits,
            clock=clock,
        )

    async def viewer_of(self, token: str | None, clock: Clock) -> Viewer:
        """Who a session token stands for; nobody when their co-op is not served here any more."""
        viewer = await viewer_of(self.store, token, clock)
        if isinstance(viewer, Anonymous) or viewer.coop_code not in self.coops:
            return Anonymous()
        return viewer

    def place_of(self, viewer: Viewer, now: datetime, trail: Trail) -> Place | None:
        """Where a viewer is at home, with fresh loaders."""
        if isinstance(viewer, Anonymous):
            return None
        systems = self.systems[viewer.coop_code]
        store = self.store.of(viewer.coop_code)
        loaders = Loaders(systems, store, now, trail.last_known)
        return Place(self.coops[viewer.coop_code], systems, store, loaders)


@dataclass(slots=True)
class Presence:
    """Who is here, and their session token on its way in and out. Signing in and out change it.

    `place` is None exactly when nobody is signed in. `received` came with the request; `cookie` goes out with the
    answer: None for no change, "" to take the cookie away. `mark` and `new_mark` travel likewise, and mark the device
    as one that somebody has signed in on (`gateway.accounts.known_devices`).
    """

    viewer: Viewer
    place: Place | None
    received: str | None = None
    cookie: str | None = None
    mark: str | None = None
    new_mark: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Passed to every resolver."""

    house: House
    presence: Presence
    clock: Clock
    origin: Origin
    trail: Trail
    device: ClientDevice = ClientDevice.PC

    @property
    def viewer(self) -> Viewer:
        """Who is asking."""
        return self.presence.viewer

    def become(self, viewer: Viewer) -> None:
        """From now on this request is the viewer's: they have just signed in, or out."""
        self.presence.viewer = viewer
        self.forget_loaded()

    def forget_loaded(self) -> None:
        """What was loaded so far is not kept; whoever reads much reads it in parts."""
        self.presence.place = self.house.place_of(self.viewer, self.clock(), self.trail)

    @property
    def today(self) -> date:
        """Today, in Japan."""
        return self.clock().date()

    def at_home(self) -> Place:
        """The viewer's co-op; raises `Unauthenticated` when nobody is signed in."""
        if self.presence.place is None:
            raise Unauthenticated
        return self.presence.place

    def enter(self, number: MemberNumber, section: Section) -> Place:
        """Where a member's data is, once the viewer may see it; the access log will name the section.

        Every edge to personal data comes through here or `enter_all`, whichever way the member was reached.
        """
        return self.enter_all((number,), section)

    def enter_all(self, numbers: Sequence[MemberNumber], section: Section) -> Place:
        """The same for several members; raises when the viewer may not see one of them."""
        place, viewer = self.at_home(), self.presence.viewer
        if not may_view_all(viewer, place.coop.code, numbers):
            refused = next(number for number in numbers if not may_view(viewer, place.coop.code, number))
            raise self.refusal(refused, section)
        self._note(numbers, section, AccessOutcome.ALLOWED)
        return place

    def refusal(self, number: MemberNumber, section: Section) -> Forbidden:
        """What to raise for a member the viewer may not see; the access log will hold that they tried."""
        self._note((number,), section, AccessOutcome.REFUSED)
        return Forbidden()

    def note_not_permitted(self, field_name: str) -> None:
        """The access log will hold that the viewer asked for a root field that is not for their role."""
        if not isinstance(self.viewer, Anonymous):
            self.trail.not_permitted.setdefault(self.viewer, set()).add(field_name)

    def _note(self, numbers: Sequence[MemberNumber], section: Section, outcome: AccessOutcome) -> None:
        viewer = self.presence.viewer
        if not isinstance(viewer, Anonymous):
            self.trail.note(viewer, numbers, section, outcome)
