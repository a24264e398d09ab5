"""A letter: one template, read as text and as simple HTML (docs/decisions/mail-templates.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from gateway.clock import JAPAN
from gateway.coop import Coop
from gateway.mails.subjects import safe_subject
from gateway.store.records import MailKind


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says."""

    subject: str
    text: str
    html: str


def write(kind: MailKind, coop: Coop, **facts: object) -> Letter:
    """The letter of a kind, with these facts in it. Raises when the template needs others."""
    template = f"{kind.value.lower()}.j2"
    subject, text = _read(_TEXT, template, coop, facts)
    _, body = _read(_HTML, template, coop, facts)
    html = _HTML.get_template("page.html.j2").render(subject=subject, paragraphs=_paragraphs(body))
    return Letter(safe_subject(subject), text, html)


def _read(environment: Environment, template: str, coop: Coop, facts: dict[str, object]) -> tuple[str, str]:
    letter = environment.get_template(template).make_module({"coop": coop, **facts})
    footer = environment.get_template("footer.j2").render(coop=coop)
    return f"【{coop.name}】{letter.subject}", f"{str(letter).strip()}\n\n{footer.strip()}\n"  # type: ignore[attr-defined]  # set by every template


def _paragraphs(body: str) -> Sequence[Markup]:
    """Blank lines part them. Whatever came from outside was escaped when the template was read."""
    parts = (part.strip() for part in body.split("\n\n"))
    return [Markup(part.replace("\n", "<br>\n")) for part in parts if part]  # noqa: S704 - see above


def _environment(*, html: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("gateway.mails"),
        autoescape=html,  # noqa: S701 - the other one writes plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"time": _time, "date": _date, "yen": _yen}
    environment.globals |= {"link": _html_link, "fact": _html_fact} if html else {"link": str, "fact": _fact}
    return environment


def _time(at: datetime) -> str:
    return f"{at.astimezone(JAPAN):%Y年%-m月%-d日 %-H時%M分}"


def _date(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"


def _yen(amount: int) -> str:
    return f"{amount:,}円"


def _fact(name: str, value: str) -> str:
    return f"　{name}：{value}"


def _html_fact(name: str, value: str) -> Markup:
    return Markup("　{}：<strong>{}</strong>").format(name, value)


def _html_link(address: str) -> Markup:
    return Markup('<a href="{0}">{0}</a>').format(escape(address))


_TEXT = _environment(html=False)
_HTML = _environment(html=True)
