# shellcheck shell=bash disable=SC2016,SC2154
# The owner's computer at the admin port: an address, the pages, ssh, and nothing else.

cat >"$work/lease" <<'LEASE'
#!/bin/sh
[ "$1" = bound ] || exit 0
ip address replace "$ip/$mask" dev "$interface"
env >"$(dirname "$0")/offer"
LEASE
chmod +x "$work/lease"

# A listener for ssh on all of the machine's addresses, as Debian's is.
ip netns exec torbox-deb-box socat TCP-LISTEN:22,fork,reuseaddr EXEC:'echo SSH-2.0' &
ssh=$!
answers() { on "$1" timeout 5 socat -u "TCP:$2" - </dev/null; }
uplink_address() { ip -n torbox-deb-box -4 -oneline address show wan0 | sed 's,.* inet \([^/]*\)/.*,\1,'; }

check "it gets an address by DHCP" on admin udhcpc -f -n -q -t 3 -T 1 -i admin0 -s "$work/lease"
check_now "        with no router and no name server" eval 'grep -q "^ip=10.85.0" "$work/offer" &&
    ! grep -qE "^(router|dns|ntpsrv)=" "$work/offer"'
check "it sees the pages" on admin curl --silent --max-time 3 --output /dev/null http://10.85.0.1/
check "it reaches ssh" answers admin 10.85.0.1:22
check_now "        a device of the LAN does not" eval '! answers client 10.84.0.1:22 && ! answers client 10.85.0.1:22'
check_now "        nor does the uplink" eval '! answers net "$(uplink_address):22"'
check_now "it is answered no name, and nothing at the LAN's address" eval '! answers admin 10.85.0.1:53 &&
    ! answers admin 10.84.0.1:80'

kill "$ssh"

# From here on it floods too, towards the internet and the LAN.
lead_through_the_box admin 85
ip netns exec torbox-deb-admin scripts/deb-tests/flood 10.85.0.77 10.84.0.77 fd00:84::77 &
ip netns exec torbox-deb-client tcpdump -U -n --immediate-mode -i client0 -w "$work/lan" host 10.85.0.77 or \
    host fd00:85::77 2>"$work/tcpdump.lan" &
check_soon grep --quiet 'listening on' "$work/tcpdump.lan"
judge_box "the admin port was used"
lan_saw_nothing() { [ -z "$(tcpdump -n -c 3 -r "$work/lan" 2>/dev/null | tee /dev/stderr)" ]; }
