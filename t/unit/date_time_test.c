/* SPDX-License-Identifier: Apache-2.0 */
/* X06, and date-times in the form of the receiver's profile. */
#include "gateway.h"
#include "helper.h"

#include <stdio.h>
#include <string.h>

#define GROUP "/Document/FIToFICstmrCdtTrf/GrpHdr"
#define TX "/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]"
#define PROFILES                                                              \
    "egret_profile plus { date_time offset; }"                                \
    "egret_profile zulu { date_time utc; bare_document on; }"
#define PLUS "profile plus;"
#define ZULU "profile zulu;"
#define MANY 300
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define HDR_TIME "2026-11-23T10:15:00+08:00</CreDt>"
#define GROUP_TIME "2026-11-23T10:15:00+08:00</CreDtTm>"
#define INSTRUCTED "<InstdAmt Ccy="

typedef struct {
    egret_test_gateway_t gateway;
    const egret_verdict_t *verdict;
} fixture_t;

static fixture_t fixture;


static void
open_gateway(const char *in_xiamen, const char *in_taipei)
{
    egret_test_gateway_open(&fixture.gateway, PROFILES, in_xiamen, in_taipei);
}


static int
tear_down(void **state)
{
    (void) state;
    egret_test_gateway_close(&fixture.gateway);

    return 0;
}


static egret_span_t
bend(egret_span_t bytes, const char *find, const char *replacement)
{
    return egret_test_bend(&fixture.gateway, bytes, find, replacement);
}


static void
judge(egret_span_t bytes)
{
    fixture.verdict = egret_test_judge(&fixture.gateway, bytes, "xiamen-bank");
}


/* The good message, its one place after another changed. */
static egret_span_t
good_with(const char *header, const char *group)
{
    egret_span_t bytes = bend(fixture.gateway.good, HDR_TIME, header);

    return bend(bytes, GROUP_TIME, group);
}


static void
assert_finding(size_t i, const char *severity, const char *xpath,
               const char *message, const char *fix)
{
    const egret_finding_t *finding = &fixture.verdict->findings.items[i];

    assert_in_range(i, 0, fixture.verdict->findings.count - 1);
    assert_string_equal(egret_code_row(finding->code)->id, "X06");
    egret_assert_span(finding->iso, "DT02");
    assert_string_equal(egret_severity_text(finding->severity), severity);
    egret_assert_span(finding->xpath, xpath);
    egret_assert_span(finding->message, message);
    egret_assert_span(finding->fix, fix);
}


static void
assert_count(size_t count)
{
    assert_int_equal(fixture.verdict->findings.count, count);
}


/* That the receiver gets these bytes. */
static void
assert_output(egret_span_t expected)
{
    egret_test_assert_span(fixture.verdict->output, expected, __FILE__,
                           __LINE__);
}


static void
test_the_form_of_the_profile_has_no_finding(void **state)
{
    (void) state;
    open_gateway(PLUS, "");
    judge(fixture.gateway.good);
    assert_count(0);
}


static void
test_each_date_time_in_another_form_is_warned_of(void **state)
{
    egret_span_t bytes;

    (void) state;
    open_gateway(PLUS, "");
    bytes = good_with("2026-11-23T02:15:00Z</CreDt>",
                      "2026-11-23T10:15:00.000+08:00</CreDtTm>");
    bytes = bend(bytes, INSTRUCTED,
                 "<AccptncDtTm>2026-11-23T10:15:00</AccptncDtTm>" INSTRUCTED);
    judge(bytes);

    assert_int_equal(fixture.verdict->word, EGRET_WARNED);
    assert_count(3);
    assert_finding(0, "warn", "/AppHdr/CreDt",
                   "the date-time is not in the form of the sender's profile",
                   "write 2026-11-23T02:15:00+00:00");
    assert_finding(1, "warn", GROUP "/CreDtTm",
                   "the date-time is not in the form of the sender's profile",
                   "write 2026-11-23T10:15:00+08:00");
    assert_finding(2, "warn", TX "/AccptncDtTm",
                   "the date-time is not in the form of the sender's profile",
                   "write its offset from UTC behind it, such as +08:00");
    assert_ptr_equal(fixture.verdict->output.at, bytes.at);
}


static void
test_strictly_judged_it_is_rejected(void **state)
{
    (void) state;
    open_gateway(PLUS, "");
    fixture.gateway.is_strict = true;
    judge(good_with("2026-11-23T02:15:00Z</CreDt>", GROUP_TIME));

    assert_int_equal(fixture.verdict->word, EGRET_REJECTED);
    assert_int_equal(fixture.verdict->reply, EGRET_REPLY_STATUS);
    assert_count(1);
    assert_finding(0, "reject", "/AppHdr/CreDt",
                   "the date-time is not in the form of the sender's profile",
                   "write 2026-11-23T02:15:00+00:00");
}


static void
test_the_receiver_gets_its_own_form_and_no_other_byte_changes(void **state)
{
    (void) state;
    open_gateway(PLUS, ZULU);
    judge(good_with("\n 2026-11-23T04:15:00+08:00 </CreDt>",
                    "2027-01-01T07:59:59.5+08:00</CreDtTm>"));

    assert_int_equal(fixture.verdict->word, EGRET_WARNED);
    assert_count(2);
    assert_finding(0, "info", "/AppHdr/CreDt",
                   "the receiver's profile has another form: the date-time is "
                   "written as 2026-11-22T20:15:00.000Z on its way",
                   "nothing, or write 2026-11-22T20:15:00.000Z");
    assert_finding(1, "warn", GROUP "/CreDtTm",
                   "the date-time is not in the form of the sender's profile, "
                   "and is written as 2026-12-31T23:59:59.500Z on its way",
                   "write 2027-01-01T07:59:59+08:00");
    assert_output(good_with("\n 2026-11-22T20:15:00.000Z </CreDt>",
                            "2026-12-31T23:59:59.500Z</CreDtTm>"));
}


static void
test_a_receiver_of_offsets_gets_them(void **state)
{
    (void) state;
    open_gateway("", PLUS);
    judge(good_with("2026-11-23T02:15:00.123Z</CreDt>", GROUP_TIME));

    assert_int_equal(fixture.verdict->word, EGRET_ACCEPTED);
    assert_count(1);
    assert_output(good_with("2026-11-23T02:15:00+00:00</CreDt>", GROUP_TIME));
}


static void
test_strictly_judged_nothing_may_need_to_be_rewritten(void **state)
{
    (void) state;
    open_gateway("", PLUS);
    fixture.gateway.is_strict = true;
    judge(good_with("2026-11-23T02:15:00Z</CreDt>", GROUP_TIME));
    assert_int_equal(fixture.verdict->word, EGRET_REJECTED);
    judge(fixture.gateway.good);
    assert_int_equal(fixture.verdict->word, EGRET_ACCEPTED);
}


static void
test_what_fits_is_not_copied(void **state)
{
    (void) state;
    open_gateway(PLUS, PLUS);
    judge(fixture.gateway.good);
    assert_ptr_equal(fixture.verdict->output.at, fixture.gateway.good.at);
    assert_count(0);
}


static void
test_a_date_time_without_offset_cannot_be_given_one(void **state)
{
    (void) state;
    open_gateway("", ZULU);
    judge(good_with(HDR_TIME, "2026-11-23T10:15:00</CreDtTm>"));

    assert_int_equal(fixture.verdict->word, EGRET_REJECTED);
    assert_count(2);
    assert_finding(1, "reject", GROUP "/CreDtTm",
                   "the date-time has no offset from UTC, and the receiver's "
                   "profile needs one",
                   "write its offset from UTC behind it, such as +08:00");
    egret_assert_span(fixture.verdict->findings.items[1].expected,
                      "UTC, with milliseconds and Z");
}


static void
test_a_milder_receiver_gets_it_as_it_is(void **state)
{
    (void) state;
    open_gateway("", ZULU "severity X06 warn;");
    judge(good_with(HDR_TIME, "2026-11-23T10:15:00</CreDtTm>"));

    assert_int_equal(fixture.verdict->word, EGRET_WARNED);
    assert_output(good_with("2026-11-23T02:15:00.000Z</CreDt>",
                            "2026-11-23T10:15:00</CreDtTm>"));
}


static void
test_a_year_that_cannot_be_written_is_rejected(void **state)
{
    static const char *const times[] = {
        "2147483647-12-31T23:59:00-00:01</CreDtTm>",
        "9999999999-12-31T23:59:00+08:00</CreDtTm>",
    };

    (void) state;
    open_gateway("", ZULU);
    for (size_t i = 0; i < COUNT(times); i++) {
        judge(good_with(HDR_TIME, times[i]));
        assert_int_equal(fixture.verdict->word, EGRET_REJECTED);
        assert_finding(1, "reject", GROUP "/CreDtTm",
                       "the gateway cannot write a date-time of such a year "
                       "in the form of the receiver's profile",
                       "send a date-time of a year with four digits");
    }
}


static void
test_what_the_schema_refuses_is_X05_alone(void **state)
{
    (void) state;
    open_gateway(PLUS, ZULU);
    judge(good_with(HDR_TIME, "2026-02-30T10:15:00Z</CreDtTm>"));
    assert_count(2);
    assert_int_equal(fixture.verdict->findings.items[0].code, EGRET_X06);
    egret_assert_span(fixture.verdict->findings.items[0].xpath,
                      "/AppHdr/CreDt");
    assert_int_equal(fixture.verdict->findings.items[1].code, EGRET_X05);
}


static void
test_a_value_in_pieces_is_replaced_with_what_stands_between(void **state)
{
    static const char *const pieces[] = {
        "2026-11-23T10:15:00<!-- now -->+08:00</CreDtTm>",
        "<!-- now -->2026-11-23T10:15:00<?x?>+08:00</CreDtTm>",
        "<![CDATA[2026-11-23T10:15:00]]>&#43;08:00</CreDtTm>",
        "<!--2026-11-23T10:15:00+08:00-->&#x32;026-11-23T10:15:00+08:00"
        "</CreDtTm>",
    };

    (void) state;
    open_gateway("", ZULU);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        judge(good_with(HDR_TIME, pieces[i]));
        assert_output(good_with("2026-11-23T02:15:00.000Z</CreDt>",
                                "2026-11-23T02:15:00.000Z</CreDtTm>"));
    }
}


static void
test_what_stands_beside_a_value_is_kept(void **state)
{
    static const char *const kept[][2] = {
        { "<!-- now -->2026-11-23T10:15:00+08:00 </CreDtTm>",
          "<!-- now -->2026-11-23T02:15:00.000Z </CreDtTm>" },
        { " 2026-11-23T10:15:00+08:00<!-- now --></CreDtTm>",
          " 2026-11-23T02:15:00.000Z<!-- now --></CreDtTm>" },
        { "<!--2026-11-23T10:15:00+08:00--><![CDATA[2026-11-23T10:15:00+08:00"
          "]]>\r\n</CreDtTm>",
          "<!--2026-11-23T10:15:00+08:00--><![CDATA[2026-11-23T02:15:00.000Z"
          "]]>\r\n</CreDtTm>" },
    };

    (void) state;
    open_gateway("", ZULU);
    for (size_t i = 0; i < COUNT(kept); i++) {
        judge(good_with(HDR_TIME, kept[i][0]));
        assert_output(good_with("2026-11-23T02:15:00.000Z</CreDt>",
                                kept[i][1]));
    }
}


static void
test_a_form_that_the_schema_wants_is_left(void **state)
{
    egret_span_t bytes, expected;

    (void) state;
    open_gateway(PLUS, PLUS);
    bytes = bend(good_with("2026-11-23T02:15:00Z</CreDt>", GROUP_TIME),
                 "head.001.001.02", "head.001.001.01");
    expected = bend(bytes, "<LEI>984500EGRETXMNBK0117</LEI>", "");
    judge(expected);
    assert_count(0);
    assert_ptr_equal(fixture.verdict->output.at, expected.at);
}


static egret_span_t
signed_message(void)
{
    return bend(fixture.gateway.good, "</AppHdr>",
                "<Sgntr><ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/"
                "xmldsig#\"></ds:Signature></Sgntr></AppHdr>");
}


static void
test_a_signed_header_is_not_rewritten(void **state)
{
    (void) state;
    open_gateway(PLUS, ZULU);
    judge(signed_message());
    assert_int_equal(fixture.verdict->word, EGRET_REJECTED);
    assert_count(2);
    assert_finding(0, "reject", "/AppHdr/CreDt",
                   "the header is signed, and the date-time would have to be "
                   "written in the form of the receiver's profile",
                   "write it in that form, or send the message unsigned");
}


static void
test_a_milder_receiver_gets_a_signed_message_as_it_is(void **state)
{
    egret_span_t bytes;

    (void) state;
    open_gateway(PLUS, ZULU "severity X06 info;");
    bytes = signed_message();
    judge(bytes);
    assert_int_equal(fixture.verdict->word, EGRET_ACCEPTED);
    assert_ptr_equal(fixture.verdict->output.at, bytes.at);
}


static void
test_the_green_block_keeps_its_bytes_and_gets_its_translation(void **state)
{
    const char *from, *to;
    egret_span_t bytes, output;

    (void) state;
    egret_test_gateway_open(&fixture.gateway,
                            PROFILES
                            "egret_taxonomies conf/taxonomies/*.tsv;"
                            "egret_crosswalks conf/crosswalks/*.tsv;",
                            PLUS, ZULU "taxonomy TPEX/2023;");
    bytes = egret_test_read_file(fixture.gateway.arena,
                                 "t/data/good/green-solar-loan.xml");
    judge(bytes);
    assert_in_range(fixture.verdict->word, EGRET_ACCEPTED, EGRET_WARNED);
    output = fixture.verdict->output;
    egret_test_assert_holds(output,
                            "<CreDt>2026-11-23T02:15:00.000Z</CreDt>");
    egret_test_assert_holds(output,
                            "<CreDtTm>2026-11-23T02:15:00.000Z</CreDtTm>");
    egret_test_assert_holds(output, "GrnXltn");
    from = strstr(bytes.at, "<grn:GrnFin");
    to = strstr(bytes.at, "</grn:GrnFin>");
    assert_non_null(memmem(output.at, output.length, from,
                           (size_t) (to - from)));
    egret_test_assert_valid(&fixture.gateway, output);
}


static void
test_a_header_behind_the_document_is_edited_too(void **state)
{
    const char *from = NULL, *to = NULL;
    egret_span_t good, header, bytes;

    (void) state;
    open_gateway("", ZULU);
    good = fixture.gateway.good;
    from = strstr(good.at, "<AppHdr");
    to = strstr(good.at, "<Document");
    header = egret_arena_print(fixture.gateway.arena, "%.*s</Envelope>",
                               (int) (to - from), from);
    bytes = egret_arena_print(fixture.gateway.arena, "%.*s%s",
                              (int) (from - good.at), good.at, to);
    bytes = bend(bytes, "</Envelope>", header.at);
    judge(bytes);
    assert_output(bend(bend(bytes, HDR_TIME,
                            "2026-11-23T02:15:00.000Z</CreDt>"),
                       GROUP_TIME, "2026-11-23T02:15:00.000Z</CreDtTm>"));
}


static void
test_of_many_the_hundred_worst_are_told_and_all_are_written(void **state)
{
    static const char time[] = "<AccptncDtTm>2026-11-23T10:15:00+08:00"
                               "</AccptncDtTm>" INSTRUCTED;
    egret_arena_t *arena;
    const char *from, *to, *at;
    egret_buffer_t buffer;
    egret_span_t bytes;
    size_t written = 0;

    (void) state;
    open_gateway("", ZULU);
    arena = fixture.gateway.arena;
    bytes = bend(fixture.gateway.good, INSTRUCTED, time);
    from = strstr(egret_arena_copy(arena, bytes).at, "<CdtTrfTxInf>");
    to = strstr(from, "</FIToFICstmrCdtTrf>");
    egret_buffer_init(&buffer, arena, 16 * 1024 * 1024);
    egret_buffer_add_text(&buffer, "");
    for (size_t i = 0; i < MANY; i++) {
        egret_buffer_print(&buffer, "%.*s", (int) (to - from), from);
    }
    egret_buffer_add_byte(&buffer, '\0');
    bytes = bend(bytes, "</FIToFICstmrCdtTrf>",
                 egret_arena_print(arena, "%s</FIToFICstmrCdtTrf>",
                                   egret_buffer_span(&buffer).at).at);
    bytes = bend(bytes, "<NbOfTxs>1<", "<NbOfTxs>301<");
    bytes = bend(bytes, "<CtrlSum>80000000<", "<CtrlSum>24080000000<");
    bytes = bend(bytes, "<TtlIntrBkSttlmAmt Ccy=\"CNY\">80000000.00<",
                 "<TtlIntrBkSttlmAmt Ccy=\"CNY\">24080000000.00<");
    judge(bytes);

    assert_int_equal(fixture.verdict->word, EGRET_ACCEPTED);
    assert_count(EGRET_FINDINGS_CEILING);
    assert_int_equal(fixture.verdict->findings.more,
                     MANY + 3 - EGRET_FINDINGS_CEILING);
    at = fixture.verdict->output.at;
    for (egret_span_t rest = fixture.verdict->output;; written++) {
        at = memmem(rest.at, rest.length, "T02:15:00.000Z<", 15);
        if (at == NULL) {
            break;
        }
        rest = egret_span_slice(rest, (size_t) (at - rest.at) + 15,
                                rest.length);
    }
    assert_int_equal(written, MANY + 3);
}


static egret_rc_t
judge_in(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    egret_message_t message = {
        .bytes = *(egret_span_t *) context,
        .has_registry = true,
        .sender = egret_config_partner(fixture.gateway.config,
                                       EGRET_SPAN("xiamen-bank")),
        .now = { .date = { 2026, 11, 23 } },
    };
    egret_verdict_t *verdict = NULL;
    egret_rc_t rc;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    rc = egret_judge(fixture.gateway.pipeline, &message, own, &verdict);
    if (rc == EGRET_OK) {
        assert_int_equal(verdict->findings.count, 2);
        egret_test_assert_holds(verdict->output, "T02:15:00.000Z</CreDtTm>");
    }
    egret_arena_destroy(own);

    return rc;
}


static void
test_memory_may_be_refused_at_any_point(void **state)
{
    egret_span_t bytes;

    (void) state;
    open_gateway(PLUS, ZULU);
    bytes = good_with("2026-11-23T10:15:00.5+08:00</CreDt>", GROUP_TIME);
    assert_true(egret_test_torture(judge_in, &bytes) > 0);
}


/* A findings' answer of each kind. */
static void
assert_answers(const char *profile, const char *status, const char *reject)
{
    egret_answer_t answer;

    open_gateway(profile, "");
    judge(bend(fixture.gateway.good, "<NbOfTxs>1<", "<NbOfTxs>2<"));
    answer = egret_test_answer(&fixture.gateway, fixture.verdict, false);
    egret_test_assert_holds(answer.body, status);
    egret_test_assert_valid(&fixture.gateway, answer.body);

    judge(bend(fixture.gateway.good, "<ChrgBr>SHAR</ChrgBr>", ""));
    answer = egret_test_answer(&fixture.gateway, fixture.verdict, false);
    egret_test_assert_holds(answer.body, reject);
    egret_test_assert_valid(&fixture.gateway, answer.body);
    egret_test_gateway_close(&fixture.gateway);
}


static void
test_answers_are_in_the_form_of_the_senders_profile(void **state)
{
    (void) state;
    assert_answers("", "<CreDtTm>2026-11-23T02:20:01+00:00<",
                   "<RjctnDtTm>2026-11-23T02:20:01+00:00<");
    assert_answers(PLUS, "<CreDt>2026-11-23T02:20:01+00:00<",
                   "<RjctnDtTm>2026-11-23T02:20:01+00:00<");
    assert_answers(ZULU, "<CreDt>2026-11-23T02:20:01.000Z<",
                   "<RjctnDtTm>2026-11-23T02:20:01.000Z<");
    assert_answers(ZULU, "<CreDtTm>2026-11-23T02:20:01.000Z<",
                   "<CreDt>2026-11-23T02:20:01.000Z<");
    open_gateway(ZULU, "");
}


static void
test_an_answer_repeats_what_was_sent_as_it_was(void **state)
{
    egret_answer_t answer;

    (void) state;
    open_gateway(ZULU, "");
    judge(bend(fixture.gateway.good, "<NbOfTxs>1<", "<NbOfTxs>2<"));
    answer = egret_test_answer(&fixture.gateway, fixture.verdict, false);
    egret_test_assert_holds(answer.body, "<OrgnlCreDtTm>2026-11-23T10:15:00"
                                         "+08:00</OrgnlCreDtTm>");
    egret_test_assert_holds(answer.body, "<CreDt>2026-11-23T10:15:00+08:00"
                                         "</CreDt>");
}


/* head.001.001.01 wants a Z of everybody. */
static void
test_the_first_header_version_keeps_its_Z(void **state)
{
    static const struct {
        const char *profile;
        const char *expected;
    } cases[] = {
        { PLUS, "<CreDt>2026-11-23T02:20:01Z</CreDt>" },
        { ZULU, "<CreDt>2026-11-23T02:20:01.000Z</CreDt>" },
    };

    (void) state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        egret_answer_t answer;
        egret_span_t bytes;

        open_gateway(cases[i].profile, "");
        bytes = bend(good_with("2026-11-23T02:15:00Z</CreDt>", GROUP_TIME),
                     "head.001.001.02", "head.001.001.01");
        bytes = bend(bytes, "<LEI>984500EGRETXMNBK0117</LEI>", "");
        judge(bend(bytes, "<NbOfTxs>1<", "<NbOfTxs>2<"));
        answer = egret_test_answer(&fixture.gateway, fixture.verdict, false);
        egret_test_assert_holds(answer.body, cases[i].expected);
        egret_test_assert_valid(&fixture.gateway, answer.body);
        egret_test_gateway_close(&fixture.gateway);
    }
    open_gateway("", "");
}


static bool
is_judged(const egret_element_t *element)
{
    return element->type->kind == EGRET_VALUE_DATETIME
           && !element->type->is_narrowed;
}


/* Each element of one type has its children's declarations from it. */
static void
walk(const egret_type_t *type, const egret_element_t **seen, size_t *count)
{
    for (size_t i = 0; i < type->child_count; i++) {
        const egret_element_t *child = type->children[i];
        size_t k = 0;

        while (k < *count && seen[k] != child) {
            k++;
        }
        if (k == *count) {
            seen[(*count)++] = child;
            walk(child->type, seen, count);
        }
    }
}


/* By name, and CreDt of a header, but for head.001.001.01, which wants a Z. */
static bool
is_named_so(const egret_element_t *element)
{
    bool is_header = egret_span_starts_with(element->definition->id,
                                            EGRET_SPAN("head.001.001."));

    return egret_span_ends_with(element->name, EGRET_SPAN("DtTm"))
           || (is_header
               && !egret_span_equals_text(element->definition->id,
                                          "head.001.001.01")
               && (egret_span_equals_text(element->name, "CreDt")
                   || egret_span_equals_text(element->name, "BizPrcgDt")));
}


static void
test_shipped_schemas_name_their_date_times_as_iso_does(void **state)
{
    const egret_map_t *map;
    size_t judged = 0;

    (void) state;
    open_gateway("", "");
    map = &fixture.gateway.config->definitions->by_namespace;
    for (size_t i = 0; i < map->count; i++) {
        const egret_definition_t *definition = map->entries[i].value;
        const egret_element_t **seen;
        size_t count = 0;

        seen = egret_arena_zeroed(fixture.gateway.arena,
                                  definition->element_count + 1,
                                  sizeof(*seen));
        assert_non_null(seen);
        if (!egret_span_starts_with(definition->namespace_uri,
                                    EGRET_SPAN(EGRET_ISO_NAMESPACE)))
        {
            continue;
        }
        for (size_t k = 0; k < definition->root_count; k++) {
            walk(definition->roots[k]->type, seen, &count);
        }
        for (size_t k = 0; k < count; k++) {
            if (is_judged(seen[k]) != is_named_so(seen[k])) {
                fail_msg("%.*s of %.*s", EGRET_SPAN_ARGS(seen[k]->name),
                         EGRET_SPAN_ARGS(definition->id));
            }
            judged += is_judged(seen[k]);
        }
    }
    assert_in_range(judged, 15, 40);
}


#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_form_of_the_profile_has_no_finding),
        TEST(test_each_date_time_in_another_form_is_warned_of),
        TEST(test_strictly_judged_it_is_rejected),
        TEST(test_the_receiver_gets_its_own_form_and_no_other_byte_changes),
        TEST(test_a_receiver_of_offsets_gets_them),
        TEST(test_strictly_judged_nothing_may_need_to_be_rewritten),
        TEST(test_what_fits_is_not_copied),
        TEST(test_a_date_time_without_offset_cannot_be_given_one),
        TEST(test_a_milder_receiver_gets_it_as_it_is),
        TEST(test_a_year_that_cannot_be_written_is_rejected),
        TEST(test_what_the_schema_refuses_is_X05_alone),
        TEST(test_a_value_in_pieces_is_replaced_with_what_stands_between),
        TEST(test_what_stands_beside_a_value_is_kept),
        TEST(test_a_form_that_the_schema_wants_is_left),
        TEST(test_a_signed_header_is_not_rewritten),
        TEST(test_a_milder_receiver_gets_a_signed_message_as_it_is),
        TEST(test_the_green_block_keeps_its_bytes_and_gets_its_translation),
        TEST(test_a_header_behind_the_document_is_edited_too),
        TEST(test_of_many_the_hundred_worst_are_told_and_all_are_written),
        TEST(test_memory_may_be_refused_at_any_point),
        TEST(test_answers_are_in_the_form_of_the_senders_profile),
        TEST(test_an_answer_repeats_what_was_sent_as_it_was),
        TEST(test_the_first_header_version_keeps_its_Z),
        TEST(test_shipped_schemas_name_their_date_times_as_iso_does),
    };

    return egret_test_run(tests);
}
