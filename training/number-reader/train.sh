#!/usr/bin/env bash
# The whole recipe: faces, lines, training, weights. Resumable at every step; one thread, out of everyone's way.
# Usage: train.sh SANAD-SAMPLES WORK-FOLDER
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
generate="$1" work="$2"
mkdir -p "$work"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
"$here/faces.sh" "$work/faces"
lines() { # folder, arguments
    [ -e "$work/$1/done" ] && return
    nice -n 15 "$generate" lines --out "$work/$1" --jobs 1 "${@:2}"
    touch "$work/$1/done"
}
for part in 0 1 2 3 4; do
    lines "fit-$part" --split fit --seed 21 --count 20000 --first $((part * 20000)) --also "$work/faces"
done
lines holdout --split holdout --seed 77 --count 1000
nice -n 15 "$work/venv/bin/python" "$here/train.py" --lines "$work"/fit-* --check "$work/holdout" --work "$work/run" \
    --minutes "${MINUTES:-120}" --steps "${STEPS:-8000}"
"$work/venv/bin/python" "$here/export.py" --work "$work/run" --lines "$work/holdout" \
    --out "$here/../../intake/src/ocr/number"
