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

clean:
	rm -rf .build
