# shellcheck shell=bash disable=SC2016,SC2154
# Two boxes from one image.

look_at() {
    check "$1: the disk has grown, nothing failed, nobody has a password" inside 120 '
        [ "$(df --output=size -k / | tail -n 1)" -gt 3000000 ] && [ -z "$(systemctl --failed --plain --no-legend)" ] &&
        ! grep -qE "^[^:]*:[^!*:]" /etc/shadow'
    check "$1: the disk is repaired without asking; there is no swap and no journal on the disk" inside 60 '
        grep -q fsck.repair=yes /proc/cmdline && [ -z "$(swapon --noheadings)" ] && ! ls /var/log/journal/*/*'
    check "$1: the units are active, ssh is not" inside 120 'systemctl is-active torbox-airlock torboxd torbox-dnsmasq \
        torbox-web && ! systemctl is-active ssh && ! ss -tlnH | grep -q ":22 " && ! systemctl list-sockets | grep ssh'
    check "$1: a device sees the pages" ip netns exec "$wires" curl --silent --retry 20 --retry-connrefused \
        --retry-delay 3 --retry-max-time 120 --output /dev/null http://10.84.0.1/
    check "$1: root cannot send a datagram" inside 60 '! bash -c "echo >/dev/udp/198.51.100.1/9"'
    # The same for both boxes, so that nothing but its salt makes the difference.
    check "$1: root chooses the password" inside 120 'echo "one and the same" | torbox password'
    # All that is younger than the image, with its hash.
    inside 240 'ssh-keygen -A >/dev/null
        find /boot /etc /home /opt /root /srv /usr /var /run/torbox -xdev -type f -size +0 -newer /etc/hostname \
            -exec sha256sum {} +; rm -f /etc/ssh/ssh_host_*' | sort >"$work/$1.written"
}

# Indexes of what the image holds, made anew; the state and the interfaces, by name; no device, no resolver, no bridge.
harmless='/etc/ld\.so\.cache|/var/cache/(ldconfig/aux-cache|apt/srcpkgcache\.bin)|/var/lib/systemd/catalog/database'
harmless+='|/var/lib/dpkg/status|/run/torbox/(state|dnsmasq/upstream\.conf)|/var/lib/torbox/devices\.json'
harmless+='|/etc/systemd/network/05-torbox-uplinks\.network|/run/torbox/snowflake\.env'
harmless+='|/var/lib/torbox/airlock/(uplinks|uplink-enp0s8\.nft|lan)'
common_is_harmless() { ! grep -vE "  ($harmless)\$" "$work/common"; }
secrets_were_read() {
    local secret
    for secret in /etc/machine-id /etc/ssh/ssh_host_ed25519_key /var/lib/systemd/random-seed /etc/torbox/torbox.toml \
        /var/lib/torbox/web/owner; do
        grep -q " $secret\$" "$work/first.written" || { echo "$secret is missing"; return 1; }
    done
}

was_asked() {
    local port
    for port in 67 547; do
        [ -n "$(tcpdump -n -r "$work/$1.pcap" "udp dst port $port")" ] || return
    done
}
sees_the_datagram() {
    for _ in $(seq 50); do
        only_the_allowed_left "$1" >/dev/null || break
        sleep 0.2
    done
    grep -F '198.51.100.1.9: UDP' "$work/refused"
}

part_boots() {
    between_a_router_and_nobody
    for box in first:uefi second:bios; do
        name=${box%:*}
        make_disk "$name"
        capture "$name"
        say "$name: power on, by ${box#*:}"
        power_on "$name" "${box#*:}"
        check_state "$name" 'clock|connecting'
        look_at "$name"
        check "$name: only ARP, DHCP, neighbour discovery and TCP left" only_the_allowed_left "$name"
        check "$name: all of that TCP was to relays" only_relays_were_called "$name"
        check "$name: control: the router was asked, by DHCP of both kinds" was_asked "$name"
        check "$name: the router is told no name" eval '! grep -q --binary-files=text torbox "$work/$name.pcap"'
        # torboxd would put the rules back at once.
        check "$name: control: without rules, root sends a datagram" inside 60 'systemctl kill --signal STOP torboxd &&
            nft flush ruleset && bash -c "echo >/dev/udp/198.51.100.1/9"'
        check "$name: control: and it is seen" sees_the_datagram "$name"
        pull_the_plug
    done
    comm -12 "$work/first.written" "$work/second.written" >"$work/common"
    comm -23 "$work/first.written" "$work/common" | sed 's/^[^ ]* */            /' | sort
    check "the two boxes share no secret: nothing that both wrote is the same but what follows from the image" \
        common_is_harmless
    check "control: their secrets were read" secrets_were_read
    away_with_the_network
}
