/* SPDX-License-Identifier: Apache-2.0 */
#include "checks/party_id.h"

#define BIC8 8
#define BIC_TEST_PLACE 7

static egret_node_t
child(const egret_tape_t *tape, egret_node_t node, const char *name)
{
    return node == EGRET_NODE_NONE
           ? EGRET_NODE_NONE
           : egret_tape_child_named(tape, node, egret_span_from(name));
}

static egret_span_t
value(const egret_tape_t *tape, egret_node_t node, bool *is_refused)
{
    if (node == EGRET_NODE_NONE) {
        return EGRET_SPAN("");
    }

    if (egret_tape_at(tape, node)->flags & EGRET_NODE_REFUSED) {
        *is_refused = true;
        return EGRET_SPAN("");
    }

    return egret_span_trim(egret_tape_value(tape, node));
}

egret_party_id_t
egret_party_id_read(const egret_tape_t *tape, egret_node_t node)
{
    egret_party_id_t id = { .bic_node = node, .lei_node = node,
                            .member_node = node };
    egret_node_t bic, lei, member;

    if (node == EGRET_NODE_NONE) {
        return id;
    }

    if (egret_span_equals_text(egret_tape_name(tape, node), "OrgId")) {
        egret_node_t inner = child(tape, child(tape, node, "Id"), "OrgId");

        node = inner == EGRET_NODE_NONE ? node : inner;
    }

    bic = child(tape, node, "BICFI");
    if (bic == EGRET_NODE_NONE) {
        bic = child(tape, node, "AnyBIC");
    }
    lei = child(tape, node, "LEI");
    member = child(tape, node, "ClrSysMmbId");
    id.bic_node = bic != EGRET_NODE_NONE ? bic : node;
    id.lei_node = lei != EGRET_NODE_NONE ? lei : node;
    id.member_node = member != EGRET_NODE_NONE ? member : node;

    id.bic = value(tape, bic, &id.is_refused);
    id.lei = value(tape, lei, &id.is_refused);
    id.member = value(tape, child(tape, member, "MmbId"), &id.is_refused);
    id.scheme = value(tape, child(tape, child(tape, member, "ClrSysId"),
                                  "Cd"), &id.is_refused);

    return id;
}

bool
egret_party_id_is_empty(const egret_party_id_t *id)
{
    return id->bic.length == 0 && id->lei.length == 0
           && id->member.length == 0;
}

bool
egret_bic_equals(egret_span_t a, egret_span_t b)
{
    if (a.length == BIC8 && b.length > BIC8) {
        return egret_span_equals(a, egret_span_slice(b, 0, BIC8))
               && egret_span_equals_text(egret_span_slice(b, BIC8, b.length),
                                         "XXX");
    }

    if (b.length == BIC8 && a.length > BIC8) {
        return egret_bic_equals(b, a);
    }

    return egret_span_equals(a, b);
}

bool
egret_bic_is_test(egret_span_t bic)
{
    return bic.length >= BIC8 && bic.at[BIC_TEST_PLACE] == '0';
}

egret_party_match_t
egret_party_id_compare(const egret_party_id_t *a, const egret_party_id_t *b)
{
    bool same;

    if (a->bic.length > 0 && b->bic.length > 0) {
        same = egret_bic_equals(a->bic, b->bic);

    } else if (a->lei.length > 0 && b->lei.length > 0) {
        same = egret_span_equals(a->lei, b->lei);

    } else if (a->member.length > 0 && b->member.length > 0
               && egret_span_equals(a->scheme, b->scheme))
    {
        same = egret_span_equals(a->member, b->member);

    } else {
        return EGRET_PARTY_UNKNOWN;
    }

    return same ? EGRET_PARTY_SAME : EGRET_PARTY_OTHER;
}

static bool
has_lei(const egret_partner_t *partner, egret_span_t lei)
{
    for (size_t i = 0; i < partner->lei_count; i++) {
        if (egret_span_equals(partner->leis[i], lei)) {
            return true;
        }
    }

    return false;
}

static bool
has_member(const egret_partner_t *partner, const egret_party_id_t *id)
{
    for (size_t i = 0; i < partner->member_count; i++) {
        if (egret_span_equals(partner->members[i].id, id->member)
            && egret_span_equals(partner->members[i].scheme, id->scheme))
        {
            return true;
        }
    }

    return false;
}

bool
egret_party_id_is_partner(const egret_party_id_t *id,
                          const egret_partner_t *partner)
{
    if (egret_party_id_is_empty(id)) {
        return false;
    }

    return (id->bic.length == 0 || egret_partner_has_bic(partner, id->bic))
           && (id->lei.length == 0 || has_lei(partner, id->lei))
           && (id->member.length == 0 || has_member(partner, id));
}

egret_span_t
egret_party_id_stranger(const egret_party_id_t *id,
                        const egret_partner_t *partner, egret_node_t *node)
{
    if (id->bic.length > 0 && !egret_partner_has_bic(partner, id->bic)) {
        *node = id->bic_node;
        return id->bic;
    }

    if (id->lei.length > 0 && !has_lei(partner, id->lei)) {
        *node = id->lei_node;
        return id->lei;
    }

    *node = id->member_node;

    return id->member;
}

const egret_partner_t *
egret_party_id_find(const egret_party_id_t *id, const egret_config_t *config)
{
    const egret_partner_t *partner = NULL;

    if (id->bic.length > 0) {
        partner = egret_config_partner_by_bic(config, id->bic);

    } else if (id->lei.length > 0) {
        partner = egret_config_partner_by_lei(config, id->lei);

    } else if (id->member.length > 0) {
        partner = egret_config_partner_by_member(config, id->scheme,
                                                 id->member);
    }

    /* A BIC of one partner with the LEI of another names nobody. */
    if (partner != NULL && !egret_party_id_is_partner(id, partner)) {
        return NULL;
    }

    return partner;
}
