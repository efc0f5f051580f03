# shellcheck shell=bash disable=SC2154
# The machine's system, and packages that go wrong; sourced by scripts/deb-test.

# Also what is reinstalled later: the machine has no way to an archive.
others='tor libssl3t64 dnsmasq-base chrony'

make_system() {
    local include system mirror
    include=systemd-sysv,dbus,udev,iputils-ping,$(dpkg-deb --field "$package" Depends |
        tr ',' '\n' | sed 's/|.*//; s/(.*//; s/ //g; s/^libssl3$/libssl3t64/' | paste -sd,)
    system=$PWD/.build/trixie-$(echo "$include $others" | sha256sum | head --bytes 12).tar
    if [ ! -e "$system" ]; then
        echo "deb-test: making a Debian 13, once"
        mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
        mmdebstrap --quiet --variant=apt --aptopt='APT::Install-Recommends "false"' --include="$include" \
            --customize-hook='mkdir "$1/root/others"' \
            --customize-hook="chroot \"\$1\" sh -c 'cd /root/others && apt-get download --quiet --quiet -o APT::Sandbox::User=root $others'" \
            trixie "${system%.tar}.new.tar" "$mirror"
        mv "${system%.tar}.new.tar" "$system"
    fi
    mkdir "$work/root"
    tar --extract --file "$system" --directory "$work/root"
    # As people name their computers; nobody outside is to read it.
    echo annas-computer >"$work/root/etc/hostname"
    cp "$package" "$work/root/root/torbox.deb"
    dpkg-deb --raw-extract "$package" "$work/contents"
}

versions=0
# The next version of the package, changed by a command that finds its files in $contents, as /root/NAME.deb.
next_version() {
    local name=$1 contents=$work/contents
    shift
    versions=$((versions + 1))
    sed -i "s/^\(Version: [^+]*\).*/\1+$versions/" "$contents/DEBIAN/control"
    if [ $# -gt 0 ]; then
        contents=$work/changed
        cp --archive --link "$work/contents" "$contents"
        rm -rf "$contents/DEBIAN"
        cp --archive "$work/contents/DEBIAN" "$contents"
        "$@"
    fi
    dpkg-deb --build -Znone "$contents" "$work/root/root/$name.deb" >/dev/null
    rm -rf "$work/changed"
}

# A ruleset that nft does not take.
break_ruleset() {
    # shellcheck disable=SC2154
    sed -i 's/hook forward priority filter; policy drop;/hook forward priority filter; policy drip;/' \
        "$contents/usr/sbin/torboxd"
}
# The postinst fails before it has done anything.
fail_at_once() { sed -i '2i exit 1' "$contents/DEBIAN/postinst"; }
# The first time, dpkg is killed when it has unpacked all and begins to configure.
kill_dpkg_once() {
    sed -i '2i [ -e /root/killed ] || { touch /root/killed; kill -KILL "$PPID"; sleep 5; exit 1; }' \
        "$contents/DEBIAN/postinst"
}

install() { must inside dpkg --install "/root/$1.deb"; }
# Ends with the status of dpkg.
try_install() { inside dpkg --install "/root/$1.deb" >"$work/dpkg" 2>&1; }
# Unpacks until the largest file is being written, then kills dpkg.
kill_while_unpacking() {
    inside sh -c 'dpkg --install "$1" & dpkg=$!
        while [ ! -e /usr/lib/torbox/torbox-web.dpkg-new ] && kill -0 $dpkg; do :; done
        kill -KILL $dpkg; wait $dpkg; [ $? -eq 137 ]' sh "/root/$1.deb" >"$work/dpkg" 2>&1
}
package_is() { [ "$(inside dpkg-query --show --showformat '${Status}' torbox)" = "$1" ]; }
