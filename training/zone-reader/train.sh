#!/usr/bin/env bash
# The reader of machine-readable zones: faces, lines, training, weights. Resumable at every step; it shares network and
# training program with the reader of numbers (`READER=zone` changes the alphabet).
# Usage: train.sh WORK-FOLDER
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
numbers="$here/../number-reader"
weights="$here/../../intake/src/ocr/number"
export READER=zone
mkdir -p "$1"
work="$(cd "$1" && pwd)"
python="$work/venv/bin/python"
[ -x "$python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$numbers/requirements.txt"
"$numbers/faces.sh" "$work/faces" ../zone-reader/faces.txt "$python"
lines() { # folder, seed, count
    [ -e "$work/$1/done" ] && return
    nice -n 15 "$python" "$here/draw.py" --fonts "$work/faces" --out "$work/$1" --seed "$2" --count "$3"
    touch "$work/$1/done"
}
lines zone-1 1 10000
lines zone-2 2 10000
lines watch 900 800
# From the weights of the repository on; FROM= starts from nothing.
from=(--from "$weights/weights-zone.bin")
[ "${FROM-weights}" ] || from=()
nice -n 15 "$python" "$numbers/train.py" --lines "$work"/zone-* --check "$work/watch" --work "$work/run" --size zone \
    --minutes "${MINUTES:-60}" --rate "${RATE:-2e-3}" --seed 11 "${from[@]}"
"$python" "$numbers/export.py" --work "$work/run" --lines "$work/watch" --out "$weights" --name weights-zone.bin
