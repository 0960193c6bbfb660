/* SPDX-License-Identifier: Apache-2.0 */
/* builder: from the words of directives to a snapshot.
 *
 * Directives are rows of one table here (name, where it may stand, how many
 * words, setter). nginx's parser and the command line's tokenizer feed the
 * same words, so `nginx -t` and `egret check --conf` read one meaning. Files
 * that directives name (schemas, code lists, CAs) are read here, at
 * configuration time, relative to `folder`. */
#ifndef EGRET_CONFIG_BUILDER_H
#define EGRET_CONFIG_BUILDER_H

#include "config/config.h"

typedef enum {
    EGRET_BLOCK_MAIN,    /* directly in http {} */
    EGRET_BLOCK_PARTNER, /* in egret_partner NAME {} */
    EGRET_BLOCK_PROFILE  /* in egret_profile NAME {} */
} egret_block_kind_t;

typedef struct egret_config_builder egret_config_builder_t;

typedef struct {
    const char *name;
    egret_block_kind_t block; /* where it stands */
    bool opens_block;
    bool is_repeatable; /* may stand more than once in its block */
    size_t minimum; /* words after the name */
    size_t maximum;
    egret_rc_t (*set)(egret_config_builder_t *builder,
                      const egret_span_t *words, size_t count);
    const char *syntax;      /* as docs/operator.md shows it */
    const char *default_text; /* "" for none */
} egret_directive_t;

/* The whole table. */
const egret_directive_t *egret_directives(size_t *count);

/* `folder` is what relative paths are relative to (nginx: the folder of
 * nginx.conf). Everything lives in `arena`. NULL when it refuses. */
egret_config_builder_t *egret_config_builder_create(egret_arena_t *arena,
                                                    const char *folder);
/* Defaults of the command line where no configuration says otherwise; may be
 * "" for none. Used when the directive is absent; not copied, and not relative
 * to the builder's folder. */
void egret_config_builder_defaults(egret_config_builder_t *builder,
                                   const char *schemas, const char *reference);

/* One directive: words[0] is its name. `opens_block` says that a { followed;
 * its directives come next, then egret_config_builder_close. EGRET_ENOTFOUND
 * (unknown here), EGRET_EINVAL (words), EGRET_EEXIST (twice), EGRET_ERANGE,
 * EGRET_EUNSUPPORTED, EGRET_EIO, EGRET_ESYNTAX (an empty CA file): the sentence
 * is egret_config_builder_fault, without file and line of the directive.
 * EGRET_ENOMEM and EGRET_ELIMIT leave no sentence. */
egret_rc_t egret_config_builder_set(egret_config_builder_t *builder,
                                    const egret_span_t *words, size_t count,
                                    bool opens_block, egret_span_t file,
                                    uint32_t line) EGRET_MUST_USE;
egret_rc_t egret_config_builder_close(egret_config_builder_t *builder)
    EGRET_MUST_USE;

/* Resolves what directives refer to, loads schemas and lists, and refuses what
 * can be known now: a partner without `certificate` or `party`, two partners
 * (or a partner and the gateway) with one pin, BIC (BIC8 = BIC8XXX), LEI or
 * clearing member, an unknown profile or currency, a BIC of no country, an
 * `accept` that no schema declares, partners without egret_gateway; with
 * egret_strict also whatever it warns of. The fault's sentence names file and
 * line.
 *
 * With partners, it loads the schemas of what they accept, and of head.001,
 * pacs.002.001.10 and admi.002.001.01 those for which the folder has a file of
 * that name ("head.001.001.02.xsd"). Without any partner it loads the whole
 * folder. Call it once; the snapshot then belongs to the caller, who gives it
 * back with egret_config_destroy. */
egret_rc_t egret_config_builder_finish(egret_config_builder_t *builder,
                                       egret_config_t **out) EGRET_MUST_USE;

/* Why the last call failed, one English sentence; "" after success. */
egret_span_t egret_config_builder_fault(const egret_config_builder_t *builder);
/* What `nginx -t` should warn of ("FILE:LINE: sentence"), in order. */
size_t egret_config_builder_warnings(const egret_config_builder_t *builder,
                                     const egret_span_t **out);

#endif
