"""Files as a person downloads them, and what stands in them."""

import csv
import io
from urllib.parse import unquote

import httpx
from pypdf import PdfReader

from tests.api.asking import Api


async def download(who: Api, path: str, **asked: str) -> httpx.Response:
    """The response to `GET /exports/…`; the parameter `from` is written `from_`."""
    headers = {} if who.token is None else {"Authorization": f"Bearer {who.token}"}
    parameters = {name.rstrip("_"): value for name, value in asked.items()}
    return await who.client.get(f"/exports/{path}", params=parameters, headers=headers)


async def table(who: Api, path: str, **asked: str) -> list[dict[str, str]]:
    """The lines of a CSV file that must be given, by heading."""
    response = await download(who, path, **asked)
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


async def paper(who: Api, path: str, **asked: str) -> PdfReader:
    """A PDF that must be given."""
    response = await download(who, path, **asked)
    assert response.status_code == 200, response.text
    return PdfReader(io.BytesIO(response.content))


def text_of(pdf: PdfReader) -> str:
    """All that can be read in it."""
    return "\n".join(page.extract_text() for page in pdf.pages)


def japanese_name(response: httpx.Response) -> str:
    """The name that a browser saves it under (RFC 6266)."""
    return unquote(response.headers["content-disposition"].partition("filename*=UTF-8''")[2])


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and sentence."""
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, response.text.removesuffix("\n")
