/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of a label on its own: a scheme that is known, in force, and has
 * the code. Without egret_taxonomies nothing is known and nothing is judged. */
#include "checks/rules.h"

#include "taxonomy/in_force.h"

#define FIRST_OFFSET (14 * 3600) /* of the clock where a day begins first */

static egret_rc_t
report_label(const egret_check_t *check, egret_code_t code,
             egret_severity_t severity, const egret_block_label_t *label,
             const char *part, egret_finding_t *finding)
{
    egret_node_t node = egret_rules_node(check, label->node, part);

    finding->code = code;
    finding->severity = severity;

    return egret_check_report(check, node, EGRET_SPAN(""), finding);
}

/* L01: a scheme and version that this gateway knows, and no draft. */
static egret_rc_t
judge_scheme(const egret_check_t *check, const egret_block_t *block,
             const egret_block_label_t *label)
{
    egret_finding_t finding = { .got = label->scheme };

    (void) block;

    switch (egret_taxonomies_scheme_fit(check->config->taxonomies,
                                        label->scheme, label->version)) {
    case EGRET_SCHEME_UNKNOWN:
        finding.message = EGRET_SPAN("this gateway knows no such scheme");
        finding.expected = EGRET_SPAN("a scheme that the gateway has");
        finding.fix = EGRET_SPAN("correct the scheme's id, or ask the "
                                 "gateway's operator to load it");
        return report_label(check, EGRET_L01, EGRET_SEVERITY_REJECT, label,
                            "Schm", &finding);
    case EGRET_SCHEME_VERSION_UNKNOWN:
        finding.got = label->version;
        finding.message = EGRET_SPAN("this gateway does not know this version "
                                     "of the scheme");
        finding.expected = EGRET_SPAN("a version that the gateway has");
        finding.fix = EGRET_SPAN("correct the version, or ask the gateway's "
                                 "operator to load it");
        return report_label(check, EGRET_L01, EGRET_SEVERITY_REJECT, label,
                            "Vrsn", &finding);
    case EGRET_SCHEME_IS_DRAFT:
        finding.got = label->version;
        finding.message = EGRET_SPAN("the scheme's version is a draft and "
                                     "binds nobody");
        finding.expected = EGRET_SPAN("a version in force");
        finding.fix = EGRET_SPAN("use the version in force");
        return report_label(check, EGRET_L01, EGRET_SEVERITY_WARN, label,
                            "Vrsn", &finding);
    default:
        return EGRET_OK;
    }
}

bool
egret_rules_is_decided(const egret_check_t *check, const egret_block_t *block)
{
    egret_datetime_t latest = egret_datetime_from_seconds(
        egret_datetime_seconds(&check->now) + FIRST_OFFSET);

    return !block->has_decisive
           || egret_date_compare(block->decisive, latest.date) <= 0;
}

/* A draft block may state a day that is planned. */
static bool
is_to_come(const egret_check_t *check, const egret_block_t *block)
{
    return !egret_span_equals_text(block->status, "DRFT")
           && !egret_rules_is_decided(check, block);
}

static egret_rc_t
report_to_come(const egret_check_t *check, const egret_block_t *block,
               const egret_block_label_t *label)
{
    egret_finding_t finding = {
        .got = egret_rules_date_text(check, block->decisive),
        .message = EGRET_SPAN("the decisive date is still to come, so nothing "
                              "is decided that the version could hold for"),
        .expected = EGRET_SPAN("a decisive date that is not in the future"),
        .fix = EGRET_SPAN("correct the date, or send the block as a draft "
                          "until then"),
    };

    return finding.got.at == NULL
               ? egret_arena_rc(check->arena)
               : report_label(check, EGRET_L02, EGRET_SEVERITY_REJECT, label,
                              "Vrsn", &finding);
}

/* L02 asks no draft: that is L01. */
static bool
is_out_of_force(const egret_block_t *block, const egret_scheme_t *scheme,
                egret_in_force_t *in_force)
{
    egret_decisive_t kind;

    if (scheme == NULL || !block->has_decisive
        || scheme->status == EGRET_SCHEME_DRAFT
        || egret_decisive_read(block->decisive_kind, &kind) != EGRET_OK)
    {
        return false;
    }
    *in_force = egret_scheme_in_force(scheme, block->decisive, kind);

    return !egret_in_force_is_allowed(*in_force);
}

/* L02: in force on the decisive date, after grandfathering; and no date that
 * is still to come. */
static egret_rc_t
judge_date(const egret_check_t *check, const egret_block_t *block,
           const egret_block_label_t *label)
{
    const egret_scheme_t *scheme = egret_taxonomies_scheme(
        check->config->taxonomies, label->scheme, label->version);
    egret_finding_t finding = {
        .got = label->version,
        .fix = EGRET_SPAN("name the version that was in force on the decisive "
                          "date, or correct the date"),
    };
    egret_in_force_t in_force;

    if (scheme != NULL && is_to_come(check, block)) {
        return report_to_come(check, block, label);
    }
    if (!is_out_of_force(block, scheme, &in_force)) {
        return EGRET_OK;
    }

    finding.message = egret_arena_print(
        check->arena, "%.*s %.*s %s on the decisive date %04d-%02u-%02u",
        EGRET_SPAN_ARGS(scheme->id), EGRET_SPAN_ARGS(scheme->version),
        egret_in_force_text(in_force), (int) block->decisive.year,
        block->decisive.month, block->decisive.day);
    finding.expected = egret_arena_print(
        check->arena, "a version in force on %04d-%02u-%02u",
        (int) block->decisive.year, block->decisive.month,
        block->decisive.day);
    if (finding.message.at == NULL || finding.expected.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    return report_label(check, EGRET_L02, EGRET_SEVERITY_REJECT, label, "Vrsn",
                        &finding);
}

/* L03: a code that the scheme has, a leaf where it demands one. */
static egret_rc_t
judge_code(const egret_check_t *check, const egret_block_t *block,
           const egret_block_label_t *label)
{
    const egret_scheme_t *scheme = egret_taxonomies_scheme(
        check->config->taxonomies, label->scheme, label->version);
    egret_finding_t finding = { .got = label->code };
    egret_code_fit_t fit;

    (void) block;

    if (scheme == NULL) {
        return EGRET_OK;
    }

    fit = egret_scheme_code_fit(scheme, label->code);
    if (fit == EGRET_CODE_ABSENT) {
        finding.message = EGRET_SPAN("the scheme's version has no such code");
        finding.expected = EGRET_SPAN("a code of this version");
        finding.fix = EGRET_SPAN("correct the code");

    } else if (fit == EGRET_CODE_NO_LEAF) {
        finding.message = EGRET_SPAN("the code is a heading; the scheme wants "
                                     "the class below it");
        finding.expected = EGRET_SPAN("a code of the lowest level");
        finding.fix = EGRET_SPAN("name the class that the project belongs to");

    } else {
        return EGRET_OK;
    }

    return report_label(check, EGRET_L03, EGRET_SEVERITY_REJECT, label, "Cd",
                        &finding);
}

static void
worsen(const egret_check_t *check, egret_code_t code,
       egret_severity_t proposed, bool *has_fault, egret_severity_t *worst)
{
    egret_severity_t severity = egret_check_severity(check, code, proposed);

    *worst = *has_fault && *worst > severity ? *worst : severity;
    *has_fault = true;
}

bool
egret_rules_label_fault(const egret_check_t *check, const egret_block_t *block,
                        const egret_block_label_t *label,
                        egret_severity_t *worst)
{
    const egret_taxonomies_t *taxonomies = check->config->taxonomies;
    const egret_scheme_t *scheme = egret_taxonomies_scheme(
        taxonomies, label->scheme, label->version);
    bool has_fault = false;
    egret_in_force_t in_force;
    egret_code_fit_t fit;

    if (scheme == NULL) {
        worsen(check, EGRET_L01, EGRET_SEVERITY_REJECT, &has_fault, worst);
        return true;
    }

    if (scheme->status == EGRET_SCHEME_DRAFT) {
        worsen(check, EGRET_L01, EGRET_SEVERITY_WARN, &has_fault, worst);
    }
    if (is_to_come(check, block)
        || is_out_of_force(block, scheme, &in_force))
    {
        worsen(check, EGRET_L02, EGRET_SEVERITY_REJECT, &has_fault, worst);
    }
    fit = egret_scheme_code_fit(scheme, label->code);
    if (fit == EGRET_CODE_ABSENT || fit == EGRET_CODE_NO_LEAF) {
        worsen(check, EGRET_L03, EGRET_SEVERITY_REJECT, &has_fault, worst);
    }

    return has_fault;
}

typedef egret_rc_t (*judge_t)(const egret_check_t *check,
                              const egret_block_t *block,
                              const egret_block_label_t *label);

static egret_rc_t
each_label(const egret_check_t *check, judge_t judge)
{
    egret_rc_t rc = EGRET_OK;

    if (check->blocks == NULL
        || check->config->taxonomies->by_name.count == 0)
    {
        return EGRET_OK;
    }

    for (size_t i = 0; i < check->blocks->count; i++) {
        const egret_block_t *block = &check->block_items[i];

        for (size_t k = 0;
             block->is_sound && k < block->label_count && rc == EGRET_OK; k++)
        {
            rc = judge(check, block, &block->labels[k]);
        }
    }

    return rc;
}

static egret_rc_t
check_schemes(const egret_check_t *check)
{
    return each_label(check, judge_scheme);
}

static egret_rc_t
check_dates(const egret_check_t *check)
{
    return each_label(check, judge_date);
}

static egret_rc_t
check_codes(const egret_check_t *check)
{
    return each_label(check, judge_code);
}

const egret_rule_t egret_rules_label[] = {
    { EGRET_L01, check_schemes, false },
    { EGRET_L02, check_dates, false },
    { EGRET_L03, check_codes, false },
    { EGRET_CODE_COUNT, NULL, false },
};
