# shellcheck shell=bash disable=SC2154
# The power is cut in the middle of a boot, at first of the very first, and while settings are changed, in turns. Each boot
# that is let through must end as it should.
changed_all_the_time() {
    while :; do
        inside 30 'for policy in never chosen; do torbox settings set own-tor.policy $policy; done' || sleep 1
    done >/dev/null 2>&1
}
cut_the_power() {
    sleep "$2"
    pull_the_plug
    cuts=$((cuts + 1))
    say "      power cut $cuts, $1 after $2 s"
}
part_cuts() {
    local firmware changes
    between_a_router_and_nobody
    cuts=0
    make_disk cut
    capture cut
    while :; do
        firmware=$([ $((RANDOM % 2)) = 0 ] && echo uefi || echo bios)
        if [ "$cuts" -lt "$wanted" ]; then
            power_on cut "$firmware"
            cut_the_power "in a boot by $firmware," $((RANDOM % 150 + 5))
        fi
        power_on cut "$firmware"
        check_state "after $cuts power cuts, by $firmware" 'clock|connecting'
        check "configuration and settings are whole" inside 120 \
            'torboxd --check /etc/torbox/torbox.toml && torbox settings && [ -z "$(systemctl --failed --no-legend)" ]'
        [ "$cuts" -lt "$wanted" ] || break
        changed_all_the_time &
        changes=$!
        started+=($changes)
        cut_the_power "in the middle of changes," $((RANDOM % 30))
        kill "$changes" 2>/dev/null || true
    done
    pull_the_plug
    check "in all of these boots only ARP, DHCP, neighbour discovery and TCP left" only_the_allowed_left cut
    check "all of that TCP was to relays" only_relays_were_called cut
    away_with_the_network
}
