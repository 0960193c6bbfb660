/* SPDX-License-Identifier: Apache-2.0 */
/* scheme: one version of one taxonomy, read from a TSV file.
 *
 * The file begins with lines "# key: value"; a line that begins with ## is a
 * comment. Keys, each once; all but `to`, `requires`, `grandfathering` and the
 * SPDX line must be there:
 *
 *   SPDX-License-Identifier  of the file
 *   id              CN-GFEPC
 *   version         2025
 *   published       the date of publication: grandfathering asks for it
 *   from            the first day in force
 *   to              the last day in force; left out while there is none
 *   status          FINAL | DRAFT | PARTIAL (in force, but this file lacks
 *                   codes or names) | SUPERSEDED (then `to` must be there)
 *   authority       who issued it
 *   levels          one (a label means: criteria met) | two (eligible and
 *                   aligned differ)
 *   leaf            required (a label names a leaf) | any
 *   requires        any of: criteria dnsh safeguards review share=PERCENT
 *   grandfathering  words KIND=keep or KIND=choose, KIND one of APPR REGN FILD
 *                   ISSD: what was decided so before publication keeps the
 *                   older version, or may choose this one (in_force.h)
 *   source          document number or address
 *   digest          sha256:HEX over the bytes after the column header's line,
 *                   or none. It must hold: a changed row shows.
 *
 * Then the column header and one row a code, in any order:
 *
 *   code parent label_en label_zh_hans label_zh_hant label_pt label_ru
 *   source_ref confidence
 *
 * A top code has no parent. One label at least, source_ref and confidence must
 * be filled. After the column header, empty lines and lines that begin with #
 * are skipped; but a key that stands there, in the wrong place, is refused, and
 * so is a code in quotation marks. */
#ifndef EGRET_TAXONOMY_SCHEME_H
#define EGRET_TAXONOMY_SCHEME_H

#include "taxonomy/label.h"
#include "util/arena.h"
#include "util/date.h"
#include "util/decimal.h"
#include "util/digest.h"
#include "util/map.h"

typedef enum {
    EGRET_SCHEME_FINAL,
    EGRET_SCHEME_DRAFT,
    EGRET_SCHEME_PARTIAL,
    EGRET_SCHEME_SUPERSEDED,
    EGRET_SCHEME_STATUS_COUNT
} egret_scheme_status_t;

typedef enum {
    EGRET_LANGUAGE_EN,
    EGRET_LANGUAGE_ZH_HANS,
    EGRET_LANGUAGE_ZH_HANT,
    EGRET_LANGUAGE_PT,
    EGRET_LANGUAGE_RU,
    EGRET_LANGUAGE_COUNT
} egret_language_t;

typedef enum {
    EGRET_GRANDFATHERING_NONE,
    EGRET_GRANDFATHERING_KEEP,  /* the older version stays */
    EGRET_GRANDFATHERING_CHOOSE /* either version */
} egret_grandfathering_t;

typedef struct egret_scheme egret_scheme_t;
typedef struct egret_class egret_class_t;

/* One code of a scheme. */
struct egret_class {
    const egret_scheme_t *scheme;
    egret_span_t code;
    egret_span_t parent_code;
    const egret_class_t *parent; /* NULL at the top */
    egret_span_t labels[EGRET_LANGUAGE_COUNT]; /* "" where there is none */
    egret_span_t source_ref;
    egret_span_t confidence;
    uint32_t line; /* in the scheme's file */
    bool is_leaf;  /* no other code names it as parent */
};

struct egret_scheme {
    egret_span_t file;
    egret_span_t id;
    egret_span_t version;
    egret_date_t published;
    egret_date_t from;
    egret_date_t to; /* when has_to */
    bool has_to;
    egret_scheme_status_t status;
    egret_span_t authority;
    bool is_two_level;
    bool requires_leaf;
    bool requires_dimension[EGRET_DIMENSION_COUNT]; /* scope: always */
    bool requires_review;
    bool has_minimum_share;
    egret_decimal_t minimum_share; /* percent */
    egret_grandfathering_t grandfathering[EGRET_DECISIVE_COUNT];
    egret_span_t source;
    egret_sha256_t digest; /* of the whole text, for evidence */
    egret_class_t *classes; /* in the order of the file */
    size_t class_count;
    egret_map_t by_code; /* to egret_class_t */
};

/* Reads a scheme. `text` and `file` (its name) must live as long as the
 * scheme, which lies in the arena. EGRET_ESYNTAX, EGRET_EEXIST (a code or key
 * twice), EGRET_ENOTFOUND (no such parent), EGRET_EINVAL (a cycle of parents,
 * dates that contradict each other, a digest that does not hold) with
 * `*fault` = "FILE:LINE: sentence"; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_scheme_read(egret_span_t file, egret_span_t text,
                             egret_arena_t *arena, egret_scheme_t **out,
                             egret_span_t *fault) EGRET_MUST_USE;

/* NULL when the scheme has no such code. */
const egret_class_t *egret_scheme_class(const egret_scheme_t *scheme,
                                        egret_span_t code);
/* The language of the label that is shown in `language`: itself; where that is
 * missing the other script of Chinese, then the first that is no own
 * translation, which is the original, then the first there is. */
egret_language_t egret_class_language(const egret_class_t *code,
                                      egret_language_t language);
/* The row's confidence names the label in that language an own translation, as
 * in "label_en=own translation". */
bool egret_class_is_own_translation(const egret_class_t *code,
                                    egret_language_t language);
/* The label in that language, or in egret_class_language. */
egret_span_t egret_class_label(const egret_class_t *code,
                               egret_language_t language);

/* Rule L03. A code that a PARTIAL file lacks may well exist: that is no proof
 * against the sender, but no label is derived from it either. */
typedef enum {
    EGRET_CODE_FITS,
    EGRET_CODE_ABSENT,     /* not in this version */
    EGRET_CODE_NOT_LISTED, /* not in this file, which is PARTIAL */
    EGRET_CODE_NO_LEAF     /* the scheme demands a leaf */
} egret_code_fit_t;

egret_code_fit_t egret_scheme_code_fit(const egret_scheme_t *scheme,
                                       egret_span_t code);

/* "FINAL", ... Never NULL. */
const char *egret_scheme_status_text(egret_scheme_status_t status);

#endif
