# shellcheck shell=bash disable=SC2016,SC2154
# The owner's settings and backups, where systemd runs what torboxd may not.

tor_runs_anew() { [ "$tor" != "$(inside systemctl show -P MainPID torbox-tor)" ] && working; }

tor=$(inside systemctl show -P MainPID torbox-tor)
check_now "a setting is taken" inside torbox settings set tor.exit-countries ch is
check "        and is in force: tor runs anew with it" tor_runs_anew
check "        and stays, after its trial" inside_sh 'grep -q "^ExitNodes {ch},{is}$" /run/torbox/torrc &&
    [ ! -e /var/lib/torbox/settings.before.toml ]'
check_now "a setting that tor refuses is refused, and changes nothing" inside_sh '
    ! torbox settings set tor.further-lines "HiddenServiceDir /tmp" && grep -q "^ExitNodes" /run/torbox/torrc'

passphrase='echo seven cables under a green hat'
check_now "a backup is made" inside_sh "$passphrase | torbox backup >/root/backup.asc"
check_now "        and is sealed" inside_sh 'grep -q "BEGIN PGP MESSAGE" /root/backup.asc && ! grep -q exit-countries /root/backup.asc'
tor=$(inside systemctl show -P MainPID torbox-tor)
must inside torbox settings set tor.exit-countries
check "        other settings come" tor_runs_anew
check "        and stay" inside_sh '! grep -q "^ExitNodes" /run/torbox/torrc &&
    [ ! -e /var/lib/torbox/settings.before.toml ]'
check_now "a backup is not opened by another passphrase" inside_sh '
    ! echo eight cables under a green hat | torbox restore /root/backup.asc'
tor=$(inside systemctl show -P MainPID torbox-tor)
check_now "        by its own it is" inside_sh "$passphrase | torbox restore /root/backup.asc"
check "        and its settings are in force" tor_runs_anew
check "        and stay" inside_sh 'grep -q "^ExitNodes {ch},{is}$" /run/torbox/torrc &&
    [ ! -e /var/lib/torbox/settings.before.toml ]'
judge_box "settings changed"
