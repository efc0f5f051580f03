# shellcheck shell=bash disable=SC2154
# Where the virtual machine's three cables lead, and what was seen on the uplink's.

capture() {
    ip netns exec "$wires" tcpdump -U -n --immediate-mode -i machine-wan -Q in -w "$work/$1.pcap" 2>/dev/null &
    until [ -s "$work/$1.pcap" ]; do sleep 0.2; done
}
# What the packet table allows in every state: ARP, DHCP, neighbour discovery and TCP to relays.
allowed='arp or (udp src port 68 and dst port 67) or (udp src port 546 and dst port 547)
    or (icmp6 and (ip6[40] = 133 or ip6[40] = 135 or ip6[40] = 136)) or tcp'
only_the_allowed_left() {
    tcpdump -n -r "$work/$1.pcap" "not ($allowed)" >"$work/refused" 2>/dev/null
    cat "$work/refused"
    [ ! -s "$work/refused" ]
}
destinations() {
    tcpdump -n -r "$work/$1.pcap" tcp 2>/dev/null | sed 's/.* > \([^ ]*\): .*/\1/; s/\.\([0-9]*\)$/ \1/' | sort -u
}
# The authorities' and guards' addresses in the lab, and their one port.
only_doors_of_the_lab_were_called() {
    [ -n "$(destinations "$1")" ] &&
        ! destinations "$1" | grep -vE '^(198\.51\.100\.|2001:db8:51::)(1[1-3]|2[1-5]) 9001$'
}
# The authorities and fallback directories that the box ships.
only_relays_were_called() {
    local address port
    while read -r address port; do
        grep -qwF "$address" Sources/TorDocuments/PublicDirectories.swift || {
            echo "$address $port is no relay"
            return 1
        }
    done < <(destinations "$1")
}

add_taps() {
    for tap in machine-wan machine-lan machine-admin; do
        ip -n "$wires" tuntap add "$tap" mode tap
        ip netns exec "$wires" sysctl -q -w "net.ipv6.conf.$tap.disable_ipv6=1"
        ip -n "$wires" link set "$tap" up
    done
}

between_a_router_and_nobody() {
    wires=torbox-machine
    ip netns add "$wires"
    add_taps
    ip -n "$wires" link set lo up
    ip netns exec "$wires" sysctl -q -w net.ipv6.conf.machine-wan.disable_ipv6=0
    ip -n "$wires" address add 198.51.100.1/24 dev machine-wan
    ip -n "$wires" address add 2001:db8:51::1/64 dev machine-wan nodad
    ip -n "$wires" address add 10.84.0.77/24 dev machine-lan
    ip netns exec "$wires" dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --interface=machine-wan \
        --bind-interfaces --dhcp-range=198.51.100.50,198.51.100.60,1h --enable-ra \
        --dhcp-range=2001:db8:51::50,2001:db8:51::60,64,1h --dhcp-leasefile="$work/leases" --pid-file= \
        --log-facility=/dev/null &
}

# The machine takes the place of the lab's box, and its configuration is $work/torbox.toml.
in_the_place_of_the_labs_box() {
    wires=tbx-box
    lab_is_up=yes
    "$lab" up --without-box
    # Both of its cables go on through this namespace, which has no word itself.
    ip netns pids "$wires" | xargs --no-run-if-empty kill 2>/dev/null || true
    ip netns exec "$wires" sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
    ip -n "$wires" link add cable type bridge forward_delay 0 mcast_snooping 0
    add_taps
    ip -n "$wires" link set machine-wan master cable
    ip -n "$wires" link set wan0 master cable
    ip -n "$wires" address flush dev lan0
    ip -n "$wires" link set machine-lan master lan0
    for device in wan0 cable lan0; do ip -n "$wires" link set "$device" up; done

    cat >"$work/torbox.toml" <<TOML
[uplinks]
interfaces = ["enp0s8"]

[lan]
interface = "enp0s9"
ipv6 = "fd84:84:84::1/64"

[tor]
authorities = [
$(sed 's/^DirAuthority \(.*\)/    "\1",/' /run/torbox-lab/tor/authorities)
]
distinct-subnets = false
TOML
}

away_with_the_network() {
    end_all
    if [ -n "$lab_is_up" ]; then "$lab" down && lab_is_up=; else ip netns delete "$wires"; fi
}
