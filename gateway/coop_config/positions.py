"""On which line of a TOML file each key stands.

The parser of the standard library gives values without positions, and no well-kept library gives both.
Finding positions is far less than parsing: the text is known to be valid TOML by then, so a key, a string or
a bracket can be told by its first characters.
"""

import re
import tomllib
from bisect import bisect_left

KeyPath = tuple[str | int, ...]

_GAP = re.compile(r"(?:\s|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*'""")
_DOT = re.compile(r"[ \t]*\.[ \t]*")
_STRING = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"""(?:"{0,2})'
    r"|'''[\s\S]*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'"
)
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")


def line_numbers(toml: str) -> dict[KeyPath, int]:
    """Line (from 1) of every table, key and list element of a valid TOML text, by its path."""
    return _Scanner(toml).scan()


class _Scanner:
    """Walks once through the text and notes where each path begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._newlines = [match.start() for match in re.finditer("\n", text)]
        self._lines: dict[KeyPath, int] = {(): 1}
        self._tables_in: dict[KeyPath, int] = {}

    def scan(self) -> dict[KeyPath, int]:
        table: KeyPath = ()
        while self._peek():
            if self._take("[["):
                table = self._next_table_in(self._header("]]"))
            elif self._take("["):
                table = self._header("]")
                self._lines[table] = self._line()
            else:
                self._key_and_value(table)
        return self._lines

    def _header(self, closing: str) -> KeyPath:
        """The path of a table's header: below a list of tables it means the last one."""
        path: KeyPath = ()
        keys = self._dotted_key()
        for key in keys[:-1]:
            path = self._last_table_in((*path, key))
        self._take(closing)
        return (*path, keys[-1])

    def _last_table_in(self, path: KeyPath) -> KeyPath:
        self._note(path)
        return (*path, self._tables_in[path] - 1) if path in self._tables_in else path

    def _next_table_in(self, path: KeyPath) -> KeyPath:
        self._note(path)
        index = self._tables_in.get(path, 0)
        self._tables_in[path] = index + 1
        self._note((*path, index))
        return (*path, index)

    def _key_and_value(self, table: KeyPath) -> None:
        path = table
        for key in self._dotted_key():
            path = (*path, key)
            self._note(path)
        self._take("=")
        self._value(path)

    def _dotted_key(self) -> list[str]:
        self._peek()
        keys = [self._key()]
        while dot := _DOT.match(self._text, self._at):
            self._at = dot.end()
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        token = self._match(_KEY)
        return next(iter(tomllib.loads(f"{token} = 0")))

    def _value(self, path: KeyPath) -> None:
        self._note(path)
        if self._take("["):
            self._elements(path)
        elif self._take("{"):
            self._pairs(path)
        elif self._peek() in "\"'":
            self._match(_STRING)
        else:
            self._match(_BARE_VALUE)

    def _elements(self, path: KeyPath) -> None:
        index = 0
        while not self._take("]"):
            self._peek()
            self._value((*path, index))
            self._take(",")
            index += 1

    def _pairs(self, path: KeyPath) -> None:
        while not self._take("}"):
            self._key_and_value(path)
            self._take(",")

    def _note(self, path: KeyPath) -> None:
        """The first place counts, unless the table has a header of its own further down."""
        self._lines.setdefault(path, self._line())

    def _line(self) -> int:
        return bisect_left(self._newlines, self._at) + 1

    def _peek(self) -> str:
        """The next character that means something; empty at the end."""
        self._match(_GAP)
        return self._text[self._at : self._at + 1]

    def _take(self, token: str) -> bool:
        self._peek()
        found = self._text.startswith(token, self._at)
        if found:
            self._at += len(token)
        return found

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError(f"not valid TOML at character {self._at}")
        self._at = match.end()
        return match.group()
