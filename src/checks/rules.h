/* SPDX-License-Identifier: Apache-2.0 */
/* rules: what the files of this layer share: the rules' signature, and their
 * tables. Adding a rule means a function and a row in one of the tables. */
#ifndef EGRET_CHECKS_RULES_H
#define EGRET_CHECKS_RULES_H

#include "checks/check.h"

/* Judges one message and reports what it finds. EGRET_ENOMEM, EGRET_ELIMIT. */
typedef egret_rc_t (*egret_rule_judge_t)(const egret_check_t *check);

typedef struct {
    egret_code_t code;
    egret_rule_judge_t judge;
    bool needs_flow; /* the definition has a row in flow.c */
} egret_rule_t;

/* Each ends at judge == NULL. */
extern const egret_rule_t egret_rules_route[];  /* T03 T05 H03 */
extern const egret_rule_t egret_rules_header[]; /* X05 H02 H05 */
extern const egret_rule_t egret_rules_date_time[]; /* X06 */
extern const egret_rule_t egret_rules_party[];  /* P01 P02 */
extern const egret_rule_t egret_rules_amount[]; /* A01 A02 A03 */
extern const egret_rule_t egret_rules_totals[]; /* A04 */
extern const egret_rule_t egret_rules_block[];  /* X05 X07 */
extern const egret_rule_t egret_rules_green[];  /* G03 */
extern const egret_rule_t egret_rules_allocation[]; /* G04 */
extern const egret_rule_t egret_rules_label[];  /* L01 L02 L03 */
extern const egret_rule_t egret_rules_mapped[]; /* L05 */
extern const egret_rule_t egret_rules_nature[]; /* L06 L07 */
extern const egret_rule_t egret_rules_review[]; /* E02 E04 */
extern const egret_rule_t egret_rules_impact[]; /* M01 M02 */
extern const egret_rule_t egret_rules_figure[]; /* M03 M04 */
extern const egret_rule_t egret_rules_credit[]; /* M05 */
extern const egret_rule_t egret_rules_standard[]; /* G05 */
extern const egret_rule_t egret_rules_evidence[]; /* E01 */
extern const egret_rule_t egret_rules_reviewer[]; /* E03 E05 */

/* Whether L01, L02 or L03 finds a fault in the label; the worst severity that
 * it has between these two partners. Asks for loaded taxonomies. */
bool egret_rules_label_fault(const egret_check_t *check,
                             const egret_block_t *block,
                             const egret_block_label_t *label,
                             egret_severity_t *worst);

/* False when the block's decisive date (DcsvDt) is still to come: on no clock
 * of the world (UTC+14 is the first) has that day begun. Then nothing is
 * decided yet, and no version is known to be in force on it. */
bool egret_rules_is_decided(const egret_check_t *check,
                            const egret_block_t *block);

/* What a block's shares are shares of (G04: of a drawdown what its
 * transactions pay, else the net proceeds, else the whole amount). False when
 * there is none, or in two currencies. */
bool egret_rules_base(const egret_check_t *check,
                      const egret_block_place_t *place,
                      const egret_block_t *block, egret_decimal_t *value,
                      egret_span_t *currency);

/* What a declaration is to the rules that look at every node, by its name or
 * by the type of its value. */
#define EGRET_ROLE_BIC 0x01      /* BICFI, AnyBIC, BIC */
#define EGRET_ROLE_LEI 0x02      /* LEI */
#define EGRET_ROLE_CURRENCY 0x04 /* Ccy */
#define EGRET_ROLE_AMOUNT 0x08   /* has a Ccy attribute */
#define EGRET_ROLE_DATE_TIME 0x10 /* any xs:dateTime; not one that its schema
                                     wants in a form of its own */
#define EGRET_ROLE_ANY 0x1f

/* Calls `visit` for each node of one of these roles inside AppHdr or Document
 * whose declaration belongs to the header's or the document's own definition
 * (not to a block in SplmtryData). Stops at the first rc that is not
 * EGRET_OK. */
typedef egret_rc_t (*egret_rule_visit_t)(const egret_check_t *check,
                                         egret_node_t node);
egret_rc_t egret_rules_each_node(const egret_check_t *check, uint8_t roles,
                                 egret_rule_visit_t visit);

/* For rules of the green block: calls `judge` for each block of which the
 * schema refused nothing; what it refused is X05 alone. */
typedef egret_rc_t (*egret_rule_block_t)(const egret_check_t *check,
                                         const egret_block_place_t *place,
                                         const egret_block_t *block);
egret_rc_t egret_rules_each_block(const egret_check_t *check,
                                  egret_rule_block_t judge);
/* The next sibling of the same name, or EGRET_NODE_NONE. */
egret_node_t egret_rules_next(const egret_check_t *check, egret_node_t node);
/* The labels by scheme and version, each version's in the order of the block;
 * in the arena. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_rules_labels_by_version(const egret_check_t *check,
                                         const egret_block_t *block,
                                         const egret_block_label_t ***out)
    EGRET_MUST_USE;
bool egret_rules_is_one_version(const egret_block_label_t *a,
                                const egret_block_label_t *b);
/* The largest share that one scheme's version calls green. Labels of several
 * schemes speak of the same money. EGRET_ENOMEM, EGRET_ELIMIT. */
egret_rc_t egret_rules_green_share(const egret_check_t *check,
                                   const egret_block_t *block,
                                   egret_decimal_t *out) EGRET_MUST_USE;
/* The same of labels that are TRNS. */
egret_rc_t egret_rules_transition_share(const egret_check_t *check,
                                        const egret_block_t *block,
                                        egret_decimal_t *out) EGRET_MUST_USE;
/* A review whose opinion is not adverse; asked to be valid, also one that E02
 * has nothing against. */
bool egret_rules_has_review(const egret_check_t *check,
                            const egret_block_t *block, bool must_be_valid);
/* Whether it does, but for what rounding may take. */
bool egret_rules_share_reaches(const egret_decimal_t *share,
                               const egret_decimal_t *floor);
/* The project that an entry's PrjRef names, from 1; 0: none is named, so all;
 * one more than there are: it dangles (G03). */
size_t egret_rules_project(const egret_check_t *check,
                           const egret_block_t *block, egret_node_t entry);
/* A child's value as date or number; false when it is absent or none. */
bool egret_rules_date(const egret_check_t *check, egret_node_t node,
                      const char *path, egret_date_t *out);
bool egret_rules_decimal(const egret_check_t *check, egret_node_t node,
                         const char *path, egret_decimal_t *out);
/* Adds a finding whose texts are constants, but for `got` and `expected`; one
 * of them without `at` is an arena that refused. */
egret_rc_t egret_rules_report(const egret_check_t *check, egret_code_t code,
                              egret_severity_t severity, egret_node_t node,
                              const char *message, egret_span_t got,
                              egret_span_t expected, const char *fix);
/* In the arena. */
egret_span_t egret_rules_decimal_text(const egret_check_t *check,
                                      const egret_decimal_t *value);
egret_span_t egret_rules_date_text(const egret_check_t *check,
                                   egret_date_t date);

/* True when the schema refused the value or an attribute: that is X05 alone,
 * and no other rule judges it. */
bool egret_rules_is_refused(const egret_check_t *check, egret_node_t node);
/* The value, trimmed; "" for EGRET_NODE_NONE and for what is refused. */
egret_span_t egret_rules_text(const egret_check_t *check, egret_node_t node);
/* The value of a child path of names ("GrpHdr/MsgId"), as egret_rules_text.
 * For header parts, whose definitions differ by version. */
egret_span_t egret_rules_value(const egret_check_t *check, egret_node_t node,
                               const char *path);
egret_node_t egret_rules_node(const egret_check_t *check, egret_node_t node,
                              const char *path);
/* The same below AppHdr; and the place of a finding of the header: the named
 * part, else the header itself. */
egret_span_t egret_rules_header_value(const egret_check_t *check,
                                      const char *path);
egret_node_t egret_rules_header_node(const egret_check_t *check,
                                     const char *path);

/* The currency of an amount's Ccy attribute (`*attribute` is then "Ccy"), or
 * of a Ccy element; "" for any other node. */
egret_span_t egret_rules_currency(const egret_check_t *check,
                                  egret_node_t node, egret_span_t *attribute);

#endif
