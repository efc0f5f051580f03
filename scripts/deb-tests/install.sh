# shellcheck shell=bash disable=SC2016,SC2154
# What installing alone does.

control "before the package is there" 10.84.0.77 fd00:84::77
install torbox
check "nothing is forwarded, nothing is enabled, no ruleset is loaded" inside_sh '
    [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 0 ] && [ -z "$(nft list ruleset)" ] && [ ! -e /etc/torbox ] &&
    ! systemctl --quiet is-enabled torboxd torbox-airlock'
inside_sh 'sysctl --quiet net.ipv4.ip_forward=1'
must inside dpkg --remove torbox
check_now "removed before it was set up, it leaves alone what it has not touched" inside_sh '
    [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ]'
inside_sh 'sysctl --quiet net.ipv4.ip_forward=0'
install torbox
inside_sh 'ip link set wan0 up; ip address add 198.51.100.9/24 dev wan0'
check "control: before setup the router sees a ping" inside ping -c 1 -W 1 198.51.100.1
inside_sh 'ip address flush dev wan0; ip link set wan0 down'
judge "the package was installed"
