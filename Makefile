# The front door of a checkout. Needs Node (20.19 or later), npm and git; `setup` gets the rest.

# The box to rehearse and where it goes; ARGS are further arguments: make rehearsal BOX=/srv/box OUT=/srv/out ARGS=--patient
BOX ?= test/boxes/clinic
OUT ?= rehearsal
ARGS ?=

bin := node_modules/.bin
# npm writes this file last, so it is as old as what is installed
modules := node_modules/.package-lock.json
built := dist/.built
# folders too: a file that went away makes its folder newer
sources := $(shell find src) tsconfig.json

vitest = $(bin)/vitest run --project $(1) --reporter=default --reporter=json --outputFile.json=.cache/test-$(1).json

STRANGE ?= strange
INVENTED ?= invented

.PHONY: help setup rehearsal test unit box lab installed mutants strange invented bench lint docs pictures scripts browser clean
.DELETE_ON_ERROR:

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(built) ## packages, Docker engine, images; does nothing where all is there
	node dist/engine/setup.js

rehearsal: setup ## the bundled box end to end: extract, render, verify (BOX=, OUT=, ARGS=)
	@node dist/cli/main.js rehearse "$(BOX)" -o "$(OUT)" $(ARGS); status=$$?; \
	case $$status in \
	0) echo "rehearsal: done, and nothing wrong ($(OUT))" ;; \
	1) echo "rehearsal: done, and something was found; see $(OUT)/report (exit status 1)" >&2 ;; \
	2) echo "rehearsal: bad usage or input (exit status 2)" >&2 ;; \
	3) echo "rehearsal: the environment lacks something (exit status 3)" >&2 ;; \
	130) echo "rehearsal: interrupted (exit status 130)" >&2 ;; \
	*) echo "rehearsal: ended with exit status $$status" >&2 ;; \
	esac; exit $$status

test: $(built) ## all that CI runs: lint and unit tests beside the image build, then box, then lab
	@rm -f .cache/test-*.json
	@# no --output-sync: make then locks its stdout, and waits for ever where another has it locked (tried: /dev/null)
	@$(MAKE) --no-print-directory --jobs=2 lint unit setup
	@# not beside setup: both may install packages
	@$(MAKE) --no-print-directory scripts browser
	$(call vitest,box)
	$(call vitest,lab)

unit: $(modules) ## tests without Docker
	$(call vitest,unit)

box: setup browser ## tests that read a source through MariaDB in Docker
	$(call vitest,box)

lab: setup ## tests that place calls in the lab
	$(call vitest,lab)

installed: setup ## the package of BOX= installed on a machine of its own, and all of verify's calls placed there
	BOX="$(BOX)" $(call vitest,lab) test/cutover/installed.lab.test.ts

mutants: setup ## a hundred defects put in on purpose: verify must catch them (SEED=, ONLY=, COUNT=, MINUTES=, FRESH=, BOX=; SURVEY=1: without calls)
	@rm -rf .cache/mutants
	$(bin)/tsc -p test/mutation
	@# the stages themselves are those of dist, where their templates are found
	@rm -rf .cache/mutants/src && ln -s ../../dist .cache/mutants/src
	@SEED="$(SEED)" FRESH="$(FRESH)" ONLY="$(ONLY)" COUNT="$(COUNT)" MINUTES="$(MINUTES)" BOX="$(BOX)" SURVEY="$(SURVEY)" node .cache/mutants/test/mutation/main.js

strange: setup ## a box that nobody has seen, end to end: the model of BOX= with forty changes by chance (SEED=, COUNT=, STRANGE=)
	@rm -rf .cache/mutants
	$(bin)/tsc -p test/mutation
	@rm -rf .cache/mutants/src && ln -s ../../dist .cache/mutants/src
	@rm -rf "$(STRANGE)"
	@SEED="$(SEED)" COUNT="$(COUNT)" BOX="$(BOX)" OUT="$(STRANGE)" node .cache/mutants/test/mutation/strange.js
	@node dist/cli/main.js render "$(STRANGE)/model" -o "$(STRANGE)/build"
	@node dist/cli/main.js verify "$(STRANGE)/build" -o "$(STRANGE)/report"

invented: setup ## a box of a generation that nobody has seen, with all that is broken on old boxes, end to end (SHAPE=2.8|2.11|issabel EXTENSIONS= SEED= FAULTS=no INVENTED=)
	@rm -rf .cache/invented "$(INVENTED)"
	$(bin)/tsc -p test/invented
	@SHAPE="$(SHAPE)" EXTENSIONS="$(EXTENSIONS)" SEED="$(SEED)" FAULTS="$(FAULTS)" OUT="$(INVENTED)/box" node .cache/invented/test/invented/main.js
	@node dist/cli/main.js rehearse "$(INVENTED)/box" -o "$(INVENTED)"

bench: setup ## ratios against other ways to do the same, from one run (ONLY=cdr,archive,search,growth,load,golden RECORD=1 ROWS= FILES= NAMES= ROUNDS= BOX= SEED= STEPS=)
	@rm -rf .cache/bench
	$(bin)/tsc -p test/bench
	@rm -rf .cache/bench/src && ln -s ../../dist .cache/bench/src
	@ONLY="$(ONLY)" RECORD="$(RECORD)" ROWS="$(ROWS)" FILES="$(FILES)" NAMES="$(NAMES)" ROUNDS="$(ROUNDS)" SEED="$(SEED)" STEPS="$(STEPS)" BOX="$(if $(filter file,$(origin BOX)),,$(BOX))" \
	  node .cache/bench/test/bench/main.js

lint: $(modules) ## format, rules and walls; what is unused; types
	$(bin)/biome check .
	$(bin)/knip
	$(bin)/tsc -p test/house

docs: $(modules) ## the pages of docs/ that say what the code says: after a new kind or finding
	WRITE_DOCS=1 $(bin)/vitest run --project unit test/docs

pictures: setup browser ## the pictures of docs/, from the report of the bundled box
	node dist/cli/main.js rehearse test/boxes/office -o .cache/pictures --quiet
	node test/docs/pictures.mjs .cache/pictures/report

# a program of Debian's that tests need, installed where it is not there
needs = @command -v $(1) > /dev/null || { apt-get -o Acquire::Check-Valid-Until=false update > /dev/null; \
	DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Check-Valid-Until=false install -y --no-install-recommends $(1) > /dev/null; }

scripts: ## shellcheck of the shell scripts, the one for the old box as it is printed (installs shellcheck where it is not there)
	$(call needs,shellcheck)
	cat templates/collect/*.sh | shellcheck --shell=sh -
	shellcheck .ci/run templates/package/*.sh templates/package/image/*.sh

browser:
	$(call needs,chromium)

clean: ## takes away what was built: dist and .cache (rehearsal/ may hold a model that you edited, and stays)
	rm -rf dist .cache

$(modules): package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

$(built): $(modules) $(sources)
	rm -rf dist
	$(bin)/tsc -p .
	@chmod +x dist/cli/main.js
	@touch $@
