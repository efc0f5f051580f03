# One command per task; CONTRIBUTING.md says when to use which.
SWIFT ?= swift
BUILD := .build/debug

.PHONY: build test demo check fmt bootstrap bench clean

bootstrap:
	scripts/bootstrap

build: bootstrap
	$(SWIFT) build

test: bootstrap
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

check:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

fmt:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

# As root, on a quiet machine; docs/benchmarks.md says what the figures mean.
bench: bootstrap
	$(SWIFT) build --configuration release --static-swift-stdlib --package-path Benchmarks --product box-benchmark
	Benchmarks/.build/release/box-benchmark

clean:
	rm -rf .build
