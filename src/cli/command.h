/* SPDX-License-Identifier: Apache-2.0 */
/* command: what the words after `egret` may be. Each returns the exit code and
 * gets the words after its name. */
#ifndef EGRET_CLI_COMMAND_H
#define EGRET_CLI_COMMAND_H

int egret_command_check(int count, char **words);
int egret_command_answer(int count, char **words);
int egret_command_translate(int count, char **words);
int egret_command_explain(int count, char **words);
int egret_command_taxonomy(int count, char **words);
int egret_command_crosswalk(int count, char **words);
int egret_command_whatif(int count, char **words);
int egret_command_gap(int count, char **words);
int egret_command_block(int count, char **words);
int egret_command_findings(int count, char **words);

#endif
