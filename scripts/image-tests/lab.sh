# shellcheck shell=bash disable=SC2154
# The machine in the place of the lab's box: it must open by itself, and carry a device.

# The owner, with a key, at a computer on the admin port.
owner() {
    timeout 60 ip netns exec "$wires" ssh -F none -i "$work/key" -o BatchMode=yes -o StrictHostKeyChecking=no \
        -o UserKnownHostsFile=/dev/null -o ConnectTimeout=50 "$@"
}
may_do_all() { [ "$(owner "$1" sudo id -u)" = 0 ]; }
answers_on_22() { timeout 30 ip netns exec "$1" socat -u -T 5 "TCP:$2:22,connect-timeout=15" - | grep SSH; }
look_at_the_admin_port() {
    check "the admin port gives the owner's computer an address" timeout 60 ip netns exec "$wires" \
        udhcpc -f -n -q -t 10 -T 3 -i machine-admin -s Lab/dhcp-client
    check "        and shows the pages" ip netns exec "$wires" curl --silent --max-time 30 --output /dev/null \
        http://10.85.0.1/
    check "        and ssh: whoever has the key from the EFI partition enters, and may do all" may_do_all owner@10.85.0.1
    check "        but not as root" eval '! may_do_all root@10.85.0.1'
    check "        nor without the key" eval 'rm "$work/key"; ! may_do_all owner@10.85.0.1'
    check "control: ssh answers there" answers_on_22 "$wires" 10.85.0.1
    check "        a device has no way to it" eval '! answers_on_22 tbx-client1 10.84.0.1'
}

fetches_through_tor() {
    device curl --silent --max-time 80 http://www.example.net/ | grep -E '198\.51\.100\.3[1-3]'
}
# Both programs fail where they are refused; what counts is the reason.
is_refused_udp() {
    (echo | device timeout 30 socat -T 5 - UDP:203.0.113.80:443 2>&1 || :) | grep -iE 'no route|refused'
}
is_refused_ping() { (device timeout 30 ping -c 1 -W 5 203.0.113.80 || :) | grep -i filtered; }

another_tor_comes() {
    inside 240 'hung=$(pidof tor) && kill -STOP $hung || exit 1
        for _ in $(seq 200); do
            now=$(pidof tor) && [ "$now" != "$hung" ] && exit
            sleep 1
        done
        exit 1'
}

part_lab() {
    in_the_place_of_the_labs_box
    ssh-keygen -q -t ed25519 -N '' -f "$work/key"
    sed 's/^\[lan\]/[pages]\nadmin-interface = "enp0s10"\n\n&/' "$work/torbox.toml" >"$work/lab.toml"
    mv "$work/lab.toml" "$work/torbox.toml"
    cp "$work/key.pub" "$work/authorized_keys"
    make_disk lab "$work/torbox.toml" "$work/authorized_keys"
    capture lab
    say "lab: power on, by uefi, with a configuration on the EFI partition"
    power_on lab uefi
    check_state lab open
    for _ in $(seq 60); do
        device ip route | grep -q ^default && break
        sleep 1
    done
    check "a device fetches a page by name, through Tor" fetches_through_tor
    check "a device is refused UDP" is_refused_udp
    check "a device is refused ping" is_refused_ping
    look_at_the_admin_port
    check "when tor hangs another one is started" another_tor_comes
    check_state "        and then" open
    check "        a device fetches a page" fetches_through_tor
    pull_the_plug
    check "lab: only ARP, DHCP, neighbour discovery and TCP left" only_the_allowed_left lab
    check "lab: all of that TCP was to authorities and guards" only_doors_of_the_lab_were_called lab
    away_with_the_network
}
