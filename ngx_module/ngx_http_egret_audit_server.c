/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"

#include "identity/authority.h"


static ngx_int_t ngx_http_egret_audit_tls(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);
#if (NGX_HTTP_SSL)
static ngx_uint_t ngx_http_egret_default_offers(ngx_conf_t *cf,
    ngx_http_core_srv_conf_t *cscf, ngx_uint_t protocol);
static ngx_int_t ngx_http_egret_audit_chain(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf,
    ngx_http_ssl_srv_conf_t *sscf);
#endif
static ngx_uint_t ngx_http_egret_listens_at(ngx_http_conf_addr_t *addr,
    ngx_http_core_srv_conf_t *cscf);
static ngx_uint_t ngx_http_egret_listens_plainly(ngx_conf_t *cf,
    ngx_http_core_srv_conf_t *cscf);


ngx_int_t
ngx_http_egret_audit_server(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_http_core_srv_conf_t   *cscf;
    ngx_http_egret_srv_conf_t  *escf;

    escf = ngx_http_egret_conf(elcf->srv_conf, &ngx_http_egret_module);
    cscf = ngx_http_egret_conf(elcf->srv_conf, &ngx_http_core_module);

    if (escf->audited) {
        return NGX_OK;
    }

    escf->audited = 1;

    if (ngx_http_egret_listens_plainly(cf, cscf)) {
        ngx_http_egret_refuse_conf(cf, elcf,
            "stands in a server that also listens without "
            "TLS: each \"listen\" needs \"ssl\",");
        return NGX_ERROR;
    }

    if (ngx_http_egret_audit_tls(cf, emcf, elcf) != NGX_OK) {
        return NGX_ERROR;
    }

    return ngx_http_egret_init_revocations(cf, emcf, elcf->srv_conf);
}


static ngx_uint_t
ngx_http_egret_listens_plainly(ngx_conf_t *cf, ngx_http_core_srv_conf_t *cscf)
{
    ngx_uint_t                  p, a;
    ngx_http_conf_port_t       *port;
    ngx_http_conf_addr_t       *addr;
    ngx_http_core_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);

    if (cmcf->ports == NULL) {
        return 1;
    }

    port = cmcf->ports->elts;

    for (p = 0; p < cmcf->ports->nelts; p++) {
        addr = port[p].addrs.elts;

        for (a = 0; a < port[p].addrs.nelts; a++) {

#if (NGX_HTTP_V3)
            if (addr[a].opt.quic) {
                continue;
            }
#endif

#if (NGX_HTTP_SSL)
            if (addr[a].opt.ssl) {
                continue;
            }
#endif

            if (ngx_http_egret_listens_at(&addr[a], cscf)) {
                return 1;
            }
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_egret_listens_at(ngx_http_conf_addr_t *addr,
    ngx_http_core_srv_conf_t *cscf)
{
    ngx_uint_t                  s;
    ngx_http_core_srv_conf_t  **server;

    server = addr->servers.elts;

    for (s = 0; s < addr->servers.nelts; s++) {
        if (server[s] == cscf) {
            return 1;
        }
    }

    return 0;
}


#if (NGX_HTTP_SSL)

/* The default server's protocols are chosen before SNI is read. */

static ngx_uint_t
ngx_http_egret_default_offers(ngx_conf_t *cf, ngx_http_core_srv_conf_t *cscf,
    ngx_uint_t protocol)
{
    ngx_uint_t                  p, a;
    ngx_http_conf_port_t       *port;
    ngx_http_conf_addr_t       *addr;
    ngx_http_ssl_srv_conf_t    *sscf;
    ngx_http_core_main_conf_t  *cmcf;

    cmcf = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);
    port = cmcf->ports->elts;

    for (p = 0; p < cmcf->ports->nelts; p++) {
        addr = port[p].addrs.elts;

        for (a = 0; a < port[p].addrs.nelts; a++) {
            sscf = ngx_http_egret_conf(addr[a].default_server->ctx->srv_conf,
                                       &ngx_http_ssl_module);

            if (addr[a].default_server != cscf
                && ngx_http_egret_listens_at(&addr[a], cscf)
                && !(sscf->protocols & protocol))
            {
                return 0;
            }
        }
    }

    return 1;
}


static ngx_int_t
ngx_http_egret_audit_tls(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_http_ssl_srv_conf_t   *sscf;
    ngx_http_core_srv_conf_t  *cscf;

    sscf = ngx_http_egret_conf(elcf->srv_conf, &ngx_http_ssl_module);
    cscf = ngx_http_egret_conf(elcf->srv_conf, &ngx_http_core_module);

    /* 1 is on, 2 is optional; optional_no_ca verifies nothing */

    if (sscf->verify != 1 && sscf->verify != 2) {
        ngx_http_egret_refuse_conf(cf, elcf,
            "needs \"ssl_verify_client on\" or "
            "\"optional\" in its server");
        return NGX_ERROR;
    }

    if (!(sscf->protocols & NGX_SSL_TLSv1_3)
        && ngx_http_egret_warn(cf, emcf,
               "ssl_protocols lacks TLSv1.3 in the server of %s:%ui",
               elcf->file, elcf->line)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (!ngx_http_egret_default_offers(cf, cscf, NGX_SSL_TLSv1_3)
        && ngx_http_egret_warn(cf, emcf,
               "ssl_protocols lacks TLSv1.3 in the default server of an "
               "address of the server of %s:%ui, and counts there for all",
               elcf->file, elcf->line)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if ((sscf->session_tickets || sscf->shm_zone != NULL
         || (sscf->builtin_session_cache != NGX_SSL_NO_SCACHE
             && sscf->builtin_session_cache != NGX_SSL_NONE_SCACHE))
        && ngx_http_egret_warn(cf, emcf,
               "resumed sessions are not verified anew: set "
               "\"ssl_session_tickets off\" and \"ssl_session_cache off\" in "
               "the server of %s:%ui", elcf->file, elcf->line)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    return ngx_http_egret_audit_chain(cf, emcf, elcf, sscf);
}


/*
 * Whom a pin names needs neither: whoever loses such a key has the line taken
 * out.  A CA of the operator's own files admits one step of a chain.
 */

static ngx_int_t
ngx_http_egret_audit_chain(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf, ngx_http_ssl_srv_conf_t *sscf)
{
    size_t        known;
    egret_span_t  authorities;

    if (sscf->crl.len == 0 && emcf->config->trusts_authorities
        && ngx_http_egret_warn(cf, emcf,
               "without \"ssl_crl\" a certificate that its CA revoked is "
               "served in the server of %s:%ui", elcf->file, elcf->line)
           != NGX_OK)
    {
        return NGX_ERROR;
    }

    if (ngx_http_egret_read_authorities(cf, emcf->arena, sscf, &authorities)
        != NGX_OK)
    {
        return NGX_ERROR;
    }

    known = egret_authority_count_intermediate(authorities);

    if (sscf->verify_depth <= known) {
        return NGX_OK;
    }

    return ngx_http_egret_warn(cf, emcf,
               "ssl_verify_depth admits CAs that you do not name, such as a "
               "partner's own sub-CA: set \"ssl_verify_depth %uz\" in the "
               "server of %s:%ui", known, elcf->file, elcf->line);
}

#else

static ngx_int_t
ngx_http_egret_audit_tls(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_http_egret_refuse_conf(cf, elcf, "needs an nginx with TLS");

    return NGX_ERROR;
}

#endif
