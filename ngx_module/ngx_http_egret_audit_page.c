/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_uint_t ngx_http_egret_has_stranger_pages(
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf,
    void **loc_conf);
static ngx_uint_t ngx_http_egret_has_page(ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf, void **loc_conf, ngx_int_t status,
    ngx_uint_t mode);
static ngx_uint_t ngx_http_egret_page_leads(ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf, ngx_http_err_page_t *page,
    ngx_uint_t mode);
static ngx_uint_t ngx_http_egret_may_match(ngx_http_core_loc_conf_t *clcf,
    ngx_str_t *uri);


ngx_int_t
ngx_http_egret_audit_pages(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf)
{
    ngx_http_core_srv_conf_t  *cscf;

    cscf = ngx_http_egret_conf(elcf->srv_conf, &ngx_http_core_module);

    if (!ngx_http_egret_has_page(emcf, elcf, elcf->loc_conf,
                                 NGX_HTTP_REQUEST_ENTITY_TOO_LARGE,
                                 NGX_HTTP_EGRET_REFUSE))
    {
        ngx_http_egret_refuse_conf(cf, elcf,
            "needs an \"error_page 413\" (without \"=\") that leads to a "
            "location with \"egret refuse\": nginx refuses large bodies "
            "itself,");
        return NGX_ERROR;
    }

    /* nginx itself looks at those of the server, before it knows a location */

    if (ngx_http_egret_has_stranger_pages(emcf, elcf, elcf->loc_conf)
        && ngx_http_egret_has_stranger_pages(emcf, elcf, cscf->ctx->loc_conf))
    {
        return NGX_OK;
    }

    return ngx_http_egret_warn(cf, emcf,
               "without \"error_page 495 496 =403\" to a location with "
               "\"egret stranger\" a client can tell why it is refused in "
               "%s:%ui", elcf->file, elcf->line);
}


static ngx_uint_t
ngx_http_egret_has_stranger_pages(ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf, void **loc_conf)
{
    return ngx_http_egret_has_page(emcf, elcf, loc_conf, NGX_HTTPS_CERT_ERROR,
                                   NGX_HTTP_EGRET_STRANGER)
           && ngx_http_egret_has_page(emcf, elcf, loc_conf, NGX_HTTPS_NO_CERT,
                                      NGX_HTTP_EGRET_STRANGER);
}


static ngx_uint_t
ngx_http_egret_has_page(ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf, void **loc_conf, ngx_int_t status,
    ngx_uint_t mode)
{
    ngx_uint_t                 i;
    ngx_http_err_page_t       *page;
    ngx_http_core_loc_conf_t  *clcf;

    clcf = ngx_http_egret_conf(loc_conf, &ngx_http_core_module);

    if (clcf->error_pages == NULL) {
        return 0;
    }

    page = clcf->error_pages->elts;

    for (i = 0; i < clcf->error_pages->nelts; i++) {

        if (page[i].status != status) {
            continue;
        }

        /* with "=" nginx forgets the status before the location sees it */

        if (status == NGX_HTTP_REQUEST_ENTITY_TOO_LARGE
            && page[i].overwrite != -1 && page[i].overwrite != status)
        {
            return 0;
        }

        /* nginx takes the first one */

        return ngx_http_egret_page_leads(emcf, elcf, &page[i], mode);
    }

    return 0;
}


/*
 * What a variable will say is not known here, nor what a location of another
 * module makes of the request: a location that may match is enough.
 */

static ngx_uint_t
ngx_http_egret_page_leads(ngx_http_egret_main_conf_t *emcf,
    ngx_http_egret_loc_conf_t *elcf, ngx_http_err_page_t *page,
    ngx_uint_t mode)
{
    ngx_uint_t                   i;
    ngx_http_core_loc_conf_t    *clcf;
    ngx_http_egret_loc_conf_t  **answering;

    if (page->value.lengths != NULL) {
        return 1;
    }

    answering = emcf->answering.elts;

    for (i = 0; i < emcf->answering.nelts; i++) {

        if (answering[i]->mode != mode
            || answering[i]->srv_conf != elcf->srv_conf)
        {
            continue;
        }

        clcf = ngx_http_egret_conf(answering[i]->loc_conf,
                                   &ngx_http_core_module);

        if (ngx_http_egret_may_match(clcf, &page->value.value)) {
            return 1;
        }
    }

    return 0;
}


static ngx_uint_t
ngx_http_egret_may_match(ngx_http_core_loc_conf_t *clcf, ngx_str_t *uri)
{
    if (uri->len == 0 || (uri->data[0] != '/' && uri->data[0] != '@')) {
        return 0;   /* a redirect */
    }

    if (uri->data[0] == '@' || clcf->named || clcf->exact_match) {
        return uri->len == clcf->name.len
               && ngx_strncmp(uri->data, clcf->name.data, uri->len) == 0;
    }

#if (NGX_PCRE)
    if (clcf->regex != NULL) {
        return 1;
    }
#endif

    return uri->len >= clcf->name.len
           && ngx_strncmp(uri->data, clcf->name.data, clcf->name.len) == 0;
}
