#!/bin/sh
# Try the wheel on every Python from 3.11 on that this machine has, with the lowest versions of what it declares and with
# the newest: the main job, every module, Parquet. With --tests, the tests of the core run once, too, with the lowest.
# $PYTHONS may name the interpreters instead. Needs uv on the PATH.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

interpreter() { # the newest Python of this version that runs: on the PATH, or of pyenv
    for each in "python$1" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1".*/bin/python; do
        if found=$("$each" -c 'import sys; print(sys.executable)' 2>/dev/null); then echo "$found"; return; fi
    done
}

if [ -z "${PYTHONS:-}" ]; then
    for version in 3.11 3.12 3.13 3.14; do
        found=$(interpreter "$version")
        if [ -n "$found" ]; then PYTHONS="${PYTHONS:-} $found"; else echo "no Python $version here: not tried"; fi
    done
fi
uv build --quiet --wheel --out-dir "$work/dist" "$here"
tests=${1:-}
for python in ${PYTHONS:?no Python to try}; do
    for resolution in lowest-direct highest; do
        venv="$work/venv"
        uv venv --quiet --clear --python "$python" "$venv"
        # Of a wheel uv would take the newest dependencies: to its resolver the wheel alone is direct.
        rm -f "$work/versions.txt" # uv would keep to the versions in it
        # The lowest are those with a wheel for this Python; pylatexenc has none for any.
        uv pip compile --quiet --python "$python" --resolution "$resolution" \
            --only-binary :all: --no-binary pylatexenc --extra bulk --extra mcp --extra parquet \
            --output-file "$work/versions.txt" "$here/pyproject.toml" >/dev/null
        uv pip install --quiet --python "$venv" --requirement "$work/versions.txt"
        uv pip install --quiet --python "$venv" --no-deps "$work"/dist/*.whl
        uv pip check --quiet --python "$venv"
        "$here/scripts/main_job.sh" "$venv/bin"
        if [ "$tests" = --tests ]; then
            uv pip install --quiet --python "$venv" --constraint "$work/versions.txt" --group "$here/pyproject.toml:test"
            (cd "$here" && "$venv/bin/python" -m pytest -q -p no:cacheprovider \
                graph tests/model tests/analysis tests/index tests/interfaces/test_mcp.py)
            tests=
        fi
        (cd "$work" && "$venv/bin/python" - <<'END'
import importlib, pkgutil, platform
from importlib.metadata import version

import graph

for module in pkgutil.walk_packages(graph.__path__, "graph."):
    if "spark" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
assert graph.export(graph.load(), "parquet")
print(platform.python_version(), *(f"{name} {version(name)}" for name in ("numpy", "pandas", "networkx", "click")), sep=", ")
END
        )
    done
done
