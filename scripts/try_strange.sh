#!/bin/sh
# Run the checks as on somebody else's machine: a clone in a path with blanks and letters beyond ASCII, as a user without
# rights, without HOME, without git, and with other fonts. Needs root, and the distribution's packages. What follows is
# given to make, such as LC_ALL=C; without any it is `test`.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
if [ "$(id -u)" != 0 ]; then
    echo 'Only root can hide git and become another user: run this as root, in a container or a virtual machine.' >&2
    exit 1
fi
"$here/scripts/install_test_tools.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
strange="$work/Ein Ordner voller Prüfungen/論文 №1"
mkdir -p "$strange" "$work/fonts"
git clone --quiet "$here" "$strange/citation-lineage"

echo 'fetching other fonts'
(cd "$work/fonts" && apt-get download -qq -o APT::Sandbox::User=root fonts-noto-core && for package in *.deb; do dpkg-deb --extract "$package" .; done)
cat >"$work/fonts.conf" <<END
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>$work/fonts</dir>
  <cachedir>$work/fonts.cache</cachedir>
  <alias><family>sans-serif</family><prefer><family>Noto Sans</family></prefer></alias>
  <include>/etc/fonts/fonts.conf</include>
</fontconfig>
END

chmod -R a+rX "$work"
chown -R nobody "$strange"
mkdir -m 1777 "$work/fonts.cache"
# The namespace of mounts goes with its last process, and git is back.
unshare --mount sh -eu -s "$strange/citation-lineage" "$work/fonts.conf" "${@:-test}" <<'END'
folder=$1 fonts=$2
shift 2
for git in $(which -a git); do mount --bind /dev/null "$git"; done
cd "$folder"
exec setpriv --reuid nobody --regid nogroup --clear-groups \
    env -u HOME -u USER -u LOGNAME -u XDG_CONFIG_HOME -u XDG_CACHE_HOME FONTCONFIG_FILE="$fonts" make PINNED=1 "$@" </dev/null
END
echo 'The checks pass on a strange machine.'
