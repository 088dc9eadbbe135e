# Sanad: two commands do everything, `make run` and `make test`; the others are for those who work on it.
# One profile serves run, test and bench, so nothing is compiled twice.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: run test lint bench samples docs clean setup build fit evaluate evaluate-duplicates evaluate-zones yardstick train-number-reader train-zone-reader train-marks train-signs

export OMP_THREAD_LIMIT := 1
SANAD := target/debug/sanad
FIT_DIR := target/judgement
# Truth is asked of Debian's fast models: another reader than the product's own, and several times as quick.
TRUTH_MODELS := /usr/share/tesseract-ocr/5/tessdata

# --- what a fresh Debian 12 lacks -------------------------------------------------------------------

setup: target/.system models/fas.traineddata models/eng.traineddata samples/fonts/node_modules/.installed review-api/web/dist/manifest.json

target/.system: setup/system.sh setup/packages.txt
	@mkdir -p target
	@bash setup/system.sh setup/packages.txt
	@touch $@

models/fas.traineddata: models/package-lock.json models/fas.sha256 | target/.system
	@echo "Installing the Persian reading model (npm)"
	@cd models && npm ci --no-audit --no-fund --loglevel=error
	@gunzip -c models/node_modules/@tesseract.js-data/fas/4.0.0_best_int/fas.traineddata.gz > $@.part
	@cd models && sed 's/fas.traineddata/fas.traineddata.part/' fas.sha256 | sha256sum --check --quiet
	@mv $@.part $@

models/eng.traineddata: | target/.system
	@cp /usr/share/tesseract-ocr/5/tessdata/eng.traineddata $@

samples/fonts/node_modules/.installed: samples/fonts/package-lock.json | target/.system
	@echo "Installing Persian faces (npm)"
	@cd samples/fonts && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

review-api/web/dist/manifest.json: $(wildcard review-api/web/src/* review-api/web/src/*/*) review-api/web/package-lock.json review-api/web/build.mjs | target/.system
	@echo "Building styles and scripts (npm)"
	@cd review-api/web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build

# --- build, run, test -------------------------------------------------------------------------------

build: setup
	cargo build --locked --workspace --all-targets

run: build
	$(SANAD) serve --demo --demo-claims samples/committed/claims

test: build
	SANAD_BIN=$(abspath $(SANAD)) cargo test --locked --workspace

lint: setup
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	cd review-api/web && npm run --silent check

bench: build
	SANAD_BIN=$(abspath $(SANAD)) cargo bench --locked --profile dev -p sanad-tests

# --- samples and judgement --------------------------------------------------------------------------

samples: build
	target/debug/sanad-samples committed --out samples/committed

# The fitting split: pages, a reader's truth, the fitted curves. About twenty minutes on two cores.
fit: build
	target/debug/sanad-samples generate --out $(FIT_DIR)/fit --seed 11 --count 420 --masters 84 --split fit --clean
	target/debug/evaluate truth --models $(TRUTH_MODELS) $(FIT_DIR)/fit
	target/debug/evaluate fit $(FIT_DIR)/fit

# The held-out split: faces, layouts and mechanisms that fitting never loads.
evaluate: build
	target/debug/sanad-samples generate --out $(FIT_DIR)/holdout --seed 12 --count 240 --masters 60 --split holdout --clean
	target/debug/evaluate truth --models $(TRUTH_MODELS) $(FIT_DIR)/holdout
	target/debug/evaluate legibility $(FIT_DIR)/holdout

# The reader of numbers: faces, lines, training, weights. An hour or two of one core; goes on where it was stopped.
train-number-reader: build
	training/number-reader/train.sh $(abspath target/debug/sanad-samples) target/number-reader

# The reader of machine-readable zones. An hour of one core; goes on where it was stopped.
train-zone-reader:
	training/zone-reader/train.sh target/zone-reader

# The finder of stamps and signatures: pages, training, weights. For a graphics card; goes on where it was stopped.
train-marks: build
	training/marks/train.sh $(abspath target/debug/sanad-samples) target/marks

# The eye for signs: papers drawn and captured, places of them side by side, training, weights. Two hours of two cores.
train-signs: build
	training/signs/train.sh $(abspath target/debug/sanad-samples) $(abspath target/debug/evaluate) target/signs

# Zones of drawn papers on held-out faces, layouts and defects, each picture in four turns.
evaluate-zones: build
	target/debug/sanad-samples generate --out $(FIT_DIR)/zones --seed 61 --count 40 --masters 40 --split holdout --kinds identity
	target/debug/evaluate zones --turns $(FIT_DIR)/zones

# The reader of numbers beside the recogniser of another package, which pip fetches here (several GB) and nothing else uses.
yardstick: build
	target/debug/sanad-samples lines --out $(FIT_DIR)/yardstick --seed 97 --count 1000 --split holdout
	target/debug/evaluate numbers $(FIT_DIR)/yardstick
	python3 -m venv target/yardstick
	target/yardstick/bin/pip install --quiet parisaocr
	target/yardstick/bin/python training/number-reader/yardstick.py $(FIT_DIR)/yardstick

# Papers known again, on held-out forms: faces, layouts and mechanisms that the limits were not set on.
evaluate-duplicates: build
	target/debug/sanad-samples duplicates --out $(FIT_DIR)/duplicates --seed 21 --templates 30 --people 4 --split holdout
	target/debug/evaluate duplicates $(FIT_DIR)/duplicates

docs: build
	$(SANAD) reasons --markdown > docs/reasons.md
	cargo doc --locked --workspace --no-deps

clean:
	cargo clean
	rm -rf review-api/web/dist review-api/web/node_modules samples/fonts/node_modules models/node_modules models/*.traineddata
