# shellcheck shell=bash disable=SC2016,SC2154
# `torbox setup`, and what holds then.

working() { inside_sh 'torbox status | grep -q "the box is clock"'; }
# No ruleset, no network.
down() {
    inside_sh '[ "$(cat /proc/sys/net/ipv4/ip_forward)" = 0 ] && ! ip -brief link show up | grep -qE "wan0|lan0"'
}
# The ruleset alone: everything that could let something out is empty.
closed() {
    inside_sh 'nft list chain inet torbox passing | grep -q "policy drop" || exit 1
        for set in doors4 doors6 clock_doors4 clock_doors6 guards4 guards6; do
            nft list set netdev torbox $set | grep -q elements && exit 1
        done; ! nft list set inet torbox carried | grep -q elements'
}

check "setup is refused for one interface on both sides" inside_sh '! torbox setup --uplink wan0 --lan wan0 --yes'
check_now "setup asks which interface is which, shows what it will do, and takes a no" inside_sh '
    printf "wan0\nlan0\nusb0\nn\n" | torbox setup >/root/asked; grep -q "admin-interface = \"usb0\"" /root/asked &&
    [ ! -e /etc/torbox/torbox.toml ]'
must inside torbox setup --uplink wan0 --lan lan0 --admin usb0 --yes
check "the units are active" inside_sh 'systemctl --quiet is-active torbox-airlock torboxd && for unit in \
    torbox-tor torbox-dnsmasq torbox-web; do systemctl --quiet is-active $unit || exit 1; done'
check "the box has an address and asks for the time" working
check "a device sees the pages" on client curl --silent --max-time 3 --output /dev/null http://10.84.0.1/
check "a ping by root does not leave" inside_sh '! ping -c 1 -W 1 198.51.100.1'
check_now "neither tor's memory nor the journal goes to a swap partition or a core dump" inside_sh '
    for unit in torbox-tor systemd-journald; do
        [ "$(systemctl show -P MemorySwapMax $unit)" = 0 ] && [ "$(systemctl show -P LimitCORE $unit)" = 0 ] || exit 1
    done'
inside_sh 'cp /etc/torbox/torbox.toml /root/kept; torbox setup --yes >/dev/null'
check "setup again keeps the configuration" inside_sh 'cmp /root/kept /etc/torbox/torbox.toml'
check "a table that was taken away is loaded again" inside_sh 'nft delete table inet torbox; sleep 1
    nft list table inet torbox'
check "        and the box goes on" working
judge_box "it was set up"
check_now "control: the router saw the box, by DHCP of both kinds" \
    eval 'some_frames "udp dst port 67" && some_frames "udp dst port 547"'
