# shellcheck shell=bash disable=SC2016,SC2154
# Somebody switches a new box off and on again, at random moments: in the first boot, in a later one, while the settings
# are being changed. After four cuts it is left alone, and must come up as it should; then another new box.

changed_all_the_time() {
    while :; do
        inside 30 'for policy in never chosen; do torbox settings set own-tor.policy $policy; done' || sleep 1
    done >/dev/null 2>&1
}

cut_four_times() {
    local turn moment changes
    for turn in 1 2 3 4; do
        [ "$cuts" -lt "$wanted" ] || return 0
        moment=$((RANDOM % (turn == 1 ? 100 : 160) + 5))
        power_on "$1" "$2"
        changed_all_the_time &
        changes=$!
        sleep "$moment"
        pull_the_plug
        kill "$changes" 2>/dev/null || true
        cuts=$((cuts + 1))
        say "      $1: power cut $cuts of $wanted, after $moment s"
    done
}

part_cuts() {
    local cuts=0 box firmware
    between_a_router_and_nobody
    while [ "$cuts" -lt "$wanted" ]; do
        box=cut$cuts
        firmware=$(any_firmware)
        make_disk "$box"
        capture "$box"
        cut_four_times "$box" "$firmware"
        power_on "$box" "$firmware"
        check_state "$box, after $cuts power cuts, by $firmware" 'clock|connecting'
        check "$box: configuration and settings are whole, no unit failed" is_whole
        pull_the_plug
        check "$box: in all these boots only ARP, DHCP, neighbour discovery and TCP left" only_the_allowed_left "$box"
        check "$box: all of that TCP was to relays" only_relays_were_called "$box"
        rm "$work/$box.img"
    done
    away_with_the_network
}
