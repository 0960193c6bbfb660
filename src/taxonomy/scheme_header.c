/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/scheme_header.h"

typedef struct {
    const char *name;
    bool is_required;
    egret_rc_t (*set)(egret_scheme_header_t *header, egret_span_t value);
    const char *form; /* what the value must be */
} header_key_t;

static const char *const statuses[EGRET_SCHEME_STATUS_COUNT] = {
    "FINAL", "DRAFT", "PARTIAL", "SUPERSEDED"
};


const char *
egret_scheme_status_text(egret_scheme_status_t status)
{
    return statuses[status];
}


static egret_rc_t
set_license(egret_scheme_header_t *header, egret_span_t value)
{
    (void) header;
    (void) value;

    return EGRET_OK;
}


static egret_rc_t
set_id(egret_scheme_header_t *header, egret_span_t value)
{
    header->scheme->id = value;

    return egret_tsv_is_code(value, true) ? EGRET_OK : EGRET_ESYNTAX;
}


static egret_rc_t
set_version(egret_scheme_header_t *header, egret_span_t value)
{
    header->scheme->version = value;

    return egret_tsv_is_code(value, true) ? EGRET_OK : EGRET_ESYNTAX;
}


static egret_rc_t
read_date(egret_span_t value, egret_date_t *out)
{
    bool has_offset;
    egret_rc_t rc = egret_date_read(value, out, &has_offset);

    return rc == EGRET_OK && has_offset ? EGRET_ESYNTAX : rc;
}


static egret_rc_t
set_published(egret_scheme_header_t *header, egret_span_t value)
{
    return read_date(value, &header->scheme->published);
}


static egret_rc_t
set_from(egret_scheme_header_t *header, egret_span_t value)
{
    return read_date(value, &header->scheme->from);
}


static egret_rc_t
set_to(egret_scheme_header_t *header, egret_span_t value)
{
    header->scheme->has_to = true;

    return read_date(value, &header->scheme->to);
}


static egret_rc_t
set_status(egret_scheme_header_t *header, egret_span_t value)
{
    for (int i = 0; i < EGRET_SCHEME_STATUS_COUNT; i++) {
        if (egret_span_equals_text(value, statuses[i])) {
            header->scheme->status = (egret_scheme_status_t) i;
            return EGRET_OK;
        }
    }

    return EGRET_ESYNTAX;
}


static egret_rc_t
set_authority(egret_scheme_header_t *header, egret_span_t value)
{
    header->scheme->authority = value;

    return EGRET_OK;
}


static egret_rc_t
set_levels(egret_scheme_header_t *header, egret_span_t value)
{
    header->scheme->is_two_level = egret_span_equals_text(value, "two");

    return header->scheme->is_two_level || egret_span_equals_text(value, "one")
               ? EGRET_OK
               : EGRET_ESYNTAX;
}


static egret_rc_t
set_leaf(egret_scheme_header_t *header, egret_span_t value)
{
    header->scheme->requires_leaf = egret_span_equals_text(value, "required");

    return header->scheme->requires_leaf || egret_span_equals_text(value, "any")
               ? EGRET_OK
               : EGRET_ESYNTAX;
}


/* The next word of a value; false after the last. */
static bool
next_word(egret_span_t *value, egret_span_t *word)
{
    size_t end;

    *value = egret_span_trim(*value);
    if (value->length == 0) {
        return false;
    }
    end = egret_span_find(*value, ' ');
    *word = egret_span_slice(*value, 0, end);
    *value = egret_span_slice(*value, end, value->length);

    return true;
}


static egret_rc_t
set_minimum_share(egret_scheme_t *scheme, egret_span_t text)
{
    egret_decimal_t most = egret_decimal_from(100);
    egret_rc_t rc = egret_decimal_read(text, &scheme->minimum_share);

    if (rc != EGRET_OK || scheme->has_minimum_share
        || egret_decimal_sign(&scheme->minimum_share) < 0
        || egret_decimal_compare(&scheme->minimum_share, &most) > 0)
    {
        return EGRET_ESYNTAX;
    }
    scheme->has_minimum_share = true;

    return EGRET_OK;
}


static egret_rc_t
set_requires(egret_scheme_header_t *header, egret_span_t value)
{
    egret_scheme_t *scheme = header->scheme;
    egret_span_t share = EGRET_SPAN("share=");
    egret_span_t word;

    while (next_word(&value, &word)) {
        if (egret_span_equals_text(word, "criteria")) {
            scheme->requires_dimension[EGRET_DIMENSION_CRITERIA] = true;
        } else if (egret_span_equals_text(word, "dnsh")) {
            scheme->requires_dimension[EGRET_DIMENSION_DNSH] = true;
        } else if (egret_span_equals_text(word, "safeguards")) {
            scheme->requires_dimension[EGRET_DIMENSION_SAFEGUARDS] = true;
        } else if (egret_span_equals_text(word, "review")) {
            scheme->requires_review = true;
        } else if (!egret_span_starts_with(word, share)
                   || set_minimum_share(scheme, egret_span_slice(
                          word, share.length, word.length)) != EGRET_OK)
        {
            return EGRET_ESYNTAX;
        }
    }

    return EGRET_OK;
}


static egret_rc_t
set_grandfathering(egret_scheme_header_t *header, egret_span_t value)
{
    egret_span_t word;

    while (next_word(&value, &word)) {
        size_t mark = egret_span_find(word, '=');
        egret_span_t rule = egret_span_slice(word, mark + 1, word.length);
        egret_grandfathering_t *place;
        egret_decisive_t kind;

        if (egret_decisive_read(egret_span_slice(word, 0, mark), &kind)
            != EGRET_OK)
        {
            return EGRET_ESYNTAX;
        }
        place = &header->scheme->grandfathering[kind];
        if (*place != EGRET_GRANDFATHERING_NONE) {
            return EGRET_ESYNTAX;
        }
        if (egret_span_equals_text(rule, "keep")) {
            *place = EGRET_GRANDFATHERING_KEEP;
        } else if (egret_span_equals_text(rule, "choose")) {
            *place = EGRET_GRANDFATHERING_CHOOSE;
        } else {
            return EGRET_ESYNTAX;
        }
    }

    return EGRET_OK;
}


static egret_rc_t
set_source(egret_scheme_header_t *header, egret_span_t value)
{
    header->scheme->source = value;

    return EGRET_OK;
}


static egret_rc_t
set_digest(egret_scheme_header_t *header, egret_span_t value)
{
    egret_span_t mark = EGRET_SPAN("sha256:");

    if (egret_span_equals_text(value, "none")) {
        return EGRET_OK;
    }
    if (!egret_span_starts_with(value, mark)) {
        return EGRET_ESYNTAX;
    }
    header->has_rows_digest = true;

    return egret_sha256_read(egret_span_slice(value, mark.length, value.length),
                             &header->rows_digest);
}


static const header_key_t keys[] = {
    { "SPDX-License-Identifier", false, set_license, "" },
    { "id", true, set_id, "1 to 35 characters, no space, / or :" },
    { "version", true, set_version, "1 to 35 characters, no space, / or :" },
    { "published", true, set_published, "a date YYYY-MM-DD" },
    { "from", true, set_from, "a date YYYY-MM-DD" },
    { "to", false, set_to, "a date YYYY-MM-DD" },
    { "status", true, set_status, "FINAL, DRAFT, PARTIAL or SUPERSEDED" },
    { "authority", true, set_authority, "" },
    { "levels", true, set_levels, "one or two" },
    { "leaf", true, set_leaf, "required or any" },
    { "requires", false, set_requires,
      "words of: criteria dnsh safeguards review share=PERCENT" },
    { "grandfathering", false, set_grandfathering,
      "words APPR|REGN|FILD|ISSD=keep|choose, each kind once" },
    { "source", true, set_source, "" },
    { "digest", true, set_digest, "sha256: and 64 hex digits, or none" },
};

#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))


static egret_rc_t
set_key(egret_scheme_header_t *header, egret_tsv_t *tsv, size_t index,
        egret_span_t value)
{
    const header_key_t *key = &keys[index];

    if ((header->seen & 1u << index) != 0) {
        return egret_tsv_refuse(tsv, EGRET_EEXIST, tsv->line,
                                egret_arena_print(tsv->arena,
                                                  "key %s stands twice",
                                                  key->name));
    }
    header->seen |= 1u << index;
    if (key->set == set_digest) {
        header->digest_line = tsv->line;
    }

    if (value.length == 0) {
        return egret_tsv_refuse(tsv, EGRET_ESYNTAX, tsv->line,
                                egret_arena_print(tsv->arena,
                                                  "key %s has no value",
                                                  key->name));
    }
    if (key->set(header, value) != EGRET_OK) {
        return egret_tsv_refuse(
            tsv, EGRET_ESYNTAX, tsv->line,
            egret_arena_print(tsv->arena, "%s is \"%.*s\", not %s", key->name,
                              EGRET_SPAN_ARGS(egret_tsv_shown(value)),
                              key->form));
    }

    return EGRET_OK;
}


bool
egret_scheme_header_is_key(egret_span_t line)
{
    size_t mark = egret_span_find(line, ':');

    if (line.length == 0 || line.at[0] != '#' || mark == line.length
        || egret_span_starts_with(line, EGRET_SPAN("##")))
    {
        return false;
    }

    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (egret_tsv_is_alike(egret_span_slice(line, 0, mark),
                               keys[i].name))
        {
            return true;
        }
    }

    return false;
}


egret_rc_t
egret_scheme_header_line(egret_scheme_header_t *header, egret_tsv_t *tsv,
                         egret_span_t line)
{
    egret_span_t name, value;
    size_t mark;

    if (egret_span_starts_with(line, EGRET_SPAN("##"))) {
        return EGRET_OK;
    }

    line = egret_span_trim(egret_span_slice(line, 1, line.length));
    mark = egret_span_find(line, ':');
    name = egret_span_slice(line, 0, mark);
    value = egret_span_trim(egret_span_slice(line, mark + 1, line.length));

    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (mark < line.length && egret_span_equals_text(name, keys[i].name)) {
            return set_key(header, tsv, i, value);
        }
    }

    return egret_tsv_refuse(
        tsv, EGRET_ESYNTAX, tsv->line,
        egret_arena_print(tsv->arena,
                          "\"%.*s\" is no key of a scheme's header (a comment "
                          "begins with ##)",
                          EGRET_SPAN_ARGS(egret_tsv_shown(name))));
}


egret_rc_t
egret_scheme_header_finish(const egret_scheme_header_t *header,
                           egret_tsv_t *tsv)
{
    const egret_scheme_t *scheme = header->scheme;
    egret_span_t sentence = EGRET_SPAN("");

    for (size_t i = 0; i < KEY_COUNT; i++) {
        if (keys[i].is_required && (header->seen & 1u << i) == 0) {
            return egret_tsv_refuse(tsv, EGRET_ESYNTAX, tsv->line,
                                    egret_arena_print(tsv->arena,
                                                      "key %s is missing",
                                                      keys[i].name));
        }
    }

    if (scheme->has_to && egret_date_compare(scheme->to, scheme->from) < 0) {
        sentence = EGRET_SPAN("to is before from");
    } else if (scheme->has_to
               && egret_date_compare(scheme->published, scheme->to) > 0)
    {
        sentence = EGRET_SPAN("published is after to");
    } else if (!scheme->has_to && scheme->status == EGRET_SCHEME_SUPERSEDED) {
        sentence = EGRET_SPAN("status is SUPERSEDED and key to is missing");
    }

    return sentence.length == 0
               ? EGRET_OK
               : egret_tsv_refuse(tsv, EGRET_EINVAL, tsv->line, sentence);
}
