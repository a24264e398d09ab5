"""Where the systems are, and how the secrets get in."""

from pydantic import SecretStr

from gateway.coop_config.systems import start_up_problems
from tests.config.coops import load

COOPS = load()
POS = COOPS["hirosaki"].systems.pos
SECRETS = {"HIROSAKI_POS_KEY": "k1", "HIROSAKI_MAIL_KEY": "k2", "HOKKAIDO_MAIL_KEY": "k3"}


def test_an_address_stands_unless_the_environment_gives_another() -> None:
    assert POS is not None
    assert POS.url_in({}) == "http://127.0.0.1:8101"
    assert POS.url_in({"HIROSAKI_POS_URL": ""}) == "http://127.0.0.1:8101"
    assert POS.url_in({"HIROSAKI_POS_URL": "https://pos.example"}) == "https://pos.example"


def test_a_secret_comes_from_the_environment_only_and_does_not_show() -> None:
    assert POS is not None
    key = POS.key_in(SECRETS)
    assert key == SecretStr("k1")
    assert "k1" not in repr(key)
    assert POS.username_in(SECRETS) is None


def test_with_every_secret_there_is_no_problem() -> None:
    assert start_up_problems(COOPS.values(), SECRETS, 5.0) == ()


def test_every_missing_secret_is_told_with_the_system_that_needs_it() -> None:
    environment = {**SECRETS, "HIROSAKI_MAIL_KEY": ""}
    assert start_up_problems(COOPS.values(), environment, 5.0) == (
        "HIROSAKI_MAIL_KEY is not set: the notices system of hirosaki needs it."
        " Set it in this process's environment.",
        "HIROSAKI_MAIL_KEY is not set: the mailer system of hirosaki needs it."
        " Set it in this process's environment.",
    )


def test_an_address_without_its_protocol_is_told() -> None:
    environment = {**SECRETS, "HIROSAKI_POS_URL": "10.0.0.7:8101"}
    assert start_up_problems(COOPS.values(), environment, 5.0) == (
        "HIROSAKI_POS_URL must be an address with its protocol, such as http://127.0.0.1:8101:"
        " the pos system of hirosaki is there.",
    )


def test_a_system_must_time_out_before_the_request_that_waits_for_it() -> None:
    """Else its circuit would never open. Nobody waits for the mailer but the worker."""
    told = start_up_problems([COOPS["hokkaido"]], SECRETS, 1.5)
    assert told == tuple(
        f"systems.{port}.limits.timeout_seconds of hokkaido is not below GATEWAY_DEADLINE_SECONDS (1.5)."
        " Lower the one or raise the other."
        for port in ("registry", "notices")
    )
