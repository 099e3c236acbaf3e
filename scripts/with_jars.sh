#!/bin/sh
# Fetch the Java libraries that a folder's pom.xml names into its target/, unless they are there, and run a command:
#
#     scripts/with_jars.sh tests/gephi .venv/bin/pytest -m gephi tests/exports/test_gephi.py
#
# Where Maven Central cannot be reached this says so, and does not run the command.
set -eu
[ $# -gt 1 ] || { echo 'usage: with_jars.sh FOLDER COMMAND...' >&2; exit 2; }
folder=$1
shift
missing=
if ! command -v mvn >/dev/null; then missing="$missing maven"; fi
if ! command -v javac >/dev/null; then missing="$missing openjdk-17-jdk-headless"; fi
if ! command -v rsvg-convert >/dev/null; then missing="$missing librsvg2-bin"; fi
if [ -n "$missing" ]; then
    if ! command -v apt-get >/dev/null; then
        echo "This needs$missing: install them, so that they are on the PATH." >&2
        exit 1
    fi
    echo "installing$missing from the distribution"
    as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
    as_root apt-get update -qq
    # shellcheck disable=SC2086  # one word a package
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

pom=$folder/pom.xml
log=$(mktemp)
fetched=$folder/target/fetched
if ! [ "$fetched" -nt "$pom" ]; then
    rm -rf "$folder/target"
    if ! mvn --batch-mode --quiet --file "$pom" dependency:copy-dependencies >"$log" 2>&1; then
        if grep -qE 'Unknown host|Connection refused|timed out|Network is unreachable|Could not transfer' "$log"; then
            echo "NOT RUN, because Maven Central cannot be reached: $*"
            rm -f "$log"
            exit 0
        fi
        cat "$log" >&2
        exit 1
    fi
    rm -f "$log"
    touch "$fetched"
fi
exec "$@"
