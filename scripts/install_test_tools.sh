#!/bin/sh
# Make sure that the tests find a Chromium (for the pages and figures), node (for readers from npm), Graphviz, Java (for
# Spark), and what opens what leaves a page: librsvg for SVG, poppler for print, pandoc for a paper. With --browsers also
# Firefox ESR and WebKitGTK, which the long tests drive; with --latex what sets a paper, with BibTeX and with biblatex;
# with --jars Maven and a compiler of Java, for scripts/with_jars.sh.
set -eu
missing=
if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
    missing="$missing chromium fonts-dejavu-core"
fi
if ! command -v npm >/dev/null; then missing="$missing nodejs npm"; fi
if ! command -v dot >/dev/null; then missing="$missing graphviz"; fi
if ! command -v rsvg-convert >/dev/null; then missing="$missing librsvg2-bin"; fi
if ! command -v pdftoppm >/dev/null; then missing="$missing poppler-utils"; fi
if ! command -v pandoc >/dev/null; then missing="$missing pandoc"; fi
if ! command -v java >/dev/null; then missing="$missing openjdk-17-jre-headless"; fi
if [ "${1:-}" = --browsers ]; then
    if ! command -v firefox-esr >/dev/null; then missing="$missing firefox-esr"; fi
    if ! command -v WebKitWebDriver >/dev/null; then missing="$missing webkit2gtk-driver"; fi
    if ! command -v Xvfb >/dev/null; then missing="$missing xvfb"; fi
fi
if [ "${1:-}" = --latex ]; then
    if ! command -v latexmk >/dev/null; then missing="$missing texlive-latex-base latexmk"; fi
    if ! command -v biber >/dev/null; then missing="$missing biber texlive-bibtex-extra texlive-latex-recommended"; fi
fi
if [ "${1:-}" = --jars ]; then
    if ! command -v mvn >/dev/null; then missing="$missing maven"; fi
    if ! command -v javac >/dev/null; then missing="$missing openjdk-17-jdk-headless"; fi
fi
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
install() { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
# A Chromium without windows takes half the processor time; where the distribution has none, the other one does.
install_faster() {
    if command -v chromium-headless-shell >/dev/null || ! apt-cache show chromium-headless-shell >/dev/null 2>&1; then return; fi
    echo "installing chromium-headless-shell from the distribution"
    install chromium-headless-shell || echo "the tests take the Chromium that is here" >&2
}
if [ -z "$missing" ]; then
    install_faster
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "The tests need$missing: install them, so that they are on the PATH." >&2
    exit 1
fi
echo "installing$missing from the distribution"
as_root apt-get update -qq
# shellcheck disable=SC2086  # one word a package
install $missing
install_faster
