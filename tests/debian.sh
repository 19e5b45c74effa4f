# Read by the setup scripts. Whatever happens, the other tests go on.

# debian PACKAGE TESTS: install a package of Debian's, or say which tests will be skipped.
debian() {
    if ! command -v apt-get >/dev/null; then
        echo "$2 will be skipped. To run them, install $1." >&2
        return
    fi
    sudo=
    if [ "$(id -u)" != 0 ]; then
        sudo="sudo -n"
        $sudo true 2>/dev/null || sudo=false
    fi
    echo "Installing $1 for $2"
    $sudo apt-get -qq update </dev/null
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends \
        -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 "$1" </dev/null >/dev/null ||
        echo "That failed, so $2 will be skipped. To run them: sudo apt-get install $1" >&2
}
