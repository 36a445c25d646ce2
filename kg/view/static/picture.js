// The picture: vis-network places, pans and zooms; how a node and a line look is drawn here.

const drawn = JSON.parse(document.getElementById("network-data").textContent);
const spots = new Map(drawn.nodes.map((node) => [node.id, node]));
const lines = drawn.edges;

const spotsOfCard = new Map();
for (const spot of spots.values()) {
  if (!spotsOfCard.has(spot.card)) spotsOfCard.set(spot.card, []);
  spotsOfCard.get(spot.card).push(spot);
}
const hiddenKinds = new Set(known.hidden);
const records = new Set(known.wings.map(([record]) => record));

/** Whether a line is drawn: a record's own lines while it is shown, the ties that stand for it while it is not. */
function lineShown(line) {
  const ends = [spots.get(line.from), spots.get(line.to)];
  if (ends.some((spot) => hiddenKinds.has(spot.group))) return false;
  return line.weight ? hiddenKinds.has(line.record) : !hiddenKinds.has(line.record);
}

/** The spots that are drawn now: records of the kinds switched on, and whatever a drawn line reaches. */
function shownSpots() {
  const shown = new Set();
  for (const line of lines) {
    if (lineShown(line)) shown.add(line.from).add(line.to);
  }
  for (const spot of spots.values()) {
    if (isRecord(spot) && !hiddenKinds.has(spot.group)) shown.add(spot.id);
  }
  return shown;
}

function isRecord(spot) {
  return spot.column === 1 || spot.column === 3;
}

/** Put every spot in the row that it has while the kinds of record now chosen are shown. */
function setRows() {
  const choice = known.wings.map(([record]) => record).filter((record) => !hiddenKinds.has(record));
  const rows = known.rows[choice.join("+")];
  for (const spot of spots.values()) spot.y = rows[spot.id] ?? spot.y;
}

/** The spots that a spot's lines lead to, each side followed outwards from it: a proposal's proposer and its themes. */
function reach(from) {
  const drawnLines = lines.filter(lineShown);
  const found = new Set(from);
  for (const direction of [1, -1]) {
    let front = new Set(from);
    while (front.size) {
      const next = new Set();
      for (const line of drawnLines) {
        const [start, end] = direction > 0 ? [line.from, line.to] : [line.to, line.from];
        if (front.has(start) && !found.has(end)) next.add(end);
      }
      next.forEach((id) => found.add(id));
      front = next;
    }
  }
  return found;
}

const FONT = known.font;
const FAMILY = getComputedStyle(document.body).fontFamily;
const INK = "#23272c", FAINT = "#716e66", RULE = "#e2ded3", PAPER = "#fbfaf6", SEAL = "#a93a2a"; // as in graph.css
const LINE_HEIGHT = 17;
const SMALLEST = 0.66;
const MARGIN = 26, HEADING_ABOVE = 34;
const OPENERS = "“《（「"; // half of their width is blank: it hangs outside
const HEADINGS = {
  Proposal: ["提案者", "提案"], ConsultationCase: ["主办单位", "协商案例"],
  Statement: ["发言人", "发言"], Task: ["所属任务", "工作任务"],
};

let shown = shownSpots();
let shownLines = lines.filter(lineShown);
let focus = null; // the spots that stay in full colour, or null for all
let chosen = null; // the card whose facts are in the panel
let hovered = null;
let moved = false; // whether the reader has panned or zoomed

const container = document.getElementById("network");
const visNodes = new vis.DataSet(
  drawn.nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, hidden: !shown.has(node.id), shape: "custom", ctxRenderer: drawNode }))
);
const visEdges = new vis.DataSet(lines.map(({ id, from, to }) => ({ id, from, to, hidden: true })));
const network = new vis.Network(container, { nodes: visNodes, edges: visEdges }, JSON.parse(drawn.options));
network.on("beforeDrawing", drawLines);
network.on("afterDrawing", drawHeadings);

function font(ctx, weight = 400, size = FONT) {
  ctx.font = `${weight} ${size}px ${FAMILY}`;
}

/** The rectangle that a spot takes with its words. */
function extent(spot) {
  if (spot.column !== 0 && spot.column !== 4) {
    return { left: spot.x - spot.w / 2, right: spot.x + spot.w / 2, top: spot.y - spot.h / 2, bottom: spot.y + spot.h / 2 };
  }
  const words = spot.words ??= Math.max(...spot.lines.map(measured));
  const half = Math.max(spot.h, 18) / 2;
  return spot.column === 0
    ? { left: spot.x - 14 - words, right: spot.x + 8, top: spot.y - half, bottom: spot.y + half }
    : { left: spot.x - 8, right: spot.x + 14 + words, top: spot.y - half, bottom: spot.y + half };
}

const ruler = document.createElement("canvas").getContext("2d");
function measured(text) {
  font(ruler);
  return ruler.measureText(text).width;
}

function drawNode({ ctx, id }) {
  return { drawNode: () => paint(ctx, spots.get(id)), nodeDimensions: { width: 16, height: 16 } };
}

function paint(ctx, spot) {
  const look = looks.get(spot.group);
  const selected = spot.card === chosen;
  ctx.globalAlpha = focus && !focus.has(spot.id) ? 0.2 : 1;
  ctx.strokeStyle = look.colour;
  ctx.fillStyle = look.fill;
  ctx.lineWidth = selected || spot.id === hovered ? 2 : 1.2;
  if (spot.column === 0 || spot.column === 4) paintAgent(ctx, spot, look, selected);
  else paintCard(ctx, spot, look, selected);
  ctx.globalAlpha = 1;
}

function paintAgent(ctx, spot, look, selected) {
  const { x, y } = spot;
  ctx.beginPath();
  if (look.shape === "square") ctx.rect(x - 5, y - 5, 10, 10);
  else if (look.shape === "dashed") ctx.rect(x - 6, y - 5, 12, 10);
  else ctx.arc(x, y, look.shape === "ring" ? 5 : 5.5, 0, 2 * Math.PI);
  ctx.fill();
  if (look.shape === "ring") ctx.lineWidth += 0.8;
  if (look.shape === "dashed") ctx.setLineDash([3, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (selected) ring(ctx, x, y);
  font(ctx, selected ? 600 : 400);
  ctx.fillStyle = INK;
  ctx.textBaseline = "middle";
  ctx.textAlign = spot.column === 0 ? "right" : "left";
  write(ctx, spot, spot.column === 0 ? x - 13 : x + 13);
}

function ring(ctx, x, y) {
  ctx.beginPath();
  ctx.arc(x, y, 9.5, 0, 2 * Math.PI);
  ctx.strokeStyle = SEAL;
  ctx.lineWidth = 1.6;
  ctx.stroke();
}

function paintCard(ctx, spot, look, selected) {
  const { left, right, top, bottom } = extent(spot);
  const width = right - left, height = bottom - top;
  outline(ctx, look.shape, left, top, width, height);
  ctx.fill();
  if (look.shape === "dashed") ctx.setLineDash([4, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
  if (look.shape === "card") {
    ctx.fillStyle = look.colour;
    ctx.fillRect(left, top, 4, height);
  }
  if (selected) {
    ctx.strokeStyle = SEAL;
    ctx.lineWidth = 1.6;
    outline(ctx, look.shape, left - 3.5, top - 3.5, width + 7, height + 7);
    ctx.stroke();
  }
  font(ctx, selected ? 600 : 400);
  ctx.fillStyle = INK;
  ctx.textBaseline = "middle";
  ctx.textAlign = look.shape === "hexagon" ? "center" : "left";
  write(ctx, spot, look.shape === "hexagon" ? spot.x : left + 14);
}

function outline(ctx, shape, x, y, width, height) {
  ctx.beginPath();
  if (shape === "hexagon") {
    const cut = Math.min(12, height / 2);
    ctx.moveTo(x, y + height / 2);
    ctx.lineTo(x + cut, y);
    ctx.lineTo(x + width - cut, y);
    ctx.lineTo(x + width, y + height / 2);
    ctx.lineTo(x + width - cut, y + height);
    ctx.lineTo(x + cut, y + height);
    ctx.closePath();
  } else if (shape === "bubble") {
    const r = 6;
    ctx.roundRect(x, y, width, height, [r, r, r, 0]);
  } else if (shape === "rounded") {
    ctx.roundRect(x, y, width, height, Math.min(15, height / 2));
  } else {
    ctx.roundRect(x, y, width, height, shape === "card" ? 1 : 2);
  }
}

function write(ctx, spot, x) {
  const first = spot.y - ((spot.lines.length - 1) * LINE_HEIGHT) / 2 + 0.5;
  spot.lines.forEach((line, i) => {
    const hang = ctx.textAlign === "left" && OPENERS.includes(line[0]) ? measured(line[0]) / 2 : 0;
    ctx.fillText(line, x - hang, first + i * LINE_HEIGHT);
  });
}

function drawLines(ctx) {
  const below = [], above = [];
  const top = network.DOMtoCanvas({ x: 0, y: 0 }).y, bottom = network.DOMtoCanvas({ x: 0, y: container.clientHeight }).y;
  for (const line of shownLines) {
    const y1 = spots.get(line.from).y, y2 = spots.get(line.to).y;
    if (Math.max(y1, y2) < top || Math.min(y1, y2) > bottom) continue;
    (focus && focus.has(line.from) && focus.has(line.to) ? above : below).push(line);
  }
  for (const line of below) stroke(ctx, line, (focus ? 0.25 : 1) * faintness(line), 1.1);
  for (const line of above) stroke(ctx, line, 0.95, 1.7);
}

const heaviest = Math.max(1, ...lines.map((line) => line.weight));

/** Single lines are quiet; among ties the light ones nearly vanish beside the heavy ones. */
function faintness(line) {
  return line.weight ? 0.06 + 0.4 * (line.weight / heaviest) : 0.42;
}

function stroke(ctx, line, alpha, width) {
  const from = spots.get(line.from), to = spots.get(line.to);
  const x1 = port(from, 1), x2 = port(to, -1);
  const bend = (x2 - x1) * 0.5;
  ctx.beginPath();
  ctx.moveTo(x1, from.y);
  ctx.bezierCurveTo(x1 + bend, from.y, x2 - bend, to.y, x2, to.y);
  ctx.strokeStyle = looks.get(line.record).colour;
  ctx.globalAlpha = alpha;
  ctx.lineWidth = line.weight ? 1 + 5 * (line.weight / Math.max(heaviest, 5)) : width;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** Where lines leave a spot to the right (1) or to the left (-1). */
function port(spot, side) {
  const outer = spot.column === 0 || spot.column === 4;
  return spot.x + side * (outer ? 7 : spot.w / 2);
}

/** Above each column what it holds; where the top of the picture is out of view, at the top of the view. */
function drawHeadings(ctx) {
  const found = headings();
  if (!found.length) return;
  const { x: left, y: top } = network.DOMtoCanvas({ x: 0, y: 0 });
  const line = Math.max(found[0].y, top + 22 / network.getScale());
  if (line > found[0].y) {
    const right = network.DOMtoCanvas({ x: container.clientWidth, y: 0 }).x;
    ctx.fillStyle = PAPER;
    ctx.fillRect(left, top, right - left, line + 12 - top);
    ctx.fillStyle = RULE;
    ctx.fillRect(left, line + 12, right - left, 1);
  }
  font(ctx, 600, 12);
  ctx.fillStyle = FAINT;
  ctx.textBaseline = "alphabetic";
  for (const { words, x, align } of found) {
    ctx.textAlign = align;
    ctx.fillText([...words].join("\u200a\u200a"), x, line);
  }
}

function headings() {
  const here = [...shown].map((id) => spots.get(id));
  if (!here.length) return [];
  const y = Math.min(...here.map((spot) => extent(spot).top)) - 18;
  const found = [];
  for (const column of [0, 1, 2, 3, 4]) {
    const spot = here.find((s) => s.column === column);
    if (!spot) continue;
    const align = ["right", "left", "center", "left", "left"][column];
    const x = [spot.x + 6, spot.x - spot.w / 2, spot.x, spot.x - spot.w / 2, spot.x - 6][column];
    found.push({ words: headingOf(column, here), x, y, align });
  }
  return found;
}

function headingOf(column, here) {
  if (column === 2) return "议题";
  const wings = known.wings.filter(([, agents, own]) => column === agents || column === own);
  const there = wings.filter(([record, agents]) =>
    column === agents
      ? shownLines.some((line) => line.record === record)
      : !hiddenKinds.has(record) && here.some((spot) => spot.group === record));
  return there.map(([record, agents]) => HEADINGS[record][column === agents ? 0 : 1]).join(" · ");
}

/** Move the view so that all shown spots, or the given ones, are seen. */
function fit(ids = [...shown], largest = 1.5, duration = 0) {
  if (!ids.length || !container.clientWidth) return;
  const boxes = ids.map((id) => extent(spots.get(id)));
  const left = Math.min(...boxes.map((b) => b.left)), right = Math.max(...boxes.map((b) => b.right));
  const top = Math.min(...boxes.map((b) => b.top)) - HEADING_ABOVE, bottom = Math.max(...boxes.map((b) => b.bottom));
  const across = (container.clientWidth - 2 * MARGIN) / (right - left), down = (container.clientHeight - MARGIN) / (bottom - top);
  const whole = Math.min(across, down, largest);
  const scale = whole < SMALLEST ? Math.min(1, Math.max(across, SMALLEST)) : whole;
  // What does not fit at a size that can be read begins at the top left, and the rest is a drag away.
  const x = (right - left) * scale > container.clientWidth ? left + container.clientWidth / 2 / scale - MARGIN : (left + right) / 2;
  const half = (container.clientHeight / 2 - 10) / scale;
  const own = ids.find((id) => spots.get(id).card === chosen);
  const y = 2 * half > bottom - top ? (top + bottom) / 2 : own === undefined ? top + half : spots.get(own).y;
  const animation = duration && !matchMedia("(prefers-reduced-motion: reduce)").matches ? { duration, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ position: { x, y }, scale, animation });
}

function redrawKinds() {
  shown = shownSpots();
  shownLines = lines.filter(lineShown);
  setRows();
  visNodes.update([...spots.values()].map(({ id, y }) => ({ id, y, hidden: !shown.has(id) })));
  document.getElementById("none").hidden = shown.size > 0;
  setFocus(chosen);
  fit([...shown], 1.5, 200);
}

function setFocus(card) {
  chosen = card;
  const here = (spotsOfCard.get(card) ?? []).map((spot) => spot.id).filter((id) => shown.has(id));
  focus = here.length ? reach(here) : null;
  network.redraw();
}

/** The spot under a point of the canvas, with a little room around it for fingers. */
function spotAt({ x, y }) {
  for (const id of shown) {
    const box = extent(spots.get(id));
    if (x >= box.left - 3 && x <= box.right + 3 && y >= box.top - 3 && y <= box.bottom + 3) return spots.get(id);
  }
  return null;
}

/** Where a name stands in the window, for whoever drives the page by a script; null while it is not drawn. */
container.placeOf = (name) => {
  const spot = [...shown].map((id) => spots.get(id)).find(({ card }) => cards[card].name === name);
  if (!spot) return null;
  const { x, y } = network.canvasToDOM(spot), corner = container.getBoundingClientRect();
  return { x: corner.left + x, y: corner.top + y };
};

/** Bring what belongs to a card into view, where some of it is not. */
function look() {
  if (!focus) return;
  const view = { a: network.DOMtoCanvas({ x: 0, y: 0 }), b: network.DOMtoCanvas({ x: container.clientWidth, y: container.clientHeight }) };
  const inside = [...focus].every((id) => {
    const box_ = extent(spots.get(id));
    return box_.left >= view.a.x && box_.right <= view.b.x && box_.top >= view.a.y && box_.bottom <= view.b.y;
  });
  if (!inside) fit([...focus], Math.max(0.9, network.getScale()), 260);
}

/** After the panel has taken or given room, and vis-network has seen it. */
function settle(then) {
  requestAnimationFrame(() => {
    network.setSize("100%", "100%");
    network.redraw();
    if (!moved) fit();
    then();
  });
}

network.on("click", ({ pointer }) => {
  const spot = spotAt(pointer.canvas);
  if (spot) choose(spot.card);
  else if (chosen !== null) closePanel();
});
network.on("zoom", () => { moved = true; });
network.on("dragStart", () => { moved = true; });
network.on("resize", () => { if (!moved) fit(); });

const tip = document.getElementById("tip");
container.addEventListener("pointermove", (event) => {
  const at = { x: event.clientX - container.getBoundingClientRect().left, y: event.clientY - container.getBoundingClientRect().top };
  const spot = event.buttons ? null : spotAt(network.DOMtoCanvas(at));
  container.style.cursor = spot ? "pointer" : "grab";
  if ((spot ? spot.id : null) !== hovered) {
    hovered = spot ? spot.id : null;
    network.redraw();
  }
  const whole = spot && cards[spot.card].name;
  tip.hidden = !spot || spot.lines.join("") === whole;
  if (!tip.hidden) {
    tip.textContent = whole;
    const room = container.clientWidth - tip.offsetWidth - 12;
    tip.style.left = `${Math.max(8, Math.min(at.x + 14, room))}px`;
    tip.style.top = `${at.y + 20 + tip.offsetHeight > container.clientHeight ? at.y - tip.offsetHeight - 12 : at.y + 20}px`;
  }
});
container.addEventListener("pointerleave", () => { tip.hidden = true; hovered = null; network.redraw(); });

document.getElementById("legend").addEventListener("click", (event) => {
  const button = event.target.closest(".kind");
  if (!button) return;
  const { kind } = button.dataset;
  if (!hiddenKinds.delete(kind)) hiddenKinds.add(kind);
  afterSwitching();
});

function switchOn(kinds) {
  kinds.forEach((kind) => hiddenKinds.delete(kind));
  afterSwitching();
  look();
}

function afterSwitching() {
  for (const button of document.querySelectorAll(".kind")) {
    button.setAttribute("aria-pressed", String(!hiddenKinds.has(button.dataset.kind)));
  }
  moved = false;
  redrawKinds();
}

const zoomBy = (factor) => { moved = true; network.moveTo({ scale: network.getScale() * factor }); };
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.25));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(0.8));
document.getElementById("zoom-fit").addEventListener("click", () => { moved = false; fit([...shown], 1.5, 200); });

/** A card in the drawer, and what belongs to it in full colour. */
function choose(number) {
  showInPanel(number);
  setFocus(number);
  settle(look);
}

panel.addEventListener("close", () => {
  setFocus(null);
  settle(() => fit());
});
window.addEventListener("beforeprint", () => { network.setSize("100%", "100%"); fit(); });

screens.set("graph", {
  title: "关系图",
  show() {
    document.getElementById("none").hidden = shown.size > 0;
    network.setSize("100%", "100%");
    fit();
    network.redraw();
  },
  hide() {},
});
