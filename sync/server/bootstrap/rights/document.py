"""Sets what is handed over to a person as a PDF that reads like a letter: French, paged, its fonts inside."""

import io
from collections.abc import Iterable, Iterator
from html import escape
from importlib import resources

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from app.domain.rights_commands import Withheld
from app.queries.person_export import Held, PersonExport, Section
from sync.server.bootstrap.rights.words import Letter, Reader, SectionWords, shipped_words

_INK, _QUIET, _RULE = HexColor("#1b2530"), HexColor("#5a6672"), HexColor("#c9d1d9")
_MARGIN = 20 * mm
_REGULAR, _BOLD = "Inter", "Inter-SemiBold"


def write_document(export: PersonExport, letter: Letter, reader: Reader) -> bytes:
    """The PDF."""
    _register_fonts()
    _, pages = _built(export, letter, reader, pages=0)
    return _built(export, letter, reader, pages=pages)[0]


def _built(export: PersonExport, letter: Letter, reader: Reader, *, pages: int) -> tuple[bytes, int]:
    """The document and how many pages it has, which each page tells: it is set twice."""
    target = io.BytesIO()
    frame = Frame(_MARGIN, _MARGIN, A4[0] - 2 * _MARGIN, A4[1] - 2 * _MARGIN, 0, 0, 0, 0)
    page = _Page(letter.house, pages)
    document = BaseDocTemplate(
        target,
        pagesize=A4,
        title="Données personnelles",
        author=letter.house,
        lang="fr-FR",
        pageTemplates=[PageTemplate(id="page", frames=[frame], onPage=page.draw)],
    )
    document.build(list(_story(export, letter, reader)))
    return target.getvalue(), document.page


def _register_fonts() -> None:
    for name, file in ((_REGULAR, "Inter-Regular.ttf"), (_BOLD, "Inter-SemiBold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            font = io.BytesIO((resources.files("resources") / "fonts" / file).read_bytes())
            pdfmetrics.registerFont(TTFont(name, font))  # pyright: ignore[reportUnknownMemberType]


_TITLE = ParagraphStyle("title", fontName=_BOLD, fontSize=20, leading=26, textColor=_INK, spaceAfter=4 * mm)
_SECTION = ParagraphStyle(
    "section", _TITLE, fontSize=13, leading=18, spaceBefore=7 * mm, spaceAfter=2 * mm, keepWithNext=1
)
_SAID = ParagraphStyle(
    "said", fontName=_REGULAR, fontSize=9.5, leading=13.5, textColor=_INK, spaceAfter=2 * mm
)
_HEAD = ParagraphStyle("head", _SAID, fontName=_BOLD, spaceBefore=2.5 * mm, spaceAfter=0, keepWithNext=1)
_HEAD_ALONE = ParagraphStyle("head alone", _SAID, spaceAfter=1 * mm)
_LINE = ParagraphStyle("line", _SAID, leftIndent=4 * mm, spaceAfter=0)
_NOTHING = ParagraphStyle("nothing", _SAID, textColor=_QUIET)


class _Page:
    """What each page has around its text."""

    def __init__(self, house: str, pages: int) -> None:
        self._house = house
        self._pages = pages

    def draw(self, canvas: Canvas, document: BaseDocTemplate) -> None:
        """The head and the foot of a page."""
        canvas.setFont(_REGULAR, 8)
        canvas.setFillColor(_QUIET)
        canvas.drawString(_MARGIN, A4[1] - 12 * mm, self._house)
        canvas.drawRightString(A4[0] - _MARGIN, A4[1] - 12 * mm, "Document personnel et confidentiel")
        canvas.drawRightString(A4[0] - _MARGIN, 11 * mm, f"Page {document.page} sur {self._pages}")
        canvas.setStrokeColor(_RULE)
        canvas.line(_MARGIN, A4[1] - 14 * mm, A4[0] - _MARGIN, A4[1] - 14 * mm)


def _story(export: PersonExport, letter: Letter, reader: Reader) -> Iterator[Flowable]:
    yield Paragraph("Vos données personnelles", _TITLE)
    yield from _opening(letter, reader)
    for section in export.sections:
        yield from _section(section, shipped_words().sections[section.table], reader)
    yield from _absent(letter.withheld)


def _opening(letter: Letter, reader: Reader) -> Iterator[Flowable]:
    told = {"house": letter.house, "made_at": reader.moment(letter.made_at), "reason": letter.reason}
    for text in shipped_words().opening:
        yield Paragraph(_text(text.format_map(told)), _SAID)


def _section(section: Section, words: SectionWords, reader: Reader) -> Iterator[Flowable]:
    yield Paragraph(escape(words.title), _SECTION)
    if not section.rows:
        yield Paragraph("Rien n’est conservé.", _NOTHING)
    elif words.summary:
        yield Paragraph(escape(words.summary.format(count=len(section.rows))), _SAID)
    else:
        for row in section.rows:
            yield from _block(section.table, row, words, reader)


def _block(table: str, row: Held, words: SectionWords, reader: Reader) -> Iterator[Flowable]:
    said = {name: reader.value(table, name, row[name]) for name in (*words.head, *words.lines) if name in row}
    lines = [f"{_label(name)}\u00a0: {said[name]}" for name in words.lines if name in said]
    head = " · ".join(said[name] for name in words.head if name in said) or "Sans intitulé"
    yield Paragraph(_text(head), _HEAD if lines else _HEAD_ALONE)
    for line in lines:
        yield Paragraph(_text(line), _LINE)


def _label(name: str) -> str:
    return shipped_words().labels[name]


def _text(words: str) -> str:
    """Words as they were written, their lines kept, nothing of them taken for markup."""
    printable = "".join(each for each in words if each.isprintable() or each in "\n\u00a0\u202f")
    return escape(printable).replace("\n", "<br/>")


def _absent(withheld: Iterable[Withheld]) -> Iterator[Flowable]:
    yield Paragraph("Ce qui n’est pas dans ce document", _SECTION)
    for text in shipped_words().left_out.values():
        yield Paragraph(f"– {_text(text)}", _SAID)
    for part in withheld:
        yield Paragraph(f"– Texte retiré (repère {part.id}) : {_text(part.reason)}", _SAID)
