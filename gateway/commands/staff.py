"""`staff add|roles|close|unlock`: the accounts of the co-ops' staff."""

import asyncio
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from getpass import getpass

from gateway.accounts import Entrance
from gateway.accounts.staff import (
    NewStaff,
    StaffRefused,
    add_staff,
    change_roles,
    close_staff,
    unlock_staff,
)
from gateway.cannot_start import CannotStart
from gateway.clock import system_clock
from gateway.commands.process import settings_and_logs
from gateway.context import House
from gateway.viewer import StaffRole
from gateway.wiring import open_house

REFUSED = 1
"""Exit code when it cannot be done as it was asked for."""


def run(arguments: Sequence[str]) -> int:
    """Does one thing with one account, and says what it did."""
    options = _parser().parse_args(arguments)
    try:
        sys.stdout.write(asyncio.run(_done(options)))
    except StaffRefused as refused:
        sys.stderr.write(f"{refused}\n")
        return REFUSED
    return 0


async def _done(options: Namespace) -> str:
    async with open_house(settings_and_logs(), os.environ) as house:
        entrance = _entrance(house, options.coop)
        match options.action:
            case "add":
                return await _add(entrance, options)
            case "roles":
                account = await change_roles(entrance, options.login_id, options.roles)
                return f"{account.login_id} now has the roles {_listed(account.roles)}.\n"
            case "unlock":
                was_locked = await unlock_staff(entrance, options.login_id)
                return f"{options.login_id} {'is open again' if was_locked else 'was not locked'}.\n"
            case _:
                await close_staff(entrance, options.login_id)
                return f"{options.login_id} is closed, for good.\n"


def _entrance(house: House, coop: str) -> Entrance:
    if coop not in house.coops:
        raise CannotStart(f"There is no co-op {coop}. Known here: {', '.join(sorted(house.coops))}.")
    return house.entrance(coop, system_clock)


async def _add(entrance: Entrance, options: Namespace) -> str:
    new = NewStaff(options.login_id, options.name, options.email, options.roles, _password())
    added = await add_staff(entrance, new)
    return (
        f"{added.account.login_id} may sign in, with the roles {_listed(added.account.roles)}.\n"
        "Give this to the owner's authenticator app; it is not shown again:\n"
        f"{added.enrolment}\n"
    )


def _password() -> str:
    """Asked for at a terminal, else the first line of standard input; never an argument, which others could see."""
    return getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _listed(roles: frozenset[StaffRole]) -> str:
    return ", ".join(sorted(role.value for role in roles)) or "none"


def _roles(text: str) -> frozenset[StaffRole]:
    try:
        return frozenset(StaffRole(name) for name in text.split(",") if name)
    except ValueError:
        known = ", ".join(role.value for role in StaffRole)
        raise ArgumentTypeError(f"write some of {known}, with commas between") from None


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m gateway staff", description="The accounts of the co-ops' staff.")
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="open an account; the password is asked for, or read from stdin")
    roles = actions.add_parser("roles", help="replace the roles of an account")
    close = actions.add_parser("close", help="close an account, for good")
    unlock = actions.add_parser("unlock", help="open a locked account")
    for action in (add, roles, close, unlock):
        action.add_argument("--coop", required=True, help="the co-op's code")
        action.add_argument(
            "--login-id", required=action is not add, help="with `add` left out where one signs in by e-mail"
        )
    for action in (add, roles):
        action.add_argument("--roles", type=_roles, required=True, help="such as DESK,OFFICE")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--email", required=True, help="where codes and notices go")
    return parser
