#!/bin/sh
# Makes fflate.min.js anew from npm: what the page needs to write an Excel workbook, and its licence.
set -eu
cd "$(dirname "$0")"
work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent fflate@0.8.3 esbuild@0.28.2
echo 'export { strToU8, zipSync } from "fflate";' >"$work/entry.js"
"$work/node_modules/.bin/esbuild" "$work/entry.js" --bundle --minify --format=iife --global-name=fflate \
    --target=es2020 --legal-comments=none --outfile=fflate.min.js --log-level=warning
cp "$work/node_modules/fflate/LICENSE" LICENSE
echo "2373e7a4695582c52afb3a04f1eaa41ce7eccaebcf181ad18a0538452c5c308a  fflate.min.js" | sha256sum --check
