"""The mails of the gateway: each written once as a template, and queued in the transaction that causes it."""

from gateway.mails.about_accounts import (
    queue_account_locked,
    queue_address_in_use,
    queue_auth_code,
    queue_auth_code_changed,
    queue_email_change_announced,
    queue_email_changed,
    queue_email_changed_by_staff,
    queue_email_confirmation,
    queue_left,
    queue_login_id_changed,
    queue_membership_ended,
    queue_password_changed,
)
from gateway.mails.about_getting_in import (
    queue_inquiry_answered,
    queue_inquiry_received,
    queue_invitation,
    queue_login_id_reminder,
    queue_password_reset_link,
    queue_registration_complete,
    queue_registration_link,
    queue_reissued_password,
    queue_test_mail,
)
from gateway.mails.about_requests import Told, queue_request_received, queue_request_settled
from gateway.mails.queueing import Envelope
from gateway.mails.to_many import (
    queue_graduation,
    queue_leaving,
    queue_low_balance,
    queue_notice,
    queue_ready_to_collect,
)

__all__ = [
    "Envelope",
    "Told",
    "queue_account_locked",
    "queue_address_in_use",
    "queue_auth_code",
    "queue_auth_code_changed",
    "queue_email_change_announced",
    "queue_email_changed",
    "queue_email_changed_by_staff",
    "queue_email_confirmation",
    "queue_graduation",
    "queue_inquiry_answered",
    "queue_inquiry_received",
    "queue_invitation",
    "queue_leaving",
    "queue_left",
    "queue_login_id_changed",
    "queue_login_id_reminder",
    "queue_low_balance",
    "queue_membership_ended",
    "queue_notice",
    "queue_password_changed",
    "queue_password_reset_link",
    "queue_ready_to_collect",
    "queue_registration_complete",
    "queue_registration_link",
    "queue_reissued_password",
    "queue_request_received",
    "queue_request_settled",
    "queue_test_mail",
]
