"""提示用コード: what the staff's device makes of what a phone shows."""

from datetime import timedelta

import pytest

from adapters.records import MemberNumber
from gateway.card_signature import CardSigner, PresentationFault
from tests.running import NOW, SIGNING_KEY

SAPPORO = MemberNumber("10000001")
SIGNER = CardSigner(SIGNING_KEY)
CODE = SIGNER.present("hokkaido", SAPPORO, NOW).code
A_MINUTE = timedelta(seconds=60)
A_MOMENT = timedelta(milliseconds=1)


@pytest.mark.parametrize("after", [timedelta(0), A_MINUTE - A_MOMENT])
def test_a_code_shows_whose_card_it_is_for_a_minute(after: timedelta) -> None:
    """E13: however it was read from the screen."""
    assert SIGNER.verify(CODE, "hokkaido", NOW + after) == SAPPORO
    assert SIGNER.verify(f" {CODE}\n", "hokkaido", NOW + after) == SAPPORO


def test_a_code_kept_longer_is_worth_nothing() -> None:
    assert SIGNER.verify(CODE, "hokkaido", NOW + A_MINUTE) is PresentationFault.EXPIRED


def test_another_co_ops_staff_are_shown_nothing() -> None:
    assert SIGNER.verify(CODE, "hirosaki", NOW) is PresentationFault.OF_ANOTHER_COOP


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        ".",
        "10000001",
        CODE[:-1],
        f"x{CODE}",
        CODE.swapcase(),
        "組合員証",
        "\x00",
        CardSigner("another key of thirty-two letters or more").present("hokkaido", SAPPORO, NOW).code,
    ],
)
def test_what_this_gateway_has_not_signed_is_no_card(made_up: str) -> None:
    assert SIGNER.verify(made_up, "hokkaido", NOW) is PresentationFault.NOT_SIGNED
