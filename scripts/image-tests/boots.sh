# shellcheck shell=bash disable=SC2016,SC2154
# Two boxes from one image.

look_at() {
    check "$1: the disk has grown, nothing failed, nobody has a password" inside 120 '
        [ "$(df --output=size -k / | tail -n 1)" -gt 3000000 ] && [ -z "$(systemctl --failed --plain --no-legend)" ] &&
        ! grep -qE "^[^:]*:[^!*:]" /etc/shadow'
    check "$1: the units are active, ssh is not" inside 120 'systemctl is-active torbox-airlock torboxd torbox-dnsmasq \
        torbox-web && ! systemctl is-active ssh && ! ss -tlnH | grep -q ":22 "'
    check "$1: a device sees the pages" ip netns exec "$wires" curl --silent --retry 20 --retry-connrefused \
        --retry-delay 3 --retry-max-time 120 --output /dev/null http://10.84.0.1/
    check "$1: root cannot send a datagram" inside 60 '! bash -c "echo >/dev/udp/198.51.100.1/9"'
    # Everything that must be this box's own; the files that are not there are named, too.
    inside 120 'ssh-keygen -A >/dev/null; for file in /etc/machine-id /var/lib/systemd/random-seed \
        /etc/ssh/ssh_host_*_key /var/lib/torbox/tor/keys/* /run/torbox/tor/control_auth_cookie /var/lib/torbox/web/* \
        /var/lib/torbox/*key* /var/lib/torbox/*secret*; do
            [ ! -s "$file" ] || echo "$file $(sha256sum <"$file")"
        done; grep ^ipv6 /etc/torbox/torbox.toml; rm -f /etc/ssh/ssh_host_*' >"$work/$1.secrets"
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
        pull_the_plug
        check "$name: only ARP, DHCP, neighbour discovery and TCP left" only_the_allowed_left "$name"
        check "$name: all of that TCP was to relays" only_relays_were_called "$name"
        check "$name: the router saw the box" test -n "$(tcpdump -n -r "$work/$name.pcap" 'udp port 67' 2>/dev/null)"
    done
    say "      each box's own: $(cut -d ' ' -f 1 "$work/first.secrets" | xargs)"
    check "the two boxes share no secret" test -z "$(sed 's/^[^ ]* //' "$work"/*.secrets | sort | uniq --repeated)"
    check "control: their secrets were read" test "$(wc -l <"$work/first.secrets")" -ge 5
    away_with_the_network
}
