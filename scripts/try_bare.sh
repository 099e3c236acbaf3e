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
    tests/conftest.py tests/analysis/test_paths.py scripts/try_bare.sh benchmarks/startup.py \
    examples/cryptography/printed/rivest1978.bbl constraints/checks.txt; do
    test -s "$work/unpacked/$name" || { echo "the sdist lacks $name" >&2; exit 1; }
done
(cd "$work/unpacked" && "$work/builder/bin/python" -m hatchling build -t wheel --directory "$work/again" >/dev/null 2>&1)
cmp "$work"/dist/*.whl "$work"/again/*.whl || { echo 'the sdist builds another wheel than the checkout' >&2; exit 1; }

echo 'installing the wheel'
"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install "$work"/dist/citation_lineage-*.whl
"$work/venv/bin/pip" check

echo 'doing the main job in an empty folder, without a network'
"$here/scripts/main_job.sh" "$work/venv/bin"
echo 'The main job works with the declared dependencies alone, and without a network.'
