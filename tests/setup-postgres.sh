#!/bin/sh
# Installs Debian's PostgreSQL where there is none yet. Whatever happens, the other tests go on.

for program in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb)"; do
    [ -x "$program" ] && exit 0
done

missing() {
    echo "No PostgreSQL here, so the tests with it will be skipped. $1" >&2
    exit 0
}

command -v apt-get >/dev/null || missing "To run them, install PostgreSQL."
by_hand="To run them: sudo apt-get install postgresql"
if [ "$(id -u)" = 0 ]; then
    sudo=
elif sudo -n true 2>/dev/null; then
    sudo="sudo -n"
else
    missing "$by_hand"
fi

echo "Installing PostgreSQL for the tests of the stores"
$sudo apt-get -qq update </dev/null
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends \
    -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 postgresql </dev/null >/dev/null ||
    missing "$by_hand"
