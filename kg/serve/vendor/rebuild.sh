#!/bin/sh
# Takes YASGUI from its npm package, without its list of prefixes and without source maps, with the licences of all that
# is in the bundle, and checks that it is the one the editor's page was made for. Needs npm, node and sha256sum; the
# packages' scripts are not run.
set -eu
cd "$(dirname "$0")"
here="$PWD"
made="$(mktemp -d)"
trap 'rm -rf "$made"' EXIT
cd "$made"
npm install --silent --no-save --ignore-scripts --no-audit --no-fund @zazuko/yasgui@4.6.2
node "$here/take.mjs" "$made/node_modules" "$here"
cd "$here"
sha256sum yasgui.min.js yasgui.min.css > "$made/SHA256SUMS"
if [ -f SHA256SUMS ]; then diff SHA256SUMS "$made/SHA256SUMS"; else cp "$made/SHA256SUMS" .; fi
