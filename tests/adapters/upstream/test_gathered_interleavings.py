"""Whatever comes in whatever order: no key is lost, none asked for twice in a call, no answer shifted."""

import asyncio
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.errors import AdapterError, TimedOut, Unavailable
from adapters.upstream import Upstream, deadline
from adapters.upstream.gathered import Gathered
from adapters.upstream.waiting import Gathering
from tests.adapters.upstream.simulated import SYSTEM, Arrived, HandSteered, answer_for, policy
from tests.adapters.upstream.virtual_time import in_virtual_time, until_idle

BATCH_LIMIT = 3
PAUSE = 0.7
"""Between departures, in half of the plays."""
DOWN = Unavailable(SYSTEM, "no connection")
keys = st.integers(min_value=0, max_value=7)


@dataclass(frozen=True)
class Ask:
    """A request comes in; `patience` is its deadline in seconds."""

    keys: list[int]
    patience: float | None


@dataclass(frozen=True)
class Leave:
    """A request is cancelled."""

    which: int


@dataclass(frozen=True)
class End:
    """A call ends: with every answer, with some left out, or with an error."""

    which: int
    without: list[int]
    error: AdapterError | None


@dataclass(frozen=True)
class Wait:
    """Time passes."""

    seconds: float


Step = Ask | Leave | End | Wait
which = st.integers(min_value=0, max_value=20)
steps: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(
        st.builds(Ask, st.lists(keys, max_size=5), st.sampled_from([None, 1.0, 3.0])),
        st.builds(Leave, which),
        st.builds(End, which, st.lists(keys, max_size=2), st.sampled_from([None, None, DOWN])),
        st.builds(Wait, st.sampled_from([0.5, 2.0])),
    ),
    max_size=30,
)


@dataclass
class Play:
    """The system, its endpoint, and every request so far."""

    system: HandSteered
    ask: Gathered[int, str]
    requests: list[tuple[Ask, "asyncio.Task[Gathering[int, str]]"]] = field(default_factory=list)

    async def perform(self, step: Step) -> None:
        """Do one step and let its consequences happen."""
        match step:
            case Ask():
                self.requests.append((step, asyncio.create_task(self._request(step))))
            case Leave(which) if self.requests:
                self.requests[which % len(self.requests)][1].cancel()
            case End(which, without, error) if open_calls := self._open_calls():
                call = open_calls[which % len(open_calls)]
                if error is None:
                    call.succeed(without=without)
                else:
                    call.fail(error)
            case Wait(seconds):
                await asyncio.sleep(seconds)
            case _:
                pass
        await until_idle()
        assert len(self._open_calls()) <= 2

    async def finish(self) -> None:
        """Answer whatever is still under way, or leaves after a pause, until nobody waits."""
        while await self._ended_calls() or not self._nobody_waits():
            await asyncio.sleep(PAUSE)
            await until_idle()
            assert self._open_calls() or self._nobody_waits(), "a request waits although no call is under way"

    async def _ended_calls(self) -> bool:
        """Answer all that is under way, if anything is."""
        ended = False
        while open_calls := self._open_calls():
            open_calls[0].succeed()
            await until_idle()
            ended = True
        return ended

    def _nobody_waits(self) -> bool:
        return all(task.done() for _, task in self.requests)

    def _open_calls(self) -> list[Arrived]:
        return [call for call in self.system.calls if not call.answer.done()]

    async def _request(self, ask: Ask) -> Gathering[int, str]:
        if ask.patience is None:
            return await self.ask(ask.keys)
        with deadline(ask.patience):
            return await self.ask(ask.keys)


@settings(max_examples=300, deadline=None)
@given(steps, st.sampled_from([0.0, PAUSE]))
@in_virtual_time
async def test_no_interleaving_loses_duplicates_or_shifts_a_key(
    play_steps: list[Step], gather_seconds: float
) -> None:
    system = HandSteered()
    limits = policy(
        batch_limit=BATCH_LIMIT,
        max_batch_calls=2,
        gather_seconds=gather_seconds,
        max_waiting=100,
        breaker_failures=10_000,
    )
    play = Play(system, Gathered(Upstream(SYSTEM, limits), system.fetch))
    for step in play_steps:
        await play.perform(step)
    await play.finish()

    for call in system.calls:
        assert 1 <= len(call.keys) <= BATCH_LIMIT
        assert len(set(call.keys)) == len(call.keys)
    for ask, request in play.requests:
        if not request.cancelled():
            check(ask, request.result(), system)


def check(ask: Ask, gathering: Gathering[int, str], system: HandSteered) -> None:
    """Every answer is its key's own, and every missing one has its reason."""
    answers, failure = gathering
    missing = set(ask.keys) - set(answers)
    assert set(answers) <= set(ask.keys)
    assert all(answer == answer_for(key) for key, answer in answers.items())
    match failure:
        case None:
            assert missing <= {key for call in system.calls for key in call.left_out}
        case TimedOut():
            assert missing
        case _:
            assert failure is DOWN
            assert missing & {key for call in system.calls if failed(call) for key in call.keys}


def failed(call: Arrived) -> bool:
    """Whether a call ended with an error."""
    return not call.answer.cancelled() and call.answer.exception() is not None
