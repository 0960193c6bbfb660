/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_CERTIFICATE_CEILING  (1024 * 1024)


#if (NGX_HTTP_SSL)

/*
 * What a connection's certificate says does not change, and reading it costs
 * more than judging a message: it is read once a connection and kept in the
 * connection's pool, which the streams of HTTP/2 share.  Whose it is, is asked
 * anew for each request.
 */

typedef struct {
    egret_arena_t        *arena;
    egret_certificate_t   certificate;
    unsigned              is_read:1;   /* it is one that Egret takes */
} ngx_http_egret_peer_t;


static ngx_connection_t *ngx_http_egret_peer_connection(ngx_http_request_t *r);
static ngx_http_egret_peer_t *ngx_http_egret_peer_find(ngx_connection_t *c);
static ngx_http_egret_peer_t *ngx_http_egret_peer_keep(ngx_connection_t *c);
static ngx_http_egret_peer_t *ngx_http_egret_peer_create(ngx_log_t *log,
    X509 *cert);
static egret_rc_t ngx_http_egret_peer_read(ngx_http_egret_peer_t *peer,
    X509 *cert, const char **fault);
static void ngx_http_egret_peer_cleanup(void *data);

#endif


const egret_certificate_t *
ngx_http_egret_peer(ngx_http_request_t *r)
{
#if (NGX_HTTP_SSL)
    ngx_connection_t       *c;
    ngx_http_egret_peer_t  *peer;

    c = ngx_http_egret_peer_connection(r);

    if (c->ssl == NULL) {
        return NULL;
    }

    peer = ngx_http_egret_peer_find(c);

    if (peer == NULL) {
        peer = ngx_http_egret_peer_keep(c);
    }

    return peer != NULL && peer->is_read ? &peer->certificate : NULL;

#else

    return NULL;

#endif
}


ngx_uint_t
ngx_http_egret_peer_is_there(ngx_http_request_t *r)
{
#if (NGX_HTTP_SSL)
    X509              *cert;
    ngx_connection_t  *c;

    c = ngx_http_egret_peer_connection(r);

    if (c->ssl == NULL) {
        return 0;
    }

    cert = SSL_get_peer_certificate(c->ssl->connection);
    X509_free(cert);

    return cert != NULL;

#else

    return 0;

#endif
}


/* Of a certificate that nginx verified: NULL. */

const char *
ngx_http_egret_peer_fault(ngx_http_request_t *r)
{
#if (NGX_HTTP_SSL)
    long               rc;
    ngx_connection_t  *c;

    c = ngx_http_egret_peer_connection(r);

    if (c->ssl == NULL || !ngx_http_egret_peer_is_there(r)) {
        return "there is none";
    }

    rc = SSL_get_verify_result(c->ssl->connection);

    return rc == X509_V_OK ? NULL : X509_verify_cert_error_string(rc);

#else

    return "there is none";

#endif
}


#if (NGX_HTTP_SSL)

static ngx_connection_t *
ngx_http_egret_peer_connection(ngx_http_request_t *r)
{
#if (NGX_HTTP_V2)

    if (r->stream) {
        return r->stream->connection->connection;
    }

#endif

    return r->connection;
}


static ngx_http_egret_peer_t *
ngx_http_egret_peer_find(ngx_connection_t *c)
{
    ngx_pool_cleanup_t  *cln;

    for (cln = c->pool->cleanup; cln; cln = cln->next) {
        if (cln->handler == ngx_http_egret_peer_cleanup) {
            return cln->data;
        }
    }

    return NULL;
}


/*
 * The leaf is there on resumed sessions too.  Without a certificate the verify
 * result is X509_V_OK.
 */

static ngx_http_egret_peer_t *
ngx_http_egret_peer_keep(ngx_connection_t *c)
{
    X509                   *cert;
    ngx_pool_cleanup_t     *cln;
    ngx_http_egret_peer_t  *peer;

    if (SSL_get_verify_result(c->ssl->connection) != X509_V_OK) {
        return NULL;
    }

    cert = SSL_get_peer_certificate(c->ssl->connection);
    if (cert == NULL) {
        return NULL;
    }

    cln = ngx_pool_cleanup_add(c->pool, 0);
    peer = cln ? ngx_http_egret_peer_create(c->log, cert) : NULL;

    X509_free(cert);

    if (peer != NULL) {
        cln->handler = ngx_http_egret_peer_cleanup;
        cln->data = peer;
    }

    return peer;
}


/* One that Egret refuses is kept too, so that it is read and logged once. */

static ngx_http_egret_peer_t *
ngx_http_egret_peer_create(ngx_log_t *log, X509 *cert)
{
    egret_rc_t              rc;
    const char             *fault;
    egret_arena_t          *arena;
    ngx_http_egret_peer_t  *peer;

    arena = egret_arena_create(egret_allocator_default(),
                               NGX_HTTP_EGRET_CERTIFICATE_CEILING);
    if (arena == NULL) {
        return NULL;
    }

    peer = egret_arena_zeroed(arena, 1, sizeof(ngx_http_egret_peer_t));
    if (peer == NULL) {
        egret_arena_destroy(arena);
        return NULL;
    }

    fault = NULL;
    peer->arena = arena;

    rc = ngx_http_egret_peer_read(peer, cert, &fault);

    if (rc == EGRET_ENOMEM || rc == EGRET_ELIMIT) {
        egret_arena_destroy(arena);
        return NULL;
    }

    peer->is_read = rc == EGRET_OK;

    if (!peer->is_read) {
        ngx_log_error(NGX_LOG_NOTICE, log, 0,
                      "egret: client certificate refused: %s",
                      fault ? fault : egret_rc_text(rc));
    }

    return peer;
}


static egret_rc_t
ngx_http_egret_peer_read(ngx_http_egret_peer_t *peer, X509 *cert,
    const char **fault)
{
    int            len;
    u_char        *der, *last;
    egret_span_t   span;

    len = i2d_X509(cert, NULL);
    if (len <= 0) {
        return EGRET_ESYNTAX;
    }

    der = egret_arena_allocate(peer->arena, len);
    if (der == NULL) {
        return egret_arena_rc(peer->arena);
    }

    last = der;
    i2d_X509(cert, &last);

    span.at = (const char *) der;
    span.length = len;

    return egret_certificate_read(span, peer->arena, &peer->certificate,
                                  fault);
}


static void
ngx_http_egret_peer_cleanup(void *data)
{
    ngx_http_egret_peer_t  *peer = data;

    egret_arena_destroy(peer->arena);
}

#endif
