# Every target says what it does: make help.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := bin/parley
GO ?= go

.PHONY: help
help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: ## build and start the demonstration: http://localhost:8080/demo (needs Go alone)
	$(GO) build -o $(BIN) ./cmd/parley
	$(BIN) serve --demo

.PHONY: build
build: ## build bin/parley
	$(GO) build -trimpath -ldflags "-s -w -X parley/gateway.Version=$$(git describe --always --dirty 2>/dev/null || echo dev)" -o $(BIN) ./cmd/parley

.PHONY: test
test: ## install what the tests need, then run all of them
	@tools/setup.sh
	$(GO) vet ./...
	$(GO) test -timeout 9m ./...

.PHONY: race
race: ## the tests of everything that runs concurrently, under the race detector
	$(GO) test -race -short -timeout 20m ./channels/... ./dialog/... ./gateway/...

.PHONY: check
check: ## formatting, vet, and the linters of .golangci.yml (built from tools/ the first time: minutes)
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "not gofmt-ed:"; gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) vet ./...
	cd tools && $(GO) build -o ../bin/golangci-lint github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	bin/golangci-lint run ./...

.PHONY: bench
bench: ## measure, side by side where it is a ratio; numbers go into docs/benchmarks.md
	$(GO) test -run '^$$' -bench . -benchmem -p 1 -timeout 20m ./gateway/... ./dialog/... ./compliance/... ./negotiation/... ./channels/...

.PHONY: eval
eval: ## measure what is heard, blocked and negotiated on held-out data, into docs/
	tools/eval.sh

.PHONY: simulate
simulate: ## play simulated conversations with every kind of model; the figures go into docs/simulation.md
	tools/simulate.sh

.PHONY: test-llm
test-llm: ## play 50 conversations with a real, very small model on the CPU; fetches packages, apart from test
	tools/test-llm.sh

.PHONY: voice-e2e
voice-e2e: ## hold a telephone call with a real Asterisk and a SIP telephone; fetches packages, apart from test
	tools/voice-e2e.sh

.PHONY: desk
desk: ## build the desk's page from gateway/desk/web into gateway/desk/page/dist (needs node; running Parley doesn't)
	cd gateway/desk/web && npm ci --ignore-scripts && npm run build && npm test

.PHONY: desk-check
desk-check: ## the committed page is what its sources give, byte for byte
	tools/desk-check.sh
