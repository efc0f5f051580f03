# shellcheck shell=bash disable=SC2154
# A client that floods, and the judgement of what the router sees of it; sourced by scripts/deb-test and
# scripts/deb-test-open, which say who these are: their namespaces, the router's device with its hardware address and its
# network's broadcast address, the client's hardware address.
: "$router" "$router_device" "$router_hardware" "$broadcast" "$client" "$client_hardware"

parts=0
start_watching() {
    parts=$((parts + 1))
    ip netns exec "$router" tcpdump -U -n --immediate-mode -i "$router_device" -w "$work/part.$parts" 2>"$work/tcpdump.$parts" &
    watcher=$!
    check_soon grep --quiet 'listening on' "$work/tcpdump.$parts"
}

start_flooding() {
    ip netns exec "$client" scripts/deb-tests/flood 10.84.0.77 &
}

# Without a gap: the next part is begun before the last frame of this one is told by a frame of the router's own.
end_part() {
    local file=$work/part.$parts old=$watcher
    start_watching
    echo end-of-this-part | ip netns exec "$router" socat -u - "UDP-DATAGRAM:$broadcast:9,broadcast"
    check_soon grep --quiet --binary-files=text end-of-this-part "$file"
    kill "$old"
    wait "$old" || :
    mv "$file" "$work/part"
}

check_soon() {
    for _ in $(seq 100); do "$@" 2>/dev/null && return; sleep 0.1; done
    echo "deb-test: waited in vain for: $*" >&2
    exit 1
}

# By hardware address, since the router's own answers are no matter here.
sent="not ether src $router_hardware"
# Whatever speaks of an address of the house, the client's and the owner's computer's at the admin port among them.
of_a_house="net 10.84.0.0/15 or net fd00::/8 or ether host $client_hardware or ether host 02:00:00:00:85:02"
# What a box may send, by its form; whose it is the above decide.
of_a_box='arp or tcp or (udp and dst port 67) or (udp and dst port 547) or
    (icmp6 and ip6[40] >= 133 and ip6[40] <= 136)'

# The first few of a kind.
frames() { tcpdump -n -c 3 -r "$work/part" "$sent and ($1)" 2>/dev/null; }
some_frames() { [ -n "$(frames "$1")" ]; }
no_frames() { [ -z "$(frames "$1" | tee /dev/stderr)" ]; }
no_name() { ! grep --quiet --binary-files=text annas-computer "$work/part"; }
no_mark() { ! grep --quiet --binary-files=text marked-by-the-flood "$work/part"; }

# Judges what left since the last judgement.
judge() {
    end_part
    check_now "under the flood: nothing of the client left while $1" eval 'no_mark && no_frames "$of_a_house"'
}
judge_box() {
    judge "$1"
    check_now "                 and nothing but ARP, DHCP, neighbour discovery, TCP; not the machine's name" \
        eval 'no_name && no_frames "not ($of_a_box)"'
}

# The control: as a plain router the same machine lets all of it through.
route_plainly() {
    inside_sh 'ip link set wan0 up; ip link set lan0 up
        sysctl --quiet net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
        ip address replace 198.51.100.9/24 dev wan0; ip address replace 2001:db8:51::9/64 dev wan0 nodad
        ip address replace 10.84.0.1/24 dev lan0; ip address replace fd00:84::1/64 dev lan0 nodad
        ip link set usb0 up
        ip address replace 10.85.0.1/24 dev usb0; ip address replace fd00:85::1/64 dev usb0 nodad
        ip route replace default via 198.51.100.1; ip -6 route replace default via 2001:db8:51::1'
}
cease_routing() {
    inside_sh 'sysctl --quiet net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0
        for name in wan0 lan0 usb0; do ip address flush dev $name; ip link set $name down; done'
}
all_kinds_are_seen() {
    local source kind
    end_part
    for source in "$@"; do
        for kind in 'udp port 443' 'tcp port 443' 'icmp or icmp6'; do
            some_frames "src $source and ($kind)" || { echo "$source, $kind: not seen"; return 1; }
        done
    done
}
# With the addresses of those who flood by now.
control() {
    local when=$1
    shift
    must route_plainly
    check "control: the router sees UDP, TCP and ICMP of $*, $when" all_kinds_are_seen "$@"
    must cease_routing
    end_part
}
