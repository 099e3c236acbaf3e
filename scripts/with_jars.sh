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
"$(dirname "$0")/install_test_tools.sh" --jars

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
