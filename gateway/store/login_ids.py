"""When two login IDs are the same."""

import unicodedata


def login_key(login_id: str) -> str:
    """What login IDs and e-mail addresses are compared by.

    Width, case and surrounding space do not count (A9, A37):
    a guardian's `２１０１００００１２３４ｐ` is `210100001234p`.
    """
    return unicodedata.normalize("NFKC", login_id).strip().casefold()
