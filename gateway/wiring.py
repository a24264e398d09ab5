"""The composition root: which adapters there are, and how a process is put together. Nobody else imports them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

from pydantic import SecretStr

from adapters import mail_relay, mail_smtp, pos_web, registry_sql
from adapters.ports import Mailer, MemberRegistry, NoticeBoard, PointOfSale
from adapters.upstream import Policy
from gateway.accounts import Passwords, ThrottleLimits, Vault
from gateway.cannot_start import CannotStart
from gateway.card_signature import CardSigner
from gateway.context import House
from gateway.coop import Coop
from gateway.coop_config.reading import load_coops
from gateway.coop_config.systems import (
    AdapterKeys,
    Adapters,
    Environment,
    SystemConfig,
    start_up_problems,
)
from gateway.outage import LegacySystem, system_name
from gateway.settings import Settings
from gateway.store import Store
from gateway.store.migrate import check_migrated
from gateway.store.records import SessionLimits
from gateway.systems import Systems


def _policy(system: SystemConfig) -> Policy:
    return Policy(**system.limits.model_dump())


def _secret(value: SecretStr | None) -> str:
    return "" if value is None else value.get_secret_value()


def registry_by_sql(name: str, system: SystemConfig, environment: Environment) -> MemberRegistry:
    """A registry in any SQL database."""
    config = registry_sql.RegistrySqlConfig(url=system.url_in(environment), policy=_policy(system))
    return registry_sql.connect(name, config)


def pos_by_web(name: str, system: SystemConfig, environment: Environment) -> PointOfSale:
    """A POS back office over HTTP."""
    config = pos_web.PosWebConfig(
        url=system.url_in(environment),
        terminal=system.terminal or "",
        key=_secret(system.key_in(environment)),
        policy=_policy(system),
    )
    return pos_web.connect(name, config)


def notices_by_relay(name: str, system: SystemConfig, environment: Environment) -> NoticeBoard:
    """The notice side of the co-op's mail system."""
    return mail_relay.connect(name, _relay(system, environment))


def mailer_by_relay(name: str, system: SystemConfig, environment: Environment) -> Mailer:
    """The mail side of the co-op's mail system."""
    return mail_relay.connect(name, _relay(system, environment))


def _relay(system: SystemConfig, environment: Environment) -> mail_relay.MailRelayConfig:
    return mail_relay.MailRelayConfig(
        url=system.url_in(environment), key=_secret(system.key_in(environment)), policy=_policy(system)
    )


def mailer_by_smtp(name: str, system: SystemConfig, environment: Environment) -> Mailer:
    """A plain SMTP server, at `smtp://`, `smtp+starttls://` or `smtps://`."""
    config = mail_smtp.MailSmtpConfig(
        url=system.url_in(environment),
        policy=_policy(system),
        username=_secret(system.username_in(environment)) or None,
        password=_secret(system.password_in(environment)) or None,
    )
    return mail_smtp.connect(name, config)


REGISTRIES = {"registry_sql": registry_by_sql}
POINTS_OF_SALE = {"pos_web": pos_by_web}
NOTICE_BOARDS = {"mail_relay": notices_by_relay}
MAILERS = {"mail_relay": mailer_by_relay, "mail_smtp": mailer_by_smtp}

ADAPTERS: Adapters = {
    "registry": {"registry_sql": AdapterKeys()},
    "pos": {"pos_web": AdapterKeys(needed=("key_env", "terminal"))},
    "notices": {"mail_relay": AdapterKeys(needed=("key_env",))},
    "mailer": {
        "mail_relay": AdapterKeys(needed=("key_env",)),
        "mail_smtp": AdapterKeys(optional=("username_env", "password_env")),
    },
}
"""What a co-op's file may choose, and which keys each adapter reads there."""


def connect_systems(coop: Coop, environment: Environment) -> Systems:
    """A co-op's systems. They are first asked when somebody wants something, so none needs to be up."""
    systems = coop.systems
    return Systems(
        registry=_connected(REGISTRIES, coop, LegacySystem.REGISTRY, systems.registry, environment),
        pos=None
        if systems.pos is None
        else _connected(POINTS_OF_SALE, coop, LegacySystem.POS, systems.pos, environment),
        notices=_connected(NOTICE_BOARDS, coop, LegacySystem.NOTICES, systems.notices, environment),
        mailer=_connected(MAILERS, coop, LegacySystem.MAILER, systems.mailer, environment),
    )


Connect = Callable[[Coop, Environment], Systems]
"""How a process comes to a co-op's systems: `connect_systems`, or what a measurement puts in its place."""

PortT = TypeVar("PortT")
Factory = Callable[[str, SystemConfig, Environment], PortT]


def _connected(
    factories: Mapping[str, Factory[PortT]],
    coop: Coop,
    system: LegacySystem,
    config: SystemConfig,
    environment: Environment,
) -> PortT:
    return factories[config.adapter](system_name(coop.code, system), config, environment)


def read_coops(settings: Settings, environment: Environment) -> dict[str, Coop]:
    """Every co-op; raises `CoopFileErrors` for a wrong file, `CannotStart` for what the environment lacks."""
    coops = load_coops(settings.coops_dir, ADAPTERS)
    problems = start_up_problems(coops.values(), environment, settings.deadline_seconds)
    if problems:
        raise CannotStart("\n".join(problems))
    return coops


@asynccontextmanager
async def open_house(
    settings: Settings, environment: Environment, connect: Connect = connect_systems
) -> AsyncIterator[House]:
    """Everything a process needs, let go of at the end. Raises `NotMigrated` before the database is up to date."""
    coops = read_coops(settings, environment)
    store = Store.open(settings.database_url.get_secret_value())
    passwords = Passwords(threads=settings.password_threads)
    systems = {code: connect(coop, environment) for code, coop in coops.items()}
    try:
        await check_migrated(store.engine)
        yield House(
            coops=coops,
            systems=systems,
            store=store,
            passwords=passwords,
            session_limits=SessionLimits(
                idle=timedelta(minutes=settings.session_idle_minutes),
                absolute=timedelta(hours=settings.session_absolute_hours),
            ),
            card_signer=CardSigner(*settings.signing_keys),
            vault=Vault(*settings.signing_keys),
            throttle_limits=ThrottleLimits(),
        )
    finally:
        for connected in systems.values():
            await connected.close()
        passwords.close()
        await store.close()
