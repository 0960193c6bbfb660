/* SPDX-License-Identifier: Apache-2.0 */
/* date_form: the ways in which rails want a date-time to be written, and the
 * same moment in another of them. */
#ifndef EGRET_UTIL_DATE_FORM_H
#define EGRET_UTIL_DATE_FORM_H

#include "util/date.h"

typedef enum {
    EGRET_DATE_FORM_ANY,    /* whatever xs:dateTime allows */
    EGRET_DATE_FORM_OFFSET, /* a numeric offset, no fraction of a second */
    EGRET_DATE_FORM_UTC     /* Z, and milliseconds */
} egret_date_form_t;

/* "a numeric offset from UTC, no Z and no fraction of a second", …; "" for
 * any. */
const char *egret_date_form_text(egret_date_form_t form);
bool egret_date_form_fits(egret_date_form_t form,
                          const egret_datetime_t *value);
/* The same second in that form. To `offset`: an offset stays, Z is +00:00, a
 * fraction is dropped. To `utc`: what is finer than a millisecond is dropped,
 * never rounded. What fits comes back as it is. EGRET_EINVAL: the value has no
 * offset, so nobody knows which moment it is; EGRET_ERANGE: its year in UTC is
 * none that can be held. */
egret_rc_t egret_date_form_convert(egret_date_form_t form,
                                   const egret_datetime_t *value,
                                   egret_datetime_t *out) EGRET_MUST_USE;

#endif
