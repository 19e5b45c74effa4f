#!/bin/sh
# Installs Debian's Chromium where there is no browser yet.

for browser in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$browser" >/dev/null && exit 0
done

. "$(dirname "$0")/debian.sh"
debian chromium "the tests in a browser"
