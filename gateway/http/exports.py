"""`GET /exports/…`: statements, histories and meal card as CSV and PDF, for whoever may see them on a screen."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from http import HTTPStatus

from starlette.datastructures import QueryParams
from starlette.routing import Route

from gateway.context import Context
from gateway.coop_terms import HistoryKind, PortalView
from gateway.errors import BadInput
from gateway.exports.csv_file import csv_chunks
from gateway.exports.history import history_sheet
from gateway.exports.meal_card import meal_card_sheet
from gateway.exports.pdf_file import pdf_of
from gateway.exports.reading import begun, in_time
from gateway.exports.sheet import NothingToExport, Sheet
from gateway.exports.statements import statements_sheet
from gateway.exports.typeface import Typeface
from gateway.http.downloads import Download, Downloads, MakesDownload
from gateway.http.operation_request import Refused
from gateway.http.query_parameters import choice_in, day_in, month_in
from gateway.permissions import IsSignedIn
from gateway.resolvers import members
from gateway.resolvers.members import FoundMember
from gateway.resolvers.transactions import HistoryFilter, HistoryWish
from gateway.viewer import StaffViewer

CSV = "text/csv; charset=utf-8"
PDF = "application/pdf"
NO_PDF = "PDFは、ただいまご用意できません。CSVをご利用ください。"

MakesSheet = Callable[[Context, FoundMember, QueryParams], Awaitable[Sheet]]


async def statements(context: Context, member: FoundMember, asked: QueryParams) -> Sheet:
    """`month=2026-11`, or all of them (E7, E23)."""
    return await statements_sheet(context, member, month_in(asked, "month"))


async def history(context: Context, member: FoundMember, asked: QueryParams) -> Sheet:
    """`view` and `kind` as in the schema; `from` and `until` narrow it within its window (B24–B29)."""
    wish = HistoryWish(
        view=choice_in(asked, "view", PortalView),
        kind=choice_in(asked, "kind", HistoryKind),
        narrowed=HistoryFilter(since=day_in(asked, "from"), until=day_in(asked, "until")),
    )
    return await history_sheet(context, member, wish)


async def meal_card(context: Context, member: FoundMember, _asked: QueryParams) -> Sheet:
    """This year's card (C1, C2)."""
    return await meal_card_sheet(context, member)


SHEETS: Mapping[str, MakesSheet] = {"statements": statements, "history": history, "meal-card": meal_card}


def export_routes(downloads: Downloads, typeface: Typeface | None) -> list[Route]:
    """Two for each sheet: `/exports/statements.csv`, `/exports/statements.pdf`, …

    Without a typeface there is no PDF, which a sentence says (503).
    """
    return [
        downloads.route(f"/exports/{name}.{ending}", make)
        for name, make_sheet in SHEETS.items()
        for ending, make in (
            ("csv", _csv(name, make_sheet, downloads.deadline_seconds)),
            ("pdf", _pdf(name, make_sheet, downloads.deadline_seconds, typeface)),
        )
    ]


def _csv(name: str, make_sheet: MakesSheet, seconds: float) -> MakesDownload:
    async def download(context: Context, asked: QueryParams) -> Download:
        sheet = await _sheet(context, asked, make_sheet, seconds)
        headings = [column.heading for column in sheet.columns]
        return Download(f"{name}.csv", f"{sheet.file_name}.csv", CSV, csv_chunks(headings, sheet.pages))

    return download


def _pdf(name: str, make_sheet: MakesSheet, seconds: float, typeface: Typeface | None) -> MakesDownload:
    async def download(context: Context, asked: QueryParams) -> Download:
        if typeface is None:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, NO_PDF)
        sheet = await _sheet(context, asked, make_sheet, seconds)
        return Download(f"{name}.pdf", f"{sheet.file_name}.pdf", PDF, pdf_of(sheet, typeface))

    return download


async def _sheet(context: Context, asked: QueryParams, make_sheet: MakesSheet, seconds: float) -> Sheet:
    """The sheet with its first page read; each further one is read within so many seconds."""
    sheet = await make_sheet(context, await _member(context, asked), asked)
    return replace(sheet, pages=await begun(in_time(sheet.pages, seconds)))


async def _member(context: Context, asked: QueryParams) -> FoundMember:
    """The viewer, a guardian's student, or whom staff name by `member`; raises as every way to a member."""
    IsSignedIn().admit(context.viewer)
    number = asked.get("member")
    if number is not None:
        found = await members.by_number(context, members.parsed_number(context, number))
    elif isinstance(context.viewer, StaffViewer):
        raise BadInput("member", "member に組合員番号をご指定ください。")
    else:
        found = await members.viewers_own(context)
    if found is None:
        raise NothingToExport("該当する組合員が見つかりません。")
    return found
