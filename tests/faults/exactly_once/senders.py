"""People at their devices: they ask, lose the connection, and ask again with the same key until they are answered."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

import aiohttp

from gateway.schema.nodes import identity_in
from tests.faults.exactly_once.intentions import STORE, Intention, Intentions, Want
from tests.faults.exactly_once.people import COOP, Tokens
from tests.faults.exactly_once.progress import Progress
from tests.faults.exactly_once.slots import Slot

ANSWERED = "errors { code } changeRequest { id }"
OPERATIONS: Mapping[Want, str] = {
    Want.TRANSFER: "mutation ($points: Int!, $key: IdempotencyKey!) {"
    f" outcome: requestWebPointTransfer(input: {{points: $points, idempotencyKey: $key}}) {{ {ANSWERED} }} }}",
    Want.SUSPENSION: "mutation ($key: IdempotencyKey!) {"
    f" outcome: suspendPico(input: {{idempotencyKey: $key}}) {{ {ANSWERED} }} }}",
    Want.RESUMPTION: "mutation ($number: MemberNumber!, $store: String!, $key: IdempotencyKey!) {"
    " outcome: resumePico(input: {memberNumber: $number, storeCode: $store, idempotencyKey: $key})"
    f" {{ {ANSWERED} }} }}",
}
AT_ONCE = 16
"""People who are asking at the same time."""
WAITS_FOR = 15.0
"""Seconds until somebody takes a device for dead."""
CONNECTION_LOST = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was asked for, and what came of it: the request it became, or the code of the refusal."""

    intention: Intention
    request_id: UUID | None
    refused: str | None


@dataclass(slots=True)
class Senders:
    """Everybody, at whichever gateway."""

    gateways: Sequence[Slot]
    tokens: Tokens
    progress: Progress
    http: aiohttp.ClientSession
    rng: Random
    sent: list[Sent] = field(default_factory=list)
    resends: int = 0
    hung_up: int = 0
    contradictions: list[str] = field(default_factory=list)

    async def send_all(self, intentions: Intentions) -> None:
        """Each person's one after another, many people at once."""
        free = asyncio.Semaphore(AT_ONCE)

        async def send_each_of(persons: Sequence[Intention]) -> None:
            for intention in persons:
                async with free:
                    await self._send(intention)

        async with asyncio.TaskGroup() as everybody:
            for persons in intentions.values():
                everybody.create_task(send_each_of(persons))

    def accepted(self) -> int:
        """How many requests were taken on."""
        return sum(each.request_id is not None for each in self.sent)

    async def _send(self, intention: Intention) -> None:
        """Until there is an answer; now and then from two devices at once, and once more for good measure."""
        devices = 2 if self.rng.random() < 0.1 else 1
        answers = await asyncio.gather(*(self._answer(intention) for _ in range(devices)))
        if self.rng.random() < 0.1:
            answers.append(await self._answer(intention))
        if len(set(answers)) > 1:
            self.contradictions.append(f"{intention} was answered {answers}")
        self.sent.append(answers[0])
        self.resends += len(answers) - 1
        self.progress.note()

    async def _answer(self, intention: Intention) -> Sent:
        while True:
            patience = self.rng.uniform(0.002, 0.1) if self.rng.random() < 0.15 else WAITS_FOR
            answer = await self._ask(intention, await self._some_gateway(), patience)
            if answer is not None:
                return answer
            self.resends += 1

    async def _ask(self, intention: Intention, gateway: Slot, patience: float) -> Sent | None:
        """None when there was no answer, or one that says to try again."""
        try:
            async with asyncio.timeout(patience), self._posted(intention, gateway) as response:
                answer = await response.json(content_type=None)
        except TimeoutError:
            self.hung_up += 1
            return None
        except CONNECTION_LOST:
            return None
        return _read(intention, answer)

    def _posted(
        self, intention: Intention, gateway: Slot
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        return self.http.post(
            f"{gateway.url}/graphql", json=self._body(intention), headers=self._headers(intention)
        )

    async def _some_gateway(self) -> Slot:
        """One of those that are up, as a load balancer would choose; waits while there is none."""
        while True:
            up = [gateway for gateway in self.gateways if gateway.up.is_set()]
            if up:
                return self.rng.choice(up)
            waiting = [asyncio.create_task(gateway.up.wait()) for gateway in self.gateways]
            await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in waiting:
                task.cancel()

    def _headers(self, intention: Intention) -> dict[str, str]:
        is_staffs = intention.want is Want.RESUMPTION
        token = self.tokens.staff if is_staffs else self.tokens.members[intention.number]
        return {"Authorization": f"Bearer {token}"}

    @staticmethod
    def _body(intention: Intention) -> dict[str, Any]:
        variables: dict[str, Any] = {"key": str(intention.key)}
        if intention.want is Want.TRANSFER:
            variables["points"] = intention.points
        if intention.want is Want.RESUMPTION:
            variables |= {"number": intention.number, "store": STORE}
        return {"query": OPERATIONS[intention.want], "variables": variables}


def _read(intention: Intention, answer: Mapping[str, Any]) -> Sent | None:
    outcome = (answer.get("data") or {}).get("outcome")
    if outcome is None:
        return None
    if outcome["errors"]:
        return Sent(intention, None, outcome["errors"][0]["code"])
    request_id = identity_in(outcome["changeRequest"]["id"], "ChangeRequest", COOP)
    assert request_id is not None, outcome
    return Sent(intention, request_id, None)
