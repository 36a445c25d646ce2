// A table as an Excel workbook: the parts that Office Open XML asks for (ECMA-376), every cell a text, zipped by fflate.

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const WIDEST = 60, LONGEST_CELL = 32767;

/** Words in XML; characters that XML 1.0 forbids are left out. */
function xmlText(words) {
  return words.slice(0, LONGEST_CELL).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** `A`, `B` … `Z`, `AA`: what a column is called. */
function columnName(number) {
  return (number >= 26 ? columnName(Math.floor(number / 26) - 1) : "") + String.fromCharCode(65 + (number % 26));
}

function rowXml(cells, number, style) {
  const written = cells.map((cell, i) =>
    cell && `<c r="${columnName(i)}${number}" t="inlineStr"${style}><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`);
  return `<row r="${number}">${written.join("")}</row>`;
}

function sheetXml(columns, rows) {
  const widths = columns.map((name, i) => {
    const longest = Math.max(name.length, ...rows.slice(0, 200).map((row) => row[i].length));
    return `<col min="${i + 1}" max="${i + 1}" width="${Math.min(WIDEST, 2 * longest + 3)}" customWidth="1"/>`;
  });
  const corner = `${columnName(columns.length - 1)}${rows.length + 1}`;
  return `${XML}<worksheet xmlns="${SHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
    + `<cols>${widths.join("")}</cols><sheetData>${rowXml(columns, 1, ' s="1"')}${rows.map((row, i) => rowXml(row, i + 2, "")).join("")}</sheetData>`
    + `<autoFilter ref="A1:${corner}"/></worksheet>`;
}

/** The bytes of a workbook of one sheet: a bold first row that stays in view, and a filter on it. */
function workbookOf(name, columns, rows) {
  const sheetName = xmlText(name.replace(/[\\/?*[\]:']/g, " ").slice(0, 31)) || "Sheet1";
  const part = (path, kind) => `<Override PartName="${path}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  const link = (id, kind, target) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const font = (inside) => `<font>${inside}<sz val="11"/><name val="等线"/></font>`;
  const parts = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
      + `${part("/xl/workbook.xml", "sheet.main")}${part("/xl/worksheets/sheet1.xml", "worksheet")}${part("/xl/styles.xml", "styles")}</Types>`,
    "_rels/.rels": `<Relationships xmlns="${PACKAGE}/relationships">${link("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="${sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${PACKAGE}/relationships">${link("rId1", "worksheet", "worksheets/sheet1.xml")}${link("rId2", "styles", "styles.xml")}</Relationships>`,
    "xl/styles.xml": `<styleSheet xmlns="${SHEET}"><fonts count="2">${font("")}${font("<b/>")}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>`
      + '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
      + '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
      + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  };
  const files = Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, fflate.strToU8(xml.startsWith("<?") ? xml : XML + xml)]));
  files["xl/worksheets/sheet1.xml"] = fflate.strToU8(sheetXml(columns, rows));
  return fflate.zipSync(files, { level: 6, mtime: new Date(2000, 0, 1) });
}
