#!/bin/sh
# Tries a Debian package as somebody would who has nothing: a new Debian without Python and without a screen.
#
#     sudo packaging/linux/try-in-a-fresh-debian.sh dist/calmtray_*.deb [FOLDER]
#
# Needs debootstrap. FOLDER (a new temporary one unless said) gets a Debian 12, or has one that is as good as new.
# Every step says what it found; the first that fails ends it: installed, used by a click, upgraded while it runs, removed.
set -eu

package=$(realpath "$1")
debian=${2:-$(mktemp -d)/debian}
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
person=somebody
PRACTICE='Here-and-now facts'
home=/home/$person

say() { printf '%s\n' "- $*"; }
fail() { printf '%s\n' "FAILED: $*" >&2; exit 1; }
within() { chroot "$debian" "$@"; }
as_person() { chroot "$debian" su - "$person" -c "export LANG=C.UTF-8; $1"; }

leave() {
    [ ! -e "$debian$home/started" ] || kill $(cat "$debian$home/started") 2>/dev/null || true
    rm -f "$debian$home/started"
    for each in proc dev; do ! mountpoint -q "$debian/$each" || umount -l "$debian/$each"; done
}

# Asks again until the answer is yes, for a minute.
wait_for() {
    what=$1; shift
    for _ in $(seq 120); do "$@" >/dev/null 2>&1 && return; sleep 0.5; done
    fail "no $what within a minute"
}

make_debian() {
    [ -e "$debian/etc/debian_version" ] || debootstrap --variant=minbase bookworm "$debian" "$mirror" >/dev/null
    trap leave EXIT
    mount -t proc proc "$debian/proc"
    mount --bind /dev "$debian/dev"
    cp /etc/resolv.conf "$debian/etc/resolv.conf"
    # A server that would be started is left alone: nothing here is booted.
    printf '#!/bin/sh\nexit 101\n' >"$debian/usr/sbin/policy-rc.d"
    chmod +x "$debian/usr/sbin/policy-rc.d"
    ! within sh -c 'command -v python3' >/dev/null || fail "the Debian in $debian has a Python already"
    say "Debian $(cat "$debian/etc/debian_version"), $(within dpkg-query -f '.\n' -W | wc -l) packages, no Python"
}

install_package() {
    cp "$package" "$debian/tmp/calmtray.deb"
    within apt-get -qq update
    DEBIAN_FRONTEND=noninteractive within apt-get -qq -y install /tmp/calmtray.deb >/dev/null 2>&1 || fail "apt can not install it"
    # Some systems' own libraries ask for Python; calmtray does not.
    ! within dpkg-query -f '${Depends}' -W calmtray | grep -q python || fail "it asks for a Python"
    say "installed: $(within dpkg-query -f '${Version}, ${Installed-Size} kB' -W calmtray)"
}

make_desktop() {
    DEBIAN_FRONTEND=noninteractive within apt-get -qq -y install --no-install-recommends \
        xvfb openbox trayer xdotool dbus dbus-x11 pulseaudio pulseaudio-utils procps >/dev/null 2>&1 || fail "no desktop to try it on"
    within id "$person" >/dev/null 2>&1 || within useradd --create-home "$person"
    cat >"$debian$home/desktop.sh" <<'DESKTOP'
export DISPLAY=:77 LANG=C.UTF-8
Xvfb :77 -screen 0 1280x800x24 >/dev/null 2>&1 &
echo $! >>started
until xdotool getdisplaygeometry >/dev/null 2>&1; do sleep 0.2; done
pulseaudio --daemonize=no --exit-idle-time=-1 -n -L "module-native-protocol-unix" -L "module-null-sink" >/dev/null 2>&1 &
echo $! >>started
openbox >/dev/null 2>&1 &
echo $! >>started
trayer --edge bottom --widthtype pixel --width 200 --height 32 >/dev/null 2>&1 &
echo $! >>started
echo $$ >>started
exec calmtray --at-login >"$HOME/said" 2>&1
DESKTOP
    chroot "$debian" su - "$person" -c 'dbus-run-session -- sh desktop.sh' &
}

on_screen() { as_person "DISPLAY=:77 $1"; }
icon_window() { on_screen 'xdotool search --onlyvisible --class calmtray' | grep .; }
has_keyboard() { on_screen 'xdotool getwindowfocus getwindowname' | grep -q "$1"; }
page_is() { as_person 'calmtray status --json' | grep -q "\"page\": $1"; }
tray_icon() { as_person 'calmtray status --json' | grep -q '"tray": true'; }
audible() { as_person 'calmtray status --json' | grep -q '"audible": true' && [ -n "$(as_person 'pactl list short sink-inputs')" ]; }
session_is() { as_person 'calmtray status --json' | grep -q "\"$1\""; }

app_process() { within pgrep -u "$person" -o -x calmtray; }
file_of() { stat -Lc %i "/proc/$1/exe"; }
nobody_runs() { ! within pgrep -u "$person" -x calmtray; }
runs_another_than() { [ "$(file_of "$running")" != "$1" ]; }

take_a_practice() {
    wait_for "icon in the tray" tray_icon
    page_is null || fail "it opened a window at login"
    say "started at login: an icon in the tray, no window"
    # The icon is a window as well, within the panel.
    wait_for "icon on the screen" icon_window
    eval "$(on_screen "xdotool getwindowgeometry --shell $(icon_window)")"
    icon="$((X + WIDTH / 2)) $((Y + HEIGHT / 2))"
    on_screen "xdotool mousemove $icon click 1"
    wait_for "window after a click on the icon" page_is '"now"'
    say "a click on the icon opens the window"
    # The first line of the icon's menu is a practice.
    on_screen "xdotool mousemove $icon click 3 sleep 1 key Down Return"
    wait_for "practice" session_is ready
    # A window manager leaves the keyboard with the panel that was clicked on.
    on_screen "xdotool search --sync --onlyvisible --name '$PRACTICE' windowactivate"
    wait_for "window with the keyboard" has_keyboard "$PRACTICE"
    on_screen 'xdotool key Return'
    wait_for "practice that plays" session_is playing
    wait_for "sound" audible
    # To its end, one step after the other.
    on_screen 'xdotool sleep 3 key --repeat 9 --delay 300 Right'
    wait_for "line in the journal" sh -c "chroot '$debian' su - '$person' -c 'calmtray journal --json' | grep -q finished"
    say "a practice was taken to its end: $(as_person 'calmtray journal' | tail -1)"
}

# The modules of a packed program lie at its end. Moved a little, they are where the one that runs does not look for them:
# what it has not loaded yet, it can't load any more, as after an upgrade to other code.
move_modules() {
    size=$(stat -c %s "$1")
    cookie=$(LC_ALL=C grep -Fabo "$(printf 'MEI\014\013')" "$1" | tail -1 | cut -d: -f1)
    length=$((0x$(od -An -tx1 -j $((cookie + 8)) -N 4 "$1" | tr -d ' ')))
    begin=$((cookie + 88 - length))
    { head -c "$begin" "$1"; head -c 4096 /dev/zero; tail -c $((size - begin)) "$1"; } >"$1.moved"
    chmod 755 "$1.moved"
    mv "$1.moved" "$1"
}

# The same calmtray under a higher version, as a distribution brings it while the one before is running.
upgrade_package() {
    next=$(mktemp -d)
    dpkg-deb -R "$package" "$next/tree"
    move_modules "$next/tree/usr/lib/calmtray/calmtray"
    sed -i 's/^Version: .*/&+next/' "$next/tree/DEBIAN/control"
    dpkg-deb --root-owner-group -Zgzip -z1 --build "$next/tree" "$debian/tmp/next.deb" >/dev/null
    rm -r "$next"
    # Nobody has a window open: it is not to come up because of an upgrade.
    on_screen "xdotool search --sync --onlyvisible --name '^calmtray$' windowactivate"
    wait_for "window with the keyboard" has_keyboard '^calmtray$'
    on_screen 'xdotool key Escape'
    wait_for "window to be closed" page_is null
    # What somebody writes by hand while it runs counts from the next start on.
    as_person "sed -i 's/^volume = .*/volume = 55/' .config/calmtray/settings.toml"
    running=$(app_process)
    before=$(file_of "$running")
    DEBIAN_FRONTEND=noninteractive within apt-get -qq -y install /tmp/next.deb >/dev/null 2>&1 || fail "apt can not upgrade it"
    # What runs now is not there any more, and can't load what it has not loaded yet.
    wait_for "running calmtray to become the new one" runs_another_than "$before"
    wait_for "icon in the tray of the new one" tray_icon
    page_is null || fail "it opened a window after the upgrade"
    wait_for "icon of the new one on the screen" icon_window
    eval "$(on_screen "xdotool getwindowgeometry --shell $(icon_window)")"
    on_screen "xdotool mousemove $((X + WIDTH / 2)) $((Y + HEIGHT / 2)) click 1"
    wait_for "window of the new one after a click on its icon" page_is '"now"'
    say "the running one became the new one by itself, and a click on its icon opens the window"
    as_person 'calmtray quit'
    [ ! -s "$debian$home/said" ] || fail "it complained: $(cat "$debian$home/said")"
    as_person 'calmtray journal --json' | grep -q finished || fail "the journal is gone after the upgrade"
    grep -q 'volume = 55' "$debian$home/.config/calmtray/settings.toml" || fail "the settings are gone after the upgrade"
    as_person 'DISPLAY=:77 XDG_RUNTIME_DIR= calmtray --at-login >again 2>&1 &'
    wait_for "icon in the tray after the upgrade" tray_icon
    as_person 'calmtray quit'
    [ ! -s "$debian$home/again" ] || fail "it complained after the upgrade: $(cat "$debian$home/again")"
    say "upgraded to $(within dpkg-query -f '${Version}' -W calmtray) while it ran; journal and settings are there"
}

remove_package() {
    as_person 'DISPLAY=:77 XDG_RUNTIME_DIR= calmtray --at-login >last 2>&1 &'
    wait_for "icon in the tray before it is removed" tray_icon
    DEBIAN_FRONTEND=noninteractive within apt-get -qq -y purge calmtray >/dev/null 2>&1
    wait_for "running calmtray to end with its package" nobody_runs
    [ ! -s "$debian$home/last" ] || fail "it complained when it was removed: $(cat "$debian$home/last")"
    say "the running one ended by itself"
    left=$(within find /usr /etc /var -name '*calmtray*' -not -path '/var/cache/*' -not -path '/var/log/*')
    [ -z "$left" ] || fail "something is left: $left"
    [ -s "$debian$home/.local/share/calmtray/journal.sqlite3" ] || fail "the journal is gone"
    say "removed: nothing is left but $(within find "$home/.local" "$home/.config" -path '*calmtray/*' -type f | tr '\n' ' ')"
}

make_debian
install_package
make_desktop
take_a_practice
upgrade_package
remove_package
say "all of it went well"
