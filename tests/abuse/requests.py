"""Attacks below GraphQL: bodies, encodings, headers, variables, ids."""

import json
from collections.abc import Mapping

from tests.abuse.attacks import A_MEGABYTE, COOP, DOCUMENTS, IDS, MANY, ONE, Attack, asked, posted
from tests.abuse.wire import request

AS_MEMBER = "Bearer the-token-of-a-member"
"""Is replaced by a real one."""


def nested(levels: int) -> str:
    """JSON so deep."""
    return "[" * levels + "]" * levels


def raw_variables(written: str) -> bytes:
    """An operation whose one variable is written so, whether it is JSON or not."""
    return posted(f'{{"query": {json.dumps(COOP)}, "variables": {{"code": {written}}}}}'.encode())


def _chunked(chunks: int) -> bytes:
    head = request("POST", "/graphql", content_type="application/json", transfer_encoding="chunked")
    return (
        head.replace(b"content-length: 0\r\n", b"")
        + b"8000\r\n%b\r\n" % (b" " * 0x8000) * chunks
        + b"0\r\n\r\n"
    )


def _with_headers(headers: str) -> bytes:
    head = f"POST /graphql HTTP/1.1\r\nhost: g\r\ncontent-type: application/json\r\n{headers}"
    return f"{head}content-length: {len(ONE)}\r\nconnection: close\r\n\r\n".encode() + ONE


VARIABLES: Mapping[str, Attack] = {
    "a variable of 60,000 bytes": Attack(asked(COOP, {"code": "x" * 60_000}), 200),
    "a list of 10,000 ids that do not exist": Attack(
        asked(IDS, {"ids": ["AAAA"] * 10_000}, authorization=AS_MEMBER), 200
    ),
    "a list of 800 ids of others": Attack(
        asked(
            IDS, {"ids": ["WyJNZW1iZXIiLCJoaXJvc2FraSIsIjIxMDEwMDAwMDAwMiJd"] * 800}, authorization=AS_MEMBER
        ),
        200,
        "BAD_INPUT",
    ),
    "a list of 100 ids of others": Attack(
        asked(
            IDS, {"ids": ["WyJNZW1iZXIiLCJoaXJvc2FraSIsIjIxMDEwMDAwMDAwMiJd"] * 100}, authorization=AS_MEMBER
        ),
        200,
        "FORBIDDEN",
    ),
    "a cursor of 40,000 bytes": Attack(
        asked(
            "query ($after: String) { viewer { account { accessLog(after: $after) { edges { cursor } } } } }",
            {"after": "W" * 40_000},
            authorization=AS_MEMBER,
        ),
        200,
        "BAD_INPUT",
    ),
    "a cursor 20 times": Attack(
        asked(
            "query ($after: String) { viewer { account { "
            + " ".join(f"a{n}: accessLog(after: $after) {{ edges {{ cursor }} }}" for n in range(20))
            + " } } }",
            {"after": "WyI5OTk5OTk5OTkiXQ"},
            authorization=AS_MEMBER,
        ),
        200,
        None,
        0,
        at_most_bytes=20_000,
    ),
    "variables nested 500 deep": Attack(raw_variables(nested(500)), 200),
    "variables nested 40,000 deep": Attack(raw_variables(nested(40_000)), 400),
    "4,000 variables nobody declares": Attack(asked(COOP, {f"v{n}": 0 for n in range(4_000)}), 200),
    "a number of 90,000 digits in JSON": Attack(raw_variables("9" * 90_000), 400),
    "a number of 10 ** 999,999,999": Attack(raw_variables("1e999999999"), 400),
    "NaN": Attack(raw_variables("NaN"), 400),
    "half a surrogate pair in JSON": Attack(raw_variables('"\\ud800"'), 400),
    "half a surrogate pair in the document": Attack(asked('{ coop(code: "\\ud800") { code } }'), 200),
    "null bytes in a variable": Attack(asked(COOP, {"code": "\0hirosaki\0"}), 200, None, 0),
    "null bytes in the document": Attack(asked("{ coops\0 { code } }"), 200),
    "a null byte in a string": Attack(asked('{ coop(code: "\\u0000") { code } }'), 200, None, 0),
    "null bytes as a password": Attack(
        asked(
            'mutation { signIn(input: {coop: "hirosaki", identifier: "a\\u0000", password: "\\u0000"}) { token } }'
        ),
        200,
        None,
        0,
    ),
}
BODIES: Mapping[str, Attack] = {
    "99,000 opening brackets": Attack(posted(b"[" * MANY), 400),
    "99,000 opening braces": Attack(posted(b'{"a":' * 19_000), 400),
    "a closed nest of 49,000": Attack(posted(nested(49_000).encode()), 400),
    "broken JSON": Attack(posted(b'{"query": "{ __typename }"'), 400),
    "no body": Attack(posted(b""), 400),
    "null": Attack(posted(b"null"), 400),
    "a name twice": Attack(posted(b'{"query": "{ nothing }", "query": "{ __typename }"}'), 200, None, 0),
    "a batch of 3,000 operations": Attack(posted(b"[" + b",".join([ONE] * 3_000) + b"]"), 400),
    "invalid UTF-8": Attack(posted(b'{"query": "\xff\xfe{ __typename }"}'), 400),
    "UTF-8 longer than it need be": Attack(posted(b'{"query": "\xc0\xaf"}'), 400),
    "UTF-16": Attack(posted('{"query": "{ __typename }"}'.encode("utf-16")), 400),
    "a mark of byte order": Attack(posted(b"\xef\xbb\xbf" + ONE), 400),
    "a body of 10 MB": Attack(posted(b" " * 10 * A_MEGABYTE), 413),
    "a body of 10 MB in chunks": Attack(_chunked(320), 413),
    "a type of text": Attack(posted(ONE, content_type="text/plain"), 415),
    "a form": Attack(posted(b"query={__typename}", content_type="application/x-www-form-urlencoded"), 415),
    "files": Attack(posted(ONE, content_type="multipart/form-data; boundary=x"), 415),
    "another character set": Attack(posted(ONE, content_type="application/json; charset=shift_jis"), 415),
    "no type": Attack(request("POST", "/graphql", ONE), 415),
    "a method nobody knows": Attack(request("BREW", "/graphql", ONE), 400, None, 0),
    "a method not for GraphQL": Attack(request("DELETE", "/graphql"), 405),
    "an address of 60,000 bytes": Attack(request("GET", "/graphql?query=" + "x" * 60_000), 200),
    "an address of 1 MB": Attack(request("GET", "/graphql?query=" + "x" * A_MEGABYTE), 431, None, 0),
    "a mutation by GET": Attack(request("GET", "/graphql?query=mutation{signOut{errors{code}}}"), 405),
    "invalid UTF-8 in an address": Attack(request("GET", "/graphql?query=%ff%fe{coops}"), 200),
    "a header of 30,000 bytes": Attack(_with_headers("x: " + "y" * 30_000 + "\r\n"), 200, None, 0),
    "a header of 10 MB": Attack(_with_headers("x: " + "y" * 10 * A_MEGABYTE + "\r\n"), 431, None, 0),
    "a million headers": Attack(_with_headers("x: y\r\n" * 1_000_000), 431, None, 0),
    "a token of 30,000 bytes": Attack(
        _with_headers(f"authorization: Bearer {'x' * 30_000}\r\n"), 200, None, 0
    ),
    "2,000 cookies": Attack(_with_headers("cookie: " + "a=b; " * 2_000 + "\r\n"), 200, None, 0),
    "10,000 types to accept": Attack(_with_headers("accept: " + "a/b, " * 10_000 + "*/*\r\n"), 200, None, 0),
    "a header with bytes above ASCII": Attack(_with_headers("x-forwarded-for: ÿ\r\n"), 200, None, 0),
    "two lengths": Attack(_with_headers("content-length: 5\r\n"), 400, None, 0),
    "a length and chunks": Attack(_with_headers("transfer-encoding: chunked\r\n"), 400, None, 0),
    "what is no HTTP": Attack(b"\x16\x03\x01" + b"\0" * 500, 400, None, 0),
}

ATTACKS = {**DOCUMENTS, **VARIABLES, **BODIES}
