# shellcheck shell=bash disable=SC2016,SC2154
# A virtual machine that starts from the image; sourced by scripts/image-test, which has made $work.

machine= lab_is_up=
# What this shell began and what still runs: the number of a process that has ended may be somebody else's by now.
end_all() { for process in $(jobs -pr); do kill -KILL "$process" && wait "$process"; done 2>/dev/null || true; }
tidy_up() {
    set +e
    end_all
    ip netns delete torbox-machine 2>/dev/null
    [ -z "$lab_is_up" ] || "$lab" down
    rm -rf "$work"
}
trap tidy_up EXIT
trap 'exit 130' INT TERM HUP

failures=0
say() { printf '%(%H:%M:%S)T %s\n' -1 "$*"; }
check() {
    local words=$1
    shift
    if "$@" >"$work/said" 2>&1; then say "ok    $words"; return; fi
    say "NOT   $words"
    tail -n 8 "$work/said"
    failures=$((failures + 1))
}
# Waits for a state of the box, by its own word.
check_state() {
    local name=$1 state=$2
    for _ in $(seq 90); do
        kill -0 "$machine" 2>/dev/null || break
        inside 60 "grep -qE '^($state)' /run/torbox/state" >/dev/null 2>&1 && { say "ok    $name: $state"; return; }
        sleep 5
    done
    say "NOT   $name: $state, but: $(inside 60 'cat /run/torbox/state' || tail -n 5 "$work/console")"
    failures=$((failures + 1))
}

# A copy of the image on a larger disk, whose boot loader gives a shell on the second serial line: what anybody can do
# who holds the disk. More arguments are files for the EFI partition's folder torbox.
make_disk() {
    local disk=$work/$1.img
    shift
    cp --sparse=always "$image" "$disk"
    truncate --size 4G "$disk"
    sed 's/panic=30/& systemd.debug_shell=ttyS1/' Image/grub.cfg >"$work/grub.cfg"
    mcopy -o -i "$disk@@2M" "$work/grub.cfg" ::/EFI/debian/grub.cfg
    for file; do mcopy -o -i "$disk@@2M" "$file" ::/torbox/; done
    cp /usr/share/OVMF/OVMF_VARS_4M.fd "$disk.vars"
}
power_on() {
    local disk=$work/$1.img firmware=()
    [ "$2" = bios ] || firmware=(-drive "if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd"
        -drive "if=pflash,format=raw,file=$disk.vars")
    rm -f "$work/shell"
    # Network cards without a program of their own: one would speak on the uplink before the box does.
    ip netns exec "$wires" nice qemu-system-x86_64 -nodefaults -display none -machine q35 -m 512 -smp 2 \
        -accel tcg,thread=multi,tb-size=256 "${firmware[@]}" \
        -drive "file=$disk,format=raw,if=none,id=disk" -device virtio-blk-pci,drive=disk,bootindex=1 \
        -netdev tap,id=uplink,ifname=machine-wan,script=no,downscript=no \
        -device virtio-net-pci,netdev=uplink,addr=0x8,romfile=,mac=02:54:42:00:01:03 \
        -netdev tap,id=lan,ifname=machine-lan,script=no,downscript=no \
        -device virtio-net-pci,netdev=lan,addr=0x9,romfile=,mac=02:54:42:00:02:03 \
        -netdev tap,id=admin,ifname=machine-admin,script=no,downscript=no \
        -device virtio-net-pci,netdev=admin,addr=0xa,romfile=,mac=02:54:42:00:02:04 \
        -device virtio-rng-pci -serial "file:$work/console" \
        -chardev "socket,id=shell,path=$work/shell,server=on,wait=off" -serial chardev:shell \
        >"$work/machine.log" 2>&1 </dev/null &
    machine=$!
}
pull_the_plug() {
    kill -KILL "$machine" 2>/dev/null || true
    wait "$machine" 2>/dev/null || true
    machine=
}
inside() { Lab/machine-shell "$work/shell" "$@"; }
any_firmware() { [ $((RANDOM % 2)) = 0 ] && echo uefi || echo bios; }
is_whole() {
    inside 120 'torboxd --check /etc/torbox/torbox.toml && torbox settings && [ -z "$(systemctl --failed --no-legend)" ]'
}
