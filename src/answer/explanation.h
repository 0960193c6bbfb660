/* SPDX-License-Identifier: Apache-2.0 */
/* explanation: what one label is in another scheme, with each row: as one JSON
 * object, as lines of text, or as a page for a browser. It asks nothing but the
 * taxonomies and the facts that it is given, and stores nothing. */
#ifndef EGRET_ANSWER_EXPLANATION_H
#define EGRET_ANSWER_EXPLANATION_H

#include "answer/answer.h"
#include "taxonomy/translate.h"

typedef struct {
    const egret_taxonomies_t *taxonomies;
    egret_label_t label;
    const egret_scheme_t *target;
    const egret_class_t *asked; /* only its rows; NULL: all */
    egret_label_translation_t translation;
    bool hides_folders; /* files are told by their names alone */
    uint32_t project;   /* whose facts label.facts are, from 1; 0: none are
                         * known */
} egret_explanation_t;

/* The facts of one project: of a message, or a block on its own, that was
 * judged by its schema alone and is not rejected. */
typedef struct {
    const egret_config_t *config;
    const egret_verdict_t *verdict;
    uint32_t project; /* from 1; 0: the one that there is */
    egret_span_t name; /* of the file, for the fault */
} egret_question_facts_t;

/* What is asked, as it was written. */
typedef struct {
    egret_span_t from;   /* SCHEME/VERSION/CODE */
    egret_span_t to;     /* SCHEME/VERSION, SCHEME/VERSION/CODE, or SCHEME: of
                          * its versions the one in force on the date */
    egret_span_t on;     /* the decisive date; "": `today` */
    egret_span_t kind;   /* APPR REGN FILD ISSD; "": APPR */
    egret_span_t status; /* of the label; "": ELIG */
    egret_date_t today;
    const egret_question_facts_t *facts; /* NULL: none */
} egret_question_t;

/* What a question cannot be answered for: `word` is of the question. */
typedef struct {
    egret_span_t word;
    const char *why; /* "is not SCHEME/VERSION/CODE", ...; NULL: nothing */
} egret_question_fault_t;

/* Decides what was asked; candidates lie in the arena. EGRET_EINVAL, with
 * `*fault`, for a question that cannot be read or names a target that is not
 * loaded; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_explanation_ask(const egret_taxonomies_t *taxonomies,
                                 const egret_question_t *question,
                                 egret_arena_t *arena,
                                 egret_explanation_t *out,
                                 egret_question_fault_t *fault) EGRET_MUST_USE;

/* For a question that was read: decides it by the facts, as a message is
 * decided, nuclear power and gas (L08) included (explanation_facts.c). Of the
 * block only what it states of the project counts, and its reviews: label, date
 * and status are those of the question. EGRET_EINVAL, with `*fault`, when it
 * is not clear whose facts are meant; EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_explanation_by_facts(const egret_question_facts_t *from,
                                      egret_arena_t *arena,
                                      egret_explanation_t *out,
                                      egret_question_fault_t *fault)
    EGRET_MUST_USE;
/* "true", "false", "unknown": a condition by the facts that are known. */
const char *egret_explanation_truth(const egret_explanation_t *explanation,
                                    const egret_condition_t *condition);
const char *egret_explanation_term_truth(
    const egret_explanation_t *explanation, const egret_condition_t *condition,
    const egret_condition_term_t *term);
/* "technology", ... as conditions write it. */
const char *egret_explanation_fact_kind(egret_fact_kind_t kind);

/* Of a scheme's versions the one in force, the last that came; or NULL. */
const egret_scheme_t *
egret_explanation_in_force(const egret_taxonomies_t *taxonomies,
                           egret_span_t id, egret_date_t date,
                           egret_decisive_t kind);

/* One object, and a line end. */
void egret_explanation_json(const egret_explanation_t *explanation,
                            egret_buffer_t *buffer);

/* The languages of the page. Headings of taxonomies are in theirs where a
 * file has them. */
typedef enum {
    EGRET_PAGE_EN,
    EGRET_PAGE_ZH_HANS,
    EGRET_PAGE_ZH_HANT,
    EGRET_PAGE_LANGUAGE_COUNT
} egret_page_language_t;

/* By the tag of a language range (RFC 9110, Accept-Language): zh-Hant, zh-TW,
 * zh-HK and zh-MO are 繁體, other zh 简体; false for other languages. */
bool egret_page_language_read(egret_span_t tag, egret_page_language_t *out);
/* "en", "zh-Hans", "zh-Hant". */
const char *egret_page_language_text(egret_page_language_t language);

/* A page of HTML, without script or outside resource, whose drawing is inline
 * SVG. What files say is escaped. */
void egret_explanation_page(const egret_explanation_t *explanation,
                            egret_page_language_t language,
                            egret_buffer_t *buffer);

/* Lines of text; what files and facts say is escaped as plain.h tells. Rows
 * that were weighed come first, nearest first, then those that were not. */
void egret_explanation_text(const egret_explanation_t *explanation,
                            egret_page_language_t language,
                            egret_buffer_t *buffer);

typedef enum {
    EGRET_EXPLAINED_JSON, /* application/json */
    EGRET_EXPLAINED_PAGE, /* text/html */
    EGRET_EXPLAINED_TEXT, /* text/plain */
    EGRET_EXPLAINED_COUNT
} egret_explained_form_t;

/* "application/json", ... */
const char *egret_explanation_type(egret_explained_form_t form);

/* The answer to a question that came over HTTP: 200 in that form; 400
 * problem+json with questionFault. Files are told by their names alone.
 * EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_explanation_answer(const egret_taxonomies_t *taxonomies,
                                    const egret_question_t *question,
                                    egret_explained_form_t form,
                                    egret_page_language_t language,
                                    egret_arena_t *arena, egret_answer_t *out)
    EGRET_MUST_USE;

/* 400 problem+json whose questionFault is the fault. EGRET_ENOMEM,
 * EGRET_ELIMIT. */
egret_rc_t egret_explanation_refuse(egret_refusal_t refusal,
                                    const egret_question_fault_t *fault,
                                    egret_arena_t *arena, egret_answer_t *out)
    EGRET_MUST_USE;

/* "translated", "needs assessment", "no counterpart", "stands". */
const char *egret_explanation_verdict(egret_label_result_t result);

/* The language as in a scheme's file: "zh-Hans", ... */
const char *egret_explanation_language(egret_language_t language);
/* A file, as it is told. */
egret_span_t egret_explanation_file(const egret_explanation_t *explanation,
                                    egret_span_t file);
/* Bits of egret_missing_t: what the result lacks, and of a label that STANDS
 * also the status that would make it a green one. */
unsigned
egret_explanation_missing(const egret_explanation_t *explanation);
/* Whether the result is the code that was asked; true when none was. */
bool egret_explanation_is_asked(const egret_explanation_t *explanation);
/* A green label in the target, and the one that was asked: TRANSLATED, or
 * STANDS with nothing missing. */
bool egret_explanation_is_green(const egret_explanation_t *explanation);
/* NULL when the source has no such code. */
const egret_class_t *
egret_explanation_source(const egret_explanation_t *explanation);

typedef struct {
    const egret_crosswalk_row_t *row;
    const egret_translation_candidate_t *candidate; /* NULL: not weighed */
    bool is_used; /* the result rests on it */
} egret_explained_row_t;

/* The row at `index` of those to show: those that were weighed, nearest first,
 * then those that were not; false after the last. */
bool egret_explanation_row(const egret_explanation_t *explanation,
                           size_t index, egret_explained_row_t *out);

#endif
