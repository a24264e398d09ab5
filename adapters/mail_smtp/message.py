"""A mail as it travels: 7-bit clean whatever language it speaks, and the same however often it is written."""

from datetime import datetime
from email import policy
from email.message import EmailMessage

from adapters.records import Mail


def written(mail: Mail, sent_at: datetime) -> bytes:
    """The message. Its Message-ID follows from `mail_id`, so that a receiver can tell a repetition.

    Japanese is UTF-8: encoded words in the subject, base64 in the body.
    """
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = mail.sender
    message["To"] = mail.recipient
    message["Subject"] = " ".join(mail.subject.split())  # one line: a header ends with it
    message["Date"] = sent_at
    message["Message-ID"] = f"<{mail.mail_id}@{mail.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="base64")
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html", cte="base64")
    return message.as_bytes()
