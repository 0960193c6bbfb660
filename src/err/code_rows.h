/* SPDX-License-Identifier: Apache-2.0 */
/* code_rows: the table behind err/code.h; only src/err includes it. */
#ifndef EGRET_ERR_CODE_ROWS_H
#define EGRET_ERR_CODE_ROWS_H

#include "err/code.h"

extern const egret_code_row_t egret_code_rows[EGRET_CODE_COUNT];

#endif
