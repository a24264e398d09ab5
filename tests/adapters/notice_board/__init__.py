"""The contract of the port `NoticeBoard`, and what is particular to `mail_relay`."""
