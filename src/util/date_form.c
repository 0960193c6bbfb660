/* SPDX-License-Identifier: Apache-2.0 */

#include "util/date_form.h"

#define MILLISECOND_DIGITS 3
#define NANOSECONDS_A_MILLISECOND 1000000


const char *
egret_date_form_text(egret_date_form_t form)
{
    switch (form) {
    case EGRET_DATE_FORM_OFFSET:
        return "a numeric offset from UTC, no Z and no fraction of a second";
    case EGRET_DATE_FORM_UTC:
        return "UTC, with milliseconds and Z";
    default:
        return "";
    }
}


bool
egret_date_form_fits(egret_date_form_t form, const egret_datetime_t *value)
{
    switch (form) {
    case EGRET_DATE_FORM_OFFSET:
        return value->has_offset && !value->is_utc
               && value->fraction_digits == 0;
    case EGRET_DATE_FORM_UTC:
        return value->is_utc && value->fraction_digits == MILLISECOND_DIGITS;
    default:
        return true;
    }
}


static void
set_milliseconds(egret_datetime_t *value, uint32_t nanosecond)
{
    value->nanosecond = nanosecond - nanosecond % NANOSECONDS_A_MILLISECOND;
    value->fraction_digits = MILLISECOND_DIGITS;
}


static egret_rc_t
convert_to_utc(const egret_datetime_t *value, egret_datetime_t *out)
{
    int64_t seconds = egret_datetime_seconds(value);

    /* One that is in UTC keeps a 24:00:00, which is a moment as written. */
    *out = value->is_utc ? *value : egret_datetime_from_seconds(seconds);
    if (egret_datetime_seconds(out) != seconds) {
        return EGRET_ERANGE;
    }
    set_milliseconds(out, value->nanosecond);

    return EGRET_OK;
}


egret_rc_t
egret_date_form_convert(egret_date_form_t form, const egret_datetime_t *value,
                        egret_datetime_t *out)
{
    if (egret_date_form_fits(form, value)) {
        *out = *value;
        return EGRET_OK;
    }

    if (!value->has_offset) {
        return EGRET_EINVAL;
    }

    if (form == EGRET_DATE_FORM_UTC) {
        return convert_to_utc(value, out);
    }

    *out = *value;
    out->is_utc = false;
    out->nanosecond = 0;
    out->fraction_digits = 0;

    return EGRET_OK;
}
