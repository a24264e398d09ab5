"""Who somebody is: passwords, codes, signing in, sessions, what protects them, and the trace they leave."""

from gateway.accounts.challenges import CodeAttempt, submit_auth_code
from gateway.accounts.entrance import Entrance
from gateway.accounts.opening import open_account
from gateway.accounts.outcomes import (
    AuthCodeRequired,
    InvalidAuthCode,
    InvalidCredentials,
    SignedIn,
    TooManyAttempts,
)
from gateway.accounts.passwords import Passwords
from gateway.accounts.proving import Attempt
from gateway.accounts.sessions import end_all_sessions, end_session, sign_out
from gateway.accounts.sign_in import sign_in
from gateway.accounts.throttle_limits import ThrottleLimits
from gateway.accounts.vault import Vault
from gateway.accounts.viewers import viewer_for, viewer_of, viewer_within
from gateway.accounts.views import log_not_permitted, log_views
from gateway.store.records import PersonalDataView

__all__ = [
    "Attempt",
    "AuthCodeRequired",
    "CodeAttempt",
    "Entrance",
    "InvalidAuthCode",
    "InvalidCredentials",
    "Passwords",
    "PersonalDataView",
    "SignedIn",
    "ThrottleLimits",
    "TooManyAttempts",
    "Vault",
    "end_all_sessions",
    "end_session",
    "log_not_permitted",
    "log_views",
    "open_account",
    "sign_in",
    "sign_out",
    "submit_auth_code",
    "viewer_for",
    "viewer_of",
    "viewer_within",
]
