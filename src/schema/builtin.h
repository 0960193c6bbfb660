/* SPDX-License-Identifier: Apache-2.0 */
/* builtin: the simple types that XML Schema itself declares.
 *
 * All of XML Schema 1.0 but those that need more than a value to judge it
 * (QName, NOTATION, ENTITY, IDREF), the lists, float and double: no ISO 20022
 * schema has them, and they are refused at load.
 *
 * Source of the rules: XML Schema 1.0 Part 2, 3. */
#ifndef EGRET_SCHEMA_BUILTIN_H
#define EGRET_SCHEMA_BUILTIN_H

#include "msg/definition.h"
#include "schema/moment.h"
#include "schema/numeral.h"

typedef enum {
    EGRET_LEXICAL_STRING,
    EGRET_LEXICAL_LANGUAGE,
    EGRET_LEXICAL_NMTOKEN,
    EGRET_LEXICAL_NAME,
    EGRET_LEXICAL_NCNAME,
    EGRET_LEXICAL_BOOLEAN,
    EGRET_LEXICAL_DECIMAL,
    EGRET_LEXICAL_INTEGER,
    EGRET_LEXICAL_MOMENT,
    EGRET_LEXICAL_DURATION,
    EGRET_LEXICAL_HEX,
    EGRET_LEXICAL_BASE64,
    EGRET_LEXICAL_URI
} egret_lexical_t;

typedef enum {
    EGRET_SPACE_PRESERVE,
    EGRET_SPACE_REPLACE,
    EGRET_SPACE_COLLAPSE
} egret_space_t;

typedef struct {
    const char *name;
    const char *base; /* the type it restricts, or NULL */
    egret_lexical_t lexical;
    egret_moment_kind_t moment; /* when lexical is MOMENT */
    egret_space_t space;
    egret_value_kind_t kind;
    const char *least; /* inclusive bounds, or NULL */
    const char *most;
    const char *phrase; /* "a date (YYYY-MM-DD)" */
    bool is_identity;   /* no two values of one message are equal (xs:ID) */
} egret_builtin_t;

/* NULL when there is none of that name, or it is refused. */
const egret_builtin_t *egret_builtin_find(egret_span_t name);

/* Whether the length facets, or those of digits, apply. */
bool egret_lexical_has_length(egret_lexical_t lexical);
bool egret_lexical_is_number(egret_lexical_t lexical);

/* A value, read as far as comparing needs. */
typedef struct {
    egret_lexical_t lexical;
    egret_span_t text;
    union {
        egret_numeral_t numeral;
        egret_moment_t moment;
        egret_duration_t duration;
    } as;
} egret_value_t;

/* `text` has its white space treated already. False when it is not in the
 * form of the type. The value points into the text. */
bool egret_value_read(const egret_builtin_t *builtin, egret_span_t text,
                      egret_value_t *out);
/* Of two values of one type; strings and their like are equal or neither. */
egret_order_t egret_value_compare(const egret_value_t *a,
                                  const egret_value_t *b);
/* What the length facets count: octets or characters. */
size_t egret_value_length(const egret_value_t *value);

#endif
