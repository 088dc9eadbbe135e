#!/usr/bin/env bash
# The whole recipe: faces, lines, training, weights. Resumable at every step; one thread, out of everyone's way. With
# JAX_PLATFORMS=cuda and COLUMNS=131072 it trains on a graphics card, a few hundred times as fast.
# Usage: train.sh SANAD-SAMPLES WORK-FOLDER
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
weights="$here/../../intake/src/ocr/number"
generate="$1"
mkdir -p "$2"
work="$(cd "$2" && pwd)"
python="$work/venv/bin/python"
[ -x "$python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
"$here/faces.sh" "$work/faces" faces.txt "$python"
"$here/faces.sh" "$work/watched" watched.txt "$python"
modules="$here/../../samples/fonts/node_modules"
# The held-out faces themselves: no other face may have their figures.
mapfile -t held < <(find /usr/share/fonts "$modules" \( -name homa.ttf -o -name 'Amiri-*.ttf' \
    -o -name NotoSansArabic-Regular.ttf -o -name NotoSansArabic-Bold.ttf -o -name Sahel.ttf -o -name Sahel-Bold.ttf \))
"$python" "$here/disguise.py" "$work/faces" "${held[@]}"
invent() { # folder, arguments
    [ -e "$work/$1/done" ] && return
    nice -n 15 "$python" "$here/invent.py" --out "$work/$1" "${@:2}"
    touch "$work/$1/done"
}
invent invented --count "${INVENTED:-300}" --seed 1
invent bent --count "${BENT:-174}" --seed 2 --faces "$work/faces"
lines() { # folder, arguments
    [ -e "$work/$1/done" ] && return
    nice -n 15 "$generate" lines --out "$work/$1" --split fit --jobs 1 "${@:2}"
    touch "$work/$1/done"
}
lines inv-0 --seed 31 --count 8000 --also "$work/invented"
lines fit-0 --seed 21 --count 8000 --also "$work/faces"
lines bent-0 --seed 41 --count 8000 --also "$work/bent"
lines inv-1 --seed 31 --first 8000 --count 12000 --also "$work/invented"
lines fit-1 --seed 21 --first 8000 --count 16000 --also "$work/faces"
lines bent-1 --seed 41 --first 8000 --count 12000 --also "$work/bent"
lines watch --seed 501 --count 1600 --also "$work/watched"
# Each network from the weights of the repository on; FROM= starts from nothing.
train() { # size, file, seed
    from=(--from "$weights/$2" --rate "${RATE:-6e-4}")
    [ "${FROM-weights}" ] || from=()
    nice -n 15 "$python" "$here/train.py" --lines "$work"/{fit,inv,bent}-* --check "$work/watch" --only "$work/watched" \
        --work "$work/$1" --size "$1" --minutes "${MINUTES:-60}" --columns "${COLUMNS:-3200}" --seed "$3" "${from[@]}"
    "$python" "$here/export.py" --work "$work/$1" --lines "$work/watch" --out "$weights" --name "$2"
}
train first weights.bin 3
train other weights-other.bin 17
