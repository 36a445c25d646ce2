#!/bin/sh
# Takes axe-core, which the accessibility tests run in the page, anew from npm with its licence.
set -eu
cd "$(dirname "$0")"
work="$(mktemp -d)"
trap 'rm -r "$work"' EXIT
npm install --prefix "$work" --no-audit --no-fund --silent axe-core@4.14.1
cp "$work/node_modules/axe-core/axe.min.js" "$work/node_modules/axe-core/LICENSE" .
echo "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c  axe.min.js" | sha256sum --check
