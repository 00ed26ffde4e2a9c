# make report  builds threadheat and writes a report of the sample thread
# make test    passes all tests

GO ?= go
export CGO_ENABLED ?= 0
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: build report test race vet lint clean

build:
	$(GO) build -trimpath -o bin/threadheat ./cmd/threadheat

report: build
	./bin/threadheat report fixtures/cloud.txt -o report.html
	@echo "the report is in $(CURDIR)/report.html"

test:
	$(GO) test ./...

race:
	CGO_ENABLED=1 $(GO) test -race ./...

vet:
	$(GO) vet ./...

lint:
	$(GO) run $(STATICCHECK) ./...

clean:
	rm -rf bin report.html
