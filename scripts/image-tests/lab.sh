# shellcheck shell=bash disable=SC2154
# The machine in the place of the lab's box: it must open by itself, and carry a device.

part_lab() {
    in_the_place_of_the_labs_box
    make_disk lab "$work/torbox.toml"
    capture lab
    say "lab: power on, by uefi, with a configuration on the EFI partition"
    power_on lab uefi
    check_state lab open
    client() { timeout 90 ip netns exec tbx-client1 "$@"; }
    for _ in $(seq 60); do
        client ip route | grep -q ^default && break
        sleep 1
    done
    check "a device fetches a page by name, through Tor" sh -c \
        'timeout 90 ip netns exec tbx-client1 curl --silent --max-time 80 http://www.example.net/ | grep -E "198\.51\.100\.3[1-3]"'
    check "a device is refused UDP" sh -c \
        'echo | timeout 30 ip netns exec tbx-client1 socat -T 5 - UDP:203.0.113.80:443 2>&1 | grep -iE "no route|refused"'
    check "a device is refused ping" sh -c \
        'timeout 30 ip netns exec tbx-client1 ping -c 1 -W 5 203.0.113.80 | grep -i "filtered"'
    pull_the_plug
    check "lab: only ARP, DHCP, neighbour discovery and TCP left" only_the_allowed_left lab
    check "lab: all of that TCP was to authorities and guards" only_doors_of_the_lab_were_called lab
    away_with_the_network
}
