/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static ngx_int_t ngx_http_egret_partner_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_egret_client_cert_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_egret_receiver_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_egret_note_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_egret_definition_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_egret_verdict_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_egret_outcome_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_egret_delivered_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);
static ngx_int_t ngx_http_egret_time_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data);


static ngx_http_variable_t  ngx_http_egret_variables[] = {

    { ngx_string("egret_partner"), NULL, ngx_http_egret_partner_variable,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_client_cert"), NULL,
      ngx_http_egret_client_cert_variable, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_counterparty"), NULL, ngx_http_egret_receiver_variable,
      offsetof(egret_partner_t, name), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_upstream"), NULL, ngx_http_egret_receiver_variable,
      offsetof(egret_partner_t, upstream), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_upstream_name"), NULL,
      ngx_http_egret_receiver_variable,
      offsetof(egret_partner_t, upstream_name), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_message_id"), NULL, ngx_http_egret_note_variable,
      offsetof(ngx_http_egret_ctx_t, message_id),
      NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_definition"), NULL, ngx_http_egret_definition_variable,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_uetr"), NULL, ngx_http_egret_note_variable,
      offsetof(ngx_http_egret_ctx_t, uetr), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_verdict"), NULL, ngx_http_egret_verdict_variable,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_findings"), NULL, ngx_http_egret_note_variable,
      offsetof(ngx_http_egret_ctx_t, findings), NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_outcome"), NULL, ngx_http_egret_outcome_variable,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_delivered"), NULL,
      ngx_http_egret_delivered_variable, 0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

    { ngx_string("egret_time"), NULL, ngx_http_egret_time_variable,
      0, NGX_HTTP_VAR_NOCACHEABLE, 0 },

      ngx_http_null_variable
};


ngx_int_t
ngx_http_egret_add_variables(ngx_conf_t *cf)
{
    ngx_http_variable_t  *var, *v;

    for (v = ngx_http_egret_variables; v->name.len; v++) {
        var = ngx_http_add_variable(cf, &v->name, v->flags);
        if (var == NULL) {
            return NGX_ERROR;
        }

        var->get_handler = v->get_handler;
        var->data = v->data;
    }

    return NGX_OK;
}


ngx_int_t
ngx_http_egret_index_variables(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf)
{
    ngx_int_t             index;
    ngx_uint_t           *slot;
    ngx_http_variable_t  *v;

    for (v = ngx_http_egret_variables; v->name.len; v++) {
        index = ngx_http_get_variable_index(cf, &v->name);
        if (index == NGX_ERROR) {
            return NGX_ERROR;
        }

        slot = ngx_array_push(&emcf->variables);
        if (slot == NULL) {
            return NGX_ERROR;
        }

        *slot = index;
    }

    return NGX_OK;
}


void
ngx_http_egret_reset_variables(ngx_http_request_t *r)
{
    ngx_uint_t                   i, *slot;
    ngx_http_egret_main_conf_t  *emcf;

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    slot = emcf->variables.elts;

    for (i = 0; i < emcf->variables.nelts; i++) {
        r->variables[slot[i]].valid = 0;
        r->variables[slot[i]].not_found = 0;
    }
}


static ngx_int_t
ngx_http_egret_set_value(ngx_http_variable_value_t *v, const char *at,
    size_t len)
{
    if (len == 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    v->data = (u_char *) at;
    v->len = len;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


/* Whoever asks first has the certificate read. */

static ngx_int_t
ngx_http_egret_partner_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_bind(r);

    if (ctx == NULL) {
        return NGX_ERROR;
    }

    if (ctx->binding != ngx_http_egret_bound) {
        v->not_found = 1;
        return NGX_OK;
    }

    return ngx_http_egret_set_value(v, ctx->partner->name.at,
                                    ctx->partner->name.length);
}


/* The field value of RFC 9440: the DER as a byte sequence, :base64: */

static ngx_int_t
ngx_http_egret_client_cert_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t                   der, text;
    const egret_certificate_t  *certificate;

    certificate = ngx_http_egret_peer(r);

    if (certificate == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    der.data = (u_char *) certificate->der.at;
    der.len = certificate->der.length;

    v->data = ngx_pnalloc(r->pool, ngx_base64_encoded_length(der.len) + 2);
    if (v->data == NULL) {
        return NGX_ERROR;
    }

    text.data = &v->data[1];
    ngx_encode_base64(&text, &der);

    v->data[0] = ':';
    v->data[text.len + 1] = ':';

    return ngx_http_egret_set_value(v, (char *) v->data, text.len + 2);
}


static ngx_int_t
ngx_http_egret_receiver_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    const char            *receiver;
    egret_span_t           span;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    if (ctx == NULL || ctx->verdict == NULL || ctx->verdict->receiver == NULL)
    {
        v->not_found = 1;
        return NGX_OK;
    }

    receiver = (const char *) ctx->verdict->receiver;
    ngx_memcpy(&span, receiver + data, sizeof(egret_span_t));

    return ngx_http_egret_set_value(v, span.at, span.length);
}


static ngx_int_t
ngx_http_egret_note_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_str_t             *note;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    if (ctx == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    note = (ngx_str_t *) ((char *) ctx + data);

    return ngx_http_egret_set_value(v, (char *) note->data, note->len);
}


static ngx_int_t
ngx_http_egret_definition_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    const egret_definition_t  *definition;
    ngx_http_egret_ctx_t      *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    if (ctx == NULL || ctx->verdict == NULL
        || ctx->verdict->definition == NULL)
    {
        v->not_found = 1;
        return NGX_OK;
    }

    definition = ctx->verdict->definition;

    return ngx_http_egret_set_value(v, definition->id.at,
                                    definition->id.length);
}


static ngx_int_t
ngx_http_egret_verdict_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    const char            *word;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    if (ctx == NULL || ctx->verdict == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    word = egret_verdict_text(ctx->verdict->word);

    return ngx_http_egret_set_value(v, word, ngx_strlen(word));
}


/* What became of the message after it was judged: a word. */

static ngx_int_t
ngx_http_egret_outcome_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    const char            *word;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);
    word = ctx != NULL && ctx->outcome != NULL ? ctx->outcome : "";

    return ngx_http_egret_set_value(v, word, ngx_strlen(word));
}


static ngx_int_t
ngx_http_egret_delivered_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    const char            *word;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);
    word = ctx != NULL ? egret_delivered_text(ctx->delivered) : "";

    return ngx_http_egret_set_value(v, word, ngx_strlen(word));
}


static ngx_int_t
ngx_http_egret_time_variable(ngx_http_request_t *r,
    ngx_http_variable_value_t *v, uintptr_t data)
{
    u_char                *p;
    uint64_t               ms;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    if (ctx == NULL || ctx->spent == 0) {
        v->not_found = 1;
        return NGX_OK;
    }

    p = ngx_pnalloc(r->pool, NGX_INT64_LEN + 4);
    if (p == NULL) {
        return NGX_ERROR;
    }

    ms = (ctx->spent + 500000) / 1000000;

    v->data = p;

    return ngx_http_egret_set_value(v, (char *) p,
                                    ngx_sprintf(p, "%uL.%03uL", ms / 1000,
                                                ms % 1000)
                                    - p);
}
