/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/counterpart.h"

#include "checks/fact.h"
#include "checks/fuel.h"
#include "checks/reason.h"
#include "checks/rules.h"
#include "checks/share.h"
#include "checks/unmapped.h"
#include "codec/json_canonical.h"
#include "msg/envelope.h"
#include "taxonomy/translate.h"

/* One block's labels for one receiver. */
typedef struct {
    const egret_check_t *check;
    const egret_block_place_t *place;
    const egret_block_t *block;
    egret_block_translation_item_t *items;
    size_t count;
    egret_shares_t *shares;
    const egret_facts_t *facts; /* by project */
} work_t;

static egret_rc_t
add_item(work_t *work, uint32_t label, uint32_t project,
         const egret_label_translation_t *translation,
         const egret_facts_t *facts, const egret_decimal_t *share)
{
    egret_block_translation_item_t *item = &work->items[work->count++];
    bool lacks_base = false;

    item->label = label;
    item->project = project;
    item->scheme = translation->target->id;
    item->version = translation->target->version;
    item->date = work->block->decisive;
    item->result = EGRET_BLOCK_NEEDS_ASSESSMENT;

    if (translation->result == EGRET_TRANSLATION_NO_COUNTERPART) {
        item->result = EGRET_BLOCK_NO_COUNTERPART;

    } else if (translation->result == EGRET_TRANSLATION_TRANSLATED) {
        lacks_base = share == NULL;
        if (!lacks_base
            && egret_decimal_truncate(share,
                                      egret_decimal_fraction_digits(share),
                                      &item->share) == EGRET_OK)
        {
            item->result = EGRET_BLOCK_TRANSLATED;
            item->code = translation->code->code;
            item->status = egret_span_from(
                egret_label_status_text(translation->status));
        }
    }

    return egret_reason_tell(work->check, translation, facts, lacks_base, item);
}

/* What the label is in one target for one of its projects, or for the whole
 * (0). */
static egret_rc_t
translate_project(work_t *work, uint32_t number, egret_label_t *label,
                  size_t target, uint32_t project, egret_decimal_t *left)
{
    const egret_check_t *check = work->check;
    egret_label_translation_t translation;
    egret_decimal_t share;
    egret_node_t source;
    bool has_share;
    egret_rc_t rc;

    label->facts = project == 0 ? NULL : &work->facts[project - 1];
    rc = egret_fuel_translate(
        check, check->receiver->taxonomies, label,
        project == 0 ? NULL : &work->block->projects[project - 1],
        check->receiver->targets[target], &translation, &source);
    if (rc == EGRET_OK) {
        rc = egret_fuel_report(check, source, &translation);
    }
    if (rc != EGRET_OK || translation.result == EGRET_TRANSLATION_STANDS) {
        return rc;
    }

    has_share = translation.result == EGRET_TRANSLATION_TRANSLATED
                && egret_shares_take(work->shares, target, translation.source,
                                     project, left, &share);

    return add_item(work, number, project, &translation, label->facts,
                    has_share ? &share : NULL);
}

/* An item for each project of the label; for the whole label where it has
 * none. */
static egret_rc_t
add_items(work_t *work, uint32_t number, egret_label_t *label, size_t target)
{
    static const uint32_t whole[] = { 0 };
    egret_decimal_t left = egret_shares_of_label(
        &work->block->labels[number - 1]);
    size_t count;
    const uint32_t *projects = egret_shares_projects(work->shares, number,
                                                     &count);

    if (count == 0) {
        projects = whole;
        count = 1;
    }

    for (size_t i = 0; i < count; i++) {
        egret_rc_t rc = translate_project(work, number, label, target,
                                          projects[i], &left);

        if (rc != EGRET_OK) {
            return rc;
        }
    }

    return EGRET_OK;
}

/* False for a label that says nothing green, or that cannot be read. */
static bool
read_label(const work_t *work, const egret_block_label_t *from,
           egret_label_t *out)
{
    const egret_block_t *block = work->block;
    bool is_readable;

    out->scheme = from->scheme;
    out->version = from->version;
    out->code = from->code;
    out->facts = NULL;
    out->decisive_date = block->decisive;

    is_readable = block->has_decisive
                  && egret_label_status_read(from->status, &out->status)
                         == EGRET_OK
                  && egret_block_status_read(block->status, &out->block_status)
                         == EGRET_OK
                  && egret_decisive_read(block->decisive_kind,
                                         &out->decisive_kind) == EGRET_OK
                  && out->status != EGRET_LABEL_NALG
                  && from->share.node != EGRET_NODE_NONE;

    /* What is still to be decided is no more than a draft, whatever it says;
     * L02, which a profile may soften, is not all that stands against it. */
    if (is_readable && !egret_rules_is_decided(work->check, block)) {
        out->block_status = EGRET_BLOCK_DRFT;
    }

    return is_readable;
}

static egret_rc_t
translate_label(work_t *work, uint32_t number)
{
    const egret_check_t *check = work->check;
    const egret_block_label_t *source = &work->block->labels[number - 1];
    bool is_mapped = false;
    size_t first = work->count;
    egret_label_t label;

    if (!read_label(work, source, &label)) {
        return EGRET_OK;
    }

    for (size_t i = 0; i < check->receiver->target_count; i++) {
        const egret_scheme_t *target = check->receiver->targets[i];
        size_t before = work->count;
        egret_rc_t rc = add_items(work, number, &label, i);

        if (rc != EGRET_OK) {
            return rc;
        }
        is_mapped = is_mapped
                    || (egret_span_equals(target->id, label.scheme)
                        && egret_span_equals(target->version, label.version));
        for (size_t k = before; k < work->count; k++) {
            is_mapped = is_mapped
                        || work->items[k].result == EGRET_BLOCK_TRANSLATED;
        }
    }

    return is_mapped ? EGRET_OK
                     : egret_unmapped_report(check, work->block, source,
                                             work->items + first,
                                             work->count - first);
}

static egret_rc_t
open_shares(work_t *work)
{
    egret_decimal_t base;
    egret_span_t currency = EGRET_SPAN("");
    bool has_base = egret_rules_base(work->check, work->place, work->block,
                                     &base, &currency);

    return egret_shares_create(work->check, work->block,
                               has_base ? &base : NULL, currency,
                               &work->shares);
}

/* An item for each pair of a label and a project, for each target. */
static egret_rc_t
make_room(work_t *work)
{
    size_t targets = work->check->receiver->target_count;
    size_t pairs = egret_shares_pairs(work->shares);

    work->items = pairs > SIZE_MAX / targets
                  ? NULL
                  : egret_arena_zeroed(work->check->arena, pairs * targets,
                                       sizeof(*work->items));

    return work->items == NULL ? egret_arena_rc(work->check->arena) : EGRET_OK;
}

static egret_rc_t
translate_block(const egret_check_t *check, size_t index,
                egret_block_translation_t *out)
{
    work_t work = {
        .check = check,
        .place = &check->blocks->items[index],
        .block = &check->block_items[index],
    };
    egret_rc_t rc = egret_facts_of_block(check, work.block, &work.facts);

    if (rc == EGRET_OK) {
        rc = open_shares(&work);
    }
    if (rc == EGRET_OK) {
        rc = make_room(&work);
    }
    for (size_t i = 0; rc == EGRET_OK && i < work.block->label_count; i++) {
        rc = translate_label(&work, (uint32_t) i + 1);
    }
    if (rc != EGRET_OK || work.count == 0) {
        return rc;
    }

    out->gateway_bic = check->config->gateway_bic;
    out->gateway_lei = check->config->gateway_lei;
    out->block_id = work.block->id;
    out->created = check->now;
    out->items = work.items;
    out->item_count = work.count;

    return egret_block_digest(check->tape, work.place->block, check->arena,
                              &out->digest);
}

static egret_rc_t
refuse_signed(const egret_check_t *check, egret_node_t block)
{
    egret_finding_t finding = {
        .code = EGRET_X07,
        .severity = EGRET_SEVERITY_REJECT,
        .message = EGRET_SPAN("the header is signed, and the receiver's label "
                              "would have to be written beside the block"),
        .expected = EGRET_SPAN("a message without Sgntr in AppHdr"),
        .fix = EGRET_SPAN("send it unsigned, or agree with the receiver on "
                          "labels of its own schemes"),
    };

    return egret_check_report(check, block, EGRET_SPAN(""), &finding);
}

static egret_rc_t
name_data(const egret_check_t *check, egret_span_t *out)
{
    char hex[EGRET_SHA256_HEX];

    egret_sha256_hex(&check->receiver->taxonomies->digest, hex);
    *out = egret_arena_print(check->arena, "sha256:%.16s", hex);

    return out->at == NULL ? egret_arena_rc(check->arena) : EGRET_OK;
}

egret_rc_t
egret_counterparts_find(const egret_check_t *check, egret_counterparts_t *out)
{
    egret_block_translation_t *items;
    egret_span_t version;
    egret_rc_t rc;

    *out = (egret_counterparts_t){ NULL, 0 };
    if (check->receiver == NULL || check->receiver->target_count == 0
        || check->blocks == NULL || check->blocks->count == 0)
    {
        return EGRET_OK;
    }

    rc = name_data(check, &version);
    items = egret_arena_zeroed(check->arena, check->blocks->count,
                               sizeof(*items));
    if (rc != EGRET_OK || items == NULL) {
        return egret_arena_rc(check->arena);
    }

    for (size_t i = 0; i < check->blocks->count; i++) {
        items[i].data_version = version;
        rc = check->block_items[i].is_sound
             ? translate_block(check, i, &items[i])
             : EGRET_OK;
        if (rc == EGRET_OK && items[i].item_count > 0
            && egret_envelope_is_signed(check->tape))
        {
            rc = refuse_signed(check, check->blocks->items[i].block);
        }
        if (rc != EGRET_OK) {
            return rc;
        }
    }

    out->items = items;
    out->count = check->blocks->count;

    return EGRET_OK;
}
