# shellcheck shell=bash disable=SC2154
# A signed archive of packages on the lab's internet, which apt reaches from behind the exits; sourced by
# scripts/deb-test-open and scripts/image-test, which have made $work and end what it starts.

archive=$work/archive
archive_source='deb [signed-by=/etc/apt/keyrings/lab.gpg] http://files.example.net:8088/ ./'

# The same package under another version, which also those of its kind have that it depends on in just its own.
repackage() {
    local file=$1 version=$2 into=$3 contents=$work/repackaged
    dpkg-deb --raw-extract "$file" "$contents"
    sed -i "s/^Version: .*/Version: $version/; s/(= $(dpkg-deb --field "$file" Version))/(= $version)/g" \
        "$contents/DEBIAN/control"
    mkdir -p "$into"
    dpkg-deb --build -Zzstd -z1 "$contents" "$into" >/dev/null
    rm -rf "$contents"
}

gpg_of_the_archive() {
    GNUPGHOME=$archive/gpg gpg --batch --quiet --passphrase '' "$@"
}

# Its key is made for it, and lies in $archive/key.gpg.
make_archive() {
    mkdir -p "$archive/served"
    mkdir --mode=700 "$archive/gpg"
    gpg_of_the_archive --quick-generate-key archive@example.net ed25519 sign never
    gpg_of_the_archive --output "$archive/key.gpg" --export
}

# From now on these files are what the archive has.
publish() {
    rm -rf "${archive:?}"/served/*
    cp "$@" "$archive/served"
    (
        cd "$archive/served" || exit
        dpkg-scanpackages --multiversion . >Packages 2>/dev/null
        cat >Release <<RELEASE
Origin: Lab
Suite: lab
Date: $(date --utc --rfc-email)
Architectures: all amd64
SHA256:
 $(sha256sum <Packages | cut -d ' ' -f 1) $(stat --format %s Packages) Packages
RELEASE
        gpg_of_the_archive --output InRelease --clear-sign Release
    )
    GNUPGHOME=$archive/gpg gpgconf --kill all
}

# In the lab's internet, which is up.
serve_archive() {
    ip netns exec tbx-inet python3 -u -m http.server --bind :: --directory "$archive/served" 8088 \
        >"$archive/visits" 2>&1 </dev/null &
    for _ in $(seq 100); do
        ip netns exec tbx-inet ss -Hltn | grep --quiet ':8088 ' && return
        sleep 0.1
    done
    echo "the archive does not listen: $(tail -n 1 "$archive/visits")" >&2
    exit 1
}

# Whoever asked, asked from an exit of the lab's Tor network; and somebody did.
only_exits_asked() {
    sed -n 's/^\([^ ]*\) .*"GET .*/\1/p' "$archive/visits" | sort -u >"$archive/visitors"
    [ -s "$archive/visitors" ] && ! grep -vE '^(::ffff:198\.51\.100\.|2001:db8:51::)3[1-3]$' "$archive/visitors"
}
