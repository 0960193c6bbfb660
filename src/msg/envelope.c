/* SPDX-License-Identifier: Apache-2.0 */

#include "msg/envelope.h"

#include "msg/report.h"

#define HEADER_NAMESPACE EGRET_ISO_NAMESPACE "head."

static const char *const header_namespaces[] = {
    EGRET_ISO_NAMESPACE "head.001.001.01",
    EGRET_ISO_NAMESPACE "head.001.001.02",
    EGRET_ISO_NAMESPACE "head.001.001.03",
    EGRET_ISO_NAMESPACE "head.001.001.04",
};

static bool
is_named(const egret_tape_t *tape, egret_node_t node, egret_span_t name)
{
    return egret_span_equals(egret_tape_name(tape, node), name);
}


static bool
is_in_iso_namespace(const egret_tape_t *tape, egret_node_t node)
{
    return egret_span_starts_with(egret_tape_namespace_uri(tape, node),
                                  EGRET_SPAN(EGRET_ISO_NAMESPACE));
}


static bool
is_app_hdr(const egret_tape_t *tape, egret_node_t node)
{
    egret_span_t uri = egret_tape_namespace_uri(tape, node);

    if (!is_named(tape, node, EGRET_SPAN("AppHdr"))) {
        return false;
    }
    for (size_t i = 0;
         i < sizeof(header_namespaces) / sizeof(header_namespaces[0]); i++) {
        if (egret_span_equals_text(uri, header_namespaces[i])) {
            return true;
        }
    }
    return false;
}


static bool
is_document(const egret_tape_t *tape, egret_node_t node,
            const egret_definitions_t *definitions)
{
    if (!is_named(tape, node, EGRET_SPAN("Document"))) {
        return false;
    }
    return is_in_iso_namespace(tape, node)
           || (definitions != NULL
               && egret_definitions_find(definitions,
                                         egret_tape_namespace_uri(tape, node))
                      != NULL);
}


static bool
take_first(egret_node_t *place, egret_node_t node)
{
    if (*place != EGRET_NODE_NONE) {
        return false;
    }
    *place = node;
    return true;
}


egret_envelope_role_t
egret_envelope_open(egret_tape_t *tape, egret_node_t node,
                    const egret_definitions_t *definitions)
{
    if (egret_tape_at(tape, node)->depth > EGRET_ENVELOPE_DEPTH) {
        return EGRET_ENVELOPE_OUTSIDE;
    }
    if (is_app_hdr(tape, node)) {
        return take_first(&tape->app_hdr, node) ? EGRET_ENVELOPE_APPHDR
                                                : EGRET_ENVELOPE_SECOND;
    }
    if (is_document(tape, node, definitions)) {
        return take_first(&tape->document, node) ? EGRET_ENVELOPE_DOCUMENT
                                                 : EGRET_ENVELOPE_SECOND;
    }
    return EGRET_ENVELOPE_OUTSIDE;
}


static bool
is_below(const egret_tape_t *tape, egret_node_t node, egret_node_t ancestor)
{
    while (node != EGRET_NODE_NONE && node != ancestor) {
        node = egret_tape_at(tape, node)->parent;
    }
    return ancestor != EGRET_NODE_NONE && node == ancestor;
}


static int
rank_of(const egret_tape_t *tape, egret_node_t node, egret_node_t other)
{
    if (is_below(tape, node, other)) {
        return 1;
    }
    return is_in_iso_namespace(tape, node) ? 3 : 2;
}


/* What stands in the message under the name of the part that is missing: best
 * in an ISO namespace, at worst inside the `other` part. */
static egret_node_t
find_candidate(const egret_tape_t *tape, egret_span_t name, egret_node_t other)
{
    egret_node_t best = EGRET_NODE_NONE;
    int best_rank = 0;

    for (egret_node_t node = 0; node < tape->node_count; node++) {
        if (is_named(tape, node, name)) {
            int rank = rank_of(tape, node, other);

            if (rank > best_rank) {
                best = node;
                best_rank = rank;
            }
        }
    }
    return best;
}


typedef struct {
    const char *name;
    const char *expected;
    const char *absent;
    const char *inside;
    const char *too_deep;
    const char *elsewhere;
    const char *fix;
} part_t;

static const part_t app_hdr_part = {
    "AppHdr",
    "one AppHdr in namespace " HEADER_NAMESPACE "001.001.01 to .04",
    "no AppHdr",
    "AppHdr inside Document does not count",
    "AppHdr stands too deep",
    "AppHdr is in another namespace",
    "put one business application header beside the Document",
};

static const part_t document_part = {
    "Document",
    "one Document in a namespace " EGRET_ISO_NAMESPACE "...",
    "no Document",
    "Document inside AppHdr does not count",
    "Document stands too deep",
    "Document is in another namespace",
    "put one ISO 20022 Document into the message",
};

static egret_rc_t
report_missing(const egret_tape_t *tape, const part_t *part,
               egret_node_t candidate, egret_node_t other,
               egret_findings_t *findings)
{
    egret_finding_t finding = { .code = EGRET_X05,
                                .severity = EGRET_SEVERITY_REJECT };
    egret_node_t place = candidate;

    finding.expected = egret_span_from(part->expected);
    finding.fix = egret_span_from(part->fix);
    if (candidate == EGRET_NODE_NONE) {
        place = tape->node_count > 0 ? 0 : EGRET_NODE_NONE;
        finding.message = egret_span_from(part->absent);
    } else if (is_below(tape, candidate, other)) {
        finding.message = egret_span_from(part->inside);
    } else if (egret_tape_at(tape, candidate)->depth > EGRET_ENVELOPE_DEPTH) {
        finding.message = egret_span_from(part->too_deep);
        finding.expected = EGRET_SPAN("depth 6 at most");
    } else {
        finding.message = egret_span_from(part->elsewhere);
        finding.got = egret_tape_namespace_uri(tape, candidate);
    }
    return egret_report_at(tape, place, EGRET_SPAN(""), &finding, findings);
}


/* A header that says something, of a version or at a depth that nobody reads:
 * to pass it as a bare Document would hide what it says. */
static bool
is_unread_header(const egret_tape_t *tape, egret_node_t candidate)
{
    return candidate != EGRET_NODE_NONE
           && is_in_iso_namespace(tape, candidate)
           && !is_below(tape, candidate, tape->document);
}


egret_rc_t
egret_envelope_check(const egret_tape_t *tape, bool bare_is_allowed,
                     egret_findings_t *findings)
{
    egret_node_t candidate;
    egret_rc_t rc;

    if (!tape->is_whole) {
        return EGRET_OK;
    }
    if (tape->document == EGRET_NODE_NONE) {
        candidate = find_candidate(tape, egret_span_from(document_part.name),
                                   tape->app_hdr);
        rc = report_missing(tape, &document_part, candidate, tape->app_hdr,
                            findings);
        if (rc != EGRET_OK) {
            return rc;
        }
    }
    if (tape->app_hdr != EGRET_NODE_NONE) {
        return EGRET_OK;
    }

    candidate = find_candidate(tape, egret_span_from(app_hdr_part.name),
                               tape->document);
    if (bare_is_allowed && !is_unread_header(tape, candidate)) {
        return EGRET_OK;
    }
    return report_missing(tape, &app_hdr_part, candidate, tape->document,
                          findings);
}


egret_rc_t
egret_envelope_second(const egret_tape_t *tape, egret_node_t node,
                      egret_findings_t *findings)
{
    egret_finding_t finding = { .code = EGRET_X05,
                                .severity = EGRET_SEVERITY_REJECT };
    bool is_header = is_named(tape, node, EGRET_SPAN("AppHdr"));

    finding.message = is_header ? EGRET_SPAN("a second AppHdr")
                                : EGRET_SPAN("a second Document");
    finding.expected = is_header ? EGRET_SPAN("exactly one AppHdr")
                                 : EGRET_SPAN("exactly one Document");
    finding.fix = EGRET_SPAN("send each business message on its own");
    return egret_report_at(tape, node, EGRET_SPAN(""), &finding, findings);
}


bool
egret_envelope_is_signed(const egret_tape_t *tape)
{
    return tape->app_hdr != EGRET_NODE_NONE
           && egret_tape_child_named(tape, tape->app_hdr, EGRET_SPAN("Sgntr"))
                  != EGRET_NODE_NONE;
}
