# shellcheck shell=bash disable=SC2016,SC2154
# Upgrades that go well, and such that do not.

facts() {
    inside_sh 'head -n 1 /var/lib/torbox/airlock/listing; nft -s -t list ruleset | sha256sum
        systemctl show -P MainPID torbox-tor'
}
daemon() { inside systemctl show -P MainPID torboxd; }
is_another() { [ "$daemon" != "$(daemon)" ] && working; }

before=$(facts)
daemon=$(daemon)
next_version good
install good
check "an upgrade takes over: another torboxd" is_another
check_now "        with the same load, the same ruleset, the same tor" test "$before" = "$(facts)"
judge_box "it was upgraded"

next_version fails fail_at_once
check_now "a postinst that fails is told of" eval '! try_install fails'
check "        and the box goes on with what ran" working
daemon=$(daemon)
next_version good
install good
check "        the next version takes over" is_another
judge_box "an upgrade failed"

next_version good
must kill_while_unpacking good
check_now "dpkg was killed in the middle of unpacking" eval '! package_is "install ok installed"'
check "        and the box goes on with what ran" working
daemon=$(daemon)
inside dpkg --configure -a >/dev/null 2>&1 || :
check "        also after dpkg --configure -a" working
install good
check "        the same version, once more, takes over" is_another
judge_box "dpkg was killed while it unpacked"

next_version killed kill_dpkg_once
check_now "dpkg was killed before it configured" eval '! try_install killed && ! package_is "install ok installed"'
check "        and the box goes on with what ran" working
daemon=$(daemon)
must inside dpkg --configure -a
check "        dpkg --configure -a finishes it: another torboxd" is_another
judge_box "dpkg was killed before it configured"

next_version broken break_ruleset
try_install broken || :
check "a version whose ruleset cannot be loaded keeps everything down" down
next_version good
install good
check "        the next version brings it back" working
judge_box "a ruleset could not be loaded"

inside_sh 'echo "no-such-key = true" >>/etc/torbox/torbox.toml'
next_version good
check_now "a version that the configuration does not fit is installed all the same" try_install good
check "        torboxd has ended" inside_sh '! systemctl --quiet is-active torboxd'
check_now "        and the box is closed" closed
inside_sh 'cp /root/kept /etc/torbox/torbox.toml'
next_version good
install good
check "        once that is mended, the next version brings it back" working
judge_box "the configuration did not fit"

inside_sh 'echo "# damaged" >>/var/lib/torbox/airlock/airlock.nft; ! systemctl restart torbox-airlock' 2>/dev/null
check "a damaged ruleset keeps everything down" down
must inside torboxd --render /var/lib/torbox/airlock
check "        mended, it comes back" working
judge_box "a ruleset was damaged"
