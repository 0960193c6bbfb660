/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/registry.h"

#include <string.h>

#include "identity/authority.h"
#include "identity/claim.h"
#include "identity/name.h"
#include "identity/owners.h"

typedef struct entry_s entry_t;

struct entry_s {
    bool has_spki;
    egret_sha256_t spki;
    egret_span_t names[EGRET_CLAIM_KINDS];
    const egret_authority_t *authorities; /* NULL for a pin alone */
    void *owner;
    egret_span_t owner_name;
    entry_t *next; /* of those found by the same pin or name */
};

struct egret_registry {
    egret_arena_t *arena;
    egret_map_t by_pin;
    egret_map_t by_name[EGRET_CLAIM_KINDS];
    egret_owners_t owners;
    egret_map_t authorities; /* by the text of the file */
    egret_claims_t claims;
};

typedef struct {
    const egret_certificate_t *certificate;
    int64_t now;
    void *owner;
    bool has_two_owners;
} search_t;


egret_registry_t *
egret_registry_create(egret_arena_t *arena)
{
    egret_registry_t *registry = egret_arena_zeroed(arena, 1,
                                                    sizeof(egret_registry_t));

    if (registry == NULL) {
        return NULL;
    }

    registry->arena = arena;
    egret_map_init(&registry->by_pin, arena);
    for (size_t kind = 0; kind < EGRET_CLAIM_KINDS; kind++) {
        egret_map_init(&registry->by_name[kind], arena);
    }
    egret_owners_init(&registry->owners, arena);
    egret_map_init(&registry->authorities, arena);
    egret_claims_init(&registry->claims, arena);
    return registry;
}


void
egret_registry_destroy(egret_registry_t *registry)
{
    if (registry == NULL) {
        return;
    }
    for (size_t i = 0; i < registry->authorities.count; i++) {
        egret_authority_free(registry->authorities.entries[i].value);
    }
    registry->authorities.count = 0;
}


static egret_rc_t
refuse(egret_span_t *fault, egret_rc_t rc, const char *text)
{
    *fault = egret_span_from(text);
    return rc;
}


static egret_rc_t
refuse_memory(egret_registry_t *registry, egret_span_t *fault)
{
    egret_rc_t rc = egret_arena_rc(registry->arena);

    return refuse(fault, rc, egret_rc_text(rc));
}


static egret_rc_t
refuse_rival(egret_registry_t *registry, egret_span_t *fault, const char *why,
             egret_span_t other)
{
    *fault = egret_arena_print(registry->arena,
                               "%s a certificate line of partner %.*s", why,
                               EGRET_SPAN_ARGS(other));
    if (fault->at == NULL) {
        return refuse_memory(registry, fault);
    }
    return EGRET_EEXIST;
}


static bool
is_serial(egret_span_t serial)
{
    if (serial.at[0] == '0') {
        return serial.length == 1;
    }
    for (size_t i = 0; i < serial.length; i++) {
        char c = serial.at[i];

        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'F')) {
            return false;
        }
    }
    return true;
}


static const char *
value_fault(const egret_credential_t *credential)
{
    const char *fault = NULL;

    if (credential->dns.length != 0) {
        fault = egret_name_dns_fault(credential->dns);
    }
    if (fault == NULL && credential->uri.length != 0) {
        fault = egret_name_uri_fault(credential->uri);
    }
    if (fault == NULL && credential->lei.length != 0
        && !egret_lei_is_valid(credential->lei)) {
        fault = "an LEI with wrong length, characters or check digits";
    }
    if (fault == NULL && credential->serial.length != 0
        && !is_serial(credential->serial)) {
        fault = "a serial that is not upper-case hex without leading zeros";
    }
    return fault;
}


static const char *
credential_fault(const egret_credential_t *credential)
{
    bool has_ca = credential->ca_pem.length != 0;
    bool has_name = credential->dns.length != 0 || credential->uri.length != 0
                    || credential->lei.length != 0
                    || credential->serial.length != 0;

    if (!credential->has_spki && !has_ca) {
        return "neither a pin (spki-sha256) nor the partner's own CA";
    }
    if (has_ca && !has_name) {
        return "a CA without any name lets in everybody whom it certifies";
    }
    return value_fault(credential);
}


static bool
copy_names(egret_arena_t *arena, const egret_credential_t *credential,
           entry_t *entry)
{
    const egret_span_t from[EGRET_CLAIM_KINDS] = {
        [EGRET_CLAIM_DNS] = credential->dns,
        [EGRET_CLAIM_URI] = credential->uri,
        [EGRET_CLAIM_LEI] = credential->lei,
        [EGRET_CLAIM_SERIAL] = credential->serial,
    };

    for (size_t kind = 0; kind < EGRET_CLAIM_KINDS; kind++) {
        char *copy = egret_arena_zeroed(arena, from[kind].length + 1, 1);

        if (copy == NULL) {
            return false;
        }
        for (size_t i = 0; i < from[kind].length; i++) {
            char c = from[kind].at[i];
            bool is_upper = c >= 'A' && c <= 'Z';

            copy[i] = is_upper && kind == EGRET_CLAIM_DNS
                          ? (char) (c - 'A' + 'a') : c;
        }
        entry->names[kind] = (egret_span_t){ copy, from[kind].length };
    }
    return true;
}


static entry_t *
make_entry(egret_arena_t *arena, const egret_credential_t *credential)
{
    entry_t *entry = egret_arena_zeroed(arena, 1, sizeof(entry_t));

    if (entry == NULL || !copy_names(arena, credential, entry)) {
        return NULL;
    }

    entry->has_spki = credential->has_spki;
    entry->spki = credential->spki;
    entry->owner = credential->owner;
    entry->owner_name = egret_arena_copy(arena, credential->owner_name);
    return entry->owner_name.at == NULL ? NULL : entry;
}


/* Partners of one CA name the same file: its text is read once. */
static egret_rc_t
find_authorities(egret_registry_t *registry, egret_span_t pem, entry_t *entry,
                 egret_span_t *fault)
{
    egret_authority_t *first;
    const char *why;
    egret_rc_t rc;

    if (pem.length == 0) {
        return EGRET_OK;
    }

    first = egret_map_find(&registry->authorities, pem);
    if (first != NULL) {
        entry->authorities = first;
        return EGRET_OK;
    }

    rc = egret_authority_read(pem, registry->arena, &first, &why);
    if (rc != EGRET_OK) {
        return refuse(fault, rc, why);
    }

    pem = egret_arena_copy(registry->arena, pem);
    if (pem.at == NULL) {
        egret_authority_free(first);
        return refuse_memory(registry, fault);
    }
    rc = egret_map_add(&registry->authorities, pem, first);
    if (rc != EGRET_OK) {
        egret_authority_free(first);
        return refuse(fault, rc, egret_rc_text(rc));
    }
    entry->authorities = first;
    return EGRET_OK;
}


static egret_span_t
pin_of(const egret_sha256_t *spki)
{
    return (egret_span_t){ (const char *) spki->bytes, EGRET_SHA256_BYTES };
}


static egret_rc_t
refuse_same_pin(egret_registry_t *registry, const entry_t *entry,
                egret_span_t *fault)
{
    const entry_t *other = egret_map_find(&registry->by_pin,
                                          pin_of(&entry->spki));

    /* All entries of one pin have one owner, or they would not be there. */
    if (other == NULL || other->owner == entry->owner) {
        return EGRET_OK;
    }
    return refuse_rival(registry, fault, "the same pin as", other->owner_name);
}


static egret_claim_t
claim_of(const entry_t *entry, const egret_authority_t *authority)
{
    egret_claim_t claim = { .ca = *egret_authority_spki(authority),
                            .owner = entry->owner,
                            .owner_name = entry->owner_name };

    memcpy(claim.names, entry->names, sizeof(claim.names));
    return claim;
}


static egret_rc_t
refuse_same_names(egret_registry_t *registry, const entry_t *entry,
                  egret_span_t *fault)
{
    const egret_authority_t *authority = entry->authorities;

    for (; authority != NULL; authority = egret_authority_next(authority)) {
        egret_claim_t claim = claim_of(entry, authority);
        egret_span_t other;
        egret_rc_t rc = egret_claims_find_rival(&registry->claims, &claim,
                                                &other);

        if (rc == EGRET_OK) {
            return refuse_rival(registry, fault, "the same CA, and no name "
                                "that differs, as", other);
        }
        if (rc != EGRET_ENOTFOUND) {
            return refuse(fault, rc, egret_rc_text(rc));
        }
    }
    return EGRET_OK;
}


static egret_rc_t
add_claims(egret_registry_t *registry, const entry_t *entry)
{
    const egret_authority_t *authority = entry->authorities;
    egret_rc_t rc = EGRET_OK;

    while (authority != NULL && rc == EGRET_OK) {
        egret_claim_t claim = claim_of(entry, authority);

        rc = egret_claims_add(&registry->claims, &claim);
        authority = egret_authority_next(authority);
    }
    return rc;
}


static egret_rc_t
add_to_index(egret_map_t *map, egret_span_t key, entry_t *entry)
{
    entry_t *first = egret_map_find(map, key);

    if (first == NULL) {
        return egret_map_add(map, key, entry);
    }
    entry->next = first->next;
    first->next = entry;
    return EGRET_OK;
}


/* One place is enough: all that an entry names must hold. */
static egret_rc_t
index_entry(egret_registry_t *registry, entry_t *entry)
{
    size_t kind = 0;

    if (entry->has_spki) {
        return add_to_index(&registry->by_pin, pin_of(&entry->spki), entry);
    }
    while (entry->names[kind].length == 0) {
        kind++;
    }
    return add_to_index(&registry->by_name[kind], entry->names[kind], entry);
}


egret_rc_t
egret_registry_add(egret_registry_t *registry,
                   const egret_credential_t *credential, egret_span_t *fault)
{
    const char *why = credential_fault(credential);
    entry_t *entry;
    egret_rc_t rc;

    if (why != NULL) {
        return refuse(fault, EGRET_EINVAL, why);
    }

    entry = make_entry(registry->arena, credential);
    if (entry == NULL) {
        return refuse_memory(registry, fault);
    }

    rc = find_authorities(registry, credential->ca_pem, entry, fault);
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = entry->has_spki ? refuse_same_pin(registry, entry, fault)
                         : refuse_same_names(registry, entry, fault);
    if (rc != EGRET_OK) {
        return rc;
    }

    rc = entry->has_spki ? EGRET_OK : add_claims(registry, entry);
    if (rc == EGRET_OK) {
        rc = egret_owners_add(&registry->owners, entry->names, entry->owner);
    }
    if (rc == EGRET_OK) {
        rc = index_entry(registry, entry);
    }
    return rc == EGRET_OK ? rc : refuse(fault, rc, egret_rc_text(rc));
}


static bool
has_name(const egret_span_t *names, size_t count, egret_span_t name)
{
    for (size_t i = 0; i < count; i++) {
        if (egret_span_equals(names[i], name)) {
            return true;
        }
    }
    return name.length == 0;
}


static bool
holds(const entry_t *entry, const search_t *search)
{
    const egret_certificate_t *has = search->certificate;
    const egret_span_t *names = entry->names;

    if (entry->has_spki
        && memcmp(&entry->spki, &has->spki, sizeof(has->spki)) != 0) {
        return false;
    }
    return has_name(has->dns, has->dns_count, names[EGRET_CLAIM_DNS])
           && has_name(has->uris, has->uri_count, names[EGRET_CLAIM_URI])
           && has_name(&has->lei, 1, names[EGRET_CLAIM_LEI])
           && has_name(&has->serial, 1, names[EGRET_CLAIM_SERIAL])
           && (entry->authorities == NULL
               || egret_authority_issued(entry->authorities, has->der,
                                         search->now));
}


static void
look_up(search_t *search, const egret_map_t *map, egret_span_t key)
{
    const entry_t *entry = egret_map_find(map, key);

    for (; entry != NULL && !search->has_two_owners; entry = entry->next) {
        if (entry->owner == search->owner || !holds(entry, search)) {
            continue;
        }
        search->has_two_owners = search->owner != NULL;
        search->owner = entry->owner;
    }
}


void *
egret_registry_match(const egret_registry_t *registry,
                     const egret_certificate_t *certificate, int64_t now)
{
    const egret_map_t *by_name = registry->by_name;
    search_t search = { .certificate = certificate, .now = now };

    if (now < certificate->not_before || now > certificate->not_after) {
        return NULL;
    }

    look_up(&search, &registry->by_pin, pin_of(&certificate->spki));
    for (size_t i = 0; i < certificate->dns_count; i++) {
        look_up(&search, &by_name[EGRET_CLAIM_DNS], certificate->dns[i]);
    }
    for (size_t i = 0; i < certificate->uri_count; i++) {
        look_up(&search, &by_name[EGRET_CLAIM_URI], certificate->uris[i]);
    }
    look_up(&search, &by_name[EGRET_CLAIM_LEI], certificate->lei);
    look_up(&search, &by_name[EGRET_CLAIM_SERIAL], certificate->serial);
    return search.has_two_owners || search.owner == NULL
                   || egret_owners_have_another(&registry->owners, certificate,
                                                search.owner)
               ? NULL : search.owner;
}
