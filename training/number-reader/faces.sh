#!/usr/bin/env bash
# Gathers the faces of a list into a folder, from packages that are downloaded and unpacked, not installed.
# Usage: faces.sh FOLDER LIST PYTHON
set -euo pipefail
list="$(cd "$(dirname "$0")" && pwd)/$2"
python="$3"
samples="$(cd "$(dirname "$0")/../../samples/fonts" && pwd)"
mkdir -p "$1" "$1/../packages"
out="$(cd "$1" && pwd)"
cd "$out/../packages"

fetch() { # where package
    local mark=".fetched-${2//\//_}"
    if [ -e "$mark" ] || [ "$1" = installed ]; then return; fi
    if [ "$1" = apt ]; then
        apt-get download "$2"
        dpkg -x "$2"_*.deb "$2"
    else
        mkdir -p "${2//\//_}"
        tar -xzf "$(npm pack --silent "$2")" -C "${2//\//_}"
    fi
    touch "$mark"
}

while IFS='|' read -r from file; do
    read -r where package <<<"$from"
    file="${file# }"
    name="$(sed 's/-arabic//g; s/woff$/ttf/' <<<"$file")"
    [ -e "$out/$name" ] && continue
    fetch "$where" "${package:-}"
    found="$(find . /usr/share/fonts "$samples/node_modules" -name "$file" -print -quit)"
    [ -n "$found" ] || { echo "$file is not in ${package:-any installed package}" >&2; exit 1; }
    case "$file" in
    *.woff) "$python" -c 'import sys; from fontTools.ttLib import TTFont; font = TTFont(sys.argv[1]); font.flavor = None; font.save(sys.argv[2])' "$found" "$out/$name" ;;
    *) cp "$found" "$out/$name" ;;
    esac
done < <(grep -v '^#' "$list")
