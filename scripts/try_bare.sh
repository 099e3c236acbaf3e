#!/bin/sh
# Build the wheel, install it with the declared dependencies alone, and do the main job in an empty folder.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work" "$here"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check "$work"/citation_lineage-*.whl
"$work/venv/bin/pip" check
mkdir "$work/empty"
cd "$work/empty"
"$work/venv/bin/python" -c 'import graph, sys; assert sys.prefix in graph.__file__, graph.__file__'
"$work/venv/bin/lineage" build
for name in index.html lineage.html neighbourhood.html lineage.graphml neighbourhood.graphml papers.csv citations.csv manifest.json; do
    test -s "output/$name"
done
"$work/venv/bin/lineage" path BERT to InstructGPT --top 1
"$work/venv/bin/python" -m graph show BERT >/dev/null
echo 'The main job works with the declared dependencies alone.'
