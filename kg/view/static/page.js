// The page as a whole: what a click, a key and the address do.

/** Go to a card: the address changes, and the page follows it. */
function go(number, withKeyboard = false) {
  toPanel = withKeyboard;
  if (location.hash === addressOf(number)) open(number);
  else location.hash = addressOf(number);
}

/** Open a card: its facts in the panel, its place in the picture. */
function open(number) {
  const wasHidden = panel.hidden;
  showCard(number);
  document.title = `${cards[number].name} · ${pageTitle}`;
  setFocus(number);
  if (toPanel) panelBody.focus({ preventScroll: true });
  toPanel = false;
  if (wasHidden) settle(look);
  else look();
  if (matchMedia("(max-width: 900px)").matches) panel.scrollIntoView({ block: "start" });
}

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

function close() {
  panel.hidden = true;
  document.title = pageTitle;
  setFocus(null);
  if (location.hash) history.pushState(null, "", location.pathname + location.search);
  settle(() => fit());
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

/** Follow the address; whether it names a card. */
function openFromAddress() {
  const number = cardOfAddress.get(location.hash);
  if (number !== undefined) open(number);
  return number !== undefined;
}

let toPanel = false; // whether the next card takes the keyboard's focus
const pageTitle = document.title;

network.on("click", ({ pointer }) => {
  const spot = spotAt(pointer.canvas);
  if (spot) go(spot.card);
  else if (chosen !== null) close();
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
document.getElementById("home").addEventListener("click", () => {
  setFocus(null);
  showHome();
  settle(() => {});
});
document.getElementById("close").addEventListener("click", close);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target !== box && !panel.hidden) close();
  if (event.key === "/" && event.target !== box) { event.preventDefault(); box.focus(); }
});
window.addEventListener("hashchange", () => { if (!openFromAddress() && chosen !== null) close(); });
window.addEventListener("beforeprint", () => { network.setSize("100%", "100%"); fit(); });

document.fonts.ready.then(() => {
  document.getElementById("none").hidden = shown.size > 0;
  if (!openFromAddress() && matchMedia("(min-width: 1500px)").matches) showHome();
  network.setSize("100%", "100%");
  fit();
  network.redraw();
  document.body.dataset.ready = "yes";
});
