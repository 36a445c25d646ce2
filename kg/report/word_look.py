"""How the Word file looks, after GB/T 9704: its paper, paragraph styles and fonts; and a package without a clock."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

_EPOCH: Final = datetime(2000, 1, 1)
"""The date of a file of which no text gives one."""
_SONG: Final = "仿宋"
_HEI: Final = "黑体"
_KAI: Final = "楷体"
_PLAIN: Final = "宋体"
_TITLE: Final = "方正小标宋简体"
_LATIN: Final = "Times New Roman"
_INSTEAD: Final = {_TITLE: "华文中宋", _SONG: "仿宋_GB2312", _KAI: "楷体_GB2312"}
"""Font → the one that stands in where a machine has it not."""


class _Look(NamedTuple):
    """A paragraph style: 磅 for sizes and distances, characters for the indent."""

    font: str
    size: float
    line: float
    indent: int = 2
    bold: bool = False
    align: str = "both"
    before: float = 0
    after: float = 0
    colour: str = "000000"
    level: int | None = None
    """The place in the outline, from 0."""
    new_page: bool = False
    keep: bool = False
    """Whether it stands on one page with what follows."""


_LOOKS: Final = {
    "报告标题": _Look(_TITLE, 22, 34, 0, align="center"),
    "报告副题": _Look(_KAI, 16, 28, 0, align="center", after=22, colour="555555"),
    "报告一级": _Look(_HEI, 16, 28, before=8, level=0, keep=True),
    "报告附件": _Look(_HEI, 16, 28, 0, level=0, new_page=True, keep=True),
    "报告二级": _Look(_KAI, 16, 28, level=1, keep=True),
    "报告三级": _Look(_SONG, 16, 28, bold=True, level=2, keep=True),
    "报告正文": _Look(_SONG, 16, 28),
    "报告说明": _Look(_KAI, 12, 20, colour="555555", after=4),
    "报告待写": _Look(_KAI, 16, 28, colour="8A5A00"),
    "报告落款": _Look(_KAI, 16, 28, 0, align="right", before=14, colour="8A5A00"),
    "报告原文": _Look(_KAI, 12, 20, colour="333333", after=4),
    "报告表题": _Look(_HEI, 12, 20, 0, align="center", before=6, after=2, keep=True),
    "报告表格": _Look(_PLAIN, 10.5, 15, 0, align="left"),
    "报告出处": _Look(_PLAIN, 8, 11.5, 0, align="left", after=2),
}
_PAGE_FIELD: Final = (
    f'<w:fldChar {nsdecls("w")} w:fldCharType="begin"/>',
    f'<w:instrText {nsdecls("w")} xml:space="preserve">PAGE</w:instrText>',
    f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>',
)
_AFTER_COLUMNS: Final = ("w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:docGrid")
"""What stands behind the columns in a section's properties."""
TEXT_WIDTH: Final = 8844
"""The width of the text in twentieths of a 磅: A4 less the margins of 28 mm and 26 mm."""


def moment(iso: str) -> datetime:
    """The first moment of a day, month or year; the first of 2000 where no text gives one.

    >>> moment("2031-03"), moment("")
    (datetime.datetime(2031, 3, 1, 0, 0), datetime.datetime(2000, 1, 1, 0, 0))
    """
    year, month, day = (*(int(part) for part in iso.split("-") if part.isdecimal()), 0, 0, 0)[:3]
    return datetime(year, month or 1, day or 1) if 1980 <= year <= 2100 else _EPOCH


def blank(title: str, subtitle: str, dated: datetime) -> Document:
    """A file without a word in it: its paper, styles, fonts and properties."""
    made = docx.Document()
    properties = made.core_properties
    properties.title, properties.subject, properties.language = title, subtitle, "zh-CN"
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = dated
    properties.revision = 1
    _styles(made)
    _paper(made)
    _fonts(made)
    return made


def bytes_of(made: Document, dated: datetime) -> bytes:
    """The file's bytes, with one date on all members of its package."""
    saved, out = io.BytesIO(), io.BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            member = zipfile.ZipInfo(name, dated.timetuple()[:6])
            member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            written.writestr(member, read.read(name))
    return out.getvalue()


def fill(made: Document, before: str, words: str) -> None:
    """Put the report into a blank file, and its words behind it in two columns.

    Args:
        made: a blank file.
        before: what stands in one column, as WordprocessingML.
        words: what stands in two.

    """
    body = made.element.body
    final = body.sectPr
    one_column = deepcopy(final)
    for element in _elements(before):
        body.insert(len(body) - 1, element)
    (end,) = _elements("<w:p><w:pPr/></w:p>")
    end[0].append(one_column)
    body.insert(len(body) - 1, end)
    for element in _elements(words):
        body.insert(len(body) - 1, element)
    for columns in final.xpath("w:cols"):
        final.remove(columns)
    final.insert_element_before(parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="400"/>'), *_AFTER_COLUMNS)


def _elements(xml: str) -> list[BaseOxmlElement]:
    found: list[BaseOxmlElement] = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>").xpath("./*")
    return found


def _paper(made: Document) -> None:
    """A4 with the margins of GB/T 9704; the page's number outside, odd ones on the right."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    made.settings.odd_and_even_pages_header_footer = True
    outside = ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT))
    for footer, align in outside:
        footer.is_linked_to_previous = False
        footer.paragraphs[0].alignment = align
        _page_number(footer.paragraphs[0])


def _page_number(paragraph: Paragraph) -> None:
    """`— 3 —`."""
    for text in ("— ", "", " —"):
        run = paragraph.add_run(text)
        run.font.size, run.font.name = Pt(14), _PLAIN
        for xml in () if text else _PAGE_FIELD:
            run._r.append(parse_xml(xml))


def _styles(made: Document) -> None:
    for name, look in _LOOKS.items():
        style: ParagraphStyle = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = None
        style.quick_style = True
        style.element.append(parse_xml(_of_paragraphs(look)))
        style.element.append(parse_xml(_of_runs(look)))


def _of_paragraphs(look: _Look) -> str:
    outline = "" if look.level is None else f'<w:outlineLvl w:val="{look.level}"/>'
    return (
        f"<w:pPr {nsdecls('w')}>{'<w:keepNext/>' if look.keep else ''}"
        f"{'<w:pageBreakBefore/>' if look.new_page else ''}"
        f'<w:spacing w:before="{look.before * 20:.0f}" w:after="{look.after * 20:.0f}" '
        f'w:line="{look.line * 20:.0f}" w:lineRule="exact"/>'
        f'<w:ind w:firstLineChars="{look.indent * 100}" w:firstLine="{look.indent * look.size * 20:.0f}"/>'
        f'<w:jc w:val="{look.align}"/>{outline}</w:pPr>'
    )


def _of_runs(look: _Look) -> str:
    return (
        f"<w:rPr {nsdecls('w')}>"
        f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:cs="{_LATIN}" w:eastAsia="{look.font}"/>'
        f"{'<w:b/>' if look.bold else ''}"
        f'<w:color w:val="{look.colour}"/><w:sz w:val="{look.size * 2:.0f}"/><w:szCs w:val="{look.size * 2:.0f}"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr>'
    )


def _fonts(made: Document) -> None:
    """The table of fonts with what stands in for each."""
    fonts = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for font, instead in _INSTEAD.items()
    )
    for part in made.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = f'<?xml version="1.0" encoding="UTF-8"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()
