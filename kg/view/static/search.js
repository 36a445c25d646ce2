// The search box: any name or other wording by any part of it, a proposal's number, pinyin and initials; with the keys.

const box = document.getElementById("search");
const found = document.getElementById("found");
const MOST_FOUND = 14;

/** A wording without blanks, punctuation, width and case: how names are compared. */
function plainName(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}\p{S}\p{Cf}]/gu, "");
}

/** The words of a question, each plain. */
function plainWords(text) {
  return text.split(/\s+/u).map(plainName).filter(Boolean);
}

let wordings = null; // for each card [words, plain words] of its name, then of its other wordings, then its number
function wordingsOfCards() {
  if (wordings) return wordings;
  wordings = cards.map((card, number) => [card.name, ...(known.also[number] ?? [])].map((words) => [words, plainName(words)]));
  return wordings;
}

let numbers = null; // a proposal's card → its official number
function numberOf(card) {
  if (numbers === null) {
    const column = known.ledger.columns.indexOf("编号");
    numbers = new Map(column < 0 ? [] : known.ledger.rows.filter(([, cells]) => cells[column]).map(([n, cells]) => [n, cells[column]]));
  }
  return numbers.get(card);
}

const readings = new Map(); // a character → its readings
function readingsOf(char) {
  let read = readings.get(char);
  if (read === undefined) readings.set(char, (read = (known.pinyin[char] ?? "").split(" ").filter(Boolean)));
  return read;
}

/** Where the letters, read as pinyin from a character on, end in a wording; -1 where they are not its reading. */
function readsTo(plain, at, letters, from) {
  if (from === letters.length) return at;
  if (at === plain.length) return -1;
  if (plain[at] === letters[from]) return readsTo(plain, at + 1, letters, from + 1);
  const rest = letters.length - from;
  for (const syllable of readingsOf(plain[at])) {
    let same = 0;
    while (same < syllable.length && same < rest && syllable[same] === letters[from + same]) same += 1;
    // The whole syllable, or its beginning where the letters end; else its initial, of one letter or two.
    const lengths = same === syllable.length || same === rest ? [same, 1] : [Math.min(same, syllable[1] === "h" ? 2 : 1), 1];
    for (const length of new Set(lengths.filter((n) => n > 0 && n <= same))) {
      const end = readsTo(plain, at + 1, letters, from + length);
      if (end >= 0) return end;
    }
  }
  return -1;
}

/** How well a wording's reading fits letters: 0 all of it, 1 from its beginning, 2 inside; 3 not at all. */
function pinyinRank(plain, letters) {
  for (let at = 0; at < plain.length; at += 1) {
    const end = readsTo(plain, at, letters, 0);
    if (end >= 0) return at > 0 ? 2 : end === plain.length ? 0 : 1;
  }
  return 3;
}

/** How well a wording fits a question: the less the better, null where it does not. */
function rankOf(plain, question) {
  const at = plain.indexOf(question.plain);
  if (at >= 0) return plain === question.plain ? 0 : at === 0 ? 1 : 2;
  if (question.words.length > 1 && question.words.every((word) => plain.includes(word))) return 3;
  if (!question.letters) return null;
  const rank = pinyinRank(plain, question.letters);
  return rank < 3 ? 4 + rank : null;
}

/** What a question finds, the best first: `{ number, rank, also }`. */
function search(text) {
  const plain = plainName(text);
  if (!plain) return [];
  const question = { plain, words: plainWords(text), letters: /^[a-z]+$/.test(plain) ? plain : "" };
  const digits = /^第?(\d+)号?$/.exec(plain)?.[1];
  const hits = [];
  wordingsOfCards().forEach((names, number) => {
    let best = null;
    names.forEach(([words, own], i) => {
      const rank = rankOf(own, question);
      if (rank !== null && (best === null || rank * 2 + (i > 0) < best.rank)) best = { number, rank: rank * 2 + (i > 0), also: i > 0 ? words : "" };
    });
    const official = digits === undefined ? undefined : numberOf(number);
    if (official?.split("、").includes(digits)) best = { number, rank: -1, also: "" };
    if (best) hits.push(best);
  });
  const kindRank = (hit) => known.kinds.indexOf(cards[hit.number].kind);
  const lengthOf = (hit) => cards[hit.number].name.length;
  return hits.sort((a, b) => a.rank - b.rank || kindRank(a) - kindRank(b) || lengthOf(a) - lengthOf(b) || a.number - b.number);
}

function list() {
  const hits = search(box.value);
  const items = hits.slice(0, MOST_FOUND).map(hitItem);
  if (box.value.trim() && !hits.length) items.push(note(say("没有找到。可以只输入名称的一部分，或拼音首字母。")));
  if (hits.length > MOST_FOUND) items.push(note(say("还有 {n} 项，请多输入几个字。", { n: hits.length - MOST_FOUND })));
  found.replaceChildren(...items);
  expand(items.length > 0);
}

function note(words) {
  return element("li", { class: "note", role: "presentation", text: words });
}

function hitItem(hit, i) {
  const card = cards[hit.number];
  const official = card.kind === "Proposal" ? numberOf(hit.number) : undefined;
  const aside = [official ? say("编号 {n}", { n: official }) : "", hit.also ? say("又作 {words}", { words: hit.also }) : ""].filter(Boolean);
  const item = element("li", { role: "option", id: `hit-${i}`, "aria-selected": String(i === 0), "data-card": hit.number },
    element("span", { class: "what", text: card.is }),
    element("span", { class: "hit-name" }, element("bdi", { text: card.name }), aside.length ? element("span", { class: "also", text: aside.join(" · ") }) : null));
  item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(item); });
  return item;
}

function expand(open_) {
  found.hidden = !open_;
  box.setAttribute("aria-expanded", String(open_));
  const active = found.querySelector('[aria-selected="true"]');
  if (open_ && active) box.setAttribute("aria-activedescendant", active.id);
  else box.removeAttribute("aria-activedescendant");
}

function step(by) {
  const items = [...found.querySelectorAll("[role=option]")];
  if (!items.length) return;
  const now = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  items[now]?.setAttribute("aria-selected", "false");
  const next = items[(now + by + items.length) % items.length];
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", next.id);
}

function take(item) {
  if (!item) return;
  expand(false);
  box.value = "";
  go(addressOf(Number(item.dataset.card)));
}

box.addEventListener("input", list);
box.addEventListener("focus", () => { if (box.value) list(); });
box.addEventListener("blur", () => expand(false));
box.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return; // an input method still has the keys
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.hidden) list();
    else step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    take(found.querySelector('[aria-selected="true"]'));
  } else if (event.key === "Escape") {
    if (found.hidden) box.value = "";
    expand(false);
  }
});
