/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"

#include "config/file.h"

#if (NGX_HTTP_SSL)

static ngx_int_t ngx_http_egret_revocations_file(ngx_conf_t *cf,
    egret_arena_t *arena, ngx_str_t *name, egret_span_t *text);
static ngx_int_t ngx_http_egret_revocations_read(ngx_conf_t *cf,
    egret_arena_t *arena, ngx_http_egret_srv_conf_t *escf,
    ngx_http_ssl_srv_conf_t *sscf);
static void ngx_http_egret_revocations_cleanup(void *data);


/*
 * The files are those that nginx itself has read just now.  It asks their
 * lists in a handshake only.
 */

ngx_int_t
ngx_http_egret_init_revocations(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, void **srv_conf)
{
    ngx_pool_cleanup_t         *cln;
    ngx_http_ssl_srv_conf_t    *sscf;
    ngx_http_egret_srv_conf_t  *escf;

    escf = srv_conf[ngx_http_egret_module.ctx_index];
    sscf = srv_conf[ngx_http_ssl_module.ctx_index];

    if (sscf->crl.len == 0) {
        return NGX_OK;
    }

    if (ngx_http_egret_revocations_read(cf, emcf->arena, escf, sscf)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    cln = ngx_pool_cleanup_add(cf->pool, 0);
    if (cln == NULL) {
        egret_revocations_free(escf->revocations);
        return NGX_ERROR;
    }

    cln->handler = ngx_http_egret_revocations_cleanup;
    cln->data = escf->revocations;

    /* no error even if strict: one CA's delay must not keep nginx down */

    if (!egret_revocations_are_fresh(escf->revocations, ngx_time())) {
        ngx_log_error(NGX_LOG_WARN, cf->log, 0,
                      "egret: a list of ssl_crl \"%V\" is out of date: whom "
                      "its CA certifies is refused", &sscf->crl);
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_egret_revocations_read(ngx_conf_t *cf, egret_arena_t *arena,
    ngx_http_egret_srv_conf_t *escf, ngx_http_ssl_srv_conf_t *sscf)
{
    egret_rc_t    rc;
    const char   *fault;
    egret_span_t  lists, authorities;

    if (ngx_http_egret_revocations_file(cf, arena, &sscf->crl, &lists)
        != NGX_OK
        || ngx_http_egret_read_authorities(cf, arena, sscf, &authorities)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    rc = egret_revocations_read(lists, authorities, arena,
                                &escf->revocations, &fault);
    if (rc != EGRET_OK) {
        ngx_log_error(NGX_LOG_EMERG, cf->log, 0,
                      "egret: ssl_crl \"%V\" cannot be used: %s",
                      &sscf->crl, fault);
        return NGX_ERROR;
    }

    if (egret_sha256(lists, &escf->revocations_digest) != EGRET_OK) {
        egret_revocations_free(escf->revocations);
        return NGX_ERROR;
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_egret_read_authorities(ngx_conf_t *cf, egret_arena_t *arena,
    ngx_http_ssl_srv_conf_t *sscf, egret_span_t *both)
{
    egret_span_t  clients, trusted;

    if (ngx_http_egret_revocations_file(cf, arena, &sscf->client_certificate,
                                        &clients)
        != NGX_OK
        || ngx_http_egret_revocations_file(cf, arena,
                                           &sscf->trusted_certificate,
                                           &trusted)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    *both = egret_arena_print(arena, "%.*s\n%.*s", EGRET_SPAN_ARGS(clients),
                              EGRET_SPAN_ARGS(trusted));

    return both->at == NULL ? NGX_ERROR : NGX_OK;
}


static ngx_int_t
ngx_http_egret_revocations_file(ngx_conf_t *cf, egret_arena_t *arena,
    ngx_str_t *name, egret_span_t *text)
{
    const char  *path;

    *text = EGRET_SPAN("");

    if (name->len == 0) {
        return NGX_OK;
    }

    path = egret_file_path("", ngx_http_egret_span(name), arena);

    if (path == NULL
        || egret_file_read(path, EGRET_FILE_MAXIMUM, arena, text) != EGRET_OK)
    {
        ngx_log_error(NGX_LOG_EMERG, cf->log, 0,
                      "egret: cannot read \"%V\": %s", name,
                      egret_file_reason(EGRET_FILE_MAXIMUM, arena));
        return NGX_ERROR;
    }

    return NGX_OK;
}


static void
ngx_http_egret_revocations_cleanup(void *data)
{
    egret_revocations_free(data);
}


/* NULL if it stands, also where no list is asked for. */

const char *
ngx_http_egret_revocation_fault(ngx_http_request_t *r,
    const egret_certificate_t *certificate)
{
    ngx_http_ssl_srv_conf_t    *sscf;
    ngx_http_egret_srv_conf_t  *escf;

    sscf = ngx_http_get_module_srv_conf(r, ngx_http_ssl_module);

    if (sscf->crl.len == 0) {
        return NULL;
    }

    escf = ngx_http_get_module_srv_conf(r, ngx_http_egret_module);

    if (escf->revocations == NULL) {

        /* a variable of ours in a server where nothing else of ours is */

        return "the lists of its server are not read";
    }

    return egret_revocations_fault(escf->revocations, certificate->der,
                                   ngx_time());
}

#else

const char *
ngx_http_egret_revocation_fault(ngx_http_request_t *r,
    const egret_certificate_t *certificate)
{
    return NULL;
}

#endif
