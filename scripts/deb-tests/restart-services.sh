# shellcheck shell=bash disable=SC2016,SC2154
# Debian's own updates: whoever runs what they replaced starts anew, and nobody else.

pid() { inside systemctl show -P MainPID "$1"; }
pids() { for unit in "$@"; do pid "$unit"; done; }
reinstall() { must inside_sh "dpkg --install /root/others/${1}_*.deb"; }
all_are_others() {
    local unit
    for unit in "${!before[@]}"; do [ "${before[$unit]}" != "$(pid "$unit")" ] || return 1; done
}
note() {
    local unit
    before=()
    for unit in "$@"; do before[$unit]=$(pid "$unit"); done
}
declare -A before

note torbox-tor
stay=$(pids torboxd torbox-dnsmasq torbox-web)
reinstall tor
check "an update of tor: another tor" all_are_others
check_now "        torboxd, dnsmasq and the pages stay" test "$stay" = "$(pids torboxd torbox-dnsmasq torbox-web)"
check "        and the box goes on" working

note torbox-tor torboxd
stay=$(pid torbox-dnsmasq)
reinstall libssl3t64
check "an update of OpenSSL: another tor and torboxd" all_are_others
check_now "        dnsmasq stays" test "$stay" = "$(pid torbox-dnsmasq)"
check "        and the box goes on" working

note torbox-dnsmasq
stay=$(pids torboxd torbox-tor)
reinstall dnsmasq-base
check "an update of dnsmasq: another dnsmasq" all_are_others
check_now "        torboxd and tor stay" test "$stay" = "$(pids torboxd torbox-tor)"
check_now "Debian's own tor, dnsmasq and chrony stay off" inside_sh '
    ! systemctl is-active tor.service tor@default.service dnsmasq.service chrony.service | grep -q "^active"'
judge_box "Debian's packages were updated"
