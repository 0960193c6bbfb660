/* SPDX-License-Identifier: Apache-2.0 */
/* config: one immutable snapshot of what the operator wrote.
 *
 * The `config` layer owns the meaning of every directive; nginx and the
 * command line only hand it words (config/builder.h). Everything here is built
 * at configuration time, lives in the snapshot's arena and is read-only
 * afterwards, shared by all threads. */
#ifndef EGRET_CONFIG_CONFIG_H
#define EGRET_CONFIG_CONFIG_H

#include "codec/xml.h"
#include "config/reference.h"
#include "err/code.h"
#include "identity/registry.h"
#include "msg/definition.h"
#include "rules/rulebook.h"
#include "schema/schemas.h"
#include "taxonomy/taxonomies.h"
#include "taxonomy/units.h"
#include "util/date_form.h"
#include "util/decimal.h"
#include "util/map.h"

typedef enum {
    EGRET_CHARACTERS_UTF8, /* any */
    EGRET_CHARACTERS_FINX  /* SWIFT's X set: answers' free text is cut to it */
} egret_characters_t;

/* egret_profile NAME { … }: how messages of one rail look. */
typedef struct {
    egret_span_t name;
    bool allows_bare_document;           /* bare_document on */
    bool is_single_transaction;          /* transactions one */
    egret_severity_t message_id_severity; /* message_id_match: H02 */
    bool checks_message_id;
    const egret_span_t *business_services; /* allowed BizSvc; none: any */
    size_t business_service_count;
    egret_characters_t characters;
    egret_date_form_t date_time; /* how date-times are written: X06 */
    bool takes_gzip; /* encodings gzip: bodies with Content-Encoding gzip */
} egret_profile_t;

typedef struct {
    egret_span_t currency;
    egret_decimal_t amount;
} egret_limit_t;

typedef struct {
    egret_span_t scheme; /* ClrSysId/Cd, e.g. CNAPS */
    egret_span_t id;     /* MmbId */
} egret_member_t;

/* egret_partner NAME { … } */
typedef struct {
    egret_span_t name;
    egret_span_t file; /* where its block stands, for sentences */
    uint32_t line;
    egret_span_t *bics; /* upper case, always 11 characters */
    size_t bic_count;
    egret_span_t *leis;
    size_t lei_count;
    egret_member_t *members;
    size_t member_count;
    const egret_profile_t *profile;
    const egret_definition_t **accepts; /* may send and be sent */
    size_t accept_count;
    egret_span_t *currencies; /* agreed ones; none: any active one */
    size_t currency_count;
    egret_limit_t *limits;
    size_t limit_count;
    bool has_severity[EGRET_CODE_COUNT];
    uint8_t severity[EGRET_CODE_COUNT]; /* egret_severity_t */
    egret_span_t upstream;       /* "https://xiamen_bank"; "" for none */
    egret_span_t upstream_group; /* "xiamen_bank" */
    egret_span_t upstream_name;  /* Host and SNI: "gw.xmbank.example" */
    bool upstream_is_tls;
    size_t credential_count;
    egret_sha256_t identity; /* of name, certificate lines and parties: equal
                              * in two configurations when all of these are */
    const egret_scheme_t **targets; /* taxonomy: labels it wants to receive */
    size_t target_count;
    /* With the rows of its own `crosswalk` lines; else the configuration's. */
    const egret_taxonomies_t *taxonomies;
    egret_severity_t unmapped; /* of L04: reject, hold, or annotate as warn */
    const egret_rulebook_t *rulebook; /* rules FILE; NULL for none */
    size_t index; /* in config->partners */
} egret_partner_t;

typedef enum {
    EGRET_ENVIRONMENT_LIVE,
    EGRET_ENVIRONMENT_TEST
} egret_environment_t;

typedef struct {
    egret_span_t gateway_bic; /* 11 characters; "" when not given */
    egret_span_t gateway_lei;
    egret_environment_t environment;
    bool is_strict;      /* warnings of the configuration are errors */
    size_t max_message;  /* bytes */
    size_t max_answer;   /* bytes of a counterpart's answer */
    size_t offload_threshold; /* bytes; a longer message is judged in a thread,
                               * where there are threads */
    uint32_t answer_timeout; /* milliseconds until it is there, whole */
    egret_xml_limits_t limits; /* limits.bytes == max_message */
    egret_schemas_t *schemas;
    const egret_definitions_t *definitions;
    const egret_taxonomies_t *taxonomies; /* empty without egret_taxonomies */
    const egret_reference_t *reference;
    const egret_units_t *units; /* NULL: the reference folder has none */
    egret_registry_t *registry; /* its owners are egret_partner_t */
    bool trusts_authorities; /* a certificate line without a pin is there */
    const egret_profile_t *default_profile; /* "bilateral" */
    egret_partner_t **partners;
    size_t partner_count;
    egret_map_t profiles_by_name;
    egret_map_t partners_by_name;
    egret_map_t partners_by_bic;    /* 11 characters */
    egret_map_t partners_by_lei;
    egret_map_t partners_by_member; /* "CNAPS:308584000013" */
} egret_config_t;

/* Frees what stands outside the arena (the registry's keys). */
void egret_config_destroy(egret_config_t *config);

const egret_partner_t *egret_config_partner(const egret_config_t *config,
                                            egret_span_t name);
/* By BIC of 8 or 11 characters: BIC8 equals BIC8XXX. */
const egret_partner_t *egret_config_partner_by_bic(const egret_config_t *config,
                                                   egret_span_t bic);
const egret_partner_t *egret_config_partner_by_lei(const egret_config_t *config,
                                                   egret_span_t lei);
const egret_partner_t *
egret_config_partner_by_member(const egret_config_t *config,
                               egret_span_t scheme, egret_span_t id);
bool egret_partner_has_bic(const egret_partner_t *partner, egret_span_t bic);
bool egret_partner_accepts(const egret_partner_t *partner,
                           const egret_definition_t *definition);

#endif
