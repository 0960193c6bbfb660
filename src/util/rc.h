/* SPDX-License-Identifier: Apache-2.0 */
/* rc: the one result type of every call that can fail.
 *
 * The `util` layer holds what knows nothing of messages: memory, text,
 * numbers, dates, digests, words of a configuration file. Nothing here does
 * I/O, reads a clock or keeps state between calls.
 *
 * An invalid message is never an rc: validation succeeds and yields findings.
 * An rc says that the call itself could not be done. */
#ifndef EGRET_UTIL_RC_H
#define EGRET_UTIL_RC_H

typedef enum {
    EGRET_OK = 0,
    EGRET_ENOMEM,       /* the allocator refused */
    EGRET_ELIMIT,       /* a ceiling that the caller set was reached */
    EGRET_ESYNTAX,      /* text not in the form that the header names */
    EGRET_ERANGE,       /* the form is right, the value cannot be held */
    EGRET_ENOTFOUND,    /* no such thing */
    EGRET_EEXIST,       /* there is one already */
    EGRET_EINVAL,       /* the caller's arguments contradict each other */
    EGRET_EUNSUPPORTED, /* a thing that Egret refuses on purpose */
    EGRET_EIO           /* a file could not be read (configuration time) */
} egret_rc_t;

#if defined(__GNUC__)
#define EGRET_MUST_USE __attribute__((warn_unused_result))
#define EGRET_PRINTF(text, first) __attribute__((format(printf, text, first)))
#define EGRET_API __attribute__((visibility("default")))
#else
#define EGRET_MUST_USE
#define EGRET_PRINTF(text, first)
#define EGRET_API
#endif

/* A short English phrase ("out of memory"). Never NULL. */
const char *egret_rc_text(egret_rc_t rc);

#endif
