#!/bin/sh
# Do the main job with an installed wheel, in an empty folder and without a network: scripts/main_job.sh VENV/bin
set -eu
bin=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

# A network namespace of its own has not even loopback. Where the system forbids it, a proxy that refuses has to do.
if unshare -rn true 2>/dev/null; then
    alone='unshare -rn'
else
    alone='env http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 all_proxy=http://127.0.0.1:9'
fi
cd "$work"
unset PYTHONPATH
"$bin/python" -c 'import graph, sys; assert graph.__file__.startswith(sys.prefix), graph.__file__'
$alone "$bin/lineage" path BERT InstructGPT --top 1 >path.txt
grep -q '760 paths' path.txt
$alone "$bin/lineage" build >/dev/null 2>&1
for name in index.html lineage.html neighbourhood.html lineage.graphml neighbourhood.graphml papers.csv citations.csv manifest.json; do
    test -s "output/$name"
done
$alone "$bin/lineage" export svg --of "BERT → InstructGPT" -o figure.svg >/dev/null 2>&1
test -s figure.svg
$alone "$bin/python" -m graph show BERT >/dev/null
$alone "$bin/python" -c 'from graph import ask, load; assert len(ask(load(), "BERT → InstructGPT").to_frame())'
"$bin/lineage" completion bash >/dev/null
