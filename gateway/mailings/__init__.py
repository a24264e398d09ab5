"""Mails to many accounts: the worker walks through the accounts, and each hears of an occasion once."""

from gateway.mailings.offered import mailings_of
from gateway.mailings.rounds import MailingRounds

__all__ = ["MailingRounds", "mailings_of"]
