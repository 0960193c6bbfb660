/* SPDX-License-Identifier: Apache-2.0 */
/* Property: a sender may claim (L05) what the gateway would translate its label
 * to for that receiver, and a code above it, and no other label of that scheme:
 * by all rows that ship, by a receiver's own, by those an operator leaves. */
#include <stdio.h>
#include <string.h>

#include "green_bend.h"
#include "helper.h"

#define SCHEMES                                                               \
    "egret_taxonomies conf/taxonomies/*.tsv t/data/labels/OTHER-1.tsv;"       \
    "egret_crosswalks conf/crosswalks/*.tsv;"
#define MAP                                                                   \
    "<Map><Tbl>own</Tbl><Row>1</Row><Rel>BROD</Rel>"                          \
    "<OnDt>2026-03-20</OnDt></Map>"

typedef struct {
    const char *more;
    const char *in_taipei;
} rows_t;

typedef struct {
    egret_test_gateway_t gateway;
    const egret_scheme_t *target;
    egret_span_t message;
    const egret_class_t *becomes; /* NULL: nothing */
    size_t proven;
    size_t refused;
} work_t;

static bool
has_l05(const egret_verdict_t *verdict)
{
    for (size_t i = 0; i < verdict->findings.count; i++) {
        if (verdict->findings.items[i].code == EGRET_L05) {
            return true;
        }
    }

    return false;
}

/* What the counterpart is sent. */
static const egret_class_t *
translated(work_t *work)
{
    static const char found[] = "<Rslt>TRLD</Rslt><Cd>";
    const egret_verdict_t *verdict = egret_test_judge(
        &work->gateway, work->message, "xiamen-bank");
    egret_span_t rest = verdict->output;
    const char *at = rest.length == 0
                     ? NULL
                     : memmem(rest.at, rest.length, found, strlen(found));

    if (at == NULL) {
        return NULL;
    }
    rest = egret_span_slice(rest, (size_t) (at - rest.at) + strlen(found),
                            rest.length);

    return egret_scheme_class(work->target, egret_span_slice(
                                  rest, 0, egret_span_find(rest, '<')));
}

static bool
is_within(const egret_class_t *code, const egret_class_t *claimed)
{
    while (code != NULL && code != claimed) {
        code = code->parent;
    }

    return code != NULL;
}

static void
claim(work_t *work, const egret_class_t *code, const char *status)
{
    egret_test_gateway_t *gateway = &work->gateway;
    bool is_proven = is_within(work->becomes, code)
                     && strcmp(status, "ELIG") == 0;
    egret_span_t bytes;
    char label[512];

    (void) snprintf(label, sizeof(label),
                    "<Lbl><Schm>%.*s</Schm><Vrsn>%.*s</Vrsn><Cd>%.*s</Cd>"
                    "<Shr>100</Shr><Sts>%s</Sts><Src>MAPD</Src>" MAP
                    "</Lbl><UoP>",
                    EGRET_SPAN_ARGS(work->target->id),
                    EGRET_SPAN_ARGS(work->target->version),
                    EGRET_SPAN_ARGS(code->code), status);
    bytes = egret_test_bend(gateway, work->message, "<UoP>", label);
    bytes = egret_test_bend(gateway, bytes, "<LblRef>1</LblRef>",
                            "<LblRef>1</LblRef><LblRef>2</LblRef>");
    if (has_l05(egret_test_judge(gateway, bytes, "xiamen-bank")) == is_proven) {
        fail_msg("%.*s %s", EGRET_SPAN_ARGS(code->code), status);
    }
    work->proven += is_proven;
    work->refused += !is_proven;
}

/* A label of each of these leaves, and every claim of the target. */
static void
claim_all(work_t *work, const rows_t *rows, const char *target)
{
    static const char *const leaves[] = { "4.2.1", "4.2.2", "4.2.4", "4.2.5",
                                          "6.2.3" };
    char in_taipei[256], code[32];

    (void) snprintf(in_taipei, sizeof(in_taipei), "taxonomy %s; %s", target,
                    rows->in_taipei);
    egret_test_gateway_open(&work->gateway, rows->more, "", in_taipei);
    work->target = egret_taxonomies_scheme_by_name(
        work->gateway.config->taxonomies, egret_span_from(target));
    assert_non_null(work->target);
    for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++) {
        (void) snprintf(code, sizeof(code), "<Cd>%s</Cd>", leaves[i]);
        work->message = egret_test_bend(
            &work->gateway,
            egret_test_read_file(work->gateway.arena, EGRET_TEST_WIND),
            "<Cd>4.2.1</Cd>", code);
        work->becomes = translated(work);
        for (size_t k = 0; k < work->target->class_count; k++) {
            claim(work, &work->target->classes[k], "ELIG");
        }
        claim(work, &work->target->classes[0], "ALGN");
    }
    egret_test_gateway_close(&work->gateway);
}

static void
test_a_claim_passes_just_where_the_gateway_translates(void **state)
{
    static const rows_t rows[] = {
        { SCHEMES, "" },
        { SCHEMES, "crosswalk t/data/labels/no-wind.sssom.tsv;" },
        { SCHEMES, "crosswalk t/data/labels/parts.sssom.tsv "
                   "t/data/labels/other.sssom.tsv;" },
        { SCHEMES "egret_refuse_rows own-assessment;", "" },
        { SCHEMES "egret_refuse_rows own-assessment;",
          "crosswalk t/data/labels/parts.sssom.tsv "
          "t/data/labels/other.sssom.tsv;" },
    };
    static const char *const targets[] = { "TPEX/2023", "ICMA-GBP/2025",
                                           "OTHER/1", "ZA-GFT/2022" };
    work_t work = { .proven = 0 };

    (void) state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t k = 0; k < sizeof(targets) / sizeof(targets[0]); k++) {
            claim_all(&work, &rows[i], targets[k]);
        }
    }

    print_message("# %zu claims proven, %zu refused\n", work.proven,
                  work.refused);
    assert_true(work.proven > 10);
    assert_true(work.refused > 1000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_claim_passes_just_where_the_gateway_translates),
    };

    return egret_test_run(tests);
}
