#!/usr/bin/env bash
# The eye for signs: papers of forms drawn twice and captured, places of them side by side, training, weights. Resumable at
# every step; two hours of two cores.
# Usage: train.sh SANAD-SAMPLES EVALUATE WORK-FOLDER
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
generate="$1" evaluate="$2"
mkdir -p "$3"
work="$(cd "$3" && pwd)"
python="$work/venv/bin/python"
[ -x "$python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/../number-reader/requirements.txt"
places() {
    [ -e "$work/places/$1/places.csv" ] && return
    nice -n 15 "$generate" duplicates --out "$work/papers" --split fit --seed "$1" --templates 40 --people 2 \
        --captures 4 --masters
    nice -n 15 "$evaluate" sign-places "$work/papers" --out "$work/places/$1" --strangers 4
    rm -rf "$work/papers"
}
for ((seed = 7001; seed < 7001 + ${FOLDERS:-3}; seed++)); do
    places "$seed"
done
nice -n 15 "$python" "$here/train.py" --places "$work"/places/* --work "$work/run" --minutes "${MINUTES:-40}"
mkdir -p "$here/../../intake/src/ocr/signs"
"$python" "$here/export.py" --work "$work/run" --out "$here/../../intake/src/ocr/signs"
