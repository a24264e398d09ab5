"""The root of what can be done."""

import strawberry

from gateway.permissions import (
    AT_A_REGISTER,
    AT_THE_DESK,
    any_session,
    may_set_password,
    members_and_guardians,
    members_only,
    public,
    registering,
    signed_in,
    staff,
)
from gateway.schema import (
    alerts,
    auth_codes,
    card_activation,
    card_checks,
    inquiries,
    mail_dispatches,
    notice_reading,
    own_decisions,
    profile_changes,
    provisional_registration,
    published_notices,
    recovery,
    registration,
    self_service,
    settling,
    share_payments,
    staff_accounts,
    store_desk,
    suspensions,
    web_point_transfers,
)
from gateway.schema import sign_in as signing_in
from gateway.schema.cost import Cost
from gateway.viewer import StaffRole

WHO_PUBLISH = (StaffRole.OFFICE, StaffRole.ADMINISTRATOR)
"""Who speak for the co-op."""


@strawberry.type(description="What can be done.")
class Mutation:
    """Root fields; each carries its permission."""

    sign_in: signing_in.SignInPayload = strawberry.field(
        resolver=signing_in.sign_in,
        description="ログイン, 仮ログイン too: the payload says what comes next.",
        extensions=public(),
        directives=[Cost(weight="30")],
    )
    verify_auth_code: signing_in.SignInPayload = strawberry.field(
        resolver=signing_in.verify_auth_code,
        description="認証コードの入力: the second step of signing in (E26).",
        extensions=public(),
    )
    start_registration: registration.StartRegistrationPayload = strawberry.field(
        resolver=registration.start_registration,
        description="新規登録: checks who it is and mails 本登録用URL (A15, A21).",
        extensions=public(),
    )
    confirm_registration: registration.ConfirmRegistrationPayload = strawberry.field(
        resolver=registration.confirm_registration,
        description="本登録 by the mailed URL (A21, A22).",
        extensions=public(),
    )
    request_login_id_reminder: recovery.RequestLoginIdReminderPayload = strawberry.field(
        resolver=recovery.request_login_id_reminder,
        description="ログインIDを忘れた: mails it to the registered address (A28).",
        extensions=public(),
    )
    request_password_reset: recovery.RequestPasswordResetPayload = strawberry.field(
        resolver=recovery.request_password_reset,
        description="パスワードを忘れた: mails a reissued password or a URL, as the co-op does it (A29, E3).",
        extensions=public(),
    )
    reset_password: recovery.ResetPasswordPayload = strawberry.field(
        resolver=recovery.reset_password,
        description="新しいパスワードの登録 by the mailed URL (E4).",
        extensions=public(),
    )
    confirm_email: self_service.ConfirmEmailPayload = strawberry.field(
        resolver=self_service.confirm_email,
        description="メールアドレスの確認 by the mailed URL (A36, X4).",
        extensions=public(),
    )
    submit_inquiry: inquiries.SubmitInquiryPayload = strawberry.field(
        resolver=inquiries.submit_inquiry,
        description="お問い合わせ, with or without a session (A7, A33, A35, D10).",
        extensions=public(),
    )
    send_test_mail: provisional_registration.SendTestMailPayload = strawberry.field(
        resolver=provisional_registration.send_test_mail,
        description="メール送信テスト (A17).",
        extensions=registering(),
    )
    complete_registration: provisional_registration.CompleteRegistrationPayload = strawberry.field(
        resolver=provisional_registration.complete_registration,
        description="登録確認: from a provisional session to an account (A18).",
        extensions=registering(),
    )
    sign_out: signing_in.SignOutPayload = strawberry.field(
        resolver=signing_in.sign_out, description="ログアウト: ends this session.", extensions=any_session()
    )
    end_session: signing_in.EndSessionPayload = strawberry.field(
        resolver=signing_in.end_session,
        description="Ends one of one's own sessions, on whatever device.",
        extensions=signed_in(),
    )
    change_password: self_service.ChangePasswordPayload = strawberry.field(
        resolver=self_service.change_password,
        description="パスワードの変更 (A36), and what a reissued password is good for (A30).",
        extensions=may_set_password(),
    )
    change_login_id: self_service.ChangeLoginIdPayload = strawberry.field(
        resolver=self_service.change_login_id,
        description="ログインIDの変更 (A36).",
        extensions=signed_in(),
    )
    change_email: self_service.ChangeEmailPayload = strawberry.field(
        resolver=self_service.change_email,
        description="メールアドレスの変更 (A36): mails a URL to the new one.",
        extensions=signed_in(),
    )
    set_auth_code: auth_codes.SetAuthCodePayload = strawberry.field(
        resolver=auth_codes.set_auth_code,
        description="認証コードの設定 (E26).",
        extensions=signed_in(),
    )
    set_guardian_sharing: own_decisions.SetGuardianSharingPayload = strawberry.field(
        resolver=own_decisions.set_guardian_sharing,
        description="保護者への公開 (X13).",
        extensions=members_only(),
    )
    request_web_point_transfer: web_point_transfers.RequestWebPointTransferPayload = strawberry.field(
        resolver=web_point_transfers.request_web_point_transfer,
        description="ポイント受取申請: Web points to unreceived prepaid, in 200s (B6, B7).",
        extensions=members_only(),
    )
    suspend_pico: suspensions.SuspendPicoPayload = strawberry.field(
        resolver=suspensions.suspend_pico,
        description="電子マネー利用停止申請 (D1), at any hour; a guardian's where the co-op takes it (X13).",
        extensions=members_and_guardians(),
    )
    request_profile_change: profile_changes.RequestProfileChangePayload = strawberry.field(
        resolver=profile_changes.request_profile_change,
        description="個人情報変更 of name, address and phones (E19, X19).",
        extensions=members_only(),
    )
    activate_digital_card: card_activation.ActivateDigitalCardPayload = strawberry.field(
        resolver=card_activation.activate_digital_card,
        description="デジタル組合員証の認証 (E13): needs MyPage, and a smartphone (E17).",
        extensions=any_session(),
    )
    mark_notices_read: notice_reading.MarkNoticesReadPayload = strawberry.field(
        resolver=notice_reading.mark_notices_read,
        description="お知らせを既読にする (D8, D9).",
        extensions=members_and_guardians(),
    )
    set_alerts: alerts.SetAlertsPayload = strawberry.field(
        resolver=alerts.set_alerts,
        description="お知らせメールの設定.",
        extensions=members_and_guardians(),
    )
    leave_my_page: own_decisions.LeaveMyPagePayload = strawberry.field(
        resolver=own_decisions.leave_my_page,
        description="マイページの利用中止 (E14), for good.",
        extensions=members_and_guardians(),
    )
    confirm_share_payment: share_payments.ConfirmSharePaymentPayload = strawberry.field(
        resolver=share_payments.confirm_share_payment,
        description="出資金の入金確認 (E10): mails the invitation (E11).",
        extensions=staff(StaffRole.OFFICE),
    )
    record_share_refund: share_payments.RecordShareRefundPayload = strawberry.field(
        resolver=share_payments.record_share_refund,
        description="出資金の返還: from then on a former member (E22, E24).",
        extensions=staff(StaffRole.OFFICE),
    )
    cancel_share_refund: share_payments.CancelShareRefundPayload = strawberry.field(
        resolver=share_payments.cancel_share_refund,
        description="返還の記録の取消: a refund that was recorded by mistake (E22).",
        extensions=staff(StaffRole.ADMINISTRATOR),
    )
    disclose_login: staff_accounts.DiscloseLoginPayload = strawberry.field(
        resolver=staff_accounts.disclose_login,
        description="登録メールアドレスとログインIDのご案内, after 本人確認 (A33, E2).",
        extensions=staff(*AT_THE_DESK),
    )
    change_account_email: staff_accounts.ChangeAccountEmailPayload = strawberry.field(
        resolver=staff_accounts.change_account_email,
        description="メールアドレスの変更 for who cannot get in, after 本人確認 (A35).",
        extensions=staff(*AT_THE_DESK),
    )
    start_password_reset: staff_accounts.StartPasswordResetPayload = strawberry.field(
        resolver=staff_accounts.start_password_reset,
        description="パスワード再発行の開始: the mail goes to the owner; staff never see it (A34).",
        extensions=staff(*AT_THE_DESK),
    )
    unlock_account: staff_accounts.UnlockAccountPayload = strawberry.field(
        resolver=staff_accounts.unlock_account,
        description="ロックの解除, of the account and of provisional credentials (E26).",
        extensions=staff(*AT_THE_DESK),
    )
    remove_auth_code: staff_accounts.RemoveAuthCodePayload = strawberry.field(
        resolver=staff_accounts.remove_auth_code,
        description="認証コードの解除, after 本人確認 (E26).",
        extensions=staff(*AT_THE_DESK),
    )
    answer_inquiry: inquiries.AnswerInquiryPayload = strawberry.field(
        resolver=inquiries.answer_inquiry,
        description="お問い合わせへの回答 (D10, E8): kept on MyPage and mailed.",
        extensions=staff(*AT_THE_DESK),
    )
    settle_change_request: settling.SettleChangeRequestPayload = strawberry.field(
        resolver=settling.settle_change_request,
        description="申請の処理: what staff settle, and what the POS has left to them (E20).",
        extensions=staff(StaffRole.OFFICE),
    )
    suspend_pico_in_store: store_desk.SuspendPicoInStorePayload = strawberry.field(
        resolver=store_desk.suspend_pico_in_store,
        description="店舗での利用停止 (D3).",
        extensions=staff(*AT_A_REGISTER),
    )
    resume_pico: store_desk.ResumePicoPayload = strawberry.field(
        resolver=store_desk.resume_pico,
        description="利用再開, in a store only (D2).",
        extensions=staff(*AT_A_REGISTER),
    )
    reissue_card: store_desk.ReissueCardPayload = strawberry.field(
        resolver=store_desk.reissue_card,
        description="組合員証の再発行, for a fee (D5–D7).",
        extensions=staff(*AT_A_REGISTER),
    )
    receive_prepaid: store_desk.ReceivePrepaidPayload = strawberry.field(
        resolver=store_desk.receive_prepaid,
        description="未受取プリペイドの受取 at a register (B10–B17).",
        extensions=staff(*AT_A_REGISTER),
    )
    verify_digital_card: card_checks.VerifyDigitalCardPayload = strawberry.field(
        resolver=card_checks.verify_digital_card,
        description="デジタル組合員証の確認: whose card a shown code is, and whether it is good (E13, E24).",
        extensions=staff(StaffRole.STORE, *AT_THE_DESK),
    )
    resend_mail: mail_dispatches.ResendMailPayload = strawberry.field(
        resolver=mail_dispatches.resend_mail,
        description="メールの再送 (A23).",
        extensions=staff(*AT_THE_DESK),
    )
    publish_notice: published_notices.PublishNoticePayload = strawberry.field(
        resolver=published_notices.publish_notice,
        description="お知らせの掲載: to everybody, a list of members or a segment; by mail, too, if wanted (D8, D9).",
        extensions=staff(*WHO_PUBLISH),
    )
    withdraw_notice: published_notices.WithdrawNoticePayload = strawberry.field(
        resolver=published_notices.withdraw_notice,
        description="お知らせの取り下げ: nobody is told it any more, and mails that have not left are stopped.",
        extensions=staff(*WHO_PUBLISH),
    )
