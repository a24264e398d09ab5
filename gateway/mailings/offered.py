"""Which mailings a co-op has: by what it offers its members."""

from collections.abc import Mapping

from adapters.ports import MemberRegistry, PointOfSale
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.coop_terms import CoopFeature
from gateway.mailings.findings import Mailing
from gateway.mailings.graduation import Graduation
from gateway.mailings.leaving import Leaving
from gateway.mailings.low_balance import LowBalance
from gateway.mailings.notices import NoticeMailing
from gateway.mailings.ready_to_collect import ReadyToCollect
from gateway.store.records import MailKind


def mailings_of(
    coop: Coop, registry: MemberRegistry, pos: PointOfSale | None, clock: Clock
) -> Mapping[MailKind, Mailing]:
    """Notices everywhere; about money where there is Pico, about statements where there are any."""
    offered: list[Mailing] = [NoticeMailing(registry)]
    if coop.pico is not None and pos is not None:
        closed_days = coop.calendar.extra_closed_days
        offered += [
            LowBalance(registry, pos),
            ReadyToCollect(registry, pos, coop.pico, closed_days, clock),
            Graduation(registry, pos, coop.pico, clock),
        ]
    if CoopFeature.STATEMENTS in coop.features:
        offered.append(Leaving(registry))
    return {mailing.kind: mailing for mailing in offered}
