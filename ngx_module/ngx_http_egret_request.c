/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"

#include <time.h>


/* What judging may take: some of it whatever the message, some by its size. */

#define NGX_HTTP_EGRET_CEILING         (32 * 1024 * 1024)
#define NGX_HTTP_EGRET_CEILING_FACTOR  64


static ngx_int_t ngx_http_egret_admit(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static void ngx_http_egret_body_handler(ngx_http_request_t *r);
static void ngx_http_egret_log_fault(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, egret_rc_t code);
static egret_rc_t ngx_http_egret_prepare(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static egret_rc_t ngx_http_egret_note(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static ngx_int_t ngx_http_egret_conclude(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static ngx_int_t ngx_http_egret_no_upstream(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static ngx_int_t ngx_http_egret_conclude_trial(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
static ngx_int_t ngx_http_egret_refuse(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, egret_refusal_t refusal);
static ngx_int_t ngx_http_egret_refuse_now(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, egret_refusal_t refusal);
static ngx_int_t ngx_http_egret_send_due(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);


ngx_int_t
ngx_http_egret_precontent_handler(ngx_http_request_t *r)
{
    ngx_http_egret_ctx_t       *ctx;
    ngx_http_egret_loc_conf_t  *elcf;

    elcf = ngx_http_get_module_loc_conf(r, ngx_http_egret_module);

    if (elcf->mode != NGX_HTTP_EGRET_MESSAGES
        && elcf->mode != NGX_HTTP_EGRET_VALIDATE
        && elcf->mode != NGX_HTTP_EGRET_GAP)
    {
        return NGX_DECLINED;
    }

    if (r != r->main) {

        /* a subrequest skips ACCESS, and nobody judged its body here */

        return NGX_HTTP_FORBIDDEN;
    }

    ctx = ngx_http_egret_bind(r);
    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ctx->binding != ngx_http_egret_bound) {
        return ngx_http_egret_turn_away(r);
    }

    switch (ctx->state) {

    case ngx_http_egret_new:
        ctx->is_trial = elcf->mode != NGX_HTTP_EGRET_MESSAGES;
        ctx->is_gap = elcf->mode == NGX_HTTP_EGRET_GAP;
        return ngx_http_egret_admit(r, ctx);

    case ngx_http_egret_refused:
        return ngx_http_egret_send_due(r, ctx);

    case ngx_http_egret_forwarded:
        return NGX_DECLINED;

    default:
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }
}


/* Takes the message in, as far as it can be judged before its body. */

static ngx_int_t
ngx_http_egret_admit(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    ngx_int_t                    rc;
    ngx_uint_t                   encoding;
    ngx_http_egret_main_conf_t  *emcf;

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    ctx->pipeline = emcf->pipeline;
    ctx->http_version = r->http_version;
    ctx->wants_problem = ctx->is_trial
                         ? !ngx_http_egret_accepts(r, "application/xml")
                         : ngx_http_egret_accepts(r,
                                                  "application/problem+json");

    encoding = ngx_http_egret_encoding(r);

    ctx->message.is_gzip = encoding == NGX_HTTP_EGRET_GZIP;

    if (r->method != NGX_HTTP_POST) {
        return ngx_http_egret_refuse_now(r, ctx, EGRET_REFUSAL_METHOD);
    }

    if (encoding == NGX_HTTP_EGRET_ENCODED
        || (encoding == NGX_HTTP_EGRET_GZIP && !ngx_http_egret_takes_gzip(ctx)))
    {
        return ngx_http_egret_refuse_now(r, ctx, EGRET_REFUSAL_ENCODING);
    }

    if (!ngx_http_egret_is_xml(r)) {
        return ngx_http_egret_refuse_now(r, ctx, EGRET_REFUSAL_MEDIA_TYPE);
    }

    ctx->state = ngx_http_egret_reading;
    r->request_body_in_single_buf = 1;

    rc = ngx_http_read_client_request_body(r, ngx_http_egret_body_handler);

    if (rc >= NGX_HTTP_SPECIAL_RESPONSE) {
        return rc;
    }

    ngx_http_finalize_request(r, NGX_DONE);

    return NGX_DONE;
}


static void
ngx_http_egret_body_handler(ngx_http_request_t *r)
{
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    ctx->rc = ngx_http_egret_prepare(r, ctx);

    if (ctx->rc == EGRET_OK) {

        if (ngx_http_egret_offload(r, ctx) == NGX_OK) {
            return;
        }

        ngx_http_egret_judge(ctx);
    }

    ngx_http_egret_judged(r);
}


void
ngx_http_egret_judged(ngx_http_request_t *r)
{
    ngx_int_t              rc;
    egret_rc_t             code;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_get_ctx(r);

    code = ctx->rc;

    if (code == EGRET_OK) {
        code = ngx_http_egret_note(r, ctx);
    }

    if (code == EGRET_OK) {
        rc = ngx_http_egret_conclude(r, ctx);

    } else {
        ngx_http_egret_log_fault(r, ctx, code);

        ctx->verdict = NULL;
        rc = ngx_http_egret_refuse(r, ctx, code == EGRET_ELIMIT
                                           ? EGRET_REFUSAL_TOO_LARGE
                                           : EGRET_REFUSAL_INTERNAL);
    }

    if (rc != NGX_OK) {
        ngx_http_finalize_request(r, NGX_HTTP_INTERNAL_SERVER_ERROR);
        return;
    }

    if (r->connection->error) {

        /* an HTTP/2 stream that was reset while a thread judged */

        ngx_http_finalize_request(r, NGX_HTTP_CLIENT_CLOSED_REQUEST);
        return;
    }

    r->preserve_body = 1;
    r->write_event_handler = ngx_http_core_run_phases;

    ngx_http_core_run_phases(r);
}


static void
ngx_http_egret_log_fault(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    egret_rc_t code)
{
    const egret_partner_t  *partner;

    partner = ctx->lease.refused;

    if (partner != NULL) {
        ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                      "egret: the rules of partner %*s cannot run: %s",
                      partner->name.length, partner->name.at,
                      egret_rc_text(ctx->lease.rc));
    }

    ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
                  "egret: the message could not be judged: %s",
                  egret_rc_text(code));
}


static egret_rc_t
ngx_http_egret_prepare(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    ngx_http_egret_main_conf_t  *emcf;

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    ctx->arena = ngx_http_egret_create_arena(r,
                     NGX_HTTP_EGRET_CEILING
                     + NGX_HTTP_EGRET_CEILING_FACTOR
                       * ctx->pipeline->config->max_message);

    if (ctx->arena == NULL) {
        return EGRET_ENOMEM;
    }

    ctx->message.sender = ctx->partner;
    ctx->message.has_registry = true;
    ctx->message.now = ngx_http_egret_now();
    ctx->message.sandbox = ngx_http_egret_sandbox;
    ctx->message.sandbox_context = &ctx->lease;
    ctx->lease.main = emcf;

    if (ctx->is_trial && ngx_http_egret_trial_prepare(r, ctx) != NGX_OK) {
        return EGRET_ENOMEM;
    }

    return ngx_http_egret_read_body(r, ctx);
}


void
ngx_http_egret_judge(ngx_http_egret_ctx_t *ctx)
{
    uint64_t  start;

    start = ngx_http_egret_clock();

    ctx->rc = egret_judge(ctx->pipeline, &ctx->message, ctx->arena,
                          &ctx->verdict);

    ngx_http_egret_sandbox_return(&ctx->lease);

    if (ctx->rc == EGRET_OK && ctx->is_gap) {
        ctx->rc = ngx_http_egret_gap_ask(ctx);
    }

    if (ctx->rc == EGRET_OK && !ctx->is_trial) {
        ctx->rc = egret_commit(ctx->pipeline, &ctx->message, ctx->verdict);
    }

    ctx->spent = ngx_http_egret_clock() - start;
}


uint64_t
ngx_http_egret_clock(void)
{
    struct timespec  ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000000 + ts.tv_nsec;
}


/* What headers and logs say of the verdict. */

static egret_rc_t
ngx_http_egret_note(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    egret_rc_t    rc;
    egret_span_t  codes;

    rc = egret_verdict_codes(ctx->verdict, ctx->arena, &codes);
    if (rc != EGRET_OK) {
        return rc;
    }

    ctx->findings.data = (u_char *) codes.at;
    ctx->findings.len = codes.length;

    if (ngx_http_egret_header_text(r->pool, ctx->verdict->message_id,
                                   &ctx->message_id)
        != NGX_OK
        || ngx_http_egret_header_text(r->pool, ctx->verdict->uetr, &ctx->uetr)
           != NGX_OK)
    {
        return EGRET_ENOMEM;
    }

    ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
                  "egret: %s \"%V\": %s %V",
                  ctx->is_trial ? "tried" : "judged", &ctx->message_id,
                  egret_verdict_text(ctx->verdict->word), &ctx->findings);

    return EGRET_OK;
}


static ngx_int_t
ngx_http_egret_conclude(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    egret_answer_request_t  request;

    ngx_http_egret_reset_variables(r);

    if (ctx->is_trial) {
        return ngx_http_egret_conclude_trial(r, ctx);
    }

    if (ctx->verdict->reply == EGRET_REPLY_FORWARD) {

        if (ctx->verdict->receiver == NULL
            || ctx->verdict->receiver->upstream.length == 0)
        {
            return ngx_http_egret_no_upstream(r, ctx);
        }

        ctx->state = ngx_http_egret_forwarded;
        ngx_http_egret_start_deadline(r, ctx);

        return ngx_http_egret_forward(r, ctx);
    }

    if (ngx_http_egret_answer_request(r, ctx, &request) != NGX_OK) {
        return NGX_ERROR;
    }

    if (egret_answer_write(&request, ctx->arena, &ctx->answer) != EGRET_OK) {
        return ngx_http_egret_refuse(r, ctx, EGRET_REFUSAL_INTERNAL);
    }

    ctx->state = ngx_http_egret_refused;

    return NGX_OK;
}


static ngx_int_t
ngx_http_egret_no_upstream(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    egret_failure_t  failure;

    ngx_memzero(&failure, sizeof(egret_failure_t));

    failure.refusal = EGRET_REFUSAL_UNREACHABLE;
    failure.delivered = EGRET_DELIVERED_NO;

    ctx->state = ngx_http_egret_refused;

    return ngx_http_egret_fail(r, ctx, &failure);
}


/* The verdict, whatever it is, and nothing is forwarded. */

static ngx_int_t
ngx_http_egret_conclude_trial(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx)
{
    egret_answer_request_t  request;

    if (ngx_http_egret_answer_request(r, ctx, &request) != NGX_OK) {
        return NGX_ERROR;
    }

    if (ngx_http_egret_trial_answer(ctx, &request) != EGRET_OK) {
        return ngx_http_egret_refuse(r, ctx, EGRET_REFUSAL_INTERNAL);
    }

    ctx->state = ngx_http_egret_refused;

    return NGX_OK;
}


static ngx_int_t
ngx_http_egret_refuse(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    egret_refusal_t refusal)
{
    ctx->state = ngx_http_egret_refused;

    return ngx_http_egret_answer_refusal(r, refusal, EGRET_DELIVERED_NOT_SAID,
                                         &ctx->answer);
}


/* Before the body is read. */

static ngx_int_t
ngx_http_egret_refuse_now(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx,
    egret_refusal_t refusal)
{
    if (ngx_http_egret_refuse(r, ctx, refusal) != NGX_OK) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_egret_send_due(r, ctx);
}


static ngx_int_t
ngx_http_egret_send_due(ngx_http_request_t *r, ngx_http_egret_ctx_t *ctx)
{
    ctx->state = ngx_http_egret_answered;

    ngx_http_finalize_request(r, ngx_http_egret_answer_send(r, ctx,
                                                            &ctx->answer));

    return NGX_DONE;
}


/* The content of a location with "egret refuse": where error_page leads. */

ngx_int_t
ngx_http_egret_refuse_handler(ngx_http_request_t *r)
{
    egret_answer_t         answer;
    egret_refusal_t        refusal;
    ngx_http_egret_ctx_t  *ctx;

    ctx = ngx_http_egret_bind(r);

    if (ctx == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    if (ctx->binding != ngx_http_egret_bound) {
        return ngx_http_egret_send_away(r);
    }

    switch (r->err_status) {

    case NGX_HTTP_REQUEST_ENTITY_TOO_LARGE:
        refusal = EGRET_REFUSAL_TOO_LARGE;
        break;

    case NGX_HTTP_BAD_GATEWAY:
        refusal = EGRET_REFUSAL_UNREACHABLE;
        break;

    case NGX_HTTP_GATEWAY_TIME_OUT:
        refusal = EGRET_REFUSAL_SILENT;
        break;

    case NGX_HTTP_INTERNAL_SERVER_ERROR:
        refusal = EGRET_REFUSAL_INTERNAL;
        break;

    default:
        return r->err_status ? (ngx_int_t) r->err_status : NGX_HTTP_NOT_FOUND;
    }

    if (ngx_http_egret_answer_refusal(r, refusal, EGRET_DELIVERED_NOT_SAID,
                                      &answer)
        != NGX_OK)
    {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    return ngx_http_egret_answer_send(r, ctx, &answer);
}
