# Everything a clean machine needs, by one word each: `make demo`, `make test`. See README.md.

SWIFT ?= swift
# Figures and demos use the release build; tests the debug build, with all its checks.
RELEASE := $(SWIFT) build -c release --product headgate
HEADGATE = $(shell $(SWIFT) build -c release --show-bin-path)/headgate

.PHONY: all setup build demo test soak soak-audit soak-capacity lint format bench bench-startup bench-hook bench-nginx bench-pools bench-audit fuzz-nginx fuzz-cel compare-crossplane install clean docs

all: build

# Installs what the build and the tests need where apt is there, and says what to install where it is not.
setup:
	@scripts/setup

build: setup
	$(RELEASE)

# The incident, replayed: examples/outage tells what it does as it goes.
demo: build
	@examples/outage/replay "$(HEADGATE)"

test: setup
	$(SWIFT) test

# The tests that take minutes: effects under load, thousands of configurations beside nginx, and the faults and loads
# of the audit log (docs/audit-format.md) at every place. SEED=n repeats a run; it prints what it did as `soak:`.
soak: setup soak-audit
	HEADGATE_SOAK=1 $(SWIFT) test --filter 'EffectTests|Soak'

soak-audit:
	HEADGATE_SOAK=1 HEADGATE_SEED=$(SEED) $(SWIFT) test --filter 'CallFailureTests|PowerLossTests|FaultRowTests|LoadTests|LogModelTests'

# What `headgate capacity` predicts beside what PostgreSQL and PgBouncer do: 45 minutes, see docs/capacity.md.
soak-capacity: build
	@scripts/soak-capacity "$(HEADGATE)"

# Random nginx configurations, read by us and by nginx itself: words, and what is accepted. SEED=n repeats a run.
CASES ?= 20000
SEED ?= 1
fuzz-nginx: setup
	HEADGATE_FUZZ_CASES=$(CASES) HEADGATE_FUZZ_SEED=$(SEED) $(SWIFT) test --filter NginxFuzzTests

# Random expressions, evaluated by us and by Google's cel-cpp, which the script installs. COUNT=n, SEED=n.
COUNT ?= 5000
fuzz-cel: build
	@scripts/fuzz-cel "$(HEADGATE)" $(COUNT) $(SEED)

# `parse --format crossplane` beside crossplane, which the script installs, over the shared configurations.
compare-crossplane: build
	@scripts/compare-crossplane "$(HEADGATE)"

lint:
	$(SWIFT) format lint --strict --recursive --parallel Sources Tests Plugins Package.swift

format:
	$(SWIFT) format --in-place --recursive --parallel Sources Tests Plugins Package.swift

# Start-up of one small file beside `git status`, and the instructions it takes.
bench-startup: build
	@scripts/bench-startup "$(HEADGATE)"

# The hook on 10 staged files of a repository of 10,000, beside `git status`.
bench-hook: build
	@scripts/bench-hook "$(HEADGATE)"

# Large nginx configurations beside crossplane, gixy-ng and `nginx -t`, which the script installs and finds.
bench-nginx: build
	@scripts/bench-nginx "$(HEADGATE)"

# A repository of 5,000 files of pools: CPU, memory, growth.
bench-pools: build
	@scripts/bench-pools "$(HEADGATE)"

# The audit log at a thousand, 100,000 and a million records: index, every named query, memory; beside plain git.
bench-audit: build
	@scripts/bench-audit "$(HEADGATE)"

bench: bench-startup bench-hook

# The pages of docs/rules, docs/technologies and docs/man, from the rules, the tables and the commands; tests compare them.
docs: build
	rm -rf docs/rules docs/technologies
	"$(HEADGATE)" explain --all --pages docs
	@scripts/man-pages "$(HEADGATE)" docs/man

PREFIX ?= /usr/local
install: build
	install -d "$(PREFIX)/bin"
	install -m 755 "$(HEADGATE)" "$(PREFIX)/bin/headgate"
	install -d "$(PREFIX)/share/man/man1" "$(PREFIX)/share/bash-completion/completions" \
		"$(PREFIX)/share/zsh/site-functions" "$(PREFIX)/share/fish/vendor_completions.d"
	install -m 644 docs/man/*.1 "$(PREFIX)/share/man/man1/"
	"$(HEADGATE)" completions bash > "$(PREFIX)/share/bash-completion/completions/headgate"
	"$(HEADGATE)" completions zsh > "$(PREFIX)/share/zsh/site-functions/_headgate"
	"$(HEADGATE)" completions fish > "$(PREFIX)/share/fish/vendor_completions.d/headgate.fish"

clean:
	rm -rf .build
