#!/usr/bin/env bash
# The report in a browser: layout, colours, accessibility. Everything it makes or installs is in target/browser.
#   run.sh quick   one page in one scheme, if a browser and the modules are there already; otherwise says so
#   run.sh full    every page in both languages and both schemes, wide and narrow; installs what it needs
set -euo pipefail
cd "$(dirname "$0")/../.."
extent=${1:-full}
home=$PWD/target/browser

find_browser() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    find "$home/download" -type f \( -name chrome-headless-shell -o -name chrome \) 2>/dev/null | head -n 1
}

skip() {
    echo "$1; the report is not looked at in a browser"
    exit 0
}

browser=$(find_browser)
if [ "$extent" = quick ]; then
    [ -n "$browser" ] || skip "no Chromium"
    command -v node >/dev/null || skip "no Node"
    [ -d "$home/modules/node_modules/axe-core" ] || skip "axe-core is not installed (tests/browser/run.sh full installs it)"
else
    mkdir -p "$home/modules"
    cp tests/browser/package.json tests/browser/package-lock.json "$home/modules/"
    PUPPETEER_SKIP_DOWNLOAD=1 npm ci --prefix "$home/modules" --no-audit --no-fund --silent
    if [ -z "$browser" ]; then
        npx --yes @puppeteer/browsers install chrome-headless-shell@stable --path "$home/download"
        browser=$(find_browser)
    fi
fi
rm -rf "$home/pages" "$home/pictures"
REPORT_PAGES=$home/pages cargo test --quiet --lib pages_to_look_at >/dev/null
node tests/browser/check.mjs "$browser" "$home/modules" "$home/pages" "$home/pictures" "$extent"
