// The picture as a table, for whoever does not see it or wants to copy it: the same nodes and ties.

const pictureTable = (() => {
  const FIRST_ROWS = 300, FIRST_TIES = 8;

  /** The rows of a view: name, kind, how many records, what it is tied to (with how many), and the node itself. */
  function rowsOf(view) {
    const ties = tiesOf(view);
    return view.nodes.map((node) => ({
      node, name: node.name, kind: kindOf(node), count: node.records.length, ties: ties.get(node) ?? [],
    }));
  }

  function tiesOf(view) {
    const found = new Map();
    for (const tie of [...view.ties, ...view.faint]) {
      for (const [end, other] of [[tie.from, tie.to], [tie.to, tie.from]]) {
        if (!found.has(end)) found.set(end, []);
        found.get(end).push({ tie, other });
      }
    }
    for (const list of found.values()) list.sort((a, b) => b.tie.weight - a.tie.weight);
    return found;
  }

  function kindOf({ spot, column }) {
    return spot && !spot.label ? cards[spot.card].is : column === 2 ? say("议题") : spot ? say("发言身份") : say("提案者");
  }

  /** Draw the table; `open` and `openTie` are what a click on a name or a tie does. */
  function draw(root, view, { open, openTie }) {
    const rows = rowsOf(view).slice(0, FIRST_ROWS);
    const head = [say("名称"), say("种类"), countName(view), say("相连")].map((text) => element("th", { scope: "col", text }));
    const body = rows.map(({ node, name, kind, count, ties }) => element("tr", {},
      element("th", { scope: "row" }, button(name, () => open(node))),
      element("td", { text: kind }),
      element("td", { class: "number", text: String(count) }),
      element("td", {}, ...tieList(view, ties, openTie))));
    root.replaceChildren(element("table", { class: "picture-rows" },
      element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body)));
    if (view.nodes.length > rows.length) {
      root.append(element("p", { class: "note", text: say("此表列前{n}项，图中共{all}项。", { n: rows.length, all: view.nodes.length }) }));
    }
  }

  function countName(view) {
    return view.listed ? say("记录数") : say("{what}数", { what: say(picturePlaces.HEADINGS[view.channel][1]) });
  }

  function tieList(view, ties, openTie) {
    const parts = ties.slice(0, FIRST_TIES).flatMap(({ tie, other }, i) => [
      i ? say("、") : "", button(view.listed ? other.name : `${other.name} ${tie.weight}`, () => openTie(tie))]);
    if (ties.length > FIRST_TIES) parts.push(say("等{n}项", { n: ties.length }));
    return parts;
  }

  function button(words, act) {
    return element("button", { type: "button", class: "as-link", text: words, onclick: act });
  }

  /** The table as plain cells, for a spreadsheet: a row a tie, and one for what is tied to nothing. */
  function cells(view) {
    const ties = [...view.ties, ...view.faint];
    const tied = new Set(ties.flatMap(({ from, to }) => [from, to]));
    const rows = ties.map(({ from, to, records }) => [from.name, kindOf(from), to.name, kindOf(to), String(records.length)]);
    const alone = view.nodes.filter((node) => !tied.has(node))
      .map((node) => [node.name, kindOf(node), "", "", String(node.records.length)]);
    return { columns: [say("一端"), say("种类"), say("另一端"), say("种类"), say("数量")], rows: [...rows, ...alone] };
  }

  /** A node in one sentence, for a screen reader. */
  function sentence(view, node) {
    const ties = tiesOf(view).get(node) ?? [];
    const named = ties.slice(0, 5).map(({ tie, other }) => (view.listed ? other.name : `${other.name} ${tie.weight}`));
    const names = named.join(say("、")) + (ties.length > 5 ? say("等{n}项", { n: ties.length }) : "");
    const tied = ties.length ? say("，与{names}相连", { names }) : "";
    return `${node.name}，${kindOf(node)}${node.spot && pictureData.isRecord(node.spot) ? "" : `，${node.records.length}`}${tied}`;
  }

  return { draw, cells, sentence };
})();
