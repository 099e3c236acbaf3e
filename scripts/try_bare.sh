#!/bin/sh
# Build sdist and wheel and see that they agree; install the wheel with the declared dependencies alone, and do the
# main job in an empty folder without a network.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export PIP_QUIET=1 PIP_DISABLE_PIP_VERSION_CHECK=1

echo 'building the sdist and the wheel'
"${PYTHON:-python3}" -m venv "$work/builder"
"$work/builder/bin/pip" install 'hatchling>=1.27'
(cd "$here" && "$work/builder/bin/python" -m hatchling build --directory "$work/dist" >/dev/null 2>&1)
mkdir "$work/unpacked"
tar -xzf "$work"/dist/citation_lineage-*.tar.gz -C "$work/unpacked" --strip-components 1
for name in README.md LICENSE CHANGELOG.md CITATION.cff pyproject.toml Makefile data/README.md docs/index.md docs/conf.py \
    tests/conftest.py tests/analysis/test_paths.py scripts/try_bare.sh benchmarks/startup.py; do
    test -s "$work/unpacked/$name" || { echo "the sdist lacks $name" >&2; exit 1; }
done
(cd "$work/unpacked" && "$work/builder/bin/python" -m hatchling build -t wheel --directory "$work/again" >/dev/null 2>&1)
cmp "$work"/dist/*.whl "$work"/again/*.whl || { echo 'the sdist builds another wheel than the checkout' >&2; exit 1; }

echo 'installing the wheel'
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install "$work"/dist/citation_lineage-*.whl
"$work/venv/bin/pip" check

# A network namespace of its own has not even loopback. Where the system forbids it, a proxy that refuses has to do.
if unshare -rn true 2>/dev/null; then
    alone='unshare -rn'
else
    alone='env http_proxy=http://127.0.0.1:9 https_proxy=http://127.0.0.1:9 all_proxy=http://127.0.0.1:9'
fi
echo "running it in an empty folder, without a network ($alone)"
mkdir "$work/empty"
cd "$work/empty"
"$work/venv/bin/python" -c 'import graph, sys; assert sys.prefix in graph.__file__, graph.__file__'
$alone "$work/venv/bin/lineage" path BERT InstructGPT --top 1
$alone "$work/venv/bin/lineage" build
for name in index.html lineage.html neighbourhood.html lineage.graphml neighbourhood.graphml papers.csv citations.csv manifest.json; do
    test -s "output/$name"
done
$alone "$work/venv/bin/lineage" export svg --of "BERT → InstructGPT" -o figure.svg
test -s figure.svg
$alone "$work/venv/bin/python" -m graph show BERT >/dev/null
"$work/venv/bin/lineage" completion bash >/dev/null
echo 'The main job works with the declared dependencies alone, and without a network.'
