/* SPDX-License-Identifier: Apache-2.0 */
/* setup: what the options ask for, loaded: configuration, schemas, partners,
 * and the message that each file fills with its bytes. */
#ifndef EGRET_CLI_SETUP_H
#define EGRET_CLI_SETUP_H

#include "cli/options.h"
#include "cli/sandboxes.h"
#include "pipeline/pipeline.h"

typedef struct {
    egret_arena_t *arena;
    egret_config_t *config;
    egret_pipeline_t *pipeline;
    egret_sandboxes_t sandboxes;
    egret_message_t message; /* without bytes; it points to the sandboxes, so
                              * the setup stays where it was opened */
} egret_setup_t;

/* False, after one sentence on standard error, when something cannot be
 * loaded. What the configuration warns of goes there too. */
bool egret_setup_open(const egret_options_t *options, egret_setup_t *setup);
void egret_setup_close(egret_setup_t *setup);

/* Reads one file ("-" is standard input; one byte more than the limit at most)
 * and judges it, as `message` tells. Everything is in `arena`. False, after a
 * sentence on standard error, when it cannot be read or judged. */
bool egret_setup_judge(const egret_setup_t *setup, const char *file,
                       egret_arena_t *arena, egret_message_t *message,
                       egret_verdict_t **verdict);
/* An arena for one message. NULL when there is no memory. */
egret_arena_t *egret_setup_arena(const egret_setup_t *setup);

#endif
