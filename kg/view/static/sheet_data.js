// The sheets and what they quote, unpacked from the short form in which the page carries them.

readLater("details-data", "documents", "paragraphs", "rules", "quotations", "heads", "rows", "sheets");

/** A card's sections, unpacked: `{ title, form, columns, rows, notes }`; a row is cells of values `{ text, card, quotations }`. */
function sectionsOf(number) {
  return known.sheets[number].map(([head, rows, notes]) => {
    const [title, form, columns] = known.heads[head];
    return { title, form, columns, rows: rows.map((row) => known.rows[row].map((cell) => cell.map(unpacked))), notes };
  });
}

function unpacked(value) {
  if (typeof value === "string") return { text: value, card: null, quotations: [] };
  const [text, card, quotations = [], counts = 0] = value;
  return { text: text === 0 ? cards[card].name : text, card, quotations, counts: counts === 1 };
}

/** The quotations that first tell of a card. */
function firstWords(number) {
  const quotes = sectionsOf(number).find(({ form }) => form === "quotes");
  return quotes ? quotes.rows[0][0][0].quotations : [];
}

/** A quotation: its paragraph in five parts, its text and place, the rule that read a fact there and whether a person did. */
function quotationOf(number) {
  const [paragraph, one, two, three, four, where, rule, corrected] = known.quotations[number];
  const [document_, text, scan] = known.paragraphs[paragraph];
  const [title, file, date] = known.documents[document_];
  const ends = [0, one, two, three, four, text.length];
  return {
    number, paragraph, where, text, scan, ends, corrected: Boolean(corrected),
    document: { title, file, date },
    words: text.slice(two, three),
    rule: rule === null || rule === undefined ? null : ruleOf(known.rules[rule]),
  };
}

const ruleOf = ([name, confidence, reads]) => ({ name, confidence, reads });

/** Quotations of one passage are shown once, with all that was read there. */
function passages(numbers) {
  const found = new Map();
  for (const quotation of numbers.map(quotationOf)) {
    const key = `${quotation.paragraph}:${quotation.ends[2]}:${quotation.ends[3]}:${quotation.where}`;
    if (found.has(key)) found.get(key).also.push(quotation);
    else found.set(key, { ...quotation, also: [quotation] });
  }
  return [...found.values()];
}
