#!/bin/sh
# Installs Debian's Chromium where there is no browser yet. Whatever happens, the other tests go on.

for browser in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$browser" >/dev/null && exit 0
done

missing() {
    echo "No Chromium here, so the browser test will be skipped. $1" >&2
    exit 0
}

command -v apt-get >/dev/null || missing "To run it, install Chromium or Google Chrome."
by_hand="To run it: sudo apt-get install chromium"
if [ "$(id -u)" = 0 ]; then
    sudo=
elif sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    missing "$by_hand"
fi

echo "Installing Chromium for the browser test"
$sudo apt-get -qq update </dev/null
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends \
    -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 chromium </dev/null >/dev/null ||
    missing "$by_hand"
