/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/owners.h"

typedef struct owner_s owner_t;

struct owner_s {
    const void *owner;
    owner_t *next; /* of the same name */
};


void
egret_owners_init(egret_owners_t *owners, egret_arena_t *arena)
{
    owners->arena = arena;
    for (size_t kind = 0; kind < EGRET_CLAIM_KINDS; kind++) {
        egret_map_init(&owners->by_name[kind], arena);
    }
}


static egret_rc_t
add(egret_owners_t *owners, egret_map_t *map, egret_span_t name,
    const void *owner)
{
    owner_t *first = egret_map_find(map, name);
    owner_t *one = egret_arena_zeroed(owners->arena, 1, sizeof(owner_t));

    if (one == NULL) {
        return egret_arena_rc(owners->arena);
    }
    one->owner = owner;
    if (first == NULL) {
        return egret_map_add(map, name, one);
    }
    one->next = first->next;
    first->next = one;
    return EGRET_OK;
}


egret_rc_t
egret_owners_add(egret_owners_t *owners,
                 const egret_span_t names[EGRET_CLAIM_KINDS],
                 const void *owner)
{
    egret_rc_t rc = EGRET_OK;

    for (size_t kind = 0; kind < EGRET_CLAIM_KINDS && rc == EGRET_OK; kind++) {
        if (names[kind].length != 0 && kind != EGRET_CLAIM_SERIAL) {
            rc = add(owners, &owners->by_name[kind], names[kind], owner);
        }
    }
    return rc;
}


static bool
is_of_another(const egret_map_t *map, const egret_span_t *names, size_t count,
              const void *owner)
{
    for (size_t i = 0; i < count; i++) {
        const owner_t *first = egret_map_find(map, names[i]);
        const owner_t *one = first;

        while (one != NULL && one->owner != owner) {
            one = one->next;
        }
        if (first != NULL && one == NULL) {
            return true;
        }
    }
    return false;
}


bool
egret_owners_have_another(const egret_owners_t *owners,
                          const egret_certificate_t *certificate,
                          const void *owner)
{
    const egret_map_t *by_name = owners->by_name;

    return is_of_another(&by_name[EGRET_CLAIM_DNS], certificate->dns,
                         certificate->dns_count, owner)
           || is_of_another(&by_name[EGRET_CLAIM_URI], certificate->uris,
                            certificate->uri_count, owner)
           || is_of_another(&by_name[EGRET_CLAIM_LEI], &certificate->lei, 1,
                            owner);
}
