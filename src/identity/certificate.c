/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/certificate.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "identity/name.h"
#include "identity/x509.h"

#define LEI_LENGTH 20
#define LEI_PREFIX "LEIXG-"

typedef struct {
    X509 *x509;
    egret_arena_t *arena;
    egret_certificate_t *out;
    egret_span_t extension_lei;
    egret_span_t identifier_lei;
    const char *fault;
} reader_t;

/* 1.3.6.1.4.1.52266.1 */
static const unsigned char lei_oid[] = { 0x2b, 0x06, 0x01, 0x04, 0x01,
                                         0x83, 0x98, 0x2a, 0x01 };


bool
egret_lei_is_valid(egret_span_t lei)
{
    uint64_t remainder = 0;

    if (lei.length != LEI_LENGTH) {
        return false;
    }
    for (size_t i = 0; i < LEI_LENGTH; i++) {
        char c = lei.at[i];

        if (c >= '0' && c <= '9') {
            remainder = remainder * 10 + (uint64_t) (c - '0');
        } else if (c >= 'A' && c <= 'Z' && i < LEI_LENGTH - 2) {
            remainder = remainder * 100 + (uint64_t) (c - 'A') + 10;
        } else {
            return false;
        }
        if (remainder > UINT64_MAX / 1000) {
            remainder %= 97;
        }
    }
    return remainder % 97 == 1;
}


static egret_rc_t
refuse(reader_t *reader, egret_rc_t rc, const char *fault)
{
    reader->fault = fault;
    return rc;
}


static egret_span_t
span_of(const ASN1_STRING *string)
{
    return (egret_span_t){ (const char *) ASN1_STRING_get0_data(string),
                           (size_t) ASN1_STRING_length(string) };
}


static egret_rc_t
copy(reader_t *reader, egret_span_t span, egret_span_t *out)
{
    *out = egret_arena_copy(reader->arena, span);
    return out->at == NULL ? egret_arena_rc(reader->arena) : EGRET_OK;
}


static egret_rc_t
copy_lower(reader_t *reader, egret_span_t span, egret_span_t *out)
{
    char *lower = egret_arena_allocate(reader->arena, span.length);

    if (lower == NULL) {
        return egret_arena_rc(reader->arena);
    }
    for (size_t i = 0; i < span.length; i++) {
        char c = span.at[i];

        lower[i] = c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }
    *out = (egret_span_t){ lower, span.length };
    return EGRET_OK;
}


static egret_rc_t
read_serial(reader_t *reader)
{
    static const char digits[] = "0123456789ABCDEF";
    const ASN1_INTEGER *serial = X509_get0_serialNumber(reader->x509);
    egret_span_t bytes = span_of(serial);
    char *hex = egret_arena_allocate(reader->arena, 2 * bytes.length + 2);
    size_t length = 0, first = 0;

    if (hex == NULL) {
        return egret_arena_rc(reader->arena);
    }

    if (ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER) {
        hex[length++] = '-';
        first = 1;
    }
    for (size_t i = 0; i < 2 * bytes.length; i++) {
        unsigned byte = (unsigned char) bytes.at[i / 2];
        unsigned nibble = i % 2 == 0 ? byte >> 4 : byte & 15;

        if (nibble != 0 || length > first) {
            hex[length++] = digits[nibble];
        }
    }
    if (length == first) {
        hex[length++] = '0';
    }

    reader->out->serial = (egret_span_t){ hex, length };
    return EGRET_OK;
}


static bool
has_control(egret_span_t span)
{
    for (size_t i = 0; i < span.length; i++) {
        unsigned char byte = (unsigned char) span.at[i];

        if (byte < 0x20 || byte == 0x7f) {
            return true;
        }
    }
    return false;
}


static egret_rc_t
read_identifier(reader_t *reader, const ASN1_STRING *string)
{
    static const size_t prefix = sizeof(LEI_PREFIX) - 1;
    int type = ASN1_STRING_type(string);
    egret_span_t *out = &reader->out->organization_identifier;
    egret_span_t text = span_of(string);
    egret_rc_t rc;

    if (type != V_ASN1_UTF8STRING && type != V_ASN1_PRINTABLESTRING) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an organizationIdentifier of another string type");
    }
    if (text.length == 0 || has_control(text)
        || !egret_span_is_utf8(text, NULL)) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an organizationIdentifier that is no clean text");
    }
    if (out->length != 0) {
        return egret_span_equals(*out, text)
                   ? EGRET_OK
                   : refuse(reader, EGRET_EUNSUPPORTED,
                            "two different organizationIdentifiers");
    }

    rc = copy(reader, text, out);
    if (rc != EGRET_OK
        || !egret_span_equals_nocase(egret_span_slice(text, 0, prefix),
                                     EGRET_SPAN(LEI_PREFIX))) {
        return rc;
    }

    reader->identifier_lei = egret_span_slice(*out, prefix, out->length);
    if (!egret_span_starts_with(text, EGRET_SPAN(LEI_PREFIX))
        || !egret_lei_is_valid(reader->identifier_lei)) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an organizationIdentifier LEIXG- without a valid LEI");
    }
    return EGRET_OK;
}


static egret_rc_t
read_subject(reader_t *reader)
{
    const X509_NAME *subject = X509_get_subject_name(reader->x509);
    int at = -1;

    for (;;) {
        const X509_NAME_ENTRY *entry;
        egret_rc_t rc;

        at = X509_NAME_get_index_by_NID(subject, NID_organizationIdentifier,
                                        at);
        if (at < 0) {
            return EGRET_OK;
        }

        entry = X509_NAME_get_entry(subject, at);
        rc = read_identifier(reader, X509_NAME_ENTRY_get_data(entry));
        if (rc != EGRET_OK) {
            return rc;
        }
    }
}


static egret_rc_t
read_name(reader_t *reader, const GENERAL_NAME *name)
{
    egret_certificate_t *out = reader->out;
    const char *fault;
    egret_span_t text;
    egret_rc_t rc;
    int type;
    const void *value = GENERAL_NAME_get0_value(name, &type);

    if (type != GEN_DNS && type != GEN_URI) {
        return EGRET_OK;
    }

    text = span_of(value);
    if (type == GEN_URI) {
        fault = egret_name_uri_fault(text);
        if (fault != NULL) {
            return refuse(reader, EGRET_EUNSUPPORTED, fault);
        }
        rc = copy(reader, text, &out->uris[out->uri_count]);
        out->uri_count += rc == EGRET_OK;
        return rc;
    }

    fault = egret_name_dns_fault(text);
    if (fault != NULL) {
        return refuse(reader, EGRET_EUNSUPPORTED, fault);
    }
    rc = copy_lower(reader, text, &out->dns[out->dns_count]);
    out->dns_count += rc == EGRET_OK;
    return rc;
}


static egret_rc_t
read_name_list(reader_t *reader, const GENERAL_NAMES *names)
{
    int count = sk_GENERAL_NAME_num(names);
    egret_certificate_t *out = reader->out;
    egret_rc_t rc = EGRET_OK;

    if (count > EGRET_CERTIFICATE_NAMES) {
        return refuse(reader, EGRET_EUNSUPPORTED, "more than 64 names");
    }

    out->dns = egret_arena_zeroed(reader->arena, (size_t) count,
                                  sizeof(egret_span_t));
    if (out->dns == NULL) {
        return egret_arena_rc(reader->arena);
    }
    out->uris = egret_arena_zeroed(reader->arena, (size_t) count,
                                   sizeof(egret_span_t));
    if (out->uris == NULL) {
        return egret_arena_rc(reader->arena);
    }

    for (int i = 0; i < count && rc == EGRET_OK; i++) {
        rc = read_name(reader, sk_GENERAL_NAME_value(names, i));
    }
    return rc;
}


/* X509V3_EXT_d2i would not see bytes after the list. */
static egret_rc_t
read_alternative_names(reader_t *reader, X509_EXTENSION *extension)
{
    egret_span_t der = span_of(X509_EXTENSION_get_data(extension));
    const unsigned char *at = (const unsigned char *) der.at;
    GENERAL_NAMES *names = d2i_GENERAL_NAMES(NULL, &at, (long) der.length);
    egret_rc_t rc;

    if (names == NULL || at != (const unsigned char *) der.at + der.length) {
        rc = refuse(reader, EGRET_EUNSUPPORTED,
                    "a subjectAltName that is not well-formed");
    } else {
        rc = read_name_list(reader, names);
    }

    GENERAL_NAMES_free(names);
    return rc;
}


static egret_rc_t
read_lei_extension(reader_t *reader, X509_EXTENSION *extension)
{
    egret_span_t der = span_of(X509_EXTENSION_get_data(extension));
    egret_span_t lei = egret_span_slice(der, 2, der.length);

    if (X509_EXTENSION_get_critical(extension)) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an LEI extension that is critical");
    }
    if (der.length < 2 || der.at[0] != V_ASN1_PRINTABLESTRING) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an LEI extension that is no PrintableString");
    }
    if (der.at[1] != LEI_LENGTH || lei.length != LEI_LENGTH) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an LEI extension that is not of 20 characters");
    }
    if (!egret_lei_is_valid(lei)) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an LEI extension with wrong characters or check digits");
    }
    return copy(reader, lei, &reader->extension_lei);
}


static bool
stood_before(const X509 *x509, int index, const ASN1_OBJECT *object)
{
    for (int i = 0; i < index; i++) {
        X509_EXTENSION *other = X509_get_ext(x509, i);

        if (OBJ_cmp(X509_EXTENSION_get_object(other), object) == 0) {
            return true;
        }
    }
    return false;
}


static egret_rc_t
read_extension(reader_t *reader, int index)
{
    X509_EXTENSION *extension = X509_get_ext(reader->x509, index);
    const ASN1_OBJECT *object = X509_EXTENSION_get_object(extension);

    if (stood_before(reader->x509, index, object)) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an extension that stands twice");
    }
    if (OBJ_obj2nid(object) == NID_subject_alt_name) {
        return read_alternative_names(reader, extension);
    }
    if (OBJ_length(object) == sizeof(lei_oid)
        && memcmp(OBJ_get0_data(object), lei_oid, sizeof(lei_oid)) == 0) {
        return read_lei_extension(reader, extension);
    }
    if (X509_EXTENSION_get_critical(extension)
        && !X509_supported_extension(extension)) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an unknown critical extension");
    }
    return EGRET_OK;
}


static egret_rc_t
read_extensions(reader_t *reader)
{
    int count = X509_get_ext_count(reader->x509);
    egret_rc_t rc = EGRET_OK;

    if (count > EGRET_CERTIFICATE_EXTENSIONS) {
        return refuse(reader, EGRET_EUNSUPPORTED, "more than 64 extensions");
    }
    for (int i = 0; i < count && rc == EGRET_OK; i++) {
        rc = read_extension(reader, i);
    }
    return rc;
}


static egret_rc_t
settle_lei(reader_t *reader)
{
    bool has_extension = reader->extension_lei.length != 0;

    if (has_extension && reader->identifier_lei.length != 0
        && !egret_span_equals(reader->extension_lei, reader->identifier_lei)) {
        return refuse(reader, EGRET_EUNSUPPORTED,
                      "an LEI extension that disagrees with "
                      "organizationIdentifier");
    }
    reader->out->lei = has_extension ? reader->extension_lei
                                     : reader->identifier_lei;
    return EGRET_OK;
}


static egret_rc_t
read_fields(reader_t *reader)
{
    egret_certificate_t *out = reader->out;
    egret_rc_t rc = egret_x509_validity(reader->x509, &out->not_before,
                                        &out->not_after);

    if (rc != EGRET_OK) {
        return refuse(reader, rc, "a validity that is not in X.509's form");
    }

    rc = egret_x509_spki(reader->x509, &out->spki);
    if (rc == EGRET_OK) {
        rc = read_serial(reader);
    }
    if (rc == EGRET_OK) {
        rc = read_subject(reader);
    }
    if (rc == EGRET_OK) {
        rc = read_extensions(reader);
    }
    if (rc == EGRET_OK) {
        rc = settle_lei(reader);
    }
    return rc;
}


static egret_rc_t
read_der(reader_t *reader, egret_span_t der)
{
    egret_rc_t rc;

    if (der.length > EGRET_CERTIFICATE_BYTES) {
        return refuse(reader, EGRET_EUNSUPPORTED, "more than 65,536 bytes");
    }

    reader->x509 = egret_x509_read(der);
    if (reader->x509 == NULL) {
        return refuse(reader, EGRET_ESYNTAX, "not one certificate in DER");
    }

    rc = copy(reader, der, &reader->out->der);
    if (rc == EGRET_OK) {
        rc = read_fields(reader);
    }
    X509_free(reader->x509);
    return rc;
}


egret_rc_t
egret_certificate_read(egret_span_t der, egret_arena_t *arena,
                       egret_certificate_t *out, const char **fault)
{
    egret_certificate_t certificate = { 0 };
    reader_t reader = { .arena = arena, .out = &certificate };
    egret_rc_t rc;

    ERR_set_mark();
    rc = read_der(&reader, der);
    ERR_pop_to_mark();

    if (rc == EGRET_OK) {
        *fault = NULL;
        *out = certificate;
        return EGRET_OK;
    }
    *fault = reader.fault != NULL ? reader.fault : egret_rc_text(rc);
    return rc;
}
