# shellcheck shell=bash disable=SC2154
# A device in the lab behind the virtual machine, which floods and fetches all the time.

device() { timeout 90 ip netns exec tbx-client1 "$@"; }
fetches_all_the_time() {
    while sleep 1; do device curl --silent --max-time 30 http://www.example.net/ || true; done >"$work/pages" 2>&1
}
# A device with an address of its own, whatever becomes of its lease, which floods and fetches.
watch_a_device() {
    ip -n tbx-client1 address add 10.84.0.77/24 dev eth0
    ip -n tbx-client1 route add default via 10.84.0.1 metric 5000
    # A processor that is emulated bears no more.
    ip netns exec tbx-client1 scripts/deb-tests/flood --pause 1 10.84.0.77 &
    fetches_all_the_time &
}
through_exits() { grep -E '^you came from (198\.51\.100\.|2001:db8:51::)3[1-3]$' "$work/pages"; }
pages_since() {
    local seen
    for _ in $(seq 60); do
        seen=$(wc -l <"$work/pages")
        [ "$seen" -le "$1" ] || return 0
        sleep 2
    done
    return 1
}
nothing_but_exits() { [ -n "$(through_exits)" ] && ! grep -vxF "$(through_exits | sort -u)" "$work/pages"; }
no_mark() { ! grep --quiet --binary-files=text marked-by-the-flood "$work/$1.pcap"; }
flood_is_seen() {
    local kind
    for kind in 'udp port 443' 'tcp port 443' icmp; do
        for _ in $(seq 60); do
            [ -z "$(tcpdump -n -c 1 -r "$work/$1.pcap" "src 10.84.0.77 and $kind" 2>/dev/null)" ] || continue 2
            sleep 1
        done
        echo "$kind: not seen"
        return 1
    done
}
