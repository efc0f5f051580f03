# shellcheck shell=bash disable=SC2016,SC2154
# The same disk, started again: by the owner's word, and after the power failed.

closed_first() {
    inside_sh 'journalctl --boot --output cat --unit torbox-airlock --unit torboxd |
            awk "/airlock: in force/ { held = 1 } /wan0: switched on/ { well = held; exit } END { exit !well }" || exit 1
        ! journalctl --boot --output cat --unit systemd-networkd | grep 10-owner || exit 1
        entered() { systemctl show -P ActiveEnterTimestampMonotonic $1; }
        [ "$(entered torbox-airlock)" -lt "$(entered systemd-networkd)" ]'
}
comes_back() {
    boot
    check "        the box goes on" working
    check "        the ruleset was loaded before any interface was on" closed_first
    check "        with the owner's settings" inside_sh 'grep -q "^ExitNodes {ch},{is}$" /run/torbox/torrc'
    check "        and the pages are at the admin port" on admin curl --silent --max-time 3 --output /dev/null \
        http://10.85.0.1/
    judge_box "$1"
}

# As installers and clouds leave them: networkd would switch the interfaces on by itself, and tell the machine's name.
printf '[Match]\nName=wan0 lan0\n[Network]\nDHCP=yes\n' >"$work/root/etc/systemd/network/10-owner.network"
check_now "torbox restart is accepted" inside torbox restart --yes
check_now "        and the machine ends" machine_has_ended
comes_back "it was restarted"

pull_the_plug
comes_back "the power failed"

next_version good
must kill_while_unpacking good
pull_the_plug
comes_back "the power failed in the middle of an upgrade"
inside dpkg --configure -a >/dev/null 2>&1 || :
install good
check "        the upgrade, once more, takes over" working

inside_sh 'echo "# damaged" >>/var/lib/torbox/airlock/airlock.nft'
pull_the_plug
boot
check "a machine that boots with a damaged ruleset stays down" down
check_now "        at every moment" inside_sh '
    ! journalctl --boot --output cat --unit systemd-networkd | grep -E "(wan0|lan0|usb0): Link UP"'
must inside torboxd --render /var/lib/torbox/airlock
check "        mended, it comes back" working
judge_box "it booted with a damaged ruleset"
