// Where the picture is drawn: vis-network gives canvas, view and gestures; what it shows is drawn once on tiles, which
// then only move with the view, so that panning stays smooth however much there is.

const pictureStage = (() => {
  const TILE = 512; // in the canvas's own pixels
  const MOST_TILES = 72;
  const BUDGET = 7; // milliseconds that new tiles may take of a frame while the view moves
  const REST = 130; // milliseconds after which zooming is over
  const BARE = 0.36; // below this scale words are not drawn
  const READABLE = 0.8, LARGEST = 1.3; // scale
  const MARGIN = 22, ABOVE = 34; // around the picture; for the headings
  const VEIL = 0.74;

  let network = null, container = null, family = "";
  let view = null;
  let state = { selected: null, hovered: null, hoveredTie: null, picked: null }; // a card, a node, a tie, a node
  const tiles = new Map();
  let level = 0; // the scale that the tiles are drawn for
  let dragging = false, zooming = 0;
  let moved = false; // whether the reader has panned or zoomed
  let handlers = {};

  function start(element_, options, on) {
    container = element_;
    handlers = on;
    family = getComputedStyle(document.body).fontFamily;
    network = new vis.Network(container, { nodes: [], edges: [] }, options);
    container.firstElementChild.tabIndex = -1; // the container itself takes the keyboard
    network.on("beforeDrawing", draw);
    network.on("dragStart", () => { dragging = moved = true; });
    network.on("dragEnd", () => { dragging = false; network.redraw(); });
    network.on("zoom", () => {
      moved = true;
      clearTimeout(zooming);
      zooming = setTimeout(() => { zooming = 0; network.redraw(); }, REST);
    });
    // vis-network puts its own view back once this event is over; so ours comes after it.
    network.on("resize", () => queueMicrotask(() => { if (container.clientWidth) on.resized(); }));
    network.on("click", ({ pointer }) => {
      const node = nodeAt(pointer.canvas), tie = node ? null : tieAt(pointer.canvas);
      if (node) on.open(node);
      else if (tie) on.openTie(tie);
      else on.nothing();
    });
    container.addEventListener("pointermove", hover);
    container.addEventListener("pointerleave", () => { set({ hovered: null, hoveredTie: null }); on.hovered(null); });
  }

  // -- drawing -----------------------------------------------------------------------------------------------------------

  function draw(context) {
    if (!view) return;
    const { a: scale, e, f } = context.getTransform();
    const origin = { x: Math.round(e), y: Math.round(f) }; // whole pixels: tiles stay sharp
    const { width, height } = context.canvas;
    if (scale !== level && !(zooming && tiles.size)) {
      tiles.clear();
      level = scale;
    }
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (drawTiles(context, origin, scale / level, width, height)) requestAnimationFrame(() => network.redraw());
    const world = { left: -origin.x / scale, top: -origin.y / scale, right: (width - origin.x) / scale, bottom: (height - origin.y) / scale };
    drawOver(context, origin, scale, world);
    context.restore();
  }

  /** Put the tiles in view on the canvas; whether some are still to be drawn. */
  function drawTiles(context, origin, stretch, width, height) {
    const size = TILE * stretch, began = performance.now();
    let waiting = false;
    for (let j = Math.floor(-origin.y / size); j * size + origin.y < height; j++) {
      for (let i = Math.floor(-origin.x / size); i * size + origin.x < width; i++) {
        const key = `${i} ${j}`;
        if (!tiles.has(key) && stretch === 1) {
          if (dragging && performance.now() - began > BUDGET) waiting = true;
          else tiles.set(key, tile(i, j));
        }
        const made = tiles.get(key);
        if (made) context.drawImage(made, origin.x + i * size, origin.y + j * size, size, size);
      }
    }
    for (const key of tiles.keys()) {
      if (tiles.size <= MOST_TILES) break;
      tiles.delete(key);
    }
    return waiting;
  }

  function tile(i, j) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = TILE;
    const context = canvas.getContext("2d");
    context.setTransform(level, 0, 0, level, -i * TILE, -j * TILE);
    const part = { left: (i * TILE) / level, right: ((i + 1) * TILE) / level, top: (j * TILE) / level, bottom: ((j + 1) * TILE) / level };
    paintPart(new CanvasPen(context, family), part, view, false);
    return canvas;
  }

  /** Draw what a part of the plane holds of a view, or of the lit things. */
  function paintPart(pen, part, { nodes, ties }, lit) {
    const inside = ({ box: { left, right, top, bottom } }) =>
      left < part.right + 8 && right > part.left - 8 && top < part.bottom + 8 && bottom > part.top - 8;
    const bare = level / pixelRatio() < BARE;
    picturePaint.paint(pen, view, { nodes: nodes.filter(inside), ties: ties.filter(inside), lit, bare });
    if (!lit && hasCategories()) picturePaint.paintCategories(pen, view);
  }

  function hasCategories() {
    return !view.listed && container.clientWidth >= 760;
  }

  /** Above the tiles: what is lit, what is open or picked, the headings. */
  function drawOver(context, origin, scale, world) {
    context.setTransform(scale, 0, 0, scale, origin.x, origin.y);
    const pen = new CanvasPen(context, family);
    const lit = litNow();
    if (lit) {
      pen.rect(world.left, world.top, world.right - world.left, world.bottom - world.top, 0, { fill: picturePaint.PAPER, alpha: VEIL });
      paintPart(pen, world, lit, true);
    }
    for (const node of view.nodes) {
      if (state.selected !== null && node.spot?.card === state.selected) picturePaint.paintFrame(pen, node, false);
    }
    if (state.picked) picturePaint.paintFrame(pen, state.picked, true);
    drawHeadings(pen, world, scale);
  }

  /** What the columns hold; where the top of the picture is out of view, at the top of the view. */
  function drawHeadings(pen, world, scale) {
    if (!view.nodes.length || scale / pixelRatio() < BARE) return;
    const own = view.box.top - 16, unit = pixelRatio() / scale;
    const line = Math.max(own, world.top + 18 * unit);
    if (line > own) {
      pen.rect(world.left, world.top, world.right - world.left, line + 14 - world.top, 0, { fill: picturePaint.PAPER });
      pen.rect(world.left, line + 13, world.right - world.left, 1, 0, { fill: picturePaint.RULE });
    }
    for (const { words, x, align } of picturePaint.headings(view)) {
      pen.text(words, x, line, { size: 12, weight: 600, colour: picturePaint.FAINT, align });
    }
  }

  function pixelRatio() {
    return container.querySelector("canvas").width / container.clientWidth;
  }

  // -- what is lit -------------------------------------------------------------------------------------------------------

  /** What is drawn in full strength while something is hovered, picked or open; null for all. */
  function litNow() {
    if (state.hoveredTie) return { nodes: [state.hoveredTie.from, state.hoveredTie.to], ties: [state.hoveredTie] };
    const from = state.hovered ?? state.picked ?? (view.listed ? view.nodes.find(({ spot }) => spot && spot.card === state.selected) : null);
    if (!from) return null;
    if (state.litFrom !== from || state.litView !== view) Object.assign(state, { litFrom: from, litView: view, lit: reach(from) });
    return state.lit;
  }

  function reach(from) {
    view.tiesOf ??= tiesByNode();
    const ties = new Set(), nodes = new Set([from]);
    for (const way of ["to", "from"]) {
      let front = [from];
      while (front.length) {
        const next = [];
        for (const node of front) {
          for (const tie of view.tiesOf.get(node) ?? []) {
            if (tie[way] === node || ties.has(tie)) continue;
            ties.add(tie);
            if (!nodes.has(tie[way])) next.push(tie[way]);
            nodes.add(tie[way]);
          }
        }
        front = view.listed ? next : [];
      }
    }
    return { nodes: [...nodes], ties: [...ties] };
  }

  function tiesByNode() {
    const found = new Map();
    for (const tie of [...view.ties, ...view.faint]) {
      for (const end of [tie.from, tie.to]) {
        if (!found.has(end)) found.set(end, []);
        found.get(end).push(tie);
      }
    }
    return found;
  }

  // -- pointing ----------------------------------------------------------------------------------------------------------

  function hover(event) {
    if (!view || event.buttons) return;
    const corner = container.getBoundingClientRect();
    const at = { x: event.clientX - corner.left, y: event.clientY - corner.top };
    const point = network.DOMtoCanvas(at);
    const node = event.pointerType === "touch" ? null : nodeAt(point);
    const tie = node || event.pointerType === "touch" ? null : tieAt(point);
    container.style.cursor = node || tie ? "pointer" : "grab";
    set({ hovered: node, hoveredTie: tie });
    handlers.hovered(node ?? tie, at);
  }

  /** The node under a point of the plane, with a little room around it for fingers. */
  function nodeAt({ x, y }) {
    return view.nodes.find(({ box }) => x >= box.left - 3 && x <= box.right + 3 && y >= box.top - 1 && y <= box.bottom + 1) ?? null;
  }

  /** The tie drawn nearest to a point, if it is near. */
  function tieAt({ x, y }) {
    const near = 5 / network.getScale();
    let best = null, least = Infinity;
    for (const tie of view.ties) {
      if (x < tie.box.left || x > tie.box.right || y < tie.box.top - near || y > tie.box.bottom + near) continue;
      const away = Math.abs(heightAt(tie, x) - y);
      if (away < least && away <= near + tie.weight / 4) [best, least] = [tie, away];
    }
    return best;
  }

  /** The height of a tie's curve at x: its parameter is found by halving. */
  function heightAt({ from, to }, x) {
    const left = picturePlaces.port(from, 1), share = (x - left) / (picturePlaces.port(to, -1) - left);
    let low = 0, high = 1;
    for (let step = 0; step < 20; step++) {
      const t = (low + high) / 2;
      if (1.5 * t * (1 - t) + t ** 3 < share) low = t;
      else high = t;
    }
    return from.y + (to.y - from.y) * (3 * low ** 2 - 2 * low ** 3);
  }

  // -- the view ----------------------------------------------------------------------------------------------------------

  /** Show a view that has places; `keep` leaves the reader where he is. */
  function show(made, { keep = false } = {}) {
    view = made;
    tiles.clear();
    Object.assign(state, { hovered: null, hoveredTie: null, picked: null, litFrom: null });
    handlers.hovered(null);
    if (!keep) moved = false;
    if (keep && moved) network.redraw();
    else fit();
  }

  /** Change what is `selected` (a card) or `picked`, `hovered` (a node); drawn again if anything changed. */
  function set(changes) {
    const before = { ...state };
    Object.assign(state, changes);
    if (view && Object.keys(changes).some((name) => before[name] !== state[name])) network.redraw();
  }

  /** The whole picture where it can be read so; else its top at a size that can be read. */
  function fit() {
    const { clientWidth: width, clientHeight: height } = container;
    if (!view || !width) return;
    const { left, right, bottom } = view.box, top = view.box.top - ABOVE;
    const across = (width - 2 * MARGIN) / (right - left), down = (height - MARGIN) / (bottom - top);
    const whole = Math.min(across, down, LARGEST);
    const scale = whole >= READABLE ? whole : Math.max(Math.min(across, 1), Math.min(READABLE, 1));
    const x = (right - left) * scale > width ? left + width / 2 / scale - MARGIN / scale : (left + right) / 2;
    const y = (bottom - top) * scale > height - 8 ? top + (height / 2 - 6) / scale : (top + bottom) / 2;
    network.moveTo({ position: { x, y }, scale, animation: false });
    network.redraw();
  }

  function zoomBy(factor) {
    moved = true;
    network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)), animation: false });
  }

  /** Move the view so that a node is in it. */
  function reveal({ x, y }) {
    const at = network.canvasToDOM({ x, y });
    if (at.x > 40 && at.x < container.clientWidth - 40 && at.y > 50 && at.y < container.clientHeight - 30) return;
    moved = true;
    network.moveTo({ position: { x: network.getViewPosition().x, y }, animation: false });
  }

  /** Where a node stands in the window: its middle, and the rectangle that it takes with its words. */
  function inWindow(node) {
    const corner = container.getBoundingClientRect();
    const at = (x, y) => {
      const point = network.canvasToDOM({ x, y });
      return { x: corner.left + point.x, y: corner.top + point.y };
    };
    const { left, right, top, bottom } = node.box, first = at(left, top), last = at(right, bottom);
    return { ...at(node.x, node.y), left: first.x, top: first.y, right: last.x, bottom: last.y };
  }

  function resized() {
    network.setSize("100%", "100%");
  }

  // -- copies ------------------------------------------------------------------------------------------------------------

  /** The view on another pen, whole: with its headings. */
  function copy(pen) {
    level = pixelRatio(); // words are drawn
    picturePaint.paint(pen, view);
    if (hasCategories()) picturePaint.paintCategories(pen, view);
    for (const { words, x, align } of picturePaint.headings(view)) {
      pen.text(words, x, view.box.top - 16, { size: 12, weight: 600, colour: picturePaint.FAINT, align });
    }
    level = 0;
  }

  function frame() {
    const { left, right, top, bottom } = view.box;
    return { left: left - MARGIN, right: right + MARGIN, top: top - ABOVE, bottom: bottom + MARGIN };
  }

  const fonts = () => family;
  return { start, show, set, fit, zoomBy, reveal, inWindow, resized, copy, frame, fonts };
})();
