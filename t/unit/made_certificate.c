/* SPDX-License-Identifier: Apache-2.0 */
#include "made_certificate.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>


EVP_PKEY *
made_key(const char *kind)
{
    EVP_PKEY *key;

    if (strcmp(kind, "EC") == 0) {
        key = EVP_PKEY_Q_keygen(NULL, NULL, "EC", "P-256");
    } else if (strcmp(kind, "RSA") == 0) {
        key = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t) 2048);
    } else {
        key = EVP_PKEY_Q_keygen(NULL, NULL, kind);
    }
    assert(key != NULL);
    return key;
}


made_t
made_start(EVP_PKEY *key, const char *common_name)
{
    made_t made = { .x509 = X509_new(), .key = key };
    X509_NAME *subject = X509_NAME_new();
    int done = made.x509 != NULL && subject != NULL;

    done = done && X509_set_version(made.x509, X509_VERSION_3)
           && ASN1_INTEGER_set(X509_get_serialNumber(made.x509), 1)
           && X509_set_pubkey(made.x509, key)
           && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                         (const unsigned char *) common_name,
                                         -1, -1, 0)
           && X509_set_subject_name(made.x509, subject);
    assert(done);
    X509_NAME_free(subject);
    made_set_validity(&made, MADE_NOW - MADE_DAY, MADE_NOW + MADE_DAY);
    return made;
}


static size_t
put_head(unsigned char *at, int tag, size_t length)
{
    assert(length < 1 << 24);
    at[0] = (unsigned char) tag;
    if (length < 128) {
        at[1] = (unsigned char) length;
        return 2;
    }
    at[1] = 0x83;
    at[2] = (unsigned char) (length >> 16);
    at[3] = (unsigned char) (length >> 8);
    at[4] = (unsigned char) length;
    return 5;
}


void
made_add_name(made_t *made, int tag, egret_span_t bytes)
{
    unsigned char *at;

    made->san = realloc(made->san, made->san_length + bytes.length + 5);
    assert(made->san != NULL);

    at = made->san + made->san_length;
    at += put_head(at, tag, bytes.length);
    memcpy(at, bytes.at, bytes.length);
    made->san_length = (size_t) (at - made->san) + bytes.length;
}


void
made_add_identifier(made_t *made, int type, egret_span_t bytes)
{
    X509_NAME *subject = X509_get_subject_name(made->x509);
    ASN1_OBJECT *object = OBJ_nid2obj(NID_organizationIdentifier);
    int done = X509_NAME_add_entry_by_OBJ(
        subject, object, type, (const unsigned char *) bytes.at,
        (int) bytes.length, -1, 0);

    assert(done);
    (void) done;
}


void
made_add_extension(made_t *made, const char *oid, bool is_critical,
                   egret_span_t value)
{
    ASN1_OBJECT *object = OBJ_txt2obj(oid, 1);
    ASN1_OCTET_STRING *octets = ASN1_OCTET_STRING_new();
    X509_EXTENSION *extension;
    int done;

    assert(object != NULL && octets != NULL);
    done = ASN1_OCTET_STRING_set(octets, (const unsigned char *) value.at,
                                 (int) value.length);
    assert(done);
    extension = X509_EXTENSION_create_by_OBJ(NULL, object, is_critical,
                                             octets);
    assert(extension != NULL);
    done = X509_add_ext(made->x509, extension, -1);
    assert(done);
    (void) done;

    X509_EXTENSION_free(extension);
    ASN1_OCTET_STRING_free(octets);
    ASN1_OBJECT_free(object);
}


void
made_be_authority(made_t *made)
{
    made_add_extension(made, "2.5.29.19", true,
                       EGRET_SPAN("\x30\x03\x01\x01\xff"));
    made_add_extension(made, "2.5.29.15", true,
                       EGRET_SPAN("\x03\x02\x01\x06"));
}


void
made_set_validity(made_t *made, int64_t not_before, int64_t not_after)
{
    ASN1_TIME *from = ASN1_TIME_set(NULL, (time_t) not_before);
    ASN1_TIME *to = ASN1_TIME_set(NULL, (time_t) not_after);
    int done = from != NULL && to != NULL
               && X509_set1_notBefore(made->x509, from)
               && X509_set1_notAfter(made->x509, to);

    assert(done);
    (void) done;
    ASN1_TIME_free(from);
    ASN1_TIME_free(to);
}


static void
add_san(made_t *made)
{
    unsigned char *value;
    size_t head;

    if (made->san == NULL) {
        return;
    }
    value = malloc(made->san_length + 5);
    assert(value != NULL);
    head = put_head(value, 0x30, made->san_length);
    memcpy(value + head, made->san, made->san_length);
    made_add_extension(made, "2.5.29.17", false,
                       (egret_span_t){ (const char *) value,
                                       head + made->san_length });
    free(value);
    free(made->san);
    made->san = NULL;
}


egret_span_t
made_sign(made_t *made, const made_t *issuer, const char *digest)
{
    const EVP_MD *by = EVP_sha256();
    unsigned char *der = NULL;
    egret_span_t out;
    char *copy;
    int done;

    if (issuer == NULL) {
        issuer = made;
    }
    if (EVP_PKEY_is_a(issuer->key, "ED25519")) {
        by = NULL;
    } else if (digest != NULL) {
        by = EVP_get_digestbyname(digest);
    }

    add_san(made);
    done = X509_set_issuer_name(made->x509,
                                X509_get_subject_name(issuer->x509))
           && X509_sign(made->x509, issuer->key, by) > 0;
    assert(done);
    done = i2d_X509(made->x509, &der);
    assert(done > 0);

    out.length = (size_t) done;
    copy = malloc(out.length);
    assert(copy != NULL);
    memcpy(copy, der, out.length);
    out.at = copy;
    OPENSSL_free(der);
    return out;
}


egret_span_t
made_pem(const made_t *made)
{
    BIO *bio = BIO_new(BIO_s_mem());
    egret_span_t out;
    char *text, *copy;
    int done = bio != NULL && PEM_write_bio_X509(bio, made->x509);

    assert(done);
    (void) done;
    out.length = (size_t) BIO_get_mem_data(bio, &text);
    copy = malloc(out.length + 1);
    assert(copy != NULL);
    memcpy(copy, text, out.length);
    copy[out.length] = '\0';
    out.at = copy;
    BIO_free(bio);
    return out;
}


void
made_free(made_t *made)
{
    X509_free(made->x509);
    free(made->san);
    made->x509 = NULL;
    made->san = NULL;
}
