# One command per task; CONTRIBUTING.md says when to use which.
SWIFT ?= swift
PROGRAMS = $(shell $(SWIFT) build --show-bin-path)

.PHONY: bootstrap build test demo bench check fmt clean

# Installs what Debian has and this machine lacks; does nothing the second time.
bootstrap:
	@scripts/bootstrap

build: bootstrap
	$(SWIFT) build

# The lab and its tests need root: they make network namespaces.
test: bootstrap
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

demo: build
	@$(PROGRAMS)/torbox-lab demo

# Warnings are errors in Package.swift already, so a build is half of the check.
check: bootstrap
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Box Benchmarks/Documents Benchmarks/Exchange
	$(SWIFT) build --build-tests

fmt:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Box Benchmarks/Documents Benchmarks/Exchange

# As root, on a quiet machine; docs/benchmarks.md says what the figures mean.
bench: bootstrap
	$(SWIFT) build --configuration release --static-swift-stdlib --package-path Benchmarks --product box-benchmark
	Benchmarks/.build/release/box-benchmark

clean:
	rm -rf .build Benchmarks/.build
