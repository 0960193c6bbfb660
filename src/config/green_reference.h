/* SPDX-License-Identifier: Apache-2.0 */
/* green_reference: the lists that rules of the green block ask, read from TSV
 * files of the reference folder. An operator's folder may lack each of them:
 * then its rule judges nothing. Columns are as in reference.h; `source` and
 * `confidence` are for people.
 *
 * standards.tsv (rule G05): standard as Rvw/Std names it; share, the percent
 *   that must be green; pocket, how many percent of that a flexibility share
 *   (Instr/FlxPct) may take; placements, codes of UoP/UnallctdTp that are
 *   allowed, with a blank between them, or "any"; months, the longest tenor of
 *   unallocated money, or "-".
 * reviewers.tsv (rule E03): standard; reviewer, its LEI or registration
 *   number; from, to, the days of its recognition, or "-".
 * disclosure.tsv (rule E05): class of the issuer (Issr/EntCls); type of the
 *   disclosure (Dscl/Tp); from, the day since which it is due; severity of an
 *   overdue one, hold or warn.
 * grid_factors.tsv (rule M03): jurisdiction (ISO 3166-1), year, kind, region;
 *   value, kilograms of CO2 equivalent a kilowatt hour.
 * capacity_factors.tsv (rule M04): technology (Prj/Tchnlgy); most, the part of
 *   a year at full load that nothing plausible exceeds.
 * avoided_factors.tsv (rule M03): metric of another way to avoid emissions
 *   (Impct/Mtrc); most, the kilograms of CO2 equivalent that a kilowatt hour,
 *   tonne, passenger or tonne kilometre of it avoids at most. */
#ifndef EGRET_CONFIG_GREEN_REFERENCE_H
#define EGRET_CONFIG_GREEN_REFERENCE_H

#include "config/reference.h"
#include "err/findings.h"
#include "util/date.h"
#include "util/decimal.h"

typedef struct {
    egret_span_t name;
    egret_decimal_t share;   /* percent */
    egret_decimal_t pocket;  /* percent */
    egret_span_t placements; /* "any", or codes with a blank between them */
    egret_decimal_t months;
    bool has_months;
} egret_standard_t;

typedef struct {
    egret_span_t reviewer; /* LEI or registration number */
    egret_date_t from;
    egret_date_t to;
    bool has_from;
    bool has_to;
} egret_recognition_t;

typedef struct {
    egret_date_t from;
    egret_severity_t severity;
} egret_disclosure_duty_t;

/* Of all three: the name of a standard in any case. */
/* NULL when the list has no such standard. */
const egret_standard_t *
egret_reference_standard(const egret_reference_t *reference,
                         egret_span_t standard);
/* Whether unallocated money may stand so. */
bool egret_standard_allows(const egret_standard_t *standard,
                           egret_span_t placement);
/* Whether the list names reviewers of that standard at all. */
bool egret_reference_lists_reviewers(const egret_reference_t *reference,
                                     egret_span_t standard);
/* Whether it names this one, for that day. `reviewer` is an LEI or a
 * registration number; "" is nobody. */
bool egret_reference_recognises(const egret_reference_t *reference,
                                egret_span_t standard, egret_span_t reviewer,
                                egret_date_t date);
/* NULL when an issuer of that class owes no such disclosure. `entity_class`
 * and `type` are codes of at most 8 characters. */
const egret_disclosure_duty_t *
egret_reference_duty(const egret_reference_t *reference,
                     egret_span_t entity_class, egret_span_t type);
/* The highest factor of a jurisdiction: of that year where the list has it,
 * else of all years. False when it has none. */
bool egret_reference_grid_factor(const egret_reference_t *reference,
                                 egret_span_t jurisdiction, int32_t year,
                                 egret_decimal_t *out);
/* NULL when the list has no such technology. */
const egret_decimal_t *
egret_reference_capacity_factor(const egret_reference_t *reference,
                                egret_span_t technology);
/* NULL when the list has no such metric. */
const egret_decimal_t *
egret_reference_avoided_factor(const egret_reference_t *reference,
                               egret_span_t metric);

#endif
