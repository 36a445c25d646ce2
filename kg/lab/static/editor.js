// The SPARQL editor: its own completers ask a server, so ours stand in their place, from the vocabulary in the file.

/** The word before the cursor, as a prefixed name is written. */
function wordAt(yasqe) {
  const { line, ch } = yasqe.getDoc().getCursor();
  const before = yasqe.getDoc().getLine(line).slice(0, ch);
  return before.match(/[A-Za-z][\w-]*:[\w-]*$|[A-Za-z]{2,}$/)?.[0] ?? "";
}

/** Terms that go on from a word: by their compact form, or by a part of their own name. */
function termsFor(word) {
  const wanted = word.toLowerCase();
  return known.terms.filter(([term]) => {
    const name = term.slice(term.indexOf(":") + 1).toLowerCase();
    return term.toLowerCase().startsWith(wanted) || (!word.includes(":") && name.startsWith(wanted));
  });
}

function hints(yasqe) {
  const word = wordAt(yasqe);
  const { line, ch } = yasqe.getDoc().getCursor();
  return {
    from: { line, ch: ch - word.length },
    to: { line, ch },
    list: word ? termsFor(word).map(([term, , label]) => ({ text: term, displayText: `${term}　${label}` })) : [],
  };
}

function makeEditor(root, ask) {
  const yasqe = new Yasqe(root, {
    value: "",
    persistenceId: null,
    prefixCcApi: null,
    createShareableLink: () => "",
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    collapsePrefixesOnLoad: false,
    autocompleters: [],
    lineWrapping: true,
    screenReaderLabel: "SPARQL",
    extraKeys: { "Ctrl-Enter": ask, "Cmd-Enter": ask, "Ctrl-Space": complete, Tab: false, "Shift-Tab": false },
  });

  function complete() {
    yasqe.showHint({ hint: () => hints(yasqe), completeSingle: false });
  }

  yasqe.on("inputRead", (_, change) => {
    if (change.origin === "+input" && wordAt(yasqe).includes(":") && termsFor(wordAt(yasqe)).length) complete();
  });
  return yasqe;
}
