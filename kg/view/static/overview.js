// The overview: what there is, in figures, and where to go from here.

screens.set("overview", {
  title: "总览",
  show(root) {
    const kinds = known.kinds.map((kind) => [kind, cards.filter((card) => card.kind === kind).length]).filter(([, n]) => n);
    root.replaceChildren(element("ul", {}, ...kinds.map(([kind, n]) => element("li", { text: `${say(known.kindLabels[kind])} ${n}` }))));
  },
  hide() {},
});
