/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/explanation.h"

#define ANSWER_MAXIMUM ((size_t) 4 * 1024 * 1024)

static const char *const languages[EGRET_LANGUAGE_COUNT] = {
    "en", "zh-Hans", "zh-Hant", "pt", "ru",
};


static const struct {
    const char *type;
    egret_span_t content_type;
} forms[EGRET_EXPLAINED_COUNT] = {
    [EGRET_EXPLAINED_JSON] = { "application/json",
                               EGRET_SPAN("application/json") },
    [EGRET_EXPLAINED_PAGE] = { "text/html",
                               EGRET_SPAN("text/html; charset=utf-8") },
    [EGRET_EXPLAINED_TEXT] = { "text/plain",
                               EGRET_SPAN("text/plain; charset=utf-8") },
};


const char *
egret_explanation_type(egret_explained_form_t form)
{
    return forms[form].type;
}


const char *
egret_explanation_language(egret_language_t language)
{
    return languages[language];
}


egret_span_t
egret_explanation_file(const egret_explanation_t *explanation,
                       egret_span_t file)
{
    size_t from = file.length;

    while (explanation->hides_folders && from > 0 && file.at[from - 1] != '/') {
        from--;
    }

    return explanation->hides_folders
               ? egret_span_slice(file, from, file.length) : file;
}


const char *
egret_explanation_verdict(egret_label_result_t result)
{
    switch (result) {
    case EGRET_TRANSLATION_STANDS:
        return "stands";
    case EGRET_TRANSLATION_TRANSLATED:
        return "translated";
    case EGRET_TRANSLATION_NO_COUNTERPART:
        return "no counterpart";
    case EGRET_TRANSLATION_NEEDS_ASSESSMENT:
        break;
    }

    return "needs assessment";
}


const egret_class_t *
egret_explanation_source(const egret_explanation_t *explanation)
{
    const egret_scheme_t *source = explanation->translation.source;

    return source == NULL
               ? NULL
               : egret_scheme_class(source, explanation->label.code);
}


unsigned
egret_explanation_missing(const egret_explanation_t *explanation)
{
    const egret_label_translation_t *translation = &explanation->translation;
    egret_label_status_t status = explanation->label.status;

    if (translation->result != EGRET_TRANSLATION_STANDS
        || status == EGRET_LABEL_ELIG || status == EGRET_LABEL_ALGN)
    {
        return translation->missing;
    }

    return translation->missing | 1u << EGRET_MISSING_STATUS;
}


bool
egret_explanation_is_asked(const egret_explanation_t *explanation)
{
    return explanation->asked == NULL
           || explanation->asked == explanation->translation.code;
}


bool
egret_explanation_is_green(const egret_explanation_t *explanation)
{
    if (!egret_explanation_is_asked(explanation)) {
        return false;
    }

    switch (explanation->translation.result) {
    case EGRET_TRANSLATION_TRANSLATED:
        return true;
    case EGRET_TRANSLATION_STANDS:
        return egret_explanation_missing(explanation) == 0;
    case EGRET_TRANSLATION_NEEDS_ASSESSMENT:
    case EGRET_TRANSLATION_NO_COUNTERPART:
        break;
    }

    return false;
}


static bool
is_shown(const egret_explanation_t *explanation,
         const egret_crosswalk_row_t *row)
{
    return explanation->asked == NULL || row->object == NULL
           || row->object == explanation->asked;
}


static bool
is_candidate(const egret_label_translation_t *translation,
             const egret_crosswalk_row_t *row)
{
    for (size_t i = 0; i < translation->candidate_count; i++) {
        if (translation->candidates[i].row == row) {
            return true;
        }
    }

    return false;
}


bool
egret_explanation_row(const egret_explanation_t *explanation, size_t index,
                      egret_explained_row_t *out)
{
    const egret_label_translation_t *translation = &explanation->translation;
    const egret_class_t *code = egret_explanation_source(explanation);
    const egret_row_group_t *group;

    for (size_t i = 0; i < translation->candidate_count; i++) {
        out->candidate = &translation->candidates[i];
        out->row = out->candidate->row;
        out->is_used =
            i == 0
            && translation->result != EGRET_TRANSLATION_NEEDS_ASSESSMENT;
        if (is_shown(explanation, out->row) && index-- == 0) {
            return true;
        }
    }

    group = code == NULL
                ? NULL
                : egret_taxonomies_rows(explanation->taxonomies, code,
                                        explanation->target);
    out->candidate = NULL;
    out->is_used = false;
    for (size_t i = 0; group != NULL && i < group->count; i++) {
        out->row = group->rows[i];
        if (!is_candidate(translation, out->row)
            && is_shown(explanation, out->row) && index-- == 0)
        {
            return true;
        }
    }

    return false;
}


typedef struct {
    egret_span_t id;
    egret_span_t version;
    egret_span_t code; /* "" when it is left out */
} name_t;


static name_t
split_name(egret_span_t rest)
{
    name_t name;
    egret_span_t *parts[] = { &name.id, &name.version, &name.code };

    for (size_t i = 0; i < 3; i++) {
        size_t end = i < 2 ? egret_span_find(rest, '/') : rest.length;

        *parts[i] = egret_span_slice(rest, 0, end);
        rest = egret_span_slice(rest, end + 1, rest.length);
    }

    return name;
}


static egret_rc_t
refuse(egret_question_fault_t *fault, egret_span_t word, const char *why)
{
    *fault = (egret_question_fault_t){ word, why };

    return EGRET_EINVAL;
}


/* XML Schema has other years, and no taxonomy. */
static bool
is_four_digits(egret_date_t date)
{
    return date.year >= 1 && date.year <= 9999;
}


static egret_rc_t
read_label(const egret_question_t *question, egret_label_t *out,
           egret_question_fault_t *fault)
{
    name_t name = split_name(question->from);
    egret_span_t kind = question->kind.length > 0 ? question->kind
                                                  : EGRET_SPAN("APPR");
    egret_span_t status = question->status.length > 0 ? question->status
                                                      : EGRET_SPAN("ELIG");
    bool has_offset = false;

    if (name.id.length == 0 || name.version.length == 0
        || name.code.length == 0)
    {
        return refuse(fault, question->from, "is not SCHEME/VERSION/CODE");
    }
    *out = (egret_label_t){ .scheme = name.id,
                            .version = name.version,
                            .code = name.code,
                            .block_status = EGRET_BLOCK_FINL,
                            .decisive_date = question->today };

    if (egret_decisive_read(kind, &out->decisive_kind) != EGRET_OK) {
        return refuse(fault, kind, "is not APPR, REGN, FILD or ISSD");
    }
    if (egret_label_status_read(status, &out->status) != EGRET_OK) {
        return refuse(fault, status, "is not the status of a label");
    }
    if (question->on.length > 0
        && (egret_date_read(question->on, &out->decisive_date, &has_offset)
                != EGRET_OK
            || has_offset || !is_four_digits(out->decisive_date)))
    {
        return refuse(fault, question->on,
                      "is not a date such as 2026-11-23");
    }

    return EGRET_OK;
}


/* Of several versions in force the last that came into force. */
const egret_scheme_t *
egret_explanation_in_force(const egret_taxonomies_t *taxonomies,
                           egret_span_t id, egret_date_t date,
                           egret_decisive_t kind)
{
    const egret_scheme_t *best = NULL;

    for (size_t i = 0; i < taxonomies->by_name.count; i++) {
        const egret_scheme_t *scheme = taxonomies->by_name.entries[i].value;

        if (egret_span_equals(scheme->id, id)
            && egret_scheme_in_force(scheme, date, kind)
                   == EGRET_IN_FORCE_BY_DATE
            && (best == NULL
                || egret_date_compare(scheme->from, best->from) > 0))
        {
            best = scheme;
        }
    }

    return best;
}


static egret_rc_t
find_target(const egret_taxonomies_t *taxonomies,
            const egret_question_t *question, egret_explanation_t *out,
            egret_question_fault_t *fault)
{
    name_t name = split_name(question->to);

    if (name.id.length == 0) {
        return refuse(fault, question->to, "is not SCHEME/VERSION");
    }
    if (name.version.length == 0) {
        out->target = egret_explanation_in_force(
            taxonomies, name.id, out->label.decisive_date,
            out->label.decisive_kind);
        return out->target != NULL
                   ? EGRET_OK
                   : refuse(fault, question->to,
                            egret_taxonomies_has_id(taxonomies, name.id)
                                ? "has no version in force on that date"
                                : "is in no taxonomy that is loaded");
    }

    out->target = egret_taxonomies_scheme(taxonomies, name.id, name.version);
    if (out->target == NULL) {
        return refuse(fault, question->to, "is in no taxonomy that is loaded");
    }
    if (name.code.length == 0) {
        return EGRET_OK;
    }
    out->asked = egret_scheme_class(out->target, name.code);

    return out->asked != NULL
               ? EGRET_OK
               : refuse(fault, question->to, "is no code of that taxonomy");
}


egret_rc_t
egret_explanation_ask(const egret_taxonomies_t *taxonomies,
                      const egret_question_t *question, egret_arena_t *arena,
                      egret_explanation_t *out, egret_question_fault_t *fault)
{
    egret_rc_t rc;

    *out = (egret_explanation_t){ .taxonomies = taxonomies };
    *fault = (egret_question_fault_t){ .why = NULL };

    rc = read_label(question, &out->label, fault);
    if (rc == EGRET_OK) {
        rc = find_target(taxonomies, question, out, fault);
    }

    if (rc != EGRET_OK) {
        return rc;
    }

    return question->facts != NULL
               ? egret_explanation_by_facts(question->facts, arena, out, fault)
               : egret_translate(taxonomies, &out->label, out->target, arena,
                                 &out->translation);
}


egret_rc_t
egret_explanation_refuse(egret_refusal_t refusal,
                         const egret_question_fault_t *fault,
                         egret_arena_t *arena, egret_answer_t *out)
{
    egret_failure_t failure = { .refusal = refusal };

    failure.question = egret_arena_print(
        arena, "\"%.*s\" %s", EGRET_SPAN_ARGS(fault->word), fault->why);

    return failure.question.at == NULL
               ? egret_arena_rc(arena)
               : egret_answer_failure(&failure, arena, out);
}


egret_rc_t
egret_explanation_answer(const egret_taxonomies_t *taxonomies,
                         const egret_question_t *question,
                         egret_explained_form_t form,
                         egret_page_language_t language, egret_arena_t *arena,
                         egret_answer_t *out)
{
    egret_question_fault_t fault;
    egret_explanation_t explanation;
    egret_buffer_t buffer;
    egret_rc_t rc = egret_explanation_ask(taxonomies, question, arena,
                                          &explanation, &fault);

    if (rc == EGRET_EINVAL) {
        return egret_explanation_refuse(EGRET_REFUSAL_QUESTION, &fault, arena,
                                        out);
    }
    if (rc != EGRET_OK) {
        return rc;
    }

    explanation.hides_folders = true;
    egret_buffer_init(&buffer, arena, ANSWER_MAXIMUM);
    switch (form) {
    case EGRET_EXPLAINED_PAGE:
        egret_explanation_page(&explanation, language, &buffer);
        break;
    case EGRET_EXPLAINED_TEXT:
        egret_explanation_text(&explanation, language, &buffer);
        break;
    default:
        egret_explanation_json(&explanation, &buffer);
    }

    out->status = 200;
    out->content_type = forms[form].content_type;
    out->body = egret_buffer_span(&buffer);

    return egret_buffer_rc(&buffer);
}
