// The picture by keyboard: arrows go from node to node, Enter opens, Backspace goes back, Home to the whole.

const pictureKeys = (() => {
  let picked = null;

  /** Let the keyboard drive a view: `current()` gives it, `on` says what keys do. */
  function attach(container, current, on) {
    container.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const act = actionOf(event.key, current(), on);
      if (!act) return;
      event.preventDefault();
      act();
    });
    container.addEventListener("blur", () => pick(null, on));
  }

  function actionOf(key, view, on) {
    const step = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [1, 0], ArrowLeft: [-1, 0] }[key];
    if (step) return () => pick(next(view, step), on);
    return {
      Enter: picked && (() => on.open(picked)), " ": picked && (() => on.open(picked)),
      Backspace: on.back, Home: on.home, "+": on.larger, "=": on.larger, "-": on.smaller, 0: on.whole,
    }[key];
  }

  function pick(node, on) {
    picked = node;
    on.picked(node);
  }

  /** The next node downwards in the column, or the one most like it in the next column that a tie leads to. */
  function next(view, [across, down]) {
    if (!view.nodes.length) return null;
    if (!view.nodes.includes(picked)) return view.nodes[0];
    if (down) {
      const column = view.nodes.filter(({ x }) => x === picked.x).sort((a, b) => a.y - b.y);
      return column[Math.min(column.length - 1, Math.max(0, column.indexOf(picked) + down))];
    }
    const ends = view.ties.filter(({ from, to }) => (across > 0 ? from : to) === picked).map(({ from, to }) => (across > 0 ? to : from));
    const beside = ends.length ? ends : view.nodes.filter(({ x }) => (x - picked.x) * across > 0);
    return beside.reduce((best, node) => (best && away(best) <= away(node) ? best : node), null) ?? picked;
  }

  function away(node) {
    return Math.abs(node.x - picked.x) / 3 + Math.abs(node.y - picked.y);
  }

  return { attach };
})();
