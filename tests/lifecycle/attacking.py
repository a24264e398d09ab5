"""What an attacker's script is made of: many tries at once, patience, and a good clock."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from tests.lifecycle.operations import MUTATIONS
from tests.lifecycle.portal import Payload, Portal, Visitor

TELLING_RATIO, TELLING_SECONDS = 2.0, 0.005
"""Medians of interleaved samples differ by less on a busy machine; a check of a password left out is more."""

FIGURES: list[str] = []
"""What the attacks measured, for the summary of the test run and docs/security.md."""

WRONG, BLOCKED = "INVALID_CREDENTIALS", "TOO_MANY_ATTEMPTS"
FREE_TRIES = 3


def note(what: str, figure: str) -> None:
    """Keeps a figure for the summary."""
    FIGURES.append(f"{what}: {figure}")


def codes(payloads: Iterable[Payload]) -> Counter[str]:
    """How often each outcome came; what worked counts as OK."""
    return Counter(payload["errors"][0]["code"] if payload["errors"] else "OK" for payload in payloads)


async def at_once(tries: Iterable[Awaitable[Payload]]) -> Counter[str]:
    """Everything in parallel."""
    return codes(await asyncio.gather(*tries))


def aliased(mutation: str, inputs: Iterable[str]) -> str:
    """One operation with many tries in it."""
    fields = "\n".join(
        f"t{number}: {mutation}(input: {given}) {{ errors {{ code }} }}"
        for number, given in enumerate(inputs)
    )
    return f"mutation {{ {fields} }}"


async def patient(portal: Portal, guess: Callable[[int], Awaitable[Payload]], until: datetime) -> int:
    """Tries again and again, each time as soon as the answer says one may; how many tries were looked at.

    Ends at a time of the portal's clock, or when waiting does not help any more.
    """
    looked_at = 0
    while portal.clock() < until:
        errors = (await guess(looked_at))["errors"]
        if not errors or errors[0]["code"] != "TOO_MANY_ATTEMPTS":
            looked_at += 1
            continue
        retry_at = errors[0]["retryAt"]
        if retry_at is None:
            return looked_at
        portal.clock.now = datetime.fromisoformat(retry_at)
    return looked_at


async def timed(rounds: int, probes: Mapping[str, Callable[[int], Awaitable[Any]]]) -> dict[str, list[float]]:
    """Seconds of every probe, their samples interleaved in random order so that load befalls all alike."""
    samples: dict[str, list[float]] = {name: [] for name in probes}
    order = list(probes)
    for number in range(rounds + 1):
        random.shuffle(order)
        for name in order:
            began = time.perf_counter()
            await probes[name](number)
            if number > 0:  # the first round warms everything up
                samples[name].append(time.perf_counter() - began)
    return samples


def tells(what: str, samples: Mapping[str, list[float]]) -> bool:
    """Whether the probes' medians differ enough for an observer to tell them apart; the figures are kept."""
    medians = {name: median(each) for name, each in samples.items()}
    for name, each in samples.items():
        low, _, high = quantiles(each, n=4)
        quartiles = f"quartiles {low * 1000:.1f}-{high * 1000:.1f}, {len(each)} samples"
        note(f"time of {what}, {name}", f"median {medians[name] * 1000:.1f} ms ({quartiles})")
    slowest, quickest = max(medians.values()), min(medians.values())
    note(f"time of {what}", f"largest ratio of medians {slowest / quickest:.2f}")
    return slowest / quickest >= TELLING_RATIO and slowest - quickest >= TELLING_SECONDS


def shown(response: Any) -> tuple[int, dict[str, str], bytes]:
    """All that an observer sees of a response."""
    return response.status_code, dict(response.headers), response.content


async def guess(visitor: Visitor, coop: str, identifier: str, password: str) -> Payload:
    """One try to sign in."""
    return await visitor.does(
        "signIn", coop=coop, identifier=identifier, password=password, transport="TOKEN"
    )


def elsewhere(number: int) -> str:
    """One of many addresses that are not the victim's."""
    return f"198.51.{number // 250}.{number % 250 + 1}"


async def posted(visitor: Visitor, mutation: str, **given: Any) -> Any:
    """The bare response to a mutation."""
    return await visitor.post(MUTATIONS[mutation], input=given)
