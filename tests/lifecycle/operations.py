"""The operations of these tests, with every error in full."""

_ERRORS = """
errors { __typename code message path ... on TooManyAttempts { retryAt } ... on PasswordRefused { reasons } }
"""


def _mutation(name: str, fields: str = "") -> str:
    kind = name[0].upper() + name[1:]
    return f"mutation {kind}($input: {kind}Input!) {{ {name}(input: $input) {{ {_ERRORS} {fields} }} }}"


_SESSION = "purpose token challenge { challenge method sentTo expiresAt } viewer { account { loginId } }"

MUTATIONS = {
    "signIn": _mutation("signIn", _SESSION),
    "verifyAuthCode": _mutation("verifyAuthCode", _SESSION),
    "startRegistration": _mutation("startRegistration", "email expiresAt"),
    "confirmRegistration": _mutation("confirmRegistration", "loginId"),
    "sendTestMail": _mutation("sendTestMail", "email"),
    "completeRegistration": _mutation("completeRegistration", "loginId"),
    "requestLoginIdReminder": _mutation("requestLoginIdReminder", "message"),
    "requestPasswordReset": _mutation("requestPasswordReset", "message"),
    "resetPassword": _mutation("resetPassword"),
    "changePassword": _mutation("changePassword"),
    "changeLoginId": _mutation("changeLoginId"),
    "changeEmail": _mutation("changeEmail", "email expiresAt"),
    "confirmEmail": _mutation("confirmEmail"),
    "setAuthCode": _mutation("setAuthCode", "method recoveryCodes enrolment { secret uri }"),
    "setGuardianSharing": _mutation("setGuardianSharing"),
    "leaveMyPage": _mutation("leaveMyPage"),
    "submitInquiry": _mutation("submitInquiry"),
    "discloseLogin": _mutation("discloseLogin"),
    "changeAccountEmail": _mutation("changeAccountEmail"),
    "startPasswordReset": _mutation("startPasswordReset"),
    "unlockAccount": _mutation("unlockAccount"),
    "removeAuthCode": _mutation("removeAuthCode"),
    "confirmSharePayment": _mutation("confirmSharePayment"),
    "resendMail": _mutation("resendMail"),
}

WHO = "{ viewer { account { loginId kind state email emailVerified termsAccepted { version acceptedAt } } } }"
HOME = """
{ viewer {
  account { loginId kind }
  member { numberDisplay profile { name } pico { prepaidBalance points } }
} }
"""
PROFILE = "{ viewer { member { numberDisplay profile { name } } } }"
SESSIONS = "{ viewer { account { sessions { id current } } } }"
