# shellcheck shell=bash disable=SC2016,SC2154
# A box of an older image brings itself up to date by apt, from an archive on the lab's internet, while a device behind
# it is watched. The power is cut in the middle of such updates first.

# An image of the same package under a lower version; made again once the package or Image/ is another. --older names
# one that was kept, of an earlier day.
old_image() {
    local folder=.build/image-old made
    if [ -n "$old" ]; then image=$old && return; fi
    made=$({ echo "$older" && cat "$package" && tar --create --sort=name --mtime=@0 Image; } | sha256sum)
    image=$PWD/$folder/torbox.img
    [ "$made" = "$(cat "$folder/made" 2>/dev/null)" ] && return
    say "making an image of version $older"
    repackage "$package" "$older" "$work/packages"
    Image/build "$work/packages/torbox_${older}_amd64.deb" "$folder" >"$work/image.log" 2>&1 || {
        tail "$work/image.log" >&2
        exit 1
    }
    echo "$made" >"$folder/made"
}

# The archive has this version of torbox and, with +SUFFIX, newer ones of the lock's packages whose names match. A fourth
# word adds the others of the lock, for an image of an earlier day.
publish_newer() {
    local name locked found
    rm -rf "$work/packages"
    mkdir "$work/packages"
    if [ "$1" = "$version" ]; then cp "$package" "$work/packages"; else repackage "$package" "$1" "$work/packages"; fi
    while read -r name locked _; do
        found=(.build/image/packages/"${name}_${locked//:/%3a}"_*.deb)
        if [[ $name =~ ^($3)$ ]]; then
            repackage "${found[0]}" "$locked+$2" "$work/packages"
        elif [ $# -gt 3 ]; then
            cp "${found[0]}" "$work/packages"
        fi
    done <Image/packages.lock
    publish "$work"/packages/*.deb
}
has_all_that_is_published() {
    inside 60 "dpkg-query --show --showformat '\${Package} \${Version} \${db:Status-Status}\n'" | sort >"$work/has"
    sed -n 's/^Package: //p; s/^Version: \(.*\)/\1 installed/p' "$archive/served/Packages" | paste -d ' ' - - | sort |
        comm -23 "$work/has" - >"$work/differs"
    cat "$work/differs"
    [ -s "$work/has" ] && [ ! -s "$work/differs" ]
}
# No answer is no older version.
has_older() {
    dpkg --compare-versions "$(inside 60 "dpkg-query --show --showformat '\${Version}' $1")" lt-nl "$2"
}
another_page() { pages_since "$(wc -l <"$work/pages")"; }
boot() { inside 60 'cat /proc/sys/kernel/random/boot_id'; }
another_boot_than() {
    local now
    for _ in $(seq 60); do
        now=$(boot) && [ "$now" != "$1" ] && return
        sleep 5
    done
    return 1
}
others_run_than() {
    inside 60 "for old in $1; do [ ! -e /proc/\$old ] || exit 1; done; pidof torboxd && pidof tor"
}

# In turns while it is fetched, unpacked and set up, some seconds into that.
cut_an_update() {
    local step words moment seconds=$((RANDOM % 30))
    case $(((first_step + $1) % 3)) in
        0) step='^step:(downloading|installing)' words='fetching began' ;;
        1) step='^pmstatus:torbox.*Unpacking' words='unpacking began' ;;
        2) step='^pmstatus:.*[Cc]onfiguring' words='setting up began' ;;
    esac
    inside 60 'setsid torbox update --now >/dev/null 2>&1 &'
    moment=$(inside 900 "cd /run/torbox
        until grep -qE '$step' update/progress; do sleep 0.1; done 2>/dev/null
        sleep $seconds
        tail -n 1 update/progress 2>/dev/null || echo it had ended") || moment='an update that did not come so far'
    pull_the_plug
    say "      power cut $1, $seconds s after $words: $moment"
}
repaired() {
    # Bounded inside too: whoever waits there for ever keeps the shell from all that is asked later.
    inside 900 'for _ in $(seq 200); do
            [ "$(systemctl show -P ExecMainExitTimestampMonotonic torbox-repair)" = 0 ] || break
            sleep 2
        done
        systemctl show -P Result torbox-repair; dpkg --audit; cat /var/lib/torbox/updates/failure
        [ "$(systemctl show -P Result torbox-repair)" = success ] && [ -z "$(dpkg --audit)" ]'
}

part_update() {
    local image cut firmware version older tor_version first_step=$RANDOM watcher before
    package=$(readlink -f "${package:-$(ls -t .build/torbox_*_amd64.deb | head -n 1)}")
    version=$(dpkg-deb --field "$package" Version)
    older=$version~1
    tor_version=$(sed -n 's/^tor \([^ ]*\) .*/\1/p' Image/packages.lock)
    Image/fetch
    old_image
    in_the_place_of_the_labs_box
    make_archive
    serve_archive
    make_disk update "$work/torbox.toml"
    capture update
    watcher=$!
    say "update: power on, by uefi"
    power_on update uefi
    check_state update open
    check "the box has an older torbox" has_older torbox "$version"
    check "        and an older tor" has_older tor "$tor_version+1"
    check "its apt is told of the archive" inside 60 "rm /etc/apt/sources.list.d/*; mkdir -p /etc/apt/keyrings
        echo '$archive_source' >/etc/apt/sources.list
        echo $(base64 --wrap=0 "$archive/key.gpg") | base64 -d >/etc/apt/keyrings/lab.gpg; sync"
    watch_a_device
    check "a device fetches a page" pages_since 0

    for cut in $(seq "$wanted_in_updates"); do
        publish_newer "$version~1.$cut" "$cut" tor
        cut_an_update "$cut"
        firmware=$(any_firmware)
        power_on update "$firmware"
        check "after power cut $cut, by $firmware: no package is left half installed" repaired
        check_state "after power cut $cut" open
        check "        configuration and settings are whole, no unit failed" is_whole
        say "      it has $(inside 60 'dpkg-query --show torbox tor' | xargs)"
    done

    publish_newer "$version" "$((wanted_in_updates + 1))" 'tor|(lib)?(systemd|udev).*|linux-image.*' and-the-others
    before=$(inside 60 'pidof torboxd tor')
    say "the update to this version, and of tor, systemd and the kernel"
    check "the update ends well" inside 2400 'torbox update --now'
    check "        the box has the very versions that are published" has_all_that_is_published
    check "        nothing is left to install" inside 60 'torbox update | grep "nothing is left to install"'
    check_state "after the update" open
    check "        another torboxd and another tor run" others_run_than "$before"
    check "        a device fetches a page" another_page
    check "        it asks for a restart" inside 60 'torbox update | grep "needs a restart.*systemd.*vmlinuz"'
    before=$(boot)
    check "        and is told to" inside 60 'torbox restart --yes'
    check "after the restart: another boot" another_boot_than "$before"
    check_state "after the restart" open
    check "        configuration and settings are whole, no unit failed" is_whole
    check "        nothing asks for a restart" inside 60 '! torbox update | grep "needs a restart"'
    check "        a device fetches a page" another_page
    check "whoever asked the archive, asked from an exit" only_exits_asked
    check "each page that the device got came by an exit" nothing_but_exits
    kill "$watcher"
    wait "$watcher" || true
    check "update: nothing of the flood left" no_mark update
    check "update: only ARP, DHCP, neighbour discovery and TCP left" only_the_allowed_left update
    check "update: all of that TCP was to authorities and guards" only_doors_of_the_lab_were_called update

    # The rules of routing would still send nothing to the uplink.
    check "control: its ruleset and its rules of routing are taken away" inside 120 'systemctl stop torboxd &&
        nft flush ruleset && ip rule delete pref 101 && ip rule delete pref 100 && sysctl net.ipv4.ip_forward=1'
    capture control
    check "control: the flood is seen" flood_is_seen control
    pull_the_plug
    away_with_the_network
}
