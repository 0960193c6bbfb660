/* SPDX-License-Identifier: Apache-2.0 */
/* iso_writer: elements of an ISO 20022 answer, without prefixes, into a
 * buffer. Faults of the buffer are asked for once, at the end. */
#ifndef EGRET_ANSWER_ISO_WRITER_H
#define EGRET_ANSWER_ISO_WRITER_H

#include "config/config.h"
#include "msg/tape.h"
#include "util/buffer.h"
#include "util/date.h"

/* <name> and </name>. */
void egret_iso_open(egret_buffer_t *buffer, const char *name);
void egret_iso_close(egret_buffer_t *buffer, const char *name);
/* <name xmlns="…"> */
void egret_iso_open_root(egret_buffer_t *buffer, const char *name,
                         egret_span_t namespace_uri);
/* <name>text</name>, escaped; nothing when the text is empty. */
void egret_iso_text(egret_buffer_t *buffer, const char *name,
                    egret_span_t text);
/* The same, cut to so many characters; line breaks and tabs become spaces. */
void egret_iso_text_cut(egret_buffer_t *buffer, const char *name,
                        egret_span_t text, size_t characters);
/* A moment in UTC, in the form of the profile (NULL: any): with Z and
 * milliseconds, else with +00:00. `with_z`: it must end in Z, whatever the
 * profile has. */
void egret_iso_datetime(egret_buffer_t *buffer, const char *name,
                        const egret_datetime_t *value,
                        const egret_profile_t *profile, bool with_z);
/* FinInstnId/BICFI below an agent of that name; nothing for an empty BIC. */
void egret_iso_agent(egret_buffer_t *buffer, const char *name,
                     egret_span_t bic);
/* A node of a tape with all below it, without prefixes or namespaces, under
 * its own name. Recursion is bounded by the tape's depth. */
void egret_iso_copy(egret_buffer_t *buffer, const egret_tape_t *tape,
                    egret_node_t node, const char *name);
/* Bytes of the first so many characters. */
size_t egret_iso_cut(egret_span_t text, size_t characters);

#endif
