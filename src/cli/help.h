/* SPDX-License-Identifier: Apache-2.0 */
/* help: what each command does, in words. */
#ifndef EGRET_CLI_HELP_H
#define EGRET_CLI_HELP_H

/* The text of a command, or the overview for NULL. NULL: no such command. */
const char *egret_help_text(const char *command);

#endif
