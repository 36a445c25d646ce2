// The bundle and its licences, out of an installed @zazuko/yasgui: node take.mjs NODE_MODULES TARGET
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [modules, target] = process.argv.slice(2);
const build = join(modules, "@zazuko/yasgui/build");

// The package carries a copy of a public list of prefixes, which anybody may add to and some did in bad taste. The
// page gives its own prefixes.
const list = /(?:[\w$]+=`[^`]*`,)+(prefixes_default)=\{[^}]*\}/;
const script = readFileSync(join(build, "yasgui.min.js"), "utf8");
if (!list.test(script)) throw new Error("the list of prefixes is no longer where it was: look at the bundle");
const without = (text) => text.replace(/^\/\/# sourceMappingURL=.*$|\/\*# sourceMappingURL=.*?\*\//gm, "").trimEnd() + "\n";
writeFileSync(join(target, "yasgui.min.js"), without(script.replace(list, "$1={}")));
writeFileSync(join(target, "yasgui.min.css"), without(readFileSync(join(build, "yasgui.min.css"), "utf8")));

// What is in the bundle stands in its source map.
const sources = JSON.parse(readFileSync(join(build, "yasgui.min.js.map"), "utf8")).sources;
const inside = new Set(
  sources
    .filter((path) => path.includes("node_modules/"))
    .map((path) => path.split("node_modules/").pop().match(/^(@[^/]+\/)?[^/]+/)[0]),
);
const described = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
const texts = new Map();
for (const name of [...inside].sort()) {
  const files = existsSync(join(modules, name)) ? readdirSync(join(modules, name)) : [];
  const file = files.find((one) => /^licen[cs]e(\.(md|txt))?$/i.test(one));
  const text = file
    ? readFileSync(join(modules, name, file), "utf8").replaceAll("\r\n", "\n").trim()
    : `The package has no licence file; it says of itself: ${described(name).license}.`;
  texts.set(text, [...(texts.get(text) ?? []), name]);
}
const parts = [...texts].map(([text, names]) => `${"=".repeat(20)} ${names.join(", ")}\n\n${text}\n`);
writeFileSync(join(target, "LICENSES-inside.txt"), parts.join("\n"));
