/* SPDX-License-Identifier: Apache-2.0 */
/* certificate_fuzz: egret_certificate_read, egret_registry_add and
 * egret_registry_match on any bytes. A certificate that is read holds what its
 * header promises, and matches its own pin and nobody else's. */
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>

#include "identity/name.h"
#include "identity/registry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);


static void
require(bool holds)
{
    if (!holds) {
        abort();
    }
}


static void
require_promises(const egret_certificate_t *certificate)
{
    require(certificate->dns_count + certificate->uri_count
            <= EGRET_CERTIFICATE_NAMES);
    for (size_t i = 0; i < certificate->dns_count; i++) {
        require(egret_name_dns_fault(certificate->dns[i]) == NULL);
    }
    for (size_t i = 0; i < certificate->uri_count; i++) {
        require(egret_name_uri_fault(certificate->uris[i]) == NULL);
    }
    require(certificate->lei.length == 0
            || egret_lei_is_valid(certificate->lei));
    require(certificate->serial.length != 0);
    require(egret_span_is_utf8(certificate->organization_identifier, NULL));
}


static void
add(egret_registry_t *registry, egret_credential_t credential)
{
    egret_span_t fault;

    require(egret_registry_add(registry, &credential, &fault) == EGRET_OK);
}


static void
match_own_pin(const egret_certificate_t *certificate, egret_arena_t *arena)
{
    static char own, stranger;
    egret_registry_t *registry = egret_registry_create(arena);
    egret_credential_t credential = { .has_spki = true,
                                      .spki = certificate->spki,
                                      .owner = &own,
                                      .owner_name = EGRET_SPAN("own") };
    bool is_ever_valid = certificate->not_before <= certificate->not_after;

    require(registry != NULL);
    if (certificate->dns_count > 0) {
        credential.dns = certificate->dns[0];
    }
    if (certificate->uri_count > 0) {
        credential.uri = certificate->uris[0];
    }
    credential.lei = certificate->lei;
    add(registry, credential);
    credential.spki.bytes[0] ^= 1;
    credential.owner = &stranger;
    add(registry, credential);

    require(egret_registry_match(registry, certificate,
                                 certificate->not_before)
            == (is_ever_valid ? &own : NULL));
    egret_registry_destroy(registry);
}


/* A CA that is not its own: nobody can match, but all of the check runs. */
static void
match_authority(const egret_certificate_t *certificate, egret_arena_t *arena)
{
    static const char pem[] =
        "-----BEGIN CERTIFICATE-----\n"
        "MIIBNzCB3qADAgECAgEBMAoGCCqGSM49BAMCMBIxEDAOBgNVBAMMB1NlZWQgQ0Ew\n"
        "IBcNMDIwNTI2MDgwMDAwWhgPMjA1MTA5MDYwODAwMDBaMBIxEDAOBgNVBAMMB1Nl\n"
        "ZWQgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATu0VolndTS+dZbbo3l6X6u\n"
        "MFhihCcwcNh9tUQO3G21Z3mztKk59Q8knQ3dIzfMNxiZiJ5ruL51b2OYuThdafBK\n"
        "oyMwITAPBgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICBDAKBggqhkjOPQQD\n"
        "AgNIADBFAiEAnnMNDUQMHWCbft4paHtxR/DmBZvYT641VfzOFClbJ8YCIHTDfXmW\n"
        "R5N0kP1DDtnJ06jytXgeDnRKy3yM3o6fNnKe\n"
        "-----END CERTIFICATE-----\n";
    static char owner;
    egret_registry_t *registry = egret_registry_create(arena);
    egret_credential_t credential = { .serial = certificate->serial,
                                      .ca_pem = EGRET_SPAN(pem),
                                      .owner = &owner,
                                      .owner_name = EGRET_SPAN("owner") };

    require(registry != NULL);
    if (certificate->serial.at[0] != '-') {
        add(registry, credential);
        (void) egret_registry_match(registry, certificate, 1800000000);
    }
    egret_registry_destroy(registry);
}


int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    egret_span_t der = { (const char *) bytes, size };
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_certificate_t certificate;
    const char *fault;

    require(arena != NULL);
    if (egret_certificate_read(der, arena, &certificate, &fault)
        == EGRET_OK) {
        require_promises(&certificate);
        match_own_pin(&certificate, arena);
        match_authority(&certificate, arena);
    } else {
        require(fault != NULL);
    }

    require(ERR_peek_error() == 0);
    egret_arena_destroy(arena);
    return 0;
}
