/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes egret_taxonomies_add_crosswalk, egret_taxonomies_close and
 * egret_translate over any bytes, between three small schemes. What must hold:
 * a refusal says FILE:LINE; a label is translated only along a row whose scope
 * carries, ALGN only from ALGN, and never against a row that says that there is
 * no counterpart. */

#include <stdlib.h>
#include <string.h>

#include "taxonomy/translate.h"

#define CEILING ((size_t) 16 << 20)
#define COLUMNS "code\tparent\tlabel_en\tlabel_zh_hans\tlabel_zh_hant\t"      \
                "label_pt\tlabel_ru\tsource_ref\tconfidence\n"
#define SCHEME(id, levels, requires)                                          \
    "# id: " id "\n# version: 1\n# published: 2020-01-01\n"                   \
    "# from: 2020-01-01\n# status: FINAL\n# authority: x\n"                   \
    "# levels: " levels "\n# leaf: any\n" requires                            \
    "# source: x\n# digest: none\n" COLUMNS                                   \
    "1\t\tx\t\t\t\t\ts\tc\n2\t\tx\t\t\t\t\ts\tc\n"

static const char *const schemes[] = {
    SCHEME("A", "one", "# requires: criteria\n"),
    SCHEME("B", "one", ""),
    SCHEME("C", "two", "# requires: criteria dnsh safeguards\n"),
    SCHEME("D", "two", "# requires: criteria\n"),
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);


static void
require(bool holds)
{
    if (!holds) {
        abort();
    }
}


static void
check_translation(const egret_label_translation_t *translation,
                  const egret_label_t *label)
{
    const egret_crosswalk_row_t *row;

    for (size_t i = 0; i < translation->candidate_count; i++) {
        require(translation->candidates[i].row->object != NULL
                || translation->result == EGRET_TRANSLATION_NO_COUNTERPART);
    }
    if (translation->result != EGRET_TRANSLATION_TRANSLATED) {
        return;
    }

    row = translation->candidates[0].row;
    require(translation->code == row->object);
    require(!row->is_withdrawal);
    require(egret_relation_carries(row->relations[EGRET_DIMENSION_SCOPE]));
    require(egret_crosswalk_row_is_valid(row, label->decisive_date));
    /* No facts are known. */
    require(row->condition == NULL);
    require(translation->candidates[0].via == NULL
            || translation->candidates[0].via->condition == NULL);
    require(translation->status == EGRET_LABEL_ELIG
            || label->status == EGRET_LABEL_ALGN);
    if (!translation->target->is_two_level) {
        require(!row->is_plain);
        require(!translation->source->is_two_level
                || label->status == EGRET_LABEL_ALGN);
    }
}


static void
translate_all(const egret_taxonomies_t *taxonomies, egret_arena_t *arena)
{
    egret_label_t label = { .version = EGRET_SPAN("1"),
                            .block_status = EGRET_BLOCK_FINL,
                            .decisive_date = { 2021, 1, 1 } };

    for (unsigned i = 0; i < 64; i++) {
        egret_label_translation_t translation;
        const egret_scheme_t *target = taxonomies->by_name.entries[i & 3].value;
        const egret_scheme_t *source =
            taxonomies->by_name.entries[i >> 2 & 3].value;

        label.scheme = source->id;
        label.code = (i & 16) != 0 ? EGRET_SPAN("1") : EGRET_SPAN("2");
        label.status = (i & 32) != 0 ? EGRET_LABEL_ALGN : EGRET_LABEL_ELIG;
        if (egret_translate(taxonomies, &label, target, arena, &translation)
            == EGRET_OK)
        {
            check_translation(&translation, &label);
        }
    }
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t text = { (const char *) bytes, size };
    egret_taxonomies_t *taxonomies = NULL;
    egret_span_t fault = EGRET_SPAN("");
    egret_arena_t *arena;
    egret_rc_t rc;

    if (size > 16384) {
        return 0;
    }
    arena = egret_arena_create(egret_allocator_default(), CEILING);
    require(arena != NULL);
    require(egret_taxonomies_create(arena, &taxonomies) == EGRET_OK);
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        require(egret_taxonomies_add_scheme(taxonomies, EGRET_SPAN("s"),
                                            egret_span_from(schemes[i]),
                                            &fault)
                == EGRET_OK);
    }

    rc = egret_taxonomies_add_crosswalk(taxonomies, EGRET_SPAN("f"), text,
                                        &fault);
    if (rc == EGRET_OK) {
        rc = egret_taxonomies_close(taxonomies, &fault);
    }
    if (rc == EGRET_OK) {
        translate_all(taxonomies, arena);
    } else {
        require(rc == EGRET_ELIMIT
                || egret_span_starts_with(fault, EGRET_SPAN("f:")));
        require(egret_span_is_utf8(fault, NULL));
    }
    egret_arena_destroy(arena);

    return 0;
}
