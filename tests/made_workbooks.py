"""Workbooks written tag by tag: what no library writes, and what somebody may send to do harm."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterable, Iterator, Mapping

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_CHUNK = 60_000


def xlsx(
    *sheets: str | Iterable[str],
    names: tuple[str, ...] = ("台账",),
    states: tuple[str, ...] = (),
    shared: str = "",
    styles: str | None = "",
    properties: str = "",
    chart: bool = False,
    strict: bool = False,
) -> bytes:
    """An .xlsx whose sheets have these insides, what stands in `sheetData` and around it; without styles where None."""
    main, office = (_STRICT_MAIN, _STRICT_OFFICE) if strict else (_MAIN, _OFFICE)
    related = {"strings": ("sharedStrings", "sharedStrings.xml"), "styles": ("styles", "styles.xml")}
    related |= {f"s{i}": ("worksheet", f"worksheets/sheet{i}.xml") for i in range(len(sheets))}
    listed = [
        f'<sheet name="{name}" sheetId="{9 - i}" r:id="s{i}"{f" state={states[i]!r}" if states else ""}/>'
        for i, name in enumerate(names)
    ]
    parts: dict[str, str | Iterable[str]] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relations({"main": ("officeDocument", "/xl/workbook.xml")}, office),
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
    }
    if styles is not None:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{main}">{styles}</styleSheet>'
    if chart:
        related["chart"] = ("chartsheet", "chartsheets/sheet1.xml")
        listed.insert(0, '<sheet name="图" sheetId="99" r:id="chart"/>')
        parts["xl/chartsheets/sheet1.xml"] = f'<chartsheet xmlns="{main}"/>'
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{main}" xmlns:r="{office}">{properties}<sheets>{"".join(listed)}</sheets></workbook>'
    )
    parts["xl/_rels/workbook.xml.rels"] = _relations(related, office)
    for i, inside in reversed(list(enumerate(sheets))):
        pieces = [inside] if isinstance(inside, str) else inside
        parts[f"xl/worksheets/sheet{i}.xml"] = _around(f'<worksheet xmlns="{main}">', pieces, "</worksheet>")
    return _packed(parts)


def ods(*tables: str | Iterable[str], styles: str = "") -> bytes:
    """An .ods with these elements in its body."""
    prefixes = " ".join(f'xmlns:{p}="{_OASIS}:{p}:1.0"' for p in ("office", "table", "text", "style"))
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    head = f"<office:document-content {prefixes} {calc}><office:automatic-styles>{styles}</office:automatic-styles>"
    inside = (piece for table in tables for piece in ([table] if isinstance(table, str) else table))
    body = "<office:body><office:spreadsheet>"
    content = _around(head + body, inside, "</office:spreadsheet></office:body></office:document-content>")
    return _packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def row(number: int, *cells: str, said: str = "") -> str:
    """A row of inline strings, in columns A, B …; an empty string is no cell."""
    filled = (f'<c r="{chr(65 + i)}{number}" t="inlineStr"><is><t>{c}</t></is></c>' for i, c in enumerate(cells) if c)
    return f'<row r="{number}" {said}>{"".join(filled)}</row>'


def data(*rows: str) -> str:
    """The rows of a worksheet."""
    return f"<sheetData>{''.join(rows)}</sheetData>"


def repeated(before: str, piece: str, times: int, after: str) -> Iterator[str]:
    """A piece many times over, with something between that keeps it from packing as no real file does."""
    salt = random.Random(1)
    yield before
    each = max(_CHUNK // len(piece), 1)
    for _ in range(times // each):
        yield piece * each
        yield f"<!--{salt.randbytes(160).hex()}-->"
    yield after


def _around(before: str, inside: Iterable[str], after: str) -> Iterator[str]:
    yield before
    yield from inside
    yield after


def _relations(related: Mapping[str, tuple[str, str]], office: str) -> str:
    each = (f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{to}"/>' for key, (kind, to) in related.items())
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _packed(parts: Mapping[str, str | Iterable[str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, pieces in parts.items():
            with package.open(name, "w") as part:
                for piece in [pieces] if isinstance(pieces, str) else pieces:
                    part.write(piece.encode())
    return out.getvalue()
