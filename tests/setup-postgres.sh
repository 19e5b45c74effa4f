#!/bin/sh
# Installs Debian's PostgreSQL where there is none yet.

for program in /usr/lib/postgresql/*/bin/initdb "$(command -v initdb)"; do
    [ -x "$program" ] && exit 0
done

. "$(dirname "$0")/debian.sh"
debian postgresql "the tests of the stores with PostgreSQL"
