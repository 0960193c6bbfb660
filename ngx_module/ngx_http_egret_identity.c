/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_http_egret_binding_e ngx_http_egret_identify(ngx_http_request_t *r,
    const egret_partner_t **partner);
static ngx_uint_t ngx_http_egret_is_misdirected(ngx_http_request_t *r);
static ngx_uint_t ngx_http_egret_has_error_page(ngx_http_request_t *r,
    ngx_int_t status);
static ngx_int_t ngx_http_egret_send_refusal(ngx_http_request_t *r,
    egret_refusal_t refusal, egret_delivered_t delivered);


ngx_http_egret_ctx_t *
ngx_http_egret_bind(ngx_http_request_t *r)
{
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_create_ctx(r);

    if (ctx != NULL && ctx->binding == ngx_http_egret_unknown) {
        ctx->binding = ngx_http_egret_identify(r->main, &ctx->partner);

        if (ngx_http_egret_is_of_old_generation(r)) {
            ngx_http_egret_let_go(r->main);
        }
    }

    return ctx;
}


static ngx_http_egret_binding_e
ngx_http_egret_identify(ngx_http_request_t *r, const egret_partner_t **partner)
{
    const char                  *fault;
    const egret_certificate_t   *certificate;
    ngx_http_egret_main_conf_t  *emcf;

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    if (emcf->config == NULL) {
        return ngx_http_egret_stranger;
    }

    certificate = ngx_http_egret_peer(r);
    if (certificate == NULL) {
        return ngx_http_egret_stranger;
    }

    fault = ngx_http_egret_revocation_fault(r, certificate);

    if (fault == NULL) {
        *partner = egret_registry_match(emcf->config->registry, certificate,
                                        ngx_time());
        if (*partner == NULL) {
            fault = "it belongs to no partner";
        }
    }

    if (fault != NULL) {
        ngx_log_error(NGX_LOG_NOTICE, r->connection->log, 0,
                      "egret: client certificate refused: %s", fault);
        return ngx_http_egret_stranger;
    }

    if (ngx_http_egret_is_misdirected(r)) {
        return ngx_http_egret_misdirected;
    }

    return ngx_http_egret_bind_in_force(r, *partner);
}


/*
 * A client that another server's CA verified can name this server in Host:
 * the handshake's server must be the request's, and SNI, where sent, its name.
 */

static ngx_uint_t
ngx_http_egret_is_misdirected(ngx_http_request_t *r)
{
#if (NGX_HTTP_SSL && defined SSL_CTRL_SET_TLSEXT_HOSTNAME)
    size_t       len;
    const char  *sni;

    if (r->http_connection->conf_ctx->srv_conf != r->srv_conf) {
        return 1;
    }

    sni = SSL_get_servername(r->connection->ssl->connection,
                             TLSEXT_NAMETYPE_host_name);
    if (sni == NULL) {
        return 0;
    }

    len = ngx_strlen(sni);

    /* nginx takes it off Host, too */

    if (len > 1 && sni[len - 1] == '.') {
        len--;
    }

    return r->headers_in.server.len != len
           || ngx_strncasecmp(r->headers_in.server.data, (u_char *) sni, len)
              != 0;
#else

    return 0;

#endif
}


/*
 * At whatever path, nginx turns away whom no CA vouches for.  Whom Egret does
 * not know goes the same way, or the two could be told apart there.
 */

ngx_int_t
ngx_http_egret_post_read_handler(ngx_http_request_t *r)
{
    ngx_http_egret_ctx_t       *ctx;
    ngx_http_egret_srv_conf_t  *escf;

    escf = ngx_http_get_module_srv_conf(r, ngx_http_egret_module);

    if (!escf->audited || !ngx_http_egret_peer_is_there(r)) {
        return NGX_DECLINED;
    }

    ctx = ngx_http_egret_bind(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ctx->binding == ngx_http_egret_stranger ? ngx_http_egret_turn_away(r)
                                                   : NGX_DECLINED;
}


ngx_int_t
ngx_http_egret_access_handler(ngx_http_request_t *r)
{
    ngx_http_egret_ctx_t       *ctx;
    ngx_http_egret_loc_conf_t  *elcf;

    elcf = ngx_http_get_module_loc_conf(r, ngx_http_egret_module);

    if (!ngx_http_egret_is_guarded(elcf->mode)) {
        return NGX_DECLINED;
    }

    ctx = ngx_http_egret_bind(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    /* never NGX_OK: with "satisfy any" it would grant what others refuse */

    return ctx->binding == ngx_http_egret_bound ? NGX_DECLINED
                                                : ngx_http_egret_turn_away(r);
}


/*
 * Whom nginx itself refuses goes to "error_page 495 496": to be told apart by
 * nothing, whom we refuse goes the same way.
 */

ngx_int_t
ngx_http_egret_turn_away(ngx_http_request_t *r)
{
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    if ((ctx == NULL || ctx->binding == ngx_http_egret_stranger)
        && !r->error_page
        && ngx_http_egret_has_error_page(r, NGX_HTTPS_CERT_ERROR))
    {
        return NGX_HTTPS_CERT_ERROR;
    }

    ngx_http_finalize_request(r, ngx_http_egret_send_away(r));

    return NGX_DONE;
}


ngx_int_t
ngx_http_egret_send_away(ngx_http_request_t *r)
{
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    if (ctx != NULL && ctx->binding == ngx_http_egret_misdirected) {
        return ngx_http_egret_send_refusal(r, EGRET_REFUSAL_MISDIRECTED,
                                           EGRET_DELIVERED_NOT_SAID);
    }

    if (ctx != NULL && ctx->binding == ngx_http_egret_outdated) {
        return ngx_http_egret_send_refusal(r, EGRET_REFUSAL_OUTDATED,
                                           EGRET_DELIVERED_NO);
    }

    return ngx_http_egret_stranger_handler(r);
}


static ngx_uint_t
ngx_http_egret_has_error_page(ngx_http_request_t *r, ngx_int_t status)
{
    ngx_uint_t                 i;
    ngx_http_err_page_t       *page;
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_get_module_loc_conf(r, ngx_http_core_module);

    if (clcf->error_pages == NULL) {
        return 0;
    }

    page = clcf->error_pages->elts;

    for (i = 0; i < clcf->error_pages->nelts; i++) {
        if (page[i].status == status) {
            return 1;
        }
    }

    return 0;
}


static ngx_int_t
ngx_http_egret_send_refusal(ngx_http_request_t *r, egret_refusal_t refusal,
    egret_delivered_t delivered)
{
    egret_answer_t  answer;

    if (ngx_http_egret_answer_refusal(r, refusal, delivered, &answer)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_egret_answer_send(r, NULL, &answer);
}


void
ngx_http_egret_end_connection(ngx_http_request_t *r)
{
#if (NGX_HTTP_V2)

    ngx_connection_t  *c;

    if (r->stream) {

        /* as nginx does when its worker leaves: GOAWAY, and no new stream */

        c = r->stream->connection->connection;
        c->close = 1;

        ngx_post_event(c->read, &ngx_posted_events);
    }

#endif

    r->keepalive = 0;
}


/* The content of a location with "egret stranger". */

ngx_int_t
ngx_http_egret_stranger_handler(ngx_http_request_t *r)
{
    const char  *fault;

    /* nginx says so to those alone who log at "info" */

    fault = ngx_http_egret_peer_fault(r);

    if (fault != NULL) {
        ngx_log_error(NGX_LOG_NOTICE, r->connection->log, 0,
                      "egret: client certificate refused: %s", fault);
    }

    ngx_http_egret_end_connection(r);

    return ngx_http_egret_send_refusal(r, EGRET_REFUSAL_STRANGER,
                                       EGRET_DELIVERED_NOT_SAID);
}
