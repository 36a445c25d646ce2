// The ledger: every proposal as a row.

screens.set("ledger", {
  title: "提案台账",
  show(root) {
    const proposals = cards.filter((card) => card.kind === "Proposal");
    root.replaceChildren(element("ul", {}, ...proposals.map((card) => element("li", {}, linkTo(card.number)))));
  },
  hide() {},
});
