/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/iso_writer.h"

void
egret_iso_open(egret_buffer_t *buffer, const char *name)
{
    egret_buffer_add_byte(buffer, '<');
    egret_buffer_add_text(buffer, name);
    egret_buffer_add_byte(buffer, '>');
}

void
egret_iso_close(egret_buffer_t *buffer, const char *name)
{
    egret_buffer_add_text(buffer, "</");
    egret_buffer_add_text(buffer, name);
    egret_buffer_add_byte(buffer, '>');
}

void
egret_iso_open_root(egret_buffer_t *buffer, const char *name,
                    egret_span_t namespace_uri)
{
    egret_buffer_add_byte(buffer, '<');
    egret_buffer_add_text(buffer, name);
    egret_buffer_add_text(buffer, " xmlns=\"");
    egret_buffer_add_xml(buffer, namespace_uri, true);
    egret_buffer_add_text(buffer, "\">");
}

void
egret_iso_text(egret_buffer_t *buffer, const char *name, egret_span_t text)
{
    if (text.length == 0) {
        return;
    }

    egret_iso_open(buffer, name);
    egret_buffer_add_xml(buffer, text, false);
    egret_iso_close(buffer, name);
}

size_t
egret_iso_cut(egret_span_t text, size_t characters)
{
    size_t i = 0;

    while (i < text.length) {
        bool starts = ((unsigned char) text.at[i] & 0xc0) != 0x80;

        if (starts && characters-- == 0) {
            return i;
        }
        i++;
    }

    return text.length;
}

void
egret_iso_text_cut(egret_buffer_t *buffer, const char *name,
                   egret_span_t text, size_t characters)
{
    size_t from = 0;

    text = egret_span_slice(text, 0, egret_iso_cut(text, characters));
    if (text.length == 0) {
        return;
    }

    egret_iso_open(buffer, name);

    for (size_t i = 0; i <= text.length; i++) {
        bool is_break = i < text.length && (unsigned char) text.at[i] < ' ';

        if (is_break || i == text.length) {
            egret_buffer_add_xml(buffer, egret_span_slice(text, from, i),
                                 false);
            from = i + 1;
        }
        if (is_break) {
            egret_buffer_add_byte(buffer, ' ');
        }
    }

    egret_iso_close(buffer, name);
}

void
egret_iso_datetime(egret_buffer_t *buffer, const char *name,
                   const egret_datetime_t *value,
                   const egret_profile_t *profile, bool with_z)
{
    bool is_utc = profile != NULL && profile->date_time == EGRET_DATE_FORM_UTC;
    egret_datetime_t utc;
    char text[EGRET_DATETIME_TEXT];
    size_t length;

    utc = egret_datetime_from_seconds(egret_datetime_seconds(value));
    utc.is_utc = is_utc || with_z;
    utc.fraction_digits = is_utc ? 3 : 0;
    length = egret_datetime_write(&utc, text);

    egret_iso_text(buffer, name, (egret_span_t){ text, length });
}

void
egret_iso_agent(egret_buffer_t *buffer, const char *name, egret_span_t bic)
{
    if (bic.length == 0) {
        return;
    }

    egret_iso_open(buffer, name);
    egret_iso_open(buffer, "FinInstnId");
    egret_iso_text(buffer, "BICFI", bic);
    egret_iso_close(buffer, "FinInstnId");
    egret_iso_close(buffer, name);
}

static void
copy_attributes(egret_buffer_t *buffer, const egret_tape_t *tape,
                const egret_tape_node_t *node)
{
    for (uint32_t i = 0; i < node->attribute_count; i++) {
        const egret_tape_attribute_t *attribute =
            &tape->attributes[node->attribute_first + i];

        if (attribute->namespace_index != 0) {
            continue;
        }

        egret_buffer_add_byte(buffer, ' ');
        egret_buffer_add(buffer, attribute->name);
        egret_buffer_add_text(buffer, "=\"");
        egret_buffer_add_xml(buffer, attribute->value, true);
        egret_buffer_add_byte(buffer, '"');
    }
}

static void
copy_node(egret_buffer_t *buffer, const egret_tape_t *tape, egret_node_t node,
          egret_span_t name)
{
    const egret_tape_node_t *at = egret_tape_at(tape, node);
    egret_node_t child = egret_tape_child(tape, node);

    egret_buffer_add_byte(buffer, '<');
    egret_buffer_add(buffer, name);
    copy_attributes(buffer, tape, at);
    egret_buffer_add_byte(buffer, '>');

    egret_buffer_add_xml(buffer, egret_tape_value(tape, node), false);
    while (child != EGRET_NODE_NONE) {
        copy_node(buffer, tape, child, egret_tape_name(tape, child));
        child = egret_tape_at(tape, child)->next;
    }

    egret_buffer_add_text(buffer, "</");
    egret_buffer_add(buffer, name);
    egret_buffer_add_byte(buffer, '>');
}

void
egret_iso_copy(egret_buffer_t *buffer, const egret_tape_t *tape,
               egret_node_t node, const char *name)
{
    copy_node(buffer, tape, node, egret_span_from(name));
}
