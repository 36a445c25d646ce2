// What is shown of all there is: by kind, sector or party, category, year, honour and text. The address holds the choice.

const filters = (() => {
  let chosen = new Map(); // a facet's name → its chosen values; one without any lets everything pass
  let placeOf = null; // card number → its place among the records

  let made = null; // the facets, once they are asked for
  function facets() {
    const kinds = { name: "kind", label: say("种类"), values: known.kinds, of: null, words: (kind) => say(looks.get(kind).label) };
    return (made ??= [kinds, ...known.facets.facets.map((facet) => ({ ...facet, label: say(facet.label), words: (value) => say(value) }))]);
  }

  /** Take the choice from the parameters of an address. */
  function read(parameters) {
    chosen = new Map(facets().map(({ name, values }) => [name, new Set(parameters.getAll(name).filter((v) => values.includes(v)))]));
  }

  function place(number) {
    placeOf ??= new Map(known.facets.records.map((card, i) => [card, i]));
    return placeOf.get(number);
  }

  /** The values that a card has of a facet; null where the facet says nothing of such a card. */
  function valuesOf(facet, number) {
    if (facet.of === null) return [cards[number].kind];
    const at = place(number);
    return at === undefined ? null : facet.of[at].map((i) => facet.values[i]);
  }

  function passes(facet, number) {
    const wanted = chosen.get(facet.name);
    if (!wanted?.size) return true;
    const values = valuesOf(facet, number);
    return values === null || values.some((value) => wanted.has(value));
  }

  /** Whether a card is shown: a record by all that is chosen, anything else by its kind. */
  function accepts(number) {
    return facets().every((facet) => passes(facet, number));
  }

  /** Draw what can be chosen, with how many of `of` (cards) have it among those that the other choices let pass. */
  function legend(root, { only = null, of = known.facets.records } = {}) {
    const shown = facets().filter(({ name }) => !only || only.includes(name));
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.value : undefined;
    const unfolded = new Map([...root.querySelectorAll(".facet[open]")].map((facet) => [facet.dataset.facet, facet.querySelector(".facet-list").scrollTop]));
    root.replaceChildren(...shown.map((facet) => drawn(facet, of, unfolded.has(facet.name))).filter(Boolean), ...chips(shown));
    for (const facet of root.querySelectorAll(".facet[open]")) facet.querySelector(".facet-list").scrollTop = unfolded.get(facet.dataset.facet);
    if (focused !== undefined) root.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  function counts(facet, of) {
    const found = new Map();
    const others = facets().filter((other) => other !== facet && chosen.get(other.name)?.size);
    for (const number of of) {
      if (!others.every((other) => passes(other, number))) continue;
      for (const value of valuesOf(facet, number) ?? []) found.set(value, (found.get(value) ?? 0) + 1);
    }
    return found;
  }

  function drawn(facet, of, open) {
    const found = counts(facet, of);
    const wanted = chosen.get(facet.name) ?? new Set();
    const values = facet.values.filter((value) => found.get(value) || wanted.has(value));
    if (!values.length || (values.length === 1 && !wanted.size)) return null;
    const list = element("div", { class: "facet-list", role: "group", "aria-label": facet.label },
      ...values.map((value) => choice(facet, value, found.get(value) ?? 0, wanted.has(value))));
    return element("details", { class: "facet", "data-facet": facet.name, open },
      element("summary", {}, element("span", { text: facet.label }), wanted.size ? element("span", { class: "chosen", text: String(wanted.size) }) : null),
      list);
  }

  function choice(facet, value, count, on) {
    const box_ = element("input", { type: "checkbox", "data-value": `${facet.name}=${value}` });
    box_.checked = on;
    box_.addEventListener("change", () => {
      const wanted = new Set(chosen.get(facet.name));
      if (box_.checked) wanted.add(value);
      else wanted.delete(value);
      setParams({ [facet.name]: [...wanted] });
    });
    const sign = facet.name === "kind" ? glyphOf(value) : null;
    return element("label", { class: "choice" }, box_, sign, element("span", { class: "choice-name", text: facet.words(value) }),
      element("span", { class: "count", text: String(count) }));
  }

  /** What is chosen, each to be taken away again. */
  function chips(shown) {
    const active = shown.flatMap((facet) => [...(chosen.get(facet.name) ?? [])].map((value) => [facet, value]));
    const buttons = active.map(([facet, value]) => {
      const words = facet.words(value);
      return element("button", {
        type: "button", class: "chip", "aria-label": say("取消筛选：{words}", { words }), "data-value": `chip:${facet.name}=${value}`,
        onclick: () => setParams({ [facet.name]: [...chosen.get(facet.name)].filter((v) => v !== value) }),
      }, element("span", { text: words }), element("span", { "aria-hidden": "true", text: "×" }));
    });
    if (active.length > 1) {
      const nothing = Object.fromEntries(shown.map(({ name }) => [name, null]));
      buttons.push(element("button", { type: "button", class: "more", text: say("清除筛选"), onclick: () => setParams(nothing) }));
    }
    return buttons;
  }

  document.addEventListener("pointerdown", (event) => {
    for (const facet of document.querySelectorAll(".facet[open]")) if (!facet.contains(event.target)) facet.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const facet = event.key === "Escape" && event.target.closest?.(".facet[open]");
    if (!facet) return;
    facet.open = false;
    facet.querySelector("summary").focus();
    event.stopPropagation();
  }, true);

  /** What is chosen of a facet, by its name. */
  const chosenOf = (name) => [...(chosen.get(name) ?? [])];

  return { read, accepts, legend, chosenOf };
})();
