"""The co-op's notice and mail system (docs/wire/mailer.md)."""
