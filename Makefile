# One command per task; CONTRIBUTING.md says when to use which.
SWIFT ?= swift
PROGRAMS = $(shell $(SWIFT) build --show-bin-path)
# The programs in Benchmarks/, and what they are built with: the same as on the appliance.
BENCHMARKS = documents-benchmark exchange-benchmark forwarding-benchmark clock-benchmark pages-benchmark \
    box-benchmark
RELEASE = --configuration release --static-swift-stdlib --package-path Benchmarks
FORMATTED = Package.swift Sources Tests Fuzz $(wildcard Benchmarks/*.swift Benchmarks/*/)
FUZZED = $(basename $(notdir $(wildcard Fuzz/*.swift)))
SECONDS ?= 60
# The torbox package that goes into the image; built unless given.
PACKAGE ?=
CHOSEN = $(or $(PACKAGE),$$(ls -t .build/torbox_*_amd64.deb | head -n 1))
# How often the power is cut, where not as often as scripts/image-test does by itself; which parts of it, where not all; a
# torbox.img of an earlier day for the part update.
POWER_CUTS ?=
UPDATE_CUTS ?=
PARTS ?=
OLDER ?=

.PHONY: bootstrap build test demo deb deb-verify deb-test image image-lock image-verify image-test bootstrap-image bench fuzz \
    check fmt clean

# Installs what Debian has and this machine lacks; does nothing the second time.
bootstrap:
	@scripts/bootstrap

build: bootstrap
	$(SWIFT) build

# The lab and its tests need root: they make network namespaces.
test: bootstrap
	$(SWIFT) build --build-tests
	@[ -e .build/axe/axe.min.js ] || scripts/fetch-axe || echo 'The pages are not looked at by axe-core then.'
	@SWIFT="$(SWIFT)" scripts/test

demo: build
	@$(PROGRAMS)/torbox-lab demo

# Into .build; for Debian 13, amd64.
deb: bootstrap
	SWIFT="$(SWIFT)" DEB_RULES_REQUIRES_ROOT=no debian/rules clean binary DESTINATION=.build

# Installs it, breaks it, updates and removes it, in a Debian 13 in namespaces. As root.
deb-test: build $(if $(PACKAGE),,deb)
	scripts/deb-test $(CHOSEN)
	scripts/deb-test-open $(CHOSEN)

# Once more, elsewhere and otherwise, then compares.
deb-verify: $(if $(PACKAGE),,deb)
	SWIFT="$(SWIFT)" scripts/deb-verify $(CHOSEN)

bootstrap-image:
	@scripts/bootstrap --image

# docs/image.md says more of these four. Image and hashes come into .build/image.
image: bootstrap-image $(if $(PACKAGE),,deb)
	Image/build $(CHOSEN) .build/image

# Chooses the newest Debian packages; commit what it changes.
image-lock: bootstrap-image $(if $(PACKAGE),,deb)
	Image/fetch --renew $(CHOSEN)

# Once more, elsewhere and otherwise, then compares.
image-verify: image
	Image/verify $(CHOSEN) .build/image

# As root; in software, so it takes an hour and more. PARTS of it: scripts/image-test says which there are.
image-test: build bootstrap-image
	PROGRAMS=$(PROGRAMS) scripts/image-test $(addprefix --cuts ,$(POWER_CUTS)) $(addprefix --update-cuts ,$(UPDATE_CUTS)) \
	    $(addprefix --package ,$(PACKAGE)) $(addprefix --older ,$(OLDER)) $(PARTS)

# Warnings are errors in Package.swift already, so a build is half of the check.
check: bootstrap
	$(SWIFT) format lint --strict --recursive $(FORMATTED)
	$(SWIFT) build --build-tests

fmt:
	$(SWIFT) format --in-place --recursive $(FORMATTED)

# As root, on a quiet machine; docs/benchmarks.md says what the figures mean.
bench: bootstrap
	@set -e; for benchmark in $(BENCHMARKS); do \
	    $(SWIFT) build $(RELEASE) --product $$benchmark; \
	done
	@set -e; for benchmark in $(BENCHMARKS); do \
	    echo; echo "== $$benchmark"; Benchmarks/.build/release/$$benchmark; \
	done

# Each reader of documents for SECONDS, one after the other.
fuzz: bootstrap
	@set -e; for target in $(FUZZED); do Fuzz/run $$target $(SECONDS); done

clean:
	rm -rf .build Benchmarks/.build
