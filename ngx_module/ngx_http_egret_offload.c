/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#if (NGX_THREADS)

#if (NGX_LINUX)
#include <sys/resource.h>
#endif


/* Of 19; a thread of 10 gets a tenth of what a worker gets that wants all. */

#define NGX_HTTP_EGRET_OFFLOAD_NICE   10

/* Only there so that a worker that is to leave waits; it starts anew. */

#define NGX_HTTP_EGRET_OFFLOAD_TIMER  60000


static void ngx_http_egret_offload_thread(void *data, ngx_log_t *log);
static void ngx_http_egret_offload_event_handler(ngx_event_t *ev);
static void ngx_http_egret_offload_write_handler(ngx_http_request_t *r);


ngx_int_t
ngx_http_egret_init_offload(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf)
{
    /* the pool that nginx makes by itself where no thread_pool line does */

    emcf->threads = ngx_thread_pool_add(cf, NULL);

    return emcf->threads != NULL ? NGX_OK : NGX_ERROR;
}


ngx_int_t
ngx_http_egret_offload(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    ngx_thread_task_t           *task;
    ngx_http_egret_main_conf_t  *emcf;

    /* how large a gzip stream is shows when it is inflated */

    if (!ctx->message.is_gzip
        && ctx->message.bytes.length
           <= ctx->pipeline->config->offload_threshold)
    {
        return NGX_DECLINED;
    }

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    task = ngx_thread_task_alloc(r->pool, 0);
    if (task == NULL) {
        return NGX_DECLINED;
    }

    task->ctx = ctx;
    task->handler = ngx_http_egret_offload_thread;
    task->event.data = r;
    task->event.handler = ngx_http_egret_offload_event_handler;
    task->event.log = r->connection->log;

    if (ngx_thread_task_post(emcf->threads, task) != NGX_OK) {
        return NGX_DECLINED;
    }

    r->main->blocked++;
    r->aio = 1;
    r->write_event_handler = ngx_http_egret_offload_write_handler;

    ngx_add_timer(&task->event, NGX_HTTP_EGRET_OFFLOAD_TIMER);

    return NGX_OK;
}


/* The one function here that runs in a thread: no request and no pool. */

static void
ngx_http_egret_offload_thread(void *data, ngx_log_t *log)
{
#if (NGX_LINUX)

    /* of this thread alone, and for good: small messages come first */

    if (getpriority(PRIO_PROCESS, 0) < NGX_HTTP_EGRET_OFFLOAD_NICE) {
        (void) setpriority(PRIO_PROCESS, 0, NGX_HTTP_EGRET_OFFLOAD_NICE);
    }

#endif

    ngx_http_egret_judge(data);
}


static void
ngx_http_egret_offload_event_handler(ngx_event_t *ev)
{
    ngx_connection_t    *c;
    ngx_http_request_t  *r;

    if (ev->timedout) {
        ev->timedout = 0;
        ngx_add_timer(ev, NGX_HTTP_EGRET_OFFLOAD_TIMER);
        return;
    }

    r = ev->data;
    c = r->connection;

    ngx_http_set_log_request(c->log, r);

    if (ev->timer_set) {
        ngx_del_timer(ev);
    }

    r->main->blocked--;
    r->aio = 0;

    /* closed, as a worker does that has waited long enough to leave */

    if (r->done || c->close
#if (nginx_version >= 1025004)
        || r->main->terminated
#endif
       )
    {
        c->write->handler(c->write);
        return;
    }

    r->write_event_handler(r);

    ngx_http_run_posted_requests(c);
}


static void
ngx_http_egret_offload_write_handler(ngx_http_request_t *r)
{
    if (r->aio) {
        return;
    }

    ngx_http_egret_judged(r);
}


#else


ngx_int_t
ngx_http_egret_init_offload(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf)
{
    return NGX_OK;
}


ngx_int_t
ngx_http_egret_offload(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    return NGX_DECLINED;
}


#endif
