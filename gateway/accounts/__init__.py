"""Who somebody is: passwords, signing in, sessions, and the trace they leave.

Provisional sign-in, registration, recovery, codes and lockout will stand beside these modules.
"""

from gateway.accounts.opening import open_account
from gateway.accounts.passwords import Passwords
from gateway.accounts.sessions import end_all_sessions, end_session, sign_out
from gateway.accounts.sign_in import Attempt, InvalidCredentials, SignedIn, sign_in
from gateway.accounts.viewers import viewer_for, viewer_of
from gateway.accounts.views import PersonalDataView, log_views

__all__ = [
    "Attempt",
    "InvalidCredentials",
    "Passwords",
    "PersonalDataView",
    "SignedIn",
    "end_all_sessions",
    "end_session",
    "log_views",
    "open_account",
    "sign_in",
    "sign_out",
    "viewer_for",
    "viewer_of",
]
