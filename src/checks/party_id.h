/* SPDX-License-Identifier: Apache-2.0 */
/* party_id: by what a FinInstnId or an OrgId says who it is. */
#ifndef EGRET_CHECKS_PARTY_ID_H
#define EGRET_CHECKS_PARTY_ID_H

#include "config/config.h"
#include "msg/tape.h"

typedef struct {
    egret_span_t bic;    /* BICFI or AnyBIC; "" for none */
    egret_span_t lei;
    egret_span_t scheme; /* ClrSysMmbId/ClrSysId/Cd */
    egret_span_t member; /* ClrSysMmbId/MmbId */
    bool is_refused; /* the schema refused one of them, which is then "" */
    /* For findings; the party itself when absent. */
    egret_node_t bic_node;
    egret_node_t lei_node;
    egret_node_t member_node;
} egret_party_id_t;

/* `node` is a FinInstnId, or an OrgId (whose Id/OrgId then counts), or
 * EGRET_NODE_NONE (all empty). */
egret_party_id_t egret_party_id_read(const egret_tape_t *tape,
                                     egret_node_t node);
bool egret_party_id_is_empty(const egret_party_id_t *id);

/* BIC8 equals BIC8XXX. */
bool egret_bic_equals(egret_span_t a, egret_span_t b);
/* The 8th character of a test BIC is 0. */
bool egret_bic_is_test(egret_span_t bic);

typedef enum {
    EGRET_PARTY_SAME,
    EGRET_PARTY_OTHER,
    EGRET_PARTY_UNKNOWN /* they have no kind of identifier in common */
} egret_party_match_t;

egret_party_match_t egret_party_id_compare(const egret_party_id_t *a,
                                           const egret_party_id_t *b);
/* True when it names at least one thing and all that it names is this
 * partner's. */
bool egret_party_id_is_partner(const egret_party_id_t *id,
                               const egret_partner_t *partner);
/* The first that is not this partner's, and its place; for a party that names
 * nothing "" and the party's. */
egret_span_t egret_party_id_stranger(const egret_party_id_t *id,
                                     const egret_partner_t *partner,
                                     egret_node_t *node);
/* The partner that it names; NULL for none, or when it names two. */
const egret_partner_t *egret_party_id_find(const egret_party_id_t *id,
                                           const egret_config_t *config);

#endif
