/* SPDX-License-Identifier: Apache-2.0 */

#include "taxonomy/label.h"

static const char *const label_statuses[EGRET_LABEL_STATUS_COUNT] = {
    "ELIG", "ALGN", "TRNS", "ENBL", "NALG"
};
static const char *const block_statuses[EGRET_BLOCK_STATUS_COUNT] = {
    "DRFT", "FINL", "RVSD", "WDRN"
};
static const char *const kinds[EGRET_DECISIVE_COUNT] = {
    "APPR", "REGN", "FILD", "ISSD"
};
static const char *const dimensions[EGRET_DIMENSION_COUNT] = {
    "scope", "criteria", "dnsh", "safeguards"
};
static const char *const relations[EGRET_RELATION_COUNT] = {
    "not-compared", "exact", "broad", "narrow", "close", "related", "none",
    "not-required"
};


static egret_rc_t
find(egret_span_t text, const char *const *words, unsigned count, unsigned *out)
{
    for (unsigned i = 0; i < count; i++) {
        if (egret_span_equals_text(text, words[i])) {
            *out = i;
            return EGRET_OK;
        }
    }

    return EGRET_ENOTFOUND;
}


egret_rc_t
egret_label_status_read(egret_span_t text, egret_label_status_t *out)
{
    unsigned found;
    egret_rc_t rc = find(text, label_statuses, EGRET_LABEL_STATUS_COUNT,
                         &found);

    if (rc == EGRET_OK) {
        *out = (egret_label_status_t) found;
    }

    return rc;
}


egret_rc_t
egret_block_status_read(egret_span_t text, egret_block_status_t *out)
{
    unsigned found;
    egret_rc_t rc = find(text, block_statuses, EGRET_BLOCK_STATUS_COUNT,
                         &found);

    if (rc == EGRET_OK) {
        *out = (egret_block_status_t) found;
    }

    return rc;
}


egret_rc_t
egret_decisive_read(egret_span_t text, egret_decisive_t *out)
{
    unsigned found;
    egret_rc_t rc = find(text, kinds, EGRET_DECISIVE_COUNT, &found);

    if (rc == EGRET_OK) {
        *out = (egret_decisive_t) found;
    }

    return rc;
}


egret_rc_t
egret_relation_read(egret_span_t text, egret_relation_t *out)
{
    unsigned found;
    egret_rc_t rc = find(text, relations, EGRET_RELATION_COUNT, &found);

    if (rc == EGRET_OK) {
        *out = (egret_relation_t) found;
    }

    return rc;
}


const char *
egret_label_status_text(egret_label_status_t status)
{
    return label_statuses[status];
}


const char *
egret_decisive_text(egret_decisive_t kind)
{
    return kinds[kind];
}


const char *
egret_dimension_text(egret_dimension_t dimension)
{
    return dimensions[dimension];
}


const char *
egret_relation_text(egret_relation_t relation)
{
    return relations[relation];
}


bool
egret_relation_is_claim(egret_relation_t relation)
{
    return relation >= EGRET_RELATION_EXACT
           && relation <= EGRET_RELATION_RELATED;
}


bool
egret_relation_carries(egret_relation_t relation)
{
    return relation == EGRET_RELATION_EXACT || relation == EGRET_RELATION_BROAD;
}


bool
egret_relation_is_nested(egret_relation_t relation)
{
    return egret_relation_carries(relation)
           || relation == EGRET_RELATION_NARROW;
}


egret_relation_t
egret_relation_weaker(egret_relation_t a, egret_relation_t b)
{
    egret_relation_t strong = a < b ? a : b;
    egret_relation_t weak = a < b ? b : a;

    if (strong == EGRET_RELATION_BROAD && weak == EGRET_RELATION_NARROW) {
        return EGRET_RELATION_CLOSE;
    }

    return weak;
}
