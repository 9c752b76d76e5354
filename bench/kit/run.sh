#!/bin/sh
# Joins the parts beside it, checked by parts.sha256, into a folder kit/ (once) and starts the kit's own Node there.
# Needs what every Linux has: sh, sha256sum, gzip, tar. sh run.sh --help says what it does then.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
kit=${MCKEAN_KIT:-$here/kit}
manifest=$here/parts.sha256

unpacked() { [ -f "$kit/parts.sha256" ] && [ "$(cat "$kit/parts.sha256")" = "$(cat "$manifest")" ]; }

# Says what is wrong with each part, and fails if anything is.
check() {
  faults=0
  while read -r hash part; do
    if [ ! -f "$part" ]; then
      echo "kit: $part is missing: put it beside run.sh" >&2
      faults=1
    elif ! echo "$hash  $part" | sha256sum -c >/dev/null 2>&1; then
      echo "kit: $part has another SHA-256 than $hash: copy it again" >&2
      faults=1
    fi
  done <"$manifest"
  [ "$faults" = 0 ]
}

if [ ! -f "$manifest" ]; then
  echo "kit: parts.sha256 is missing: put it beside run.sh" >&2
  exit 1
fi
if ! unpacked; then
  cd "$here"
  check || exit 1
  rm -rf "$kit" "$kit.unpacking"
  mkdir -p "$kit.unpacking"
  cut -d ' ' -f 3 parts.sha256 | xargs cat | tar -xzf - -C "$kit.unpacking"
  cp parts.sha256 "$kit.unpacking/"
  mv "$kit.unpacking" "$kit"
  cd "$OLDPWD"
fi
exec "$kit/bin/node" "$kit/lib/run.js" "$@"
