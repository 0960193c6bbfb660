/* SPDX-License-Identifier: Apache-2.0 */
/* fed_config: a configuration written as text in a test, fed to the builder
 * word by word as nginx and the command line do. Schemas and code lists are
 * the project's own. */
#ifndef EGRET_TEST_FED_CONFIG_H
#define EGRET_TEST_FED_CONFIG_H

#include "config/builder.h"

/* Pins and LEIs for texts. */
#define FED_PIN_1 \
    "1111111111111111111111111111111111111111111111111111111111111111"
#define FED_PIN_2 \
    "2222222222222222222222222222222222222222222222222222222222222222"
#define FED_LEI_1 "5493001KJTIIGC8Y1R12"
#define FED_LEI_2 "HWUPKR0MPOU8FGXBT394"

#define FED_GATEWAY "egret_environment test; egret_gateway bic=EGRTCNB0XXX;\n"
/* A whole partner without accept, ready for more directives and a }. */
#define FED_PARTNER(name, pin, bic)                                           \
    "egret_partner " name " { certificate spki-sha256=" pin "; party bic="    \
    bic ";\n"

typedef struct {
    egret_config_builder_t *builder;
    egret_config_t *config; /* NULL unless EGRET_OK */
    egret_span_t fault;
} fed_t;

/* Feeds the text, of a file called "test.conf" in the folder of the unit
 * tests, and finishes. The first rc that is not EGRET_OK, with its fault. */
egret_rc_t fed_config(egret_arena_t *arena, const char *text, fed_t *out);

#endif
