"""Line numbers of TOML keys, however they are written."""

import tomllib
from collections.abc import Iterator

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from gateway.coop_config.positions import KeyPath, line_numbers
from tests.config.coops import source

EVERY_WAY_OF_WRITING = """\
# a comment with = and [brackets]
plain = 1
dotted . key.deep = "x # no comment"   # a comment
"quoted.key" . 'literal' = [ 1,
  2, # [
  { inner = 3, deep.er = [ { time = 1979-05-27 07:32:00 } ] },
]
text = '''
[not.a.table]
x = 1'''

[table]
long = \"\"\"
[[neither]]
y = "1\\\"\"\"\"\"\"
after = 'its'

[[list]]
n = 1
[[list]]
n = 2
[list.table]
p = { }
[[list.deep]]
q = []
[[list.deep]]
[[list]]
[list.table]
[table.later]
[super.table.first]
[super]
z = 0
"""


def test_every_way_of_writing_a_key_is_found_on_its_line() -> None:
    assert line_numbers(EVERY_WAY_OF_WRITING) == {
        (): 1,
        ("plain",): 2,
        ("dotted",): 3,
        ("dotted", "key"): 3,
        ("dotted", "key", "deep"): 3,
        ("quoted.key",): 4,
        ("quoted.key", "literal"): 4,
        ("quoted.key", "literal", 0): 4,
        ("quoted.key", "literal", 1): 5,
        ("quoted.key", "literal", 2): 6,
        ("quoted.key", "literal", 2, "inner"): 6,
        ("quoted.key", "literal", 2, "deep"): 6,
        ("quoted.key", "literal", 2, "deep", "er"): 6,
        ("quoted.key", "literal", 2, "deep", "er", 0): 6,
        ("quoted.key", "literal", 2, "deep", "er", 0, "time"): 6,
        ("text",): 8,
        ("table",): 12,
        ("table", "long"): 13,
        ("table", "after"): 16,
        ("list",): 18,
        ("list", 0): 18,
        ("list", 0, "n"): 19,
        ("list", 1): 20,
        ("list", 1, "n"): 21,
        ("list", 1, "table"): 22,
        ("list", 1, "table", "p"): 23,
        ("list", 1, "deep"): 24,
        ("list", 1, "deep", 0): 24,
        ("list", 1, "deep", 0, "q"): 25,
        ("list", 1, "deep", 1): 26,
        ("list", 2): 27,
        ("list", 2, "table"): 28,
        ("table", "later"): 29,
        ("super",): 31,
        ("super", "table"): 30,
        ("super", "table", "first"): 30,
        ("super", "z"): 32,
    }


def test_every_key_of_the_projects_own_files_is_found() -> None:
    for code in ("hirosaki", "hokkaido"):
        text = source(code)
        assert set(line_numbers(text)) == set(paths(tomllib.loads(text)))


KEYS = st.text(alphabet="ab-_.\"'#[ 髙=", min_size=1, max_size=4)
SCALARS = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(alphabet="ab\"'\\#[]{}=,\n髙 ", max_size=12),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(SCALARS, max_size=3)
        | st.dictionaries(KEYS, inner, max_size=3)
        | st.lists(st.dictionaries(KEYS, inner, max_size=3), min_size=1, max_size=3)
    ),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_every_path_of_a_document_is_found_on_a_line_that_names_it(document: dict[str, object]) -> None:
    text = tomlkit.dumps(document)
    found = line_numbers(text)
    assert set(found) == set(paths(tomllib.loads(text)))
    lines = text.split("\n")
    for path, line in found.items():
        if path and isinstance(path[-1], str):
            written = path[-1].replace("\\", "\\\\").replace('"', '\\"')
            assert written in lines[line - 1] or path[-1] in lines[line - 1]


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every path there is in a document."""
    yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))
