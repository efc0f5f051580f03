# shellcheck shell=bash disable=SC2154
# A Debian 13 that systemd boots in namespaces of its own, between a router and a client; sourced by scripts/deb-test
# and scripts/deb-test-open, which have made $work. It can be booted again: its files stay, its devices and all that was in memory do not.

boots=0
machine=
cgroups=$(findmnt --noheadings --output TARGET --types cgroup2 | head -n 1)

tidy_up() {
    set +e
    # What still runs: the number of a process that has ended may be somebody else's by now.
    for process in $(jobs -pr) $machine; do kill -KILL "$process"; wait "$process"; done 2>/dev/null
    for host in box net client admin; do ip netns delete "torbox-deb-$host" 2>/dev/null; done
    # The kernel needs a moment until the last process of the machine is gone.
    for _ in 1 2 3 4 5; do
        find "$cgroups"/torbox-deb-* -depth -type d -exec rmdir {} + 2>/dev/null
        compgen -G "$cgroups/torbox-deb-*" >/dev/null || break
        sleep 1
    done
    rm -rf "$work"
}
trap tidy_up EXIT
trap 'exit 130' INT TERM HUP

on() { ip netns exec "torbox-deb-$1" "${@:2}"; }

# A computer goes by the machine, as number 77 of its network there, whether or not the machine answers.
lead_through_the_box() {
    on "$1" ip -batch - <<LINES
address add 10.$2.0.77/24 dev ${1}0
address add fd00:$2::77/64 dev ${1}0
neighbour replace 10.$2.0.1 lladdr 02:00:00:00:$2:01 dev ${1}0
neighbour replace fd00:$2::1 lladdr 02:00:00:00:$2:01 dev ${1}0
route add default via 10.$2.0.1
route add default via fd00:$2::1
LINES
}

# Bridges, so that what listens there outlives the machine's cables. The router gives an address of each family and
# stands for the internet; it knows nothing else.
make_neighbours() {
    local host
    for host in net client admin; do
        ip netns add "torbox-deb-$host"
        on "$host" sysctl --quiet net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0 \
            net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0
        ip -n "torbox-deb-$host" link set lo up
    done
    ip -batch - <<'LINES'
netns exec torbox-deb-net ip link add router0 address 02:00:00:00:51:02 type bridge
netns exec torbox-deb-client ip link add client0 address 02:00:00:00:84:02 type bridge
netns exec torbox-deb-admin ip link add admin0 address 02:00:00:00:85:02 type bridge
LINES
    ip -n torbox-deb-net -batch - <<'LINES'
link set router0 up
address add 198.51.100.1/24 dev router0
address add 2001:db8:51::1/64 dev router0
address add 203.0.113.80/32 dev lo
address add 2001:db8:80::80/128 dev lo
LINES
    # Its frames reach the machine whether or not anybody answers for the router's address there.
    on client sysctl --quiet net.ipv6.conf.client0.accept_ra=1 net.ipv6.conf.client0.accept_ra_defrtr=0
    ip -n torbox-deb-client link set client0 up
    lead_through_the_box client 84
    ip -n torbox-deb-admin link set admin0 up
    ip netns exec torbox-deb-net dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --interface=router0 --bind-interfaces \
        --dhcp-range=198.51.100.50,198.51.100.60,1h --dhcp-leasefile="$work/leases" --pid-file= \
        --enable-ra --dhcp-range=2001:db8:51::50,2001:db8:51::60,64,1h --log-facility=/dev/null &
}

cat >"$work/boot" <<'BOOT'
set -e
mount --bind "$1" "$1"
cd "$1"
mount -t proc proc proc
mount -t sysfs sys sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 run run
mount -t tmpfs -o mode=755 dev dev
while read -r name major minor; do mknod -m 666 "dev/$name" c "$major" "$minor"; done <<'DEVICES'
null 1 3
zero 1 5
full 1 7
random 1 8
urandom 1 9
tty 5 0
DEVICES
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
pivot_root . mnt
umount -l /mnt
exec env -i PATH=/usr/sbin:/usr/bin container=torbox-deb /lib/systemd/systemd --system --log-target=console
BOOT

# Memory and processes anew, in this network; the disk as it was left.
start_machine() {
    local cgroup
    boots=$((boots + 1))
    cgroup=$cgroups/torbox-deb-$boots
    mkdir -p "$cgroup"
    sh -c 'echo $$ >"$0/cgroup.procs"; exec ip netns exec "$3" unshare --mount --propagation private --pid --fork \
        --uts --ipc --cgroup --kill-child sh "$1" "$2"' "$cgroup" "$work/boot" "$work/root" "$1" \
        >"$work/console.$boots" 2>&1 </dev/null &
    machine=$!
    # Or the shell tells of its end, in the middle of the checks.
    disown "$machine"
    check "Debian 13 runs (boot $boots)" inside_sh 'systemctl is-system-running | grep -qE "running|degraded"'
}

boot() {
    local box=torbox-deb-box
    ip netns add $box
    ip -n $box link set lo up
    ip -n $box link add wan0 address 02:00:00:00:51:01 type veth peer name port0 netns torbox-deb-net
    ip -n $box link add lan0 address 02:00:00:00:84:01 type veth peer name port0 netns torbox-deb-client
    ip -n $box link add usb0 address 02:00:00:00:85:01 type veth peer name port0 netns torbox-deb-admin
    ip -n torbox-deb-net link set port0 addrgenmode none master router0 up
    ip -n torbox-deb-client link set port0 addrgenmode none master client0 up
    ip -n torbox-deb-admin link set port0 addrgenmode none master admin0 up
    start_machine $box
}

# As when somebody pulls the plug, whatever the machine does.
pull_the_plug() {
    kill -KILL "$machine" 2>/dev/null || :
    machine_has_ended
}

machine_has_ended() {
    local beat device
    for beat in $(seq 240); do
        kill -0 "$machine" 2>/dev/null || break
        sleep 0.25
    done
    [ "$beat" -lt 240 ] || return 1
    machine=
    # Without a last process the kernel removes the devices in its own time.
    for device in wan0 lan0 usb0; do ip -n torbox-deb-box link delete $device; done
    ip netns delete torbox-deb-box
}

inside() {
    local init
    init=$(pgrep -P "$machine") || return 1
    timeout 120 nsenter --target "$init" --mount --pid --uts --ipc --net --cgroup --root="/proc/$init/root" \
        --wd="/proc/$init/root" -- "$@"
}
inside_sh() { inside sh -c "$1"; }

failures=0
# Says whether a command succeeds within half a minute.
check() {
    local words=$1 beat
    shift
    for beat in $(seq 60); do
        if "$@" >"$work/said" 2>&1; then echo "ok    $words"; return; fi
        sleep 0.5
    done
    failed "$words"
}

# The same for what must be so at once.
check_now() {
    local words=$1
    shift
    if "$@" >"$work/said" 2>&1; then echo "ok    $words"; else failed "$words"; fi
}

failed() {
    echo "NOT   $1"
    tail -n 5 "$work/said"
    failures=$((failures + 1))
}

# What the rest stands on: without it there is nothing to go on with.
must() {
    "$@" >"$work/said" 2>&1 && return
    echo "deb-test: $* failed" >&2
    tail -n 5 "$work/said" >&2
    exit 1
}
