#!/usr/bin/env bash
# Installs what is missing of the packages in the list; says what; asks for root only if it must.
set -euo pipefail
list=$1

if ! command -v cargo >/dev/null; then
  echo "Rust (1.94 or newer) is needed and cargo was not found." >&2
  exit 1
fi

# What `.cargo/config.toml` builds for; a processor without it would end the program without a word.
if [[ $(uname -m) == x86_64 ]] && ! { grep -qw sse4_2 /proc/cpuinfo && grep -qw popcnt /proc/cpuinfo; }; then
  echo "The processor is older than Sanad is built for (it lacks SSE4.2 or POPCNT); remove .cargo/config.toml and try again." >&2
  exit 1
fi

# A command that is already there by other means counts: Node need not be Debian's.
have() {
  case $1 in
    nodejs) command -v node >/dev/null ;;
    npm) command -v npm >/dev/null ;;
    *) dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed ;;
  esac
}

missing=()
while read -r package _; do
  [[ -z $package || $package == \#* ]] && continue
  have "$package" || missing+=("$package")
done < "$list"

if ((${#missing[@]} == 0)); then
  echo "All system packages are there."
  exit 0
fi

if ! command -v apt-get >/dev/null; then
  echo "These packages are missing and this is not a Debian system: ${missing[*]}" >&2
  exit 1
fi

root=()
((EUID == 0)) || root=(sudo)
echo "Installing with apt: ${missing[*]}"
"${root[@]}" apt-get update -qq
"${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
