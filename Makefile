# SPDX-License-Identifier: Apache-2.0
#
# make                 archive, CLI and nginx module, all in build/
# make core            archive and CLI only: needs no nginx
# make unit [SAN=1]    unit tests; SAN=1: under ASan and UBSan in build/san;
#                      SAN=thread: under TSan in build/tsan
# make san_tests SAN=1 archive, CLI and module under ASan and UBSan, and the .t
#                      files that run with them, in build/san/t
# make bench           what scripts/bench runs, in build/bench
# make fuzz            fuzz targets in build/fuzz (clang)
# make NGINX_SRC=DIR   the module against a copy of a plain nginx source tree
# make install DESTDIR=DIR
# make clean
#
# CC=clang works for all of them; BUILD=DIR builds into another folder.

ifneq ($(words $(CURDIR)),1)
$(error Neither make nor nginx's configure can build in a folder whose path \
    has a space: $(CURDIR))
endif

BUILD   ?= build
CFLAGS  ?= -O3 -g
LDFLAGS ?=
FUZZ_CC ?= clang

# Variants: the plain build, SAN=1, SAN=thread, and the one that `make fuzz` asks
# for.

ifeq ($(VARIANT),fuzz)
OUT := $(BUILD)/fuzz
override CC := $(FUZZ_CC)
OPTIMIZE := -O1 -g
SANITIZE := -fsanitize=fuzzer-no-link,address,undefined \
    -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(SAN),thread)
OUT := $(BUILD)/tsan
OPTIMIZE := -O1 -g
SANITIZE := -fsanitize=thread -fno-omit-frame-pointer
else ifneq ($(SAN),)
OUT := $(BUILD)/san
OPTIMIZE := -O1 -g
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer
else
OUT := $(BUILD)
OPTIMIZE := $(CFLAGS)
SANITIZE :=
endif

# A table's row may leave out its last fields: they are zero.
WARNINGS      := -Wall -Wextra -Wshadow -Werror \
    -Wno-missing-field-initializers
CORE_WARNINGS := $(WARNINGS) -Wconversion
LANGUAGE      := -std=c11 -D_GNU_SOURCE

# Libraries: pkg-config's name and Debian's package of each.

LIBRARIES := libxml-2.0:libxml2-dev libcrypto:libssl-dev zlib:zlib1g-dev \
    jansson:libjansson-dev luajit:libluajit2-5.1-dev

ifneq ($(filter-out clean,$(or $(MAKECMDGOALS),all)),)
MODULES := $(foreach l,$(LIBRARIES),$(firstword $(subst :, ,$(l))))
ifeq ($(shell command -v pkg-config),)
$(error pkg-config is not installed: run scripts/setup, or install the \
    package pkg-config)
endif
ifneq ($(shell pkg-config --exists $(MODULES) && echo yes),yes)
MISSING := $(strip $(foreach l,$(LIBRARIES),$(if $(shell pkg-config --exists \
    $(firstword $(subst :, ,$(l))) && echo yes),,$(lastword \
    $(subst :, ,$(l))))))
$(error Missing: $(MISSING). Run scripts/setup, or install with apt-get)
endif
LIB_CFLAGS := $(shell pkg-config --cflags $(MODULES))
LIB_LIBS   := $(shell pkg-config --libs $(MODULES))
endif

CORE_C   := $(sort $(shell find src -name '*.c' ! -path 'src/cli/*'))
CLI_C    := $(sort $(wildcard src/cli/*.c))
HEADERS  := $(sort $(shell find src ngx_module -name '*.h'))
MODULE_C := $(sort $(wildcard ngx_module/*.c))
UNIT_C   := $(sort $(wildcard t/unit/*_test.c))
UNIT_AID := $(filter-out $(UNIT_C),$(sort $(wildcard t/unit/*.c)))
FUZZ_C   := $(sort $(wildcard t/fuzz/*_fuzz.c))
FUZZ_AID := $(filter-out $(FUZZ_C),$(sort $(wildcard t/fuzz/*.c)))

ARCHIVE  := $(OUT)/libegret.a
CLI      := $(OUT)/egret
MODULE   := $(OUT)/ngx_http_egret_module.so
CORE_O   := $(CORE_C:src/%.c=$(OUT)/obj/%.o)
CLI_O    := $(CLI_C:src/%.c=$(OUT)/obj/%.o)
UNIT_O   := $(UNIT_AID:t/%.c=$(OUT)/obj/t/%.o)
UNIT_T   := $(UNIT_C:t/unit/%.c=$(OUT)/t/unit/%.t)
FUZZ_O   := $(FUZZ_AID:t/%.c=$(OUT)/obj/t/%.o)
FUZZ_T   := $(FUZZ_C:t/fuzz/%.c=$(OUT)/%)
BENCH_C  := $(sort $(wildcard t/bench/*_bench.c))
BENCH_AID := $(filter-out $(BENCH_C),$(sort $(wildcard t/bench/*.c)))
BENCH_O  := $(BENCH_AID:t/%.c=$(OUT)/obj/t/%.o)
BENCH_T  := $(BENCH_C:t/bench/%.c=$(OUT)/bench/%)

COMPILE := $(CC) $(LANGUAGE) $(OPTIMIZE) -fPIC -fvisibility=hidden \
    $(SANITIZE) -MMD -MP -Isrc $(LIB_CFLAGS)
LINK := $(CC) $(OPTIMIZE) $(SANITIZE) $(LDFLAGS)

.PHONY: all core module unit san_tests bench fuzz fuzz_targets install clean FORCE
.SUFFIXES:
.DELETE_ON_ERROR:
.SECONDARY:

ifneq ($(OUT),$(BUILD))
all: core
else
all: core module
endif

core: $(ARCHIVE) $(CLI)
module: $(MODULE)

# A test whose source is gone must not run again.
unit: $(UNIT_T)
	@rm -f $(filter-out $(UNIT_T),$(wildcard $(OUT)/t/unit/*.t))

# The files of t/ that run something of ours, each to be run with the module and
# the CLI of this build.
NOT_OURS := t/docs.t t/fuzz.t t/mutants.t t/setup.t t/style.t
SAN_T    := $(patsubst %,$(OUT)/%,$(filter-out $(NOT_OURS),$(wildcard t/*.t)))

san_tests: core module $(SAN_T)
	@rm -f $(filter-out $(SAN_T),$(wildcard $(OUT)/t/*.t))

$(SAN_T): $(OUT)/t/%.t: t/lib/sanitized.pl
	@mkdir -p $(@D)
	@cp $< $@

# What a program links with, for scripts that link one.
.PHONY: libraries
libraries:
	@echo '$(LIB_LIBS)'

# What scripts/bench runs.
bench: $(BENCH_T)

fuzz:
	@$(MAKE) --no-print-directory VARIANT=fuzz fuzz_targets
fuzz_targets: $(FUZZ_T)

# Files that change only when their content does: a change of flags compiles
# anew, a source that came or went makes the archive or the module anew.

define keep
@mkdir -p $(@D)
@printf '%s\n' '$(strip $(1))' | cmp -s - $@ || \
    printf '%s\n' '$(strip $(1))' > $@
endef

$(OUT)/obj/flags: FORCE
	$(call keep,$(COMPILE) $(CORE_WARNINGS))

$(OUT)/obj/sources: FORCE
	$(call keep,$(CORE_C) $(CLI_C) $(UNIT_AID) $(FUZZ_AID))

$(OUT)/obj/%.o: src/%.c $(OUT)/obj/flags
	@mkdir -p $(@D)
	$(COMPILE) $(CORE_WARNINGS) -c -o $@ $<

$(OUT)/obj/t/%.o: t/%.c $(OUT)/obj/flags
	@mkdir -p $(@D)
	$(COMPILE) $(WARNINGS) -I$(<D) -c -o $@ $<

$(ARCHIVE): $(CORE_O) $(OUT)/obj/sources
	rm -f $@
	$(AR) rcs $@ $(CORE_O)

$(CLI): $(CLI_O) $(ARCHIVE)
	$(LINK) -o $@ $(CLI_O) $(ARCHIVE) $(LIB_LIBS)

$(OUT)/t/unit/%.t: $(OUT)/obj/t/unit/%.o $(UNIT_O) $(ARCHIVE)
	@mkdir -p $(@D)
	$(LINK) -o $@ $< $(UNIT_O) $(ARCHIVE) $(LIB_LIBS) -lcmocka

$(OUT)/bench/%: $(OUT)/obj/t/bench/%.o $(BENCH_O) $(ARCHIVE)
	@mkdir -p $(@D)
	$(LINK) -o $@ $< $(BENCH_O) $(ARCHIVE) $(LIB_LIBS)

$(OUT)/%_fuzz: $(OUT)/obj/t/fuzz/%_fuzz.o $(FUZZ_O) $(ARCHIVE)
	$(LINK) -fsanitize=fuzzer -o $@ $< $(FUZZ_O) $(ARCHIVE) $(LIB_LIBS)

-include $(shell find $(OUT)/obj -name '*.d' 2>/dev/null)

# The module. nginx's configure writes all it makes into NGINX_OUT: Debian's
# nginx-dev takes a --builddir, of a plain tree we use a copy.

ROOT    := $(CURDIR)
OUT_ABS := $(abspath $(OUT))

ifneq ($(NGINX_SRC),)
NGINX_SRC_ABS := $(abspath $(NGINX_SRC))
NGINX_OUT := $(OUT)/nginx-$(notdir $(NGINX_SRC_ABS))
NGINX_CONF_FLAGS ?= --with-compat --with-debug --with-threads --with-pcre-jit \
    --with-http_ssl_module --with-http_v2_module --with-http_realip_module \
    --with-http_auth_request_module --with-stream --with-stream_ssl_module
else
NGINX_SRC_ABS := /usr/share/nginx/src
NGINX_OUT := $(OUT)/nginx
endif

NGINX_MAKEFILE := $(NGINX_OUT)/Makefile

$(NGINX_OUT)/sources: FORCE
	$(call keep,$(ROOT) $(CC) $(SANITIZE) $(NGINX_SRC_ABS) $(NGINX_CONF_FLAGS) $(MODULE_C))

# A plain file that every object of the module depends on, so that a header
# may come or go without a new configure.
$(NGINX_OUT)/headers: $(HEADERS) $(NGINX_OUT)/sources
	@mkdir -p $(@D)
	@touch $@

CONFIGURE_ENV := env -u CFLAGS -u LDFLAGS ASAN_OPTIONS=detect_leaks=0 \
    CC="$(CC)" EGRET_BUILD="$(OUT_ABS)" \
    EGRET_HEADERS="$(abspath $(NGINX_OUT))/headers" EGRET_CORE_IS_BUILT=yes

ifeq ($(NGINX_SRC),)

$(NGINX_SRC_ABS)/configure:
	@echo "Missing: nginx-dev. Run scripts/setup, or install with" \
	    "apt-get" >&2; exit 1

$(NGINX_MAKEFILE): config config.make $(NGINX_OUT)/sources \
    $(NGINX_SRC_ABS)/configure
	@echo "configure the module for nginx-dev (log: $(NGINX_OUT)/configure.log)"
	@bash -c 'cd $(NGINX_SRC_ABS) && . ./conf_flags && \
	$(CONFIGURE_ENV) ./configure \
	    --with-cc-opt="$$(dpkg-buildflags --get CFLAGS) -fPIC \
	        $$(dpkg-buildflags --get CPPFLAGS) $(SANITIZE)" \
	    --with-ld-opt="$$(dpkg-buildflags --get LDFLAGS) -fPIC $(SANITIZE)" \
	    "$${NGX_CONF_FLAGS[@]}" \
	    --add-dynamic-module=$(ROOT) --builddir=$(abspath $(NGINX_OUT))' \
	    > $(NGINX_OUT)/configure.log 2>&1 \
	    || { tail -5 $(NGINX_OUT)/configure.log; rm -f $@; exit 1; }

$(MODULE): $(NGINX_MAKEFILE) $(NGINX_OUT)/headers $(MODULE_C) $(ARCHIVE)
	@$(MAKE) --no-print-directory -f $(abspath $(NGINX_MAKEFILE)) \
	    -C $(NGINX_SRC_ABS) MAKEOVERRIDES= modules
	@cp --remove-destination $(NGINX_OUT)/ngx_http_egret_module.so $@

else

$(NGINX_MAKEFILE): config config.make $(NGINX_OUT)/sources
	@test -f $(NGINX_SRC_ABS)/auto/configure \
	    -o -f $(NGINX_SRC_ABS)/configure || { echo "$(NGINX_SRC) is not" \
	    "an nginx source tree" >&2; exit 1; }
	@echo "configure the module for $(NGINX_SRC) (log:" \
	    "$(NGINX_OUT)/configure.log)"
	@rm -rf $(NGINX_OUT)/tree && mkdir -p $(NGINX_OUT)/tree
	@cp -R $(NGINX_SRC_ABS)/. $(NGINX_OUT)/tree/
	@cd $(NGINX_OUT)/tree && rm -rf objs Makefile && \
	{ test -f configure || cp auto/configure .; } && \
	$(CONFIGURE_ENV) ./configure --with-cc-opt='-g -O2 -fPIC $(SANITIZE)' \
	    --with-ld-opt='-fPIC $(SANITIZE)' $(NGINX_CONF_FLAGS) --add-dynamic-module=$(ROOT) \
	    > ../configure.log 2>&1 || { tail -5 ../configure.log; exit 1; }
	@cp $(NGINX_OUT)/tree/objs/Makefile $@

$(MODULE): $(NGINX_MAKEFILE) $(NGINX_OUT)/headers $(MODULE_C) $(ARCHIVE)
	@$(MAKE) --no-print-directory -C $(NGINX_OUT)/tree -f objs/Makefile \
	    MAKEOVERRIDES= modules
	@cp --remove-destination $(NGINX_OUT)/tree/objs/ngx_http_egret_module.so $@

# The server of that tree, for tests: $(NGINX_OUT)/tree/objs/nginx.
.PHONY: server
server: $(MODULE)
	@$(MAKE) --no-print-directory -C $(NGINX_OUT)/tree -f objs/Makefile \
	    MAKEOVERRIDES= binary

endif

# Which nginx the module in build/ is for.
$(OUT)/module-of: FORCE
	$(call keep,$(NGINX_SRC_ABS))
$(MODULE): $(OUT)/module-of

# Where Debian's nginx looks.

prefix  ?= /usr
libdir  := $(DESTDIR)$(prefix)/lib/nginx/modules
share   := $(DESTDIR)$(prefix)/share

install: all
	install -d $(libdir) $(share)/nginx/modules-available $(share)/egret \
	    $(share)/doc/egret $(DESTDIR)$(prefix)/bin
	install -m 644 $(MODULE) $(libdir)/
	echo 'load_module modules/ngx_http_egret_module.so;' \
	    > $(share)/nginx/modules-available/mod-http-egret.conf
	install -m 755 $(CLI) $(DESTDIR)$(prefix)/bin/egret
	for folder in schemas $(filter-out conf/demo/,$(wildcard conf/*/)); do \
	    test ! -d $$folder || cp -R $$folder $(share)/egret/; done
	for file in README.md CHANGES LICENSE $(wildcard conf/*.example docs/*); do \
	    test ! -e $$file || cp -R $$file $(share)/doc/egret/; done

clean:
	rm -rf $(BUILD)

FORCE:
