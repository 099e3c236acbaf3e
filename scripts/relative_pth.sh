#!/bin/sh
# Write the path of an editable install, in an environment that lies in the checkout itself, relative to the file that holds
# it. Python 3.11 and 3.12 read that file in the encoding of the locale: with LC_ALL=C they would not start in a folder whose
# name has a letter beyond ASCII.
set -eu
for file in "$1"/lib/python*/site-packages/_editable_impl_citation_lineage.pth; do
    [ -e "$file" ] || continue # installed by something that keeps no such file
    echo ../../../.. >"$file"
done
