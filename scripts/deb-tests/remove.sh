# shellcheck shell=bash disable=SC2016,SC2154
# Whose machine it is afterwards.

must inside dpkg --remove torbox
check "no ruleset, no routing rule, no forwarding" inside_sh '[ -z "$(nft list ruleset)" ] &&
    ! ip rule | grep -qE "lan0|usb0" && ! ip -6 rule | grep -qE "lan0|usb0" &&
    [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 0 ]'
check "Debian's own services are back" inside_sh 'systemctl --quiet is-active tor && systemctl --quiet is-active chrony'
check "the configuration is kept" inside_sh 'cmp /root/kept /etc/torbox/torbox.toml'
must inside dpkg --purge torbox
check "purged: nothing is left" inside_sh '[ ! -e /etc/torbox ] && [ ! -e /var/lib/torbox ] && [ ! -e /run/torbox ]'
judge "it was removed and purged"
check_now "nothing of the admin port reached the LAN in all this time" lan_saw_nothing
control "once it is removed: the machine routes as before" 10.84.0.77 fd00:84::77 10.85.0.77 fd00:85::77
check_now "control: then the admin port reached the LAN" eval '! lan_saw_nothing'
