// What is taken along of a quotation: a citation for a paper, and a line for whoever keeps the corrections.

/** `“……”（《标题》，2031年3月，文件名第12行）`: words with where they stand. */
function citationOf(quotation) {
  const { title, file, date } = quotation.document;
  const named = title && title !== file ? `《${title}》，` : "";
  return `“${quotation.words}”（${named}${date ? `${dateSaid(date)}，` : ""}${file} ${quotation.where}）`;
}

/** A date of the data (`2031-03-06`, `2031-03`, `2031`) as a Chinese reader writes it. */
function dateSaid(date) {
  return date.split("-").map((part, i) => `${Number(part)}${"年月日"[i]}`).join("");
}

/** One line, its parts parted by tabs: subject, predicate, value, file, place, words, rule. Marks inside the parts become blanks. */
function reportLine(about, quotation) {
  const { file } = quotation.document;
  const parts = [about.subject, about.predicate, about.value, file, quotation.where, quotation.words, quotation.rule?.name ?? ""];
  return parts.map((part) => part.replace(/\s+/g, " ").trim()).join("\t");
}
