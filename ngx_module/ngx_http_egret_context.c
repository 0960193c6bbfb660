/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


static void ngx_http_egret_forget(void *data);
static void ngx_http_egret_destroy_arena(void *data);


ngx_http_egret_ctx_t *
ngx_http_egret_get_ctx(ngx_http_request_t *r)
{
    ngx_pool_cleanup_t    *cln;
    ngx_http_egret_ctx_t  *ctx;

    r = r->main;

    ctx = ngx_http_get_module_ctx(r, ngx_http_egret_module);

    if (ctx == NULL && (r->internal || r->filter_finalize)) {

        /* a redirect clears the contexts of all modules */

        for (cln = r->pool->cleanup; cln; cln = cln->next) {
            if (cln->handler == ngx_http_egret_forget) {
                ctx = cln->data;
                ngx_http_set_ctx(r, ctx, ngx_http_egret_module);
                break;
            }
        }
    }

    return ctx;
}


ngx_http_egret_ctx_t *
ngx_http_egret_create_ctx(ngx_http_request_t *r)
{
    ngx_pool_cleanup_t    *cln;
    ngx_http_egret_ctx_t  *ctx;

    r = r->main;

    ctx = ngx_http_egret_get_ctx(r);
    if (ctx != NULL) {
        return ctx;
    }

    cln = ngx_pool_cleanup_add(r->pool, sizeof(ngx_http_egret_ctx_t));
    if (cln == NULL) {
        return NULL;
    }

    ctx = cln->data;
    ngx_memzero(ctx, sizeof(ngx_http_egret_ctx_t));

    cln->handler = ngx_http_egret_forget;
    ngx_http_set_ctx(r, ctx, ngx_http_egret_module);

    return ctx;
}


/* Marks the cleanup that holds the context: each arena has one of its own. */

static void
ngx_http_egret_forget(void *data)
{
    ngx_http_egret_stop_deadline(data);
}


egret_arena_t *
ngx_http_egret_create_arena(ngx_http_request_t *r, size_t ceiling)
{
    egret_arena_t       *arena;
    ngx_pool_cleanup_t  *cln;

    cln = ngx_pool_cleanup_add(r->pool, 0);
    if (cln == NULL) {
        return NULL;
    }

    arena = egret_arena_create(egret_allocator_default(), ceiling);
    if (arena == NULL) {
        return NULL;
    }

    cln->handler = ngx_http_egret_destroy_arena;
    cln->data = arena;

    return arena;
}


static void
ngx_http_egret_destroy_arena(void *data)
{
    egret_arena_destroy(data);
}
