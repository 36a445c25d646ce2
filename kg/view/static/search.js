// The search box: any name or other wording, by any part of it, with the keyboard.

const box = document.getElementById("search");
const found = document.getElementById("found");
const MOST_FOUND = 14;

/** A wording without blanks, punctuation, width and case: how names are compared. */
function plainName(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}\p{S}]/gu, "");
}

const wordings = cards.map((card) => [card.name, ...card.also].map((words) => [words, plainName(words)]));
const rankOfKind = new Map(known.kinds.map((kind, rank) => [kind, rank]));

function search(text) {
  const wanted = plainName(text);
  if (!wanted) return [];
  const hits = [];
  wordings.forEach((names, number) => {
    let best = null;
    names.forEach(([words, plain], i) => {
      const at = plain.indexOf(wanted);
      if (at < 0) return;
      const rank = (plain === wanted ? 0 : at === 0 ? 1 : 2) * 2 + (i > 0 ? 1 : 0);
      if (best === null || rank < best.rank) best = { number, rank, also: i > 0 ? words : "" };
    });
    if (best) hits.push(best);
  });
  const kindRank = (hit) => rankOfKind.get(cards[hit.number].kind);
  return hits.sort((a, b) => a.rank - b.rank || kindRank(a) - kindRank(b) || a.number - b.number);
}

function list() {
  const hits = search(box.value);
  const items = hits.slice(0, MOST_FOUND).map((hit, i) => {
    const card = cards[hit.number];
    const item = element("li", { role: "option", id: `hit-${i}`, "aria-selected": String(i === 0), "data-card": hit.number },
      element("span", { class: "what", text: card.is }),
      element("span", {}, card.name, hit.also ? element("span", { class: "also", text: `　又作 ${hit.also}` }) : ""));
    item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(item); });
    return item;
  });
  if (box.value.trim() && !hits.length) items.push(element("li", { class: "note", text: "没有找到。可以只输入名称的一部分。" }));
  if (hits.length > MOST_FOUND) items.push(element("li", { class: "note", text: `还有 ${hits.length - MOST_FOUND} 项，请多输入几个字。` }));
  found.replaceChildren(...items);
  expand(items.length > 0);
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
  if (event.isComposing) return;
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
