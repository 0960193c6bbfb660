/* SPDX-License-Identifier: Apache-2.0 */

#include <stdio.h>
#include <string.h>

#include "message.h"
#include "msg/envelope.h"

#define HEAD(version)                                                         \
    "<AppHdr xmlns=\"" EGRET_ISO_NAMESPACE "head.001.001." version "\">"      \
    "<BizMsgIdr>1</BizMsgIdr></AppHdr>"
#define DOCUMENT(content)                                                     \
    "<Document xmlns=\"" EGRET_TEST_NAMESPACE "\">" content "</Document>"

/* Calls egret_envelope_open as the validator does: outside of what was found
 * before. */
typedef struct {
    const egret_definitions_t *definitions;
    egret_node_t inside;
    egret_node_t second;
    size_t second_count;
} finder_t;

static egret_arena_t *arena;
static egret_tape_t tape;
static egret_findings_t findings;
static finder_t finder;


static egret_rc_t
find_open(void *context, egret_tape_t *of, egret_node_t node)
{
    finder_t *self = context;
    egret_envelope_role_t role;

    if (self->inside != EGRET_NODE_NONE) {
        return EGRET_OK;
    }
    role = egret_envelope_open(of, node, self->definitions);
    if (role != EGRET_ENVELOPE_OUTSIDE) {
        self->inside = node;
    }
    if (role == EGRET_ENVELOPE_SECOND) {
        self->second = node;
        self->second_count++;
    }

    return EGRET_OK;
}


static egret_rc_t
find_close(void *context, egret_tape_t *of, egret_node_t node)
{
    finder_t *self = context;

    (void) of;
    if (self->inside == node) {
        self->inside = EGRET_NODE_NONE;
    }

    return EGRET_OK;
}


static int
set_up(void **state)
{
    (void) state;
    arena = egret_arena_create(egret_allocator_default(), 0);
    finder = (finder_t){ .inside = EGRET_NODE_NONE,
                         .second = EGRET_NODE_NONE };
    egret_findings_init(&findings, arena);

    return arena == NULL;
}


static int
tear_down(void **state)
{
    (void) state;
    egret_arena_destroy(arena);

    return 0;
}


static void
read(const char *text)
{
    const egret_sink_t sink = { &finder, find_open, find_close };

    egret_tape_init(&tape, arena, egret_span_from(text));
    egret_assert_ok(egret_test_message(&tape, &sink));
}


static void
check(bool bare_is_allowed)
{
    egret_findings_init(&findings, arena);
    egret_assert_ok(egret_envelope_check(&tape, bare_is_allowed, &findings));
}


static void
assert_one_finding(const char *xpath, const char *message)
{
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.items[0].code, EGRET_X05);
    assert_int_equal(findings.items[0].severity, EGRET_SEVERITY_REJECT);
    egret_assert_span(findings.items[0].xpath, xpath);
    egret_assert_span(findings.items[0].message, message);
    assert_int_not_equal(findings.items[0].expected.length, 0);
    assert_int_not_equal(findings.items[0].fix.length, 0);
}


static void
assert_both_are_found(const char *text)
{
    read(text);
    check(false);
    assert_int_equal(findings.count, 0);
    assert_int_equal(finder.second_count, 0);
    assert_int_equal(tape.app_hdr, egret_test_node(&tape, "AppHdr"));
    assert_int_equal(tape.document, egret_test_node(&tape, "Document"));
}


static void
test_both_are_found_under_every_known_wrapper(void **state)
{
    static const char *const wrapped[] = {
        "<Envelope>" HEAD("02") DOCUMENT("") "</Envelope>",
        "<RequestPayload>" HEAD("01") DOCUMENT("") "</RequestPayload>",
        "<Request>" HEAD("03") DOCUMENT("") "</Request>",
        "<x:DataPDU xmlns:x=\"urn:swift:saa:xsd:saa.2.0\"><x:Header/><x:Body>"
        HEAD("02") DOCUMENT("") "</x:Body></x:DataPDU>",
        "<BusMsg>" HEAD("04") DOCUMENT("") "</BusMsg>",
        "<BizMsgEnvlp xmlns=\"urn:iso:std:iso:20022:tech:xsd:nvlp.001.001.01\">"
        "<Hdr>" HEAD("02") "</Hdr><Doc>" DOCUMENT("") "</Doc></BizMsgEnvlp>",
        "<Message>" HEAD("02") DOCUMENT("") "</Message>",
        "<FpsMsg xmlns=\"urn:fps\">" HEAD("01") DOCUMENT("") "</FpsMsg>",
        "<a><b><c><d><e>" HEAD("02") DOCUMENT("") "</e></d></c></b></a>",
    };

    (void) state;
    for (size_t i = 0; i < sizeof(wrapped) / sizeof(wrapped[0]); i++) {
        assert_both_are_found(wrapped[i]);
    }
}


static void
test_prefixes_do_not_matter(void **state)
{
    (void) state;
    assert_both_are_found(
        "<w xmlns:h=\"" EGRET_ISO_NAMESPACE "head.001.001.02\" xmlns:p=\""
        EGRET_TEST_NAMESPACE "\"><h:AppHdr><h:Fr/></h:AppHdr><p:Document>"
        "<p:FIToFICstmrCdtTrf/></p:Document></w>");
}


static void
test_a_bare_document_is_for_the_profile_to_allow(void **state)
{
    (void) state;
    read(DOCUMENT(""));
    assert_int_equal(tape.document, 0);
    check(true);
    assert_int_equal(findings.count, 0);
    check(false);
    assert_one_finding("/Document", "no AppHdr");
}


static void
test_a_header_without_document_is_a_finding(void **state)
{
    (void) state;
    read("<Envelope>" HEAD("02") "</Envelope>");
    check(true);
    assert_one_finding("/Envelope", "no Document");
}


static void
test_a_wrong_root_lacks_both(void **state)
{
    (void) state;
    read("<html><body/></html>");
    check(false);
    assert_int_equal(findings.count, 2);
    egret_assert_span(findings.items[0].message, "no Document");
    egret_assert_span(findings.items[1].message, "no AppHdr");
    assert_int_equal(findings.items[0].line, 1);
    assert_int_equal(findings.items[0].column, 1);
}


static void
test_second_ones_are_told_to_the_caller(void **state)
{
    (void) state;
    read("<w>" HEAD("02") DOCUMENT("") HEAD("01") "</w>");
    assert_int_equal(finder.second_count, 1);
    egret_assert_ok(egret_envelope_second(&tape, finder.second, &findings));
    assert_one_finding("/w/AppHdr", "a second AppHdr");

    read("<w>" HEAD("02") DOCUMENT("") DOCUMENT("") "</w>");
    assert_int_equal(finder.second_count, 2);
    egret_findings_init(&findings, arena);
    egret_assert_ok(egret_envelope_second(&tape, finder.second, &findings));
    assert_one_finding("/w/Document[2]", "a second Document");
}


static void
test_a_header_inside_the_document_does_not_count(void **state)
{
    (void) state;
    read(DOCUMENT("<SplmtryData><Envlp>" HEAD("02") "</Envlp></SplmtryData>"));
    assert_int_equal(tape.app_hdr, EGRET_NODE_NONE);
    check(true);
    assert_int_equal(findings.count, 0);
    check(false);
    assert_one_finding("/Document/SplmtryData/Envlp/AppHdr",
                       "AppHdr inside Document does not count");
}


static void
test_an_unread_header_is_a_finding_also_where_bare_is_allowed(
    void **state)
{
    (void) state;
    read("<w>" DOCUMENT("<Envlp>" HEAD("02") "</Envlp>") HEAD("05") "</w>");
    check(true);
    assert_one_finding("/w/AppHdr", "AppHdr is in another namespace");
    egret_assert_span(findings.items[0].got,
                      EGRET_ISO_NAMESPACE "head.001.001.05");

    read("<a><b><c><d><e><f>" HEAD("02") "</f></e></d></c></b>" DOCUMENT("")
         "</a>");
    check(true);
    assert_one_finding("/a/b/c/d/e/f/AppHdr", "AppHdr stands too deep");
}


static void
test_a_header_that_is_not_of_iso_does_not_stop_a_bare_document(void **state)
{
    (void) state;
    read("<w><AppHdr xmlns=\"urn:swift:xsd:$ahV10\"/>" DOCUMENT("") "</w>");
    check(true);
    assert_int_equal(findings.count, 0);
    check(false);
    assert_one_finding("/w/AppHdr", "AppHdr is in another namespace");
}


static void
test_a_document_that_is_too_deep_is_named(void **state)
{
    (void) state;
    read("<a><b><c><d><e><f>" DOCUMENT("") "</f></e></d></c></b>" HEAD("02")
         "</a>");
    assert_int_equal(tape.document, EGRET_NODE_NONE);
    check(true);
    assert_one_finding("/a/b/c/d/e/f/Document", "Document stands too deep");
    egret_assert_span(findings.items[0].expected, "depth 6 at most");
}


static void
test_a_document_in_another_namespace_is_named(void **state)
{
    (void) state;
    read("<w>" HEAD("02") "<Document xmlns=\"urn:other\"/></w>");
    check(true);
    assert_one_finding("/w/Document", "Document is in another namespace");
    egret_assert_span(findings.items[0].got, "urn:other");
}


static void
test_a_document_of_a_loaded_definition_counts(void **state)
{
    egret_definitions_t definitions;
    egret_definition_t own = { .namespace_uri = EGRET_SPAN("urn:own") };

    (void) state;
    egret_map_init(&definitions.by_namespace, arena);
    egret_assert_ok(egret_map_add(&definitions.by_namespace,
                                  own.namespace_uri, &own));
    finder.definitions = &definitions;
    assert_both_are_found("<w>" HEAD("02")
                          "<Document xmlns=\"urn:own\"/></w>");
}


static void
test_an_iso_document_counts_also_when_no_definition_is_loaded(void **state)
{
    (void) state;
    assert_both_are_found("<w>" HEAD("02") "<Document xmlns=\""
                          EGRET_ISO_NAMESPACE "pain.001.001.09\"/></w>");
}


static void
test_names_are_those_of_iso_20022_to_the_letter(void **state)
{
    (void) state;
    read("<w><appHdr xmlns=\"" EGRET_ISO_NAMESPACE "head.001.001.02\"/>"
         "<document xmlns=\"" EGRET_TEST_NAMESPACE "\"/></w>");
    check(false);
    assert_int_equal(findings.count, 2);
}


static void
test_a_message_that_was_cut_gets_no_finding_here(void **state)
{
    (void) state;
    read("<Envelope>" HEAD("02") "</Envelope>");
    tape.is_whole = false;
    check(false);
    assert_int_equal(findings.count, 0);

    egret_tape_init(&tape, arena, EGRET_SPAN(""));
    check(false);
    assert_int_equal(findings.count, 0);
}


static egret_rc_t
check_with(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *own = egret_arena_create(allocator, 0);
    egret_findings_t list;
    egret_rc_t rc;

    if (own == NULL) {
        return EGRET_ENOMEM;
    }
    egret_findings_init(&list, own);
    rc = egret_envelope_check(context, false, &list);
    if (rc == EGRET_OK) {
        rc = egret_envelope_second(context, 0, &list);
    }
    egret_arena_destroy(own);

    return rc;
}


static void
test_each_allocation_may_fail(void **state)
{
    (void) state;
    read("<html/>");
    assert_in_range(egret_test_torture(check_with, &tape), 1, 1000);
}


#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_both_are_found_under_every_known_wrapper),
        CASE(test_prefixes_do_not_matter),
        CASE(test_a_bare_document_is_for_the_profile_to_allow),
        CASE(test_a_header_without_document_is_a_finding),
        CASE(test_a_wrong_root_lacks_both),
        CASE(test_second_ones_are_told_to_the_caller),
        CASE(test_a_header_inside_the_document_does_not_count),
        CASE(
            test_an_unread_header_is_a_finding_also_where_bare_is_allowed),
        CASE(test_a_header_that_is_not_of_iso_does_not_stop_a_bare_document),
        CASE(test_a_document_that_is_too_deep_is_named),
        CASE(test_a_document_in_another_namespace_is_named),
        CASE(test_a_document_of_a_loaded_definition_counts),
        CASE(test_an_iso_document_counts_also_when_no_definition_is_loaded),
        CASE(test_names_are_those_of_iso_20022_to_the_letter),
        CASE(test_a_message_that_was_cut_gets_no_finding_here),
        CASE(test_each_allocation_may_fail),
    };

    return egret_test_run(tests);
}
