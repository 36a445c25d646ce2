#!/bin/sh
# Takes vis-network from the installed pyvis and checks that it is the one the page was made for.
set -eu
source="$("${PYTHON:-python3}" -c 'import pathlib, pyvis; print(pathlib.Path(pyvis.__file__).parent / "lib/vis-9.1.2/vis-network.min.js")')"
cd "$(dirname "$0")"
cp "$source" vis-network.min.js
echo "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69  vis-network.min.js" | sha256sum --check
