/* SPDX-License-Identifier: Apache-2.0 */
#include "answer/drawing.h"

#define BOX_LEFT 10u
#define BOX_WIDTH 260u
#define BOX_HEIGHT 104u
#define BOX_STEP 430u
#define LINE_WIDTH 234u
#define WIDE 14u    /* a character beyond Latin */
#define CAPITAL 11u
#define SMALL 8u

typedef struct {
    const char *class; /* of the style */
    egret_span_t scheme;
    egret_span_t version;
    egret_span_t code; /* "" for none */
    egret_span_t label;
} box_t;


static unsigned
width_of(unsigned char lead)
{
    if (lead >= 0xE0) {
        return WIDE;
    }

    return lead >= 'A' && lead <= 'Z' ? CAPITAL : SMALL;
}


/* As much of a text as fits a line of a box, of which `*left` is left. */
static void
add_fitting(const egret_page_t *page, egret_span_t text, unsigned *left)
{
    size_t end = 0;

    while (end < text.length) {
        unsigned char lead = (unsigned char) text.at[end];
        size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3
                        : lead >= 0xC0 ? 2 : 1;
        unsigned width = width_of(lead);

        if (width > *left || end + length > text.length) {
            break;
        }
        *left -= width;
        end += length;
    }
    egret_page_escape(page, egret_span_slice(text, 0, end));
    if (end < text.length) {
        egret_page_add(page, "…");
        *left = 0;
    }
}


static void
add_line(const egret_page_t *page, unsigned y, egret_span_t text)
{
    unsigned left = LINE_WIDTH;

    egret_buffer_print(page->buffer, "<text x=\"14\" y=\"%u\">", y);
    add_fitting(page, text, &left);
    egret_page_add(page, "</text>");
}


/* The box of the number `index` in a row of them. A drawing within the drawing
 * is clipped, whatever the browser's letters are. */
static void
add_box(const egret_page_t *page, unsigned index, const box_t *box)
{
    unsigned left = LINE_WIDTH;

    egret_buffer_print(page->buffer,
                       "<svg x=\"%u\" y=\"8\" width=\"%u\" height=\"%u\">"
                       "<rect class=\"box %s\" x=\"1\" y=\"1\" width=\"%u\" "
                       "height=\"%u\" rx=\"8\"/><text x=\"14\" y=\"30\">",
                       BOX_LEFT + index * BOX_STEP, BOX_WIDTH, BOX_HEIGHT,
                       box->class, BOX_WIDTH - 2, BOX_HEIGHT - 2);
    add_fitting(page, box->scheme, &left);
    if (left > 0) {
        add_fitting(page, EGRET_SPAN("/"), &left);
        add_fitting(page, box->version, &left);
    }
    egret_page_add(page, "</text>");
    add_line(page, 56, box->code);
    add_line(page, 82, box->label);
    egret_page_add(page, "</svg>");
}


/* To the box of that number, with what a row says of the scope. */
static void
add_arrow(const egret_page_t *page, unsigned index,
          const egret_crosswalk_row_t *row)
{
    unsigned to = BOX_LEFT + index * BOX_STEP - 6;
    unsigned from = to - (BOX_STEP - BOX_WIDTH) + 12;

    egret_buffer_print(page->buffer,
                       "<path class=\"arrow\" d=\"M%u 60H%um-8 -6l8 6l-8 6\"/>"
                       "<text x=\"%u\" y=\"50\" text-anchor=\"middle\">",
                       from, to, (from + to) / 2);
    if (row != NULL) {
        egret_page_add(page, egret_word_relation(
                                 row->relations[EGRET_DIMENSION_SCOPE],
                                 page->language));
    }
    egret_page_add(page, "</text>");
}


static void
add_code(const egret_page_t *page, unsigned index, const char *class,
         const egret_class_t *code)
{
    box_t box = { class, code->scheme->id, code->scheme->version, code->code,
                  egret_page_label(page, code) };

    add_box(page, index, &box);
}


static void
add_source(const egret_page_t *page)
{
    const egret_label_t *label = &page->explanation->label;
    const egret_class_t *source = egret_explanation_source(page->explanation);
    box_t box = { "", label->scheme, label->version, label->code,
                  EGRET_SPAN("") };

    if (source != NULL) {
        add_code(page, 0, "", source);
        return;
    }

    add_box(page, 0, &box);
}


static void
add_target(const egret_page_t *page, unsigned index)
{
    const egret_explanation_t *explanation = page->explanation;
    const egret_scheme_t *target = explanation->target;
    const char *class = egret_explanation_is_green(explanation) ? "yes" : "no";
    box_t box = { class, target->id, target->version, EGRET_SPAN(""),
                  egret_span_from(egret_page_verdict(page)) };

    if (explanation->translation.code != NULL) {
        add_code(page, index, class, explanation->translation.code);
        return;
    }

    add_box(page, index, &box);
}


void
egret_drawing_add(const egret_page_t *page)
{
    const egret_label_translation_t *translation =
        &page->explanation->translation;
    const egret_crosswalk_row_t *row = NULL, *via = NULL;
    unsigned last = 1;

    if (translation->candidate_count > 0) {
        row = translation->candidates[0].row;
        via = translation->candidates[0].via;
        last += via != NULL;
    }

    egret_buffer_print(page->buffer,
                       "<div class=\"drawing\"><svg viewBox=\"0 0 %u 120\" "
                       "role=\"img\"><title>",
                       2 * BOX_LEFT + BOX_WIDTH + last * BOX_STEP);
    egret_page_add(page, egret_page_verdict(page));
    egret_page_add(page, "</title>");
    add_source(page);
    if (via != NULL) {
        add_arrow(page, 1, via);
        add_code(page, 1, "", via->object);
    }
    add_arrow(page, last, row);
    add_target(page, last);
    egret_page_add(page, "</svg></div>");
}
