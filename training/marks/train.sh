#!/usr/bin/env bash
# The finder of marks: pages, training, weights. Resumable at every step. With JAX_PLATFORMS=cuda and WINDOWS=64 it trains
# on a graphics card; the weights of the repository had 5,341 steps of 64 windows, days of one core.
# Usage: train.sh SANAD-SAMPLES WORK-FOLDER
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
generate="$1"
mkdir -p "$2"
work="$(cd "$2" && pwd)"
python="$work/venv/bin/python"
[ -x "$python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --requirement "$here/../number-reader/requirements.txt"
mkdir -p "$work/pages"
captures=(none,photo_good none,photo_good none,photo_good,jpeg,low_contrast none,photo_good,shadow,dark,noise
    none,bilevel,skew,bleed,perspective none,photo_good,low_res,jpeg)
for ((k = 0; k < ${FOLDERS:-120}; k++)); do
    folder="$work/pages/$k"
    [ -e "$folder/packed.npz" ] && continue
    # every fifth folder has the usual foot, the others freely drawn marks
    marks=(--marks)
    [ $((k % 5)) -ne 0 ] || marks=()
    nice -n 15 "$generate" generate --out "$folder" --split fit --jobs 1 --seed $((20000 + k)) --count 60 --masters 60 \
        --all-kinds --defects "${captures[k % 6]}" --dpi 120,150,200 "${marks[@]}"
    nice -n 15 "$python" "$here/pages.py" "$folder"
    rm -rf "$folder/images"
done
nice -n 15 "$python" "$here/train.py" --grow "$work/pages" --work "$work/run" --minutes "${MINUTES:-60}" \
    --windows "${WINDOWS:-8}" --seed 5
"$python" "$here/export.py" --work "$work/run" --out "$here/../../intake/src/read/marks"
