/* SPDX-License-Identifier: Apache-2.0 */

#include "err/catalogue.h"

#include "err/code.h"

typedef struct {
    char letter;
    const char *title;
} family_t;

static const family_t families[] = {
    { 'T', "transport and identity" },
    { 'X', "syntax and characters" },
    { 'H', "header and references" },
    { 'P', "parties and identifiers" },
    { 'A', "amounts and dates" },
    { 'G', "green block" },
    { 'L', "labels" },
    { 'E', "evidence" },
    { 'M', "metrics" },
    { 'D', "ledger" },
    { 'K', "targets" },
    { 'R', "returns" },
    { 'U', "a partner's own rules" },
};

static const char page_head[] =
    "# Findings\n"
    "\n"
    "<!-- Written from the catalogue in src/err. To write it anew:\n"
    "     EGRET_WRITE_DOCS=1 build/t/unit/catalogue_test.t -->\n"
    "\n"
    "Every finding has a code. A code keeps its meaning in later versions.\n"
    "\n"
    "- **Severity** is what happens when nobody says otherwise: `reject`,\n"
    "  `hold` or `warn`. The receiving partner's block may set it; the\n"
    "  sender's block may only tighten it. One that is `locked` stays.\n"
    "  A case can be milder where nobody says otherwise: A02 warns of TWD\n"
    "  and IDR with decimals, G04 holds amounts in two currencies, H02 does\n"
    "  what the profile says, and L01 warns of a scheme that is known but\n"
    "  only a draft. L04 does what the receiver's `unmapped` says, and is\n"
    "  left out where L01, L02 or L03 refuses the label as severely.\n"
    "- **Checked** says whether this version looks for it. Codes that say\n"
    "  `not yet` are reserved: no message gets them today.\n"
    "- **ISO reason** is the code that an ISO 20022 answer carries, from the\n"
    "  external code sets; `-` where none is due. A code whose cases differ\n"
    "  names each case.\n"
    "\n"
    "T01 and T02 are no findings in a list: the gateway refuses the request\n"
    "with status 403 before it reads a message, and says no more.\n";

static const char table_head[] =
    "| Code | Severity | Checked | ISO reason | English | 简体中文 "
    "| 繁體中文 |\n"
    "|---|---|---|---|---|---|---|\n";

static const char *
checked_text(egret_code_t code)
{
    if (code == EGRET_T01 || code == EGRET_T02) {
        return "403";
    }
    return egret_code_row(code)->is_checked ? "yes" : "not yet";
}


static void
write_cases(egret_buffer_t *buffer, const egret_code_row_t *row)
{
    for (size_t i = 0; i < EGRET_CODE_CASES && row->cases[i].name != NULL;
         i++) {
        const egret_code_case_t *one = &row->cases[i];

        if (i > 0) {
            egret_buffer_add_text(buffer, "; ");
        }
        if (one->name[0] != '\0') {
            egret_buffer_print(buffer, "%s: ", one->name);
        }
        egret_buffer_add_text(buffer, one->iso == NULL ? "-" : one->iso);
    }
}


static void
write_row(egret_buffer_t *buffer, egret_code_t code)
{
    const egret_code_row_t *row = egret_code_row(code);

    egret_buffer_print(buffer, "| <a id=\"%c%s\"></a>%s | %s%s | %s | ",
                       row->id[0] - 'A' + 'a', row->id + 1, row->id,
                       egret_severity_text(row->severity),
                       row->is_locked ? ", locked" : "", checked_text(code));
    write_cases(buffer, row);
    egret_buffer_print(buffer, " | %s | %s | %s |\n", row->title_en,
                       row->title_zh_hans, row->title_zh_hant);
}


void
egret_catalogue_write(egret_buffer_t *buffer)
{
    egret_buffer_add_text(buffer, page_head);
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        egret_buffer_print(buffer, "\n## %c: %s\n\n%s", families[i].letter,
                           families[i].title, table_head);
        for (int code = 0; code < EGRET_CODE_COUNT; code++) {
            if (egret_code_row((egret_code_t) code)->id[0]
                == families[i].letter) {
                write_row(buffer, (egret_code_t) code);
            }
        }
    }
}
