#!/bin/sh
# Compare the versions in constraints/ with the vulnerabilities that are published at PyPI and OSV.
# Exit codes: 0 none is known; 1 there are some, which are listed; 75 the service could not be reached: nothing is known.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
pip_audit=${1:-pip-audit}
told=$(mktemp)
trap 'rm -f "$told"' EXIT INT TERM
code=0
for name in build checks jupyter; do
    "$pip_audit" --progress-spinner off --disable-pip --require-hashes --requirement "$here/constraints/$name.txt" \
        >"$told" 2>&1 && { echo "constraints/$name.txt: no vulnerability is published"; continue; }
    if grep -qiE 'ConnectionError|ServiceError|could not connect|max retries|timed out|name resolution|status code|HTTPError|ProxyError' "$told"; then
        echo "constraints/$name.txt: not compared, because the service cannot be reached: nothing is known" >&2
        grep -iE 'error' "$told" | tail -1 >&2
        exit 75
    fi
    cat "$told"
    code=1
done
exit $code
