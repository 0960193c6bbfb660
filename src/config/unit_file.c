/* SPDX-License-Identifier: Apache-2.0 */

#include "config/unit_file.h"

#include <errno.h>
#include <string.h>

#include "config/file.h"


/* `*text` without `at`: there is no such file. */
static egret_rc_t
read_file(const char *folder, const char *name, egret_arena_t *arena,
          egret_span_t *path, egret_span_t *text, egret_span_t *fault)
{
    const char *at = egret_file_path(folder, egret_span_from(name), arena);
    egret_rc_t rc;

    if (at == NULL) {
        return egret_arena_rc(arena);
    }
    *path = egret_span_from(at);
    *text = (egret_span_t){ NULL, 0 };

    rc = egret_file_read(at, EGRET_FILE_MAXIMUM, arena, text);
    if (rc == EGRET_EIO && errno == ENOENT) {
        return EGRET_OK;
    }
    if (rc == EGRET_EIO) {
        *fault = egret_arena_print(arena, "%s: %s", at,
                                   egret_file_reason(EGRET_FILE_MAXIMUM,
                                                     arena));
    }

    return rc;
}


egret_rc_t
egret_reference_load_units(const char *folder, egret_arena_t *arena,
                           const egret_units_t **out, egret_span_t *fault)
{
    egret_span_t unit_path, unit_text, metric_path, metric_text;
    egret_units_t *units;
    egret_rc_t rc = read_file(folder, "units.tsv", arena, &unit_path,
                              &unit_text, fault);

    *out = NULL;
    if (rc == EGRET_OK) {
        rc = read_file(folder, "metrics.tsv", arena, &metric_path,
                       &metric_text, fault);
    }
    if (rc != EGRET_OK || unit_text.at == NULL || metric_text.at == NULL) {
        return rc;
    }

    rc = egret_units_create(arena, &units);
    if (rc == EGRET_OK) {
        rc = egret_units_read(units, unit_path, unit_text, fault);
    }
    if (rc == EGRET_OK) {
        rc = egret_units_read_metrics(units, metric_path, metric_text, fault);
    }
    if (rc == EGRET_OK) {
        *out = units;
    }

    return rc;
}
