/* SPDX-License-Identifier: Apache-2.0 */

#include "config/config.h"

#include <string.h>

#define MEMBER_KEY 128


void
egret_config_destroy(egret_config_t *config)
{
    if (config == NULL) {
        return;
    }

    egret_registry_destroy(config->registry);
    config->registry = NULL;
}


const egret_partner_t *
egret_config_partner(const egret_config_t *config, egret_span_t name)
{
    return egret_map_find(&config->partners_by_name, name);
}


/* BIC8 names the head office, whose BIC11 ends in XXX (ISO 9362). */
static bool
widen_bic(egret_span_t bic, char out[11])
{
    if (bic.length != 8 && bic.length != 11) {
        return false;
    }

    memcpy(out + 8, "XXX", 3);
    memcpy(out, bic.at, bic.length);

    return true;
}


const egret_partner_t *
egret_config_partner_by_bic(const egret_config_t *config, egret_span_t bic)
{
    char wide[11];

    if (!widen_bic(bic, wide)) {
        return NULL;
    }

    return egret_map_find(&config->partners_by_bic,
                          (egret_span_t){ wide, sizeof(wide) });
}


const egret_partner_t *
egret_config_partner_by_lei(const egret_config_t *config, egret_span_t lei)
{
    return egret_map_find(&config->partners_by_lei, lei);
}


const egret_partner_t *
egret_config_partner_by_member(const egret_config_t *config,
                               egret_span_t scheme, egret_span_t id)
{
    char key[MEMBER_KEY];

    if (scheme.length == 0 || id.length == 0
        || scheme.length + 1 + id.length > sizeof(key))
    {
        return NULL;
    }

    memcpy(key, scheme.at, scheme.length);
    key[scheme.length] = ':';
    memcpy(key + scheme.length + 1, id.at, id.length);

    return egret_map_find(
        &config->partners_by_member,
        (egret_span_t){ key, scheme.length + 1 + id.length });
}


bool
egret_partner_has_bic(const egret_partner_t *partner, egret_span_t bic)
{
    char wide[11];

    if (!widen_bic(bic, wide)) {
        return false;
    }

    for (size_t i = 0; i < partner->bic_count; i++) {
        if (egret_span_equals(partner->bics[i], (egret_span_t){ wide, 11 })) {
            return true;
        }
    }

    return false;
}


bool
egret_partner_accepts(const egret_partner_t *partner,
                      const egret_definition_t *definition)
{
    for (size_t i = 0; i < partner->accept_count; i++) {
        if (partner->accepts[i] == definition) {
            return true;
        }
    }

    return false;
}
