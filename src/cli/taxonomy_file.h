/* SPDX-License-Identifier: Apache-2.0 */
/* taxonomy_file: files of taxonomies and crosswalks that a command line names,
 * read one by one so that each is told what is wrong with it. */
#ifndef EGRET_CLI_TAXONOMY_FILE_H
#define EGRET_CLI_TAXONOMY_FILE_H

#include "cli/setup.h"

/* Takes the text of one file: egret_taxonomies_add_scheme or
 * egret_taxonomies_add_crosswalk. */
typedef egret_rc_t (*egret_taxonomy_taker_t)(egret_taxonomies_t *taxonomies,
                                             egret_span_t file,
                                             egret_span_t text,
                                             egret_span_t *fault);

/* Reads a file and hands it on. What is wrong with it is printed on standard
 * output; what cannot be read, on standard error. Raises `*code` to the exit
 * code that this means. True when the file was taken. */
bool egret_taxonomy_file_add(egret_taxonomies_t *taxonomies,
                             egret_arena_t *arena, const char *path,
                             egret_taxonomy_taker_t take, int *code);
/* Prints the fault, or what an error means. */
void egret_taxonomy_file_complain(egret_rc_t rc, egret_span_t fault,
                                  int *code);

#endif
