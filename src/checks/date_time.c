/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of the forms of date-times, and what is written for the receiver. */
#include "checks/date_time.h"

#include "checks/rules.h"
#include "msg/envelope.h"

#define FIX_OFFSET "write its offset from UTC behind it, such as +08:00"

typedef struct {
    egret_span_t text; /* "" for what the schema refused */
    egret_datetime_t value;
    bool is_held; /* the year of the text is one that can be held */
} moment_t;

static moment_t
read_moment(const egret_check_t *check, egret_node_t node)
{
    moment_t moment = { .text = egret_rules_text(check, node) };

    moment.is_held = egret_datetime_read(moment.text, &moment.value)
                     == EGRET_OK;

    return moment;
}

static bool
fits(const moment_t *moment, egret_date_form_t form)
{
    return form == EGRET_DATE_FORM_ANY
           || (moment->is_held
               && egret_date_form_fits(form, &moment->value));
}

/* The errors of egret_date_form_convert. */
static egret_rc_t
write_moment(const moment_t *moment, egret_date_form_t form,
             char out[EGRET_DATETIME_TEXT])
{
    egret_datetime_t converted;
    egret_rc_t rc;

    if (!moment->is_held) {
        return EGRET_ERANGE;
    }

    rc = egret_date_form_convert(form, &moment->value, &converted);
    if (rc == EGRET_OK) {
        (void) egret_datetime_write(&converted, out);
    }

    return rc;
}

static egret_date_form_t
form_of_sender(const egret_check_t *check)
{
    return check->profile == NULL ? EGRET_DATE_FORM_ANY
                                  : check->profile->date_time;
}

static egret_date_form_t
form_of_receiver(const egret_check_t *check)
{
    return check->receiver == NULL || check->receiver->profile == NULL
           ? EGRET_DATE_FORM_ANY
           : check->receiver->profile->date_time;
}

static egret_rc_t
report(const egret_check_t *check, egret_node_t node, const moment_t *moment,
       egret_date_form_t form, egret_finding_t *finding)
{
    finding->code = EGRET_X06;
    finding->got = moment->text;
    finding->expected = egret_span_from(egret_date_form_text(form));

    return finding->message.at == NULL || finding->fix.at == NULL
           ? egret_arena_rc(check->arena)
           : egret_check_report(check, node, EGRET_SPAN(""), finding);
}

/* What the receiver wants, and nobody but the sender can write. */
static egret_rc_t
report_stuck(const egret_check_t *check, egret_node_t node,
             const moment_t *moment, egret_rc_t reason)
{
    egret_finding_t finding = { .severity = EGRET_SEVERITY_REJECT };

    if (reason == EGRET_EINVAL) {
        finding.message = EGRET_SPAN("the date-time has no offset from UTC, "
                                     "and the receiver's profile needs one");
        finding.fix = EGRET_SPAN(FIX_OFFSET);

    } else if (reason == EGRET_ERANGE) {
        finding.message = EGRET_SPAN("the gateway cannot write a date-time of "
                                     "such a year in the form of the "
                                     "receiver's profile");
        finding.fix = EGRET_SPAN("send a date-time of a year with four "
                                 "digits");

    } else {
        finding.message = EGRET_SPAN("the header is signed, and the date-time "
                                     "would have to be written in the form of "
                                     "the receiver's profile");
        finding.fix = EGRET_SPAN("write it in that form, or send the message "
                                 "unsigned");
    }

    return report(check, node, moment, form_of_receiver(check), &finding);
}

/* Not as the sender's profile has it; `on_its_way` is what the receiver gets,
 * or "" when that is what was sent. */
static egret_rc_t
report_sent(const egret_check_t *check, egret_node_t node,
            const moment_t *moment, const char *on_its_way)
{
    egret_date_form_t form = form_of_sender(check);
    egret_finding_t finding = { .severity = EGRET_SEVERITY_WARN };
    char own[EGRET_DATETIME_TEXT];
    egret_rc_t rc = write_moment(moment, form, own);

    finding.message = EGRET_SPAN("the date-time is not in the form of the "
                                 "sender's profile");
    finding.fix = rc == EGRET_EINVAL ? EGRET_SPAN(FIX_OFFSET)
                                     : EGRET_SPAN("write it in that form");

    /* Most of 100,000 are counted and not told. */
    if (!egret_findings_keep(check->findings,
                             egret_check_severity(check, EGRET_X06,
                                                  finding.severity)))
    {
        return report(check, node, moment, form, &finding);
    }

    if (*on_its_way != '\0') {
        finding.message = egret_arena_print(
            check->arena, "%.*s, and is written as %s on its way",
            EGRET_SPAN_ARGS(finding.message), on_its_way);
    }
    if (rc == EGRET_OK) {
        finding.fix = egret_arena_print(check->arena, "write %s", own);
    }

    return report(check, node, moment, form, &finding);
}

/* As the sender's profile has it; what is strictly judged is told of it. */
static egret_rc_t
report_received(const egret_check_t *check, egret_node_t node,
                const moment_t *moment, const char *on_its_way)
{
    egret_finding_t finding = {
        .severity = EGRET_SEVERITY_INFO,
        .message = EGRET_SPAN("the receiver's profile has another form"),
        .fix = EGRET_SPAN("nothing, or write it in that form"),
    };

    if (egret_findings_keep(check->findings,
                            egret_check_severity(check, EGRET_X06,
                                                 finding.severity)))
    {
        finding.message = egret_arena_print(
            check->arena, "the receiver's profile has another form: the "
            "date-time is written as %s on its way", on_its_way);
        finding.fix = egret_arena_print(check->arena,
                                        "nothing, or write %s", on_its_way);
    }

    return report(check, node, moment, form_of_receiver(check), &finding);
}

static egret_rc_t
visit_date_time(const egret_check_t *check, egret_node_t node)
{
    moment_t moment = read_moment(check, node);
    bool is_as_sent = fits(&moment, form_of_sender(check));
    char on_its_way[EGRET_DATETIME_TEXT] = "";
    egret_rc_t rc;

    if (moment.text.length == 0) {
        return EGRET_OK;
    }

    if (fits(&moment, form_of_receiver(check))) {
        return is_as_sent ? EGRET_OK
                          : report_sent(check, node, &moment, on_its_way);
    }

    rc = write_moment(&moment, form_of_receiver(check), on_its_way);
    if (rc != EGRET_OK || egret_envelope_is_signed(check->tape)) {
        return report_stuck(check, node, &moment, rc);
    }

    return is_as_sent ? report_received(check, node, &moment, on_its_way)
                      : report_sent(check, node, &moment, on_its_way);
}

/* X06: date-times are written as the profile of the sender has them, and can be
 * written as the receiver's has. */
static egret_rc_t
check_date_times(const egret_check_t *check)
{
    return form_of_sender(check) == EGRET_DATE_FORM_ANY
                   && form_of_receiver(check) == EGRET_DATE_FORM_ANY
           ? EGRET_OK
           : egret_rules_each_node(check, EGRET_ROLE_DATE_TIME,
                                   visit_date_time);
}

/* A value in pieces (references, CDATA, comments in between) is replaced with
 * all that its element has. */
static egret_rc_t
replace(const egret_check_t *check, egret_node_t node, egret_span_t value,
        const char *written, egret_edits_t *edits)
{
    const egret_tape_node_t *at = egret_tape_at(check->tape, node);
    size_t from = at->text_offset, to = from + value.length;
    egret_span_t text = egret_arena_copy(check->arena,
                                         egret_span_from(written));

    if (text.at == NULL) {
        return egret_arena_rc(check->arena);
    }

    if (to > at->end_open
        || !egret_span_equals(egret_span_slice(check->tape->bytes, from, to),
                              value))
    {
        from = at->tag_close;
        to = at->end_open;
    }

    return egret_edits_add(edits, (uint32_t) from, (uint32_t) to, text);
}

egret_rc_t
egret_date_times_edit(const egret_check_t *check, uint32_t *mark,
                      egret_node_t before, egret_edits_t *edits)
{
    egret_date_form_t form = form_of_receiver(check);
    egret_rc_t rc = EGRET_OK;

    if (form == EGRET_DATE_FORM_ANY || egret_envelope_is_signed(check->tape)) {
        return EGRET_OK;
    }

    for (; rc == EGRET_OK && *mark < check->mark_count; (*mark)++) {
        const egret_check_mark_t *at = &check->marks[*mark];
        char written[EGRET_DATETIME_TEXT];
        moment_t moment;

        if (at->node >= before) {
            return EGRET_OK;
        }
        if (!(at->roles & EGRET_ROLE_DATE_TIME)) {
            continue;
        }

        moment = read_moment(check, at->node);
        if (!fits(&moment, form)
            && write_moment(&moment, form, written) == EGRET_OK)
        {
            rc = replace(check, at->node, moment.text, written, edits);
        }
    }

    return rc;
}

const egret_rule_t egret_rules_date_time[] = {
    { EGRET_X06, check_date_times, false },
    { EGRET_CODE_COUNT, NULL, false },
};
