/* SPDX-License-Identifier: Apache-2.0 */
#include "msg/block_translation.h"

#include "util/buffer.h"

#define NAME_CHARACTERS 140
#define VALUE_CHARACTERS 350
#define CODE_CHARACTERS 35

typedef struct {
    egret_buffer_t buffer;
    egret_span_t prefix; /* of the message's elements, "" for none */
    bool is_ascii;       /* the message is, and perhaps says so */
    bool is_incomplete;  /* a text that must be there is empty */
} writer_t;

static void
add(writer_t *writer, const char *text)
{
    egret_buffer_add_text(&writer->buffer, text);
}


/* A tag of the message's own definition. */
static void
add_message_tag(writer_t *writer, const char *start, const char *name)
{
    add(writer, start);
    egret_buffer_add(&writer->buffer, writer->prefix);
    add(writer, writer->prefix.length > 0 ? ":" : "");
    add(writer, name);
    add(writer, ">");
}


static void
open_element(writer_t *writer, const char *name)
{
    add(writer, "<");
    add(writer, name);
    add(writer, ">");
}


static void
close_element(writer_t *writer, const char *name)
{
    add(writer, "</");
    add(writer, name);
    add(writer, ">");
}


static egret_span_t
cut(egret_span_t text, size_t characters)
{
    size_t end = 0;

    for (size_t count = 0; end < text.length; end++) {
        if (((unsigned char) text.at[end] & 0xC0) != 0x80
            && ++count > characters)
        {
            break;
        }
    }
    return egret_span_slice(text, 0, end);
}


/* A character of more than one byte, as a reference. Gives its bytes. */
static size_t
add_character_reference(writer_t *writer, egret_span_t text)
{
    unsigned lead = (unsigned char) text.at[0];
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    unsigned point = lead & (0x7Fu >> length);

    for (size_t i = 1; i < length && i < text.length; i++) {
        point = (point << 6) | ((unsigned char) text.at[i] & 0x3Fu);
    }
    egret_buffer_print(&writer->buffer, "&#x%X;", point);
    return length;
}


/* A message may declare US-ASCII: then nothing else may come in. */
static void
add_value(writer_t *writer, egret_span_t text)
{
    size_t plain = 0;

    while (writer->is_ascii && plain < text.length) {
        if ((unsigned char) text.at[plain] < 0x80) {
            plain++;
            continue;
        }
        egret_buffer_add_xml(&writer->buffer,
                             egret_span_slice(text, 0, plain), false);
        text = egret_span_slice(text, plain, text.length);
        plain = add_character_reference(writer, text);
        text = egret_span_slice(text, plain, text.length);
        plain = 0;
    }
    egret_buffer_add_xml(&writer->buffer, text, false);
}


static void
add_element(writer_t *writer, const char *name, egret_span_t text,
            size_t characters)
{
    if (text.length == 0) {
        writer->is_incomplete = true;
    }
    open_element(writer, name);
    add_value(writer, cut(text, characters));
    close_element(writer, name);
}


static void
add_text_element(writer_t *writer, const char *name, const char *text)
{
    add_element(writer, name, egret_span_from(text), VALUE_CHARACTERS);
}


static void
add_date(writer_t *writer, const char *name, egret_date_t date)
{
    char text[EGRET_DATETIME_TEXT];

    egret_date_write(date, text);
    add_text_element(writer, name, text);
}


static void
add_reference(writer_t *writer, const char *name, uint32_t index)
{
    egret_buffer_print(&writer->buffer, "<%s>%u</%s>", name, (unsigned) index,
                       name);
}


static const char *
result_code(egret_block_translation_result_t result)
{
    static const char *const codes[] = { "TRLD", "NASS", "NCPT" };

    return codes[result];
}


static const char *
relation_code(egret_block_translation_relation_t relation)
{
    static const char *const codes[] = { "EXCT", "CLSE", "BROD",
                                         "NRRW", "RLTD", "NONE" };

    return codes[relation];
}


static void
add_row(writer_t *writer, const egret_block_translation_row_t *row)
{
    open_element(writer, "Rw");
    add_element(writer, "Tbl", row->table, NAME_CHARACTERS);
    add_element(writer, "Row", row->row, NAME_CHARACTERS);
    add_text_element(writer, "Rel", relation_code(row->relation));
    add(writer, row->is_own_assessment ? "<Sts>OWNA</Sts>" : "");
    add(writer, row->is_operators ? "<Sts>OPER</Sts>" : "");
    add(writer, row->is_draft ? "<Sts>DRFT</Sts>" : "");
    add(writer, row->is_superseded ? "<Sts>SPSD</Sts>" : "");
    if (row->justification.length > 0) {
        add_element(writer, "Jstfctn", row->justification, NAME_CHARACTERS);
    }
    close_element(writer, "Rw");
}


static void
add_condition(writer_t *writer,
              const egret_block_translation_condition_t *condition)
{
    open_element(writer, "Cndtn");
    add_element(writer, "Nm", condition->name, NAME_CHARACTERS);
    for (size_t i = 0; i < condition->fact_count; i++) {
        open_element(writer, "Fct");
        add_element(writer, "Pth", condition->facts[i].path, VALUE_CHARACTERS);
        add_element(writer, "Val", condition->facts[i].value, VALUE_CHARACTERS);
        close_element(writer, "Fct");
    }
    close_element(writer, "Cndtn");
}


static void
add_label(writer_t *writer, const egret_block_translation_item_t *item)
{
    char share[EGRET_DECIMAL_TEXT];

    egret_decimal_write(&item->share, share);
    add_element(writer, "Cd", item->code, CODE_CHARACTERS);
    add_text_element(writer, "Shr", share);
    add_element(writer, "Sts", item->status, CODE_CHARACTERS);
}


static void
add_item(writer_t *writer, const egret_block_translation_item_t *item)
{
    if (item->label == 0) {
        writer->is_incomplete = true;
    }
    open_element(writer, "Xltn");
    add_reference(writer, "LblRef", item->label);
    if (item->project > 0) {
        add_reference(writer, "PrjRef", item->project);
    }
    add_element(writer, "Schm", item->scheme, CODE_CHARACTERS);
    add_element(writer, "Vrsn", item->version, CODE_CHARACTERS);
    add_text_element(writer, "Rslt", result_code(item->result));
    if (item->result == EGRET_BLOCK_TRANSLATED) {
        add_label(writer, item);
    }
    add_date(writer, "OnDt", item->date);
    for (size_t i = 0; i < item->row_count; i++) {
        add_row(writer, &item->rows[i]);
    }
    for (size_t i = 0; i < item->condition_count; i++) {
        add_condition(writer, &item->conditions[i]);
    }
    for (size_t i = 0; i < item->missing_count; i++) {
        add_element(writer, "Mssng", item->missing[i], NAME_CHARACTERS);
    }
    close_element(writer, "Xltn");
}


static void
add_translation(writer_t *writer, const egret_block_translation_t *translation)
{
    char created[EGRET_DATETIME_TEXT];
    char digest[EGRET_SHA256_HEX];

    egret_datetime_write(&translation->created, created);
    egret_sha256_hex(&translation->digest, digest);
    add(writer, "<GrnXltn xmlns=\"" EGRET_BLOCK_NAMESPACE
                "\" Vrsn=\"" EGRET_BLOCK_VERSION "\"><Gtwy>");
    add_element(writer, "BICFI", translation->gateway_bic, CODE_CHARACTERS);
    if (translation->gateway_lei.length > 0) {
        add_element(writer, "LEI", translation->gateway_lei, CODE_CHARACTERS);
    }
    add(writer, "</Gtwy><Blck>");
    add_element(writer, "Id", translation->block_id, NAME_CHARACTERS);
    add(writer, "<Dgst Alg=\"SHA256\">");
    add(writer, digest);
    add(writer, "</Dgst></Blck>");
    add_text_element(writer, "CreDtTm", created);
    add_element(writer, "DataVrsn", translation->data_version,
                NAME_CHARACTERS);
    for (size_t i = 0; i < translation->item_count; i++) {
        add_item(writer, &translation->items[i]);
    }
    close_element(writer, "GrnXltn");
}


static bool
is_ascii(egret_span_t text)
{
    for (size_t i = 0; i < text.length; i++) {
        if ((unsigned char) text.at[i] >= 0x80) {
            return false;
        }
    }
    return true;
}


/* The prefix of what the SplmtryData stands in names the message's namespace
 * wherever its children stand. */
static void
add_supplementary(writer_t *writer, const egret_tape_t *tape,
                  const egret_block_place_t *block,
                  const egret_block_translation_t *translation)
{
    writer->prefix = egret_tape_prefix(tape, block->part);
    add_message_tag(writer, "<", "SplmtryData");
    if (block->place != EGRET_NODE_NONE) {
        add_message_tag(writer, "<", "PlcAndNm");
        add_value(writer, egret_tape_value(tape, block->place));
        add_message_tag(writer, "</", "PlcAndNm");
    }
    add_message_tag(writer, "<", "Envlp");
    add_translation(writer, translation);
    add_message_tag(writer, "</", "Envlp");
    add_message_tag(writer, "</", "SplmtryData");
}


egret_rc_t
egret_block_translation_insert(const egret_tape_t *tape,
                               const egret_block_place_t *block,
                               const egret_block_translation_t *translation,
                               size_t maximum, egret_edits_t *edits)
{
    uint32_t at = egret_tape_at(tape, block->supplementary)->end_close;
    writer_t writer = { .is_incomplete = false };
    egret_rc_t rc;

    if (translation->item_count == 0) {
        return EGRET_OK;
    }

    writer.is_ascii = is_ascii(tape->bytes);
    egret_buffer_init(&writer.buffer, edits->arena, maximum);
    add_supplementary(&writer, tape, block, translation);
    rc = egret_buffer_rc(&writer.buffer);
    if (rc != EGRET_OK) {
        return rc;
    }
    if (writer.is_incomplete) {
        return EGRET_EINVAL;
    }
    return egret_edits_add(edits, at, at, egret_buffer_span(&writer.buffer));
}
