"""The operations the page opens with, kept as files that any GraphQL tool can read and check."""

import json
from pathlib import Path

from gateway.http.graphiql.config import Example

DIRECTORY = Path(__file__).parent / "examples"


def load_examples(directory: Path = DIRECTORY) -> list[Example]:
    """Every `*.graphql` in the order of its name: the title is its first line, a comment.

    Variables, where an example has any, stand in a `.json` of the same name. Raises `ValueError` naming a
    file without a title.
    """
    return [_example(path) for path in sorted(directory.glob("*.graphql"))]


def _example(path: Path) -> Example:
    query = path.read_text("utf-8")
    mark, _, title = query.partition("\n")[0].partition(" ")
    if mark != "#" or not title:
        raise ValueError(f"{path}: begin the file with a line '# Title', under which GraphiQL lists it.")
    return Example(title=title, query=query, variables=_variables(path.with_suffix(".json")))


def _variables(path: Path) -> dict[str, object]:
    if not path.exists():
        return {}
    variables: dict[str, object] = json.loads(path.read_text("utf-8"))
    return variables
