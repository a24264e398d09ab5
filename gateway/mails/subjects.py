"""Subjects that every mail program in Japan can show."""

_SAME_CHARACTER = str.maketrans({"～": "〜", "－": "−", "∥": "‖", "￠": "¢", "￡": "£", "￢": "¬"})
"""What Windows and JIS know under different code points: the left one is not in ISO-2022-JP."""

_STAND_IN = "〓"


def safe_subject(subject: str) -> str:
    """The subject in the characters of ISO-2022-JP, which feature phones read (A1); others become 〓."""
    return "".join(
        character if _is_in_iso_2022_jp(character) else _STAND_IN
        for character in subject.translate(_SAME_CHARACTER)
    )


def _is_in_iso_2022_jp(character: str) -> bool:
    try:
        character.encode("iso2022_jp")
    except UnicodeEncodeError:
        return False
    return True
