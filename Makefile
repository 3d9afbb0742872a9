# What `sam build` runs for each function (Metadata BuildMethod: makefile), from this folder:
#   make -f functions/<name>/Makefile build-<LogicalId>, with ARTIFACTS_DIR set.
# One Maven run packages all functions; the next functions, and a build without changes, only copy.
# Maven runs on any Java from 17 on: the toolchains plugin finds the JDK 25 that compiles.

MVN ?= $(shell command -v mvn || echo ./mvnw)
MVNFLAGS ?= -q -B -ntp -Dstyle.color=never
# `sam build --parallel` builds functions at once: flock on Linux, lockf on macOS and BSD take the same words.
LOCK := $(shell command -v flock || echo lockf -k)
STAMP := target/functions.stamp
MODULES := access-points volumes nfs-ingress task-rerun doctor sweep
SOURCES := pom.xml shared-lib/pom.xml shared-lib/src events functions/pom.xml functions/*/pom.xml functions/*/src

comma := ,
empty :=
space := $(empty) $(empty)

build-%:
	@mkdir -p target
	@$(LOCK) target/functions.lock $(MAKE) -s -f Makefile packaged
	@cp -R "functions/$(FUNCTION)/target/function/." "$(ARTIFACTS_DIR)"

# Directories are compared as well, so a deleted file counts. The stamp bears the time before the build:
# what is edited meanwhile is built the next time.
.PHONY: packaged
packaged:
	@if [ ! -e $(STAMP) ] || [ -n "$$(find $(SOURCES) -newer $(STAMP) | head -n 1)" ] \
	    || [ "$$(ls -d functions/*/target/function/lib 2>/dev/null | wc -l)" -ne $(words $(MODULES)) ]; then \
	  rm -rf functions/*/target/function $(STAMP) && touch $(STAMP).new && \
	  $(MVN) $(MVNFLAGS) -Dmaven.test.skip=true \
	    -pl $(subst $(space),$(comma),$(addprefix functions/,$(MODULES))) -am package && \
	  mv $(STAMP).new $(STAMP); \
	fi

# The second flavour: the same application on a runtime of its own, each function with its JVM and an ahead-of-time cache.
#   make template-aot.yaml && sam build --template-file template-aot.yaml && TZ=UTC sam deploy
# Made of template.yaml, so that the two can't differ; for this machine's architecture, as the JVM comes from here.
MACHINE := $(if $(filter aarch64 arm64,$(shell uname -m)),arm64,x86_64)

template-aot.yaml: template.yaml Makefile
	@sed -e 's/^    Runtime: java25$$/    Runtime: provided.al2023/' \
	    -e 's/^    Architectures: .*/    Architectures: [$(MACHINE)]/' \
	    -e '/^    SnapStart:$$/,+1d' \
	    -e 's#^\( *CodeUri: \)functions/.*#\1aot/#' template.yaml > $@.new
	@[ "$$(grep -c 'CodeUri: aot/' $@.new)" -eq $(words $(MODULES)) ] && ! grep -nE 'java25|SnapStart' $@.new
	@mv $@.new $@
