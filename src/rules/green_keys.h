/* SPDX-License-Identifier: Apache-2.0 */
/* green keys: how the elements of GrnFin are called in Lua.
 *
 * Internal to rules. One row a key: the element's tag (or "@" and an
 * attribute's), the key, what kind of value it is. docs/rules.md lists them.
 * What an element is on the wire says the schema; here only names. */
#ifndef EGRET_RULES_GREEN_KEYS_H
#define EGRET_RULES_GREEN_KEYS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    EGRET_GREEN_TEXT,    /* codes, ids and names: a string */
    EGRET_GREEN_DATE,    /* a string as it stands: 2026-11-23 */
    EGRET_GREEN_DECIMAL, /* egret.decimal */
    EGRET_GREEN_INTEGER, /* a number */
    EGRET_GREEN_BOOLEAN,
    EGRET_GREEN_PRESENCE, /* true when the element is there */
    EGRET_GREEN_STRUCT,   /* a table with keys of its own */
    EGRET_GREEN_FLAT      /* its children belong to the table above */
} egret_green_kind_t;

typedef enum {
    EGRET_GREEN_BLOCK,
    EGRET_GREEN_AMOUNT,
    EGRET_GREEN_MEASURE,
    EGRET_GREEN_HASH,
    EGRET_GREEN_ISSUER,
    EGRET_GREEN_NATIONAL_ID,
    EGRET_GREEN_INSTRUMENT,
    EGRET_GREEN_ALTERNATIVE_ID,
    EGRET_GREEN_DECISIVE_DATE,
    EGRET_GREEN_POOL,
    EGRET_GREEN_POOL_ID,
    EGRET_GREEN_LABEL,
    EGRET_GREEN_MAPPING,
    EGRET_GREEN_USE_OF_PROCEEDS,
    EGRET_GREEN_PROJECT,
    EGRET_GREEN_PROJECT_ID,
    EGRET_GREEN_NAME,
    EGRET_GREEN_INDUSTRY,
    EGRET_GREEN_CARBON_ASSESSMENT,
    EGRET_GREEN_CRITERION,
    EGRET_GREEN_REVIEW,
    EGRET_GREEN_REVIEWER,
    EGRET_GREEN_SCOPE,
    EGRET_GREEN_DOCUMENT,
    EGRET_GREEN_NO_HARM,
    EGRET_GREEN_SAFEGUARD,
    EGRET_GREEN_IMPACT,
    EGRET_GREEN_PERIOD,
    EGRET_GREEN_BASELINE,
    EGRET_GREEN_CARBON_ACCOUNT,
    EGRET_GREEN_FOOTPRINT,
    EGRET_GREEN_CREDIT,
    EGRET_GREEN_TRANSITION,
    EGRET_GREEN_KPI,
    EGRET_GREEN_KPI_BASELINE,
    EGRET_GREEN_KPI_TARGET,
    EGRET_GREEN_KPI_ACTUAL,
    EGRET_GREEN_RISK,
    EGRET_GREEN_RISK_RATING,
    EGRET_GREEN_RATING,
    EGRET_GREEN_DISCLOSURE,
    EGRET_GREEN_STRUCT_COUNT
} egret_green_struct_t;

typedef struct {
    const char *tag; /* "Prj"; "@Schm"; "" for the element's own text */
    const char *key; /* NULL for EGRET_GREEN_FLAT */
    egret_green_kind_t kind;
    bool is_list;
    /* A struct that every block has: never nil, so that m.green.issuer.lei is
     * nil and no error where there is no block. */
    bool is_always;
    egret_green_struct_t below; /* of EGRET_GREEN_STRUCT and EGRET_GREEN_FLAT */
} egret_green_field_t;

typedef struct {
    const char *name; /* for sentences: "project" */
    const egret_green_field_t *fields;
    size_t count;
} egret_green_row_t;

/* The keys of one struct. */
const egret_green_row_t *egret_green_row(egret_green_struct_t number);
/* By key, also below flat fields; NULL. `length` bytes of `key`. */
const egret_green_field_t *egret_green_find(const egret_green_row_t *row,
                                            const char *key, size_t length);

#endif
