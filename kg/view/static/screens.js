// Screens and their addresses: `#/`, `#/ledger?…`, `#/graph?…` name a screen, `#KIND/KEY` an entity's own page.

const screens = new Map(); // name → { title(params, number), show(root, params, number), hide() }
let params = addressParts(location.hash).params; // of the address now

/** The address of a screen (`/ledger`) or a card's key, with parameters; the language goes along. */
function addressWith(path, parameters = new URLSearchParams()) {
  const carried = new URLSearchParams(parameters);
  carried.delete("lang");
  if (language !== "zh") carried.set("lang", language);
  const query = carried.toString();
  return `#${path}${query ? `?${query}` : ""}`;
}

function addressOf(number) {
  return addressWith(cards[number].key.split("/").map(encodeURIComponent).join("/"));
}

function linkTo(number, words = cards[number].name) {
  return element("a", { class: "to", href: addressOf(number), text: words });
}

/** Go to an address; one that is there already is shown again. */
function go(address) {
  if (location.hash === new URL(address, location.href).hash) follow();
  else location.hash = address;
}

/** Change parameters of the address: a string, several, or null to take it away; `replace` adds no step to the history. */
function setParams(changes, { replace = false } = {}) {
  const changed = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    changed.delete(name);
    for (const each of [value ?? []].flat()) if (each !== "") changed.append(name, each);
  }
  const address = addressWith(addressParts(location.hash).path || "/", changed);
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  follow();
}

/** The screen that an address names, and the card if it is one's own page; the overview where it names nothing. */
function screenAt(path) {
  if (path.startsWith("/")) return { name: screens.has(path.slice(1)) ? path.slice(1) : "overview", number: null };
  const number = cardOfKey.get(decoded(path));
  return number === undefined ? { name: "overview", number: null } : { name: "sheet", number };
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path; // somebody typed it
    throw error;
  }
}

let current = null; // the screen that is shown
const pageTitle = document.title;

/** Show what the address names. */
function follow() {
  const parts = addressParts(location.hash);
  if ((parts.params.get("lang") === "en" ? "en" : "zh") !== language) {
    location.reload();
    return;
  }
  params = parts.params;
  const { name, number } = screenAt(parts.path);
  if (current !== name && current !== null) screens.get(current).hide?.();
  for (const section of document.querySelectorAll(".screen")) section.hidden = section.id !== `screen-${name}`;
  for (const link of document.querySelectorAll("[data-screen]")) {
    if (link.dataset.screen === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const screen = screens.get(name);
  const changed = current !== name || number !== null;
  current = name;
  screen.show(document.getElementById(`screen-${name}`), params, number);
  const title = typeof screen.title === "function" ? screen.title(params, number) : say(screen.title);
  document.title = name === "overview" ? pageTitle : `${title} · ${pageTitle}`;
  document.body.dataset.screen = name;
  if (changed) document.getElementById("screens").scrollTop = 0;
}
