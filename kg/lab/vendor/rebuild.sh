#!/bin/sh
# Takes the store and the editor of the offline query page from their npm packages and checks that they are the ones
# it was made for. Needs npm, node, gzip and sha256sum; the packages' scripts are not run.
set -eu
cd "$(dirname "$0")"
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT
for package in oxigraph@0.5.11 @zazuko/yasqe@4.6.2 codemirror@5.65.21; do
  folder="$made/$(echo "$package" | sed 's|^@||; s|/|-|; s|@.*||')"
  mkdir "$folder"
  tar xzf "$(npm pack --silent --pack-destination "$made" "$package" | tail -n 1 | sed "s|^|$made/|")" -C "$folder" --strip-components 1
done
# A worker made from a file on the disk can't be a module, so its exports become plain names.
sed 's/^export \(class\|function\) /\1 /; /^export {/d; s/import\.meta\.url/""/' "$made/oxigraph/web.js" > oxigraph.js
gzip --best --no-name --stdout "$made/oxigraph/web_bg.wasm" > oxigraph.wasm.gz
# The package carries a copy of a public list of prefixes, some of them in bad taste; the page gives its own.
node --eval '
  const text = require("fs").readFileSync(0, "utf8");
  const list = /(?:[\w$]+=`[^`]*`,)+(prefixes_default)=\{[^}]*\}/;
  if (!list.test(text)) throw new Error("the list of prefixes is no longer where it was: look at the bundle");
  process.stdout.write(text.replace(list, "$1={}").replace(/^\/\/# sourceMappingURL=.*\n?/gm, ""));
' < "$made/zazuko-yasqe/build/yasqe.min.js" > yasqe.min.js
sed '/sourceMappingURL=/d' "$made/zazuko-yasqe/build/yasqe.min.css" > yasqe.min.css
cp "$made/codemirror/LICENSE" LICENSE-codemirror
gunzip --stdout oxigraph.wasm.gz | sha256sum | sed 's/-$/oxigraph.wasm/' > made.sha256
sha256sum oxigraph.js yasqe.min.js yasqe.min.css >> made.sha256
if [ -f SHA256SUMS ]; then diff SHA256SUMS made.sha256; rm made.sha256; else mv made.sha256 SHA256SUMS; fi
