/* SPDX-License-Identifier: Apache-2.0 */
/* The glue between nginx and the core, and nothing but the glue: what a message
 * means is judged in src/. One noun a file:
 *
 *   module    commands, module context, phases
 *   conf      from nginx's words to the core's snapshot
 *   audit     what nginx -t refuses or warns of in the location around it
 *   audit_server  likewise, in the server
 *   audit_page    likewise, of error_page
 *   audit_proxy   likewise, of proxy_pass
 *   context   what is known of one request
 *   peer      what the client's certificate says
 *   identity  whose certificate this is
 *   revocation  does its CA still stand by it
 *   generation  is this worker's configuration still the one in force
 *   media     what Content-Type and Content-Encoding say
 *   accept    what Accept says
 *   sandbox   in which a partner's rules run, lent to a message at a time
 *   offload   a large message's judgement in a thread
 *   request   one message: read, judge, forward or answer
 *   trial     a message that is only tried: what is asked of it
 *   forward   the request that the counterpart gets
 *   response  the counterpart's answer, collected and passed back
 *   framing   where that answer ends
 *   failure   why there is none
 *   answer    sends an answer of ours
 *   self      tells a partner what is known of it
 *   explain   tells a partner what a green label is elsewhere
 *   gap       tells a partner what labels lack to be labels elsewhere
 *   header    lists of header lines
 *   variable  $egret_...
 */

#ifndef NGX_HTTP_EGRET_MODULE_H
#define NGX_HTTP_EGRET_MODULE_H


#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>
#include <nginx.h>

#if (NGX_HTTP_SSL)
#include <ngx_http_ssl_module.h>
#endif

#include "answer/explanation.h"
#include "answer/response.h"
#include "config/builder.h"
#include "identity/revocation.h"
#include "pipeline/pipeline.h"


typedef struct ngx_http_egret_sandboxes_s  ngx_http_egret_sandboxes_t;


/* What a location does: the words of `egret`. */

#define NGX_HTTP_EGRET_OFF       0
#define NGX_HTTP_EGRET_MESSAGES  1
#define NGX_HTTP_EGRET_STRANGER  2
#define NGX_HTTP_EGRET_REFUSE    3
#define NGX_HTTP_EGRET_VALIDATE  4
#define NGX_HTTP_EGRET_SELF      5
#define NGX_HTTP_EGRET_EXPLAIN   6
#define NGX_HTTP_EGRET_GAP       7


typedef struct {
    egret_arena_t                   *arena;
    egret_config_builder_t          *builder;
    egret_config_t                  *config;
    egret_pipeline_t                *pipeline;
    ngx_http_egret_sandboxes_t      *sandboxes; /* by the partner's index */
#if (NGX_THREADS)
    ngx_thread_mutex_t               sandboxes_lock;
    ngx_thread_pool_t               *threads;
#endif
    ngx_array_t                      guarded;   /* of loc_conf_t * */
    ngx_array_t                      answering; /* likewise: stranger, refuse */
    ngx_array_t                      variables; /* ngx_uint_t: their indices */
    ngx_shm_zone_t                  *zone;      /* see generation */
    ngx_atomic_uint_t                generation;
    unsigned                         used:1;
} ngx_http_egret_main_conf_t;


typedef struct {
    size_t                           limit;     /* largest body, for 413 */
    egret_revocations_t             *revocations; /* of ssl_crl; or NULL */
    egret_sha256_t                   revocations_digest;
    ngx_uint_t                       namesake;  /* servers of its name before */
    ngx_uint_t                       audited;   /* unsigned  audited:1; */
} ngx_http_egret_srv_conf_t;


typedef struct {
    ngx_uint_t                       mode;
    u_char                          *file;      /* where `egret` stands */
    ngx_uint_t                       line;

    /* for the audit */
    void                           **srv_conf;
    void                           **loc_conf;
} ngx_http_egret_loc_conf_t;


typedef enum {
    ngx_http_egret_unknown = 0,
    ngx_http_egret_stranger,
    ngx_http_egret_misdirected,
    ngx_http_egret_outdated,     /* only a new worker can tell */
    ngx_http_egret_bound
} ngx_http_egret_binding_e;


typedef enum {
    ngx_http_egret_new = 0,
    ngx_http_egret_reading,
    ngx_http_egret_refused,      /* an answer of ours is due */
    ngx_http_egret_forwarded,    /* the counterpart's answer is awaited */
    ngx_http_egret_answered
} ngx_http_egret_state_e;


/* The sandboxes that one message has: the sender's and the receiver's. */

#define NGX_HTTP_EGRET_LEASED  2

typedef struct {
    ngx_http_egret_main_conf_t      *main;
    const egret_partner_t           *partners[NGX_HTTP_EGRET_LEASED];
    egret_sandbox_t                 *sandboxes[NGX_HTTP_EGRET_LEASED];
    ngx_uint_t                       n;

    const egret_partner_t           *refused;   /* got none, because of rc */
    egret_rc_t                       rc;
} ngx_http_egret_lease_t;


/* One a main request. It outlives internal redirects. */

typedef struct {
    ngx_http_egret_state_e           state;

    ngx_http_egret_binding_e         binding;
    const egret_partner_t           *partner;

    const egret_pipeline_t          *pipeline;
    egret_arena_t                   *arena;
    egret_message_t                  message;
    ngx_http_egret_lease_t           lease;
    egret_rc_t                       rc;        /* of reading and judging */
    egret_verdict_t                 *verdict;   /* NULL until it is judged */
    uint64_t                         spent;     /* nanoseconds */

    /* of the verdict, fit for headers and logs */
    ngx_str_t                        message_id;
    ngx_str_t                        uetr;
    ngx_str_t                        findings;

    egret_question_fault_t           fault;     /* of arguments, of a gap */
    egret_span_t                     schemes;   /* asked, likewise */
    egret_span_t                     counterpart;  /* its BIC, likewise */
    egret_answer_t                   answer;

    /* of the counterpart's answer */
    ngx_event_t                      deadline;
    egret_arena_t                   *reply_arena;
    egret_buffer_t                   reply;
    ngx_int_t                      (*input_filter_init)(void *data);
    ngx_int_t                      (*input_filter)(void *data, ssize_t bytes);
    ngx_event_pipe_input_filter_pt   pipe_filter; /* nginx's own, all three */
    const char                      *outcome;   /* a word; NULL: none yet */
    egret_delivered_t                delivered;
    ngx_uint_t                       http_version;
    size_t                           limit_rate;

    unsigned                         limit_rate_set:1;
    unsigned                         collecting:1;
    unsigned                         is_theirs:1;  /* and not nginx's own */
    unsigned                         is_stopped:1; /* before its end */
    unsigned                         is_misframed:1;
    unsigned                         wants_problem:1;
    unsigned                         is_trial:1;  /* judged, not forwarded */
    unsigned                         shows_output:1;
    unsigned                         is_gap:1;    /* a trial that asks */
} ngx_http_egret_ctx_t;


extern ngx_module_t  ngx_http_egret_module;


typedef struct ngx_http_egret_generation_s  ngx_http_egret_generation_t;


/* Of what only partners may ask. */

static ngx_inline ngx_uint_t
ngx_http_egret_is_guarded(ngx_uint_t mode)
{
    return mode == NGX_HTTP_EGRET_MESSAGES || mode == NGX_HTTP_EGRET_VALIDATE
           || mode == NGX_HTTP_EGRET_SELF || mode == NGX_HTTP_EGRET_EXPLAIN
           || mode == NGX_HTTP_EGRET_GAP;
}


static ngx_inline egret_span_t
ngx_http_egret_span(const ngx_str_t *s)
{
    egret_span_t  span;

    span.at = (const char *) s->data;
    span.length = s->len;

    return span;
}


static ngx_inline void *
ngx_http_egret_conf(void **conf, const ngx_module_t *module)
{
    return conf[module->ctx_index];
}


/* conf */
void *ngx_http_egret_create_main_conf(ngx_conf_t *cf);
char *ngx_http_egret_init_main_conf(ngx_conf_t *cf, void *conf);
void *ngx_http_egret_create_srv_conf(ngx_conf_t *cf);
void *ngx_http_egret_create_loc_conf(ngx_conf_t *cf);
char *ngx_http_egret_merge_loc_conf(ngx_conf_t *cf, void *parent, void *child);
char *ngx_http_egret_directive(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
char *ngx_http_egret_block(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);
const char *ngx_http_egret_mode_text(ngx_uint_t mode);
char *ngx_http_egret_mode(ngx_conf_t *cf, ngx_command_t *cmd, void *conf);

/* audit */
ngx_int_t ngx_http_egret_audit(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);
/* A warning, or with egret_strict an error: then NGX_ERROR. */
ngx_int_t ngx_http_egret_warn(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf,
    const char *fmt, ...);

void ngx_http_egret_refuse_conf(ngx_conf_t *cf, ngx_http_egret_loc_conf_t *elcf,
    const char *text);

/* audit_server: TLS and listen */
ngx_int_t ngx_http_egret_audit_server(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);

/* audit_page: error_page */
ngx_int_t ngx_http_egret_audit_pages(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);

/* audit_proxy: of a location with "egret messages" */
ngx_int_t ngx_http_egret_audit_proxy(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, ngx_http_egret_loc_conf_t *elcf);

/* context */
ngx_http_egret_ctx_t *ngx_http_egret_get_ctx(ngx_http_request_t *r);
ngx_http_egret_ctx_t *ngx_http_egret_create_ctx(ngx_http_request_t *r);
/* Lives as long as the request; NULL without memory. */
egret_arena_t *ngx_http_egret_create_arena(ngx_http_request_t *r,
    size_t ceiling);

/* peer: what the client's certificate says; NULL: none, or one not taken */
const egret_certificate_t *ngx_http_egret_peer(ngx_http_request_t *r);
/* A certificate was sent, taken or not. */
ngx_uint_t ngx_http_egret_peer_is_there(ngx_http_request_t *r);
/* Why nginx refuses it; NULL if it does not. */
const char *ngx_http_egret_peer_fault(ngx_http_request_t *r);

/* revocation */
ngx_int_t ngx_http_egret_init_revocations(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf, void **srv_conf);
#if (NGX_HTTP_SSL)
/* What the server trusts in clients: ssl_client_certificate and
 * ssl_trusted_certificate, in PEM. */
ngx_int_t ngx_http_egret_read_authorities(ngx_conf_t *cf, egret_arena_t *arena,
    ngx_http_ssl_srv_conf_t *sscf, egret_span_t *both);
#endif
/* NULL if the certificate's CA still stands by it. */
const char *ngx_http_egret_revocation_fault(ngx_http_request_t *r,
    const egret_certificate_t *certificate);

/* generation */
ngx_int_t ngx_http_egret_add_generation(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);
ngx_int_t ngx_http_egret_init_generation(ngx_cycle_t *cycle);
ngx_uint_t ngx_http_egret_is_of_old_generation(ngx_http_request_t *r);
/* Whom this worker's configuration calls that partner: bound, if the one in
 * force does likewise; stranger, if it has no such partner; else outdated. */
ngx_http_egret_binding_e ngx_http_egret_bind_in_force(ngx_http_request_t *r,
    const egret_partner_t *partner);
/* So that the next request comes to a new worker. */
void ngx_http_egret_let_go(ngx_http_request_t *r);

/* identity: lazily, once a request */
ngx_http_egret_ctx_t *ngx_http_egret_bind(ngx_http_request_t *r);
ngx_int_t ngx_http_egret_post_read_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_egret_access_handler(ngx_http_request_t *r);
/* How whoever is not bound is sent away. */
ngx_int_t ngx_http_egret_turn_away(ngx_http_request_t *r);
/* The same as the content of a location: no error_page is asked. */
ngx_int_t ngx_http_egret_send_away(ngx_http_request_t *r);
/* After this answer. */
void ngx_http_egret_end_connection(ngx_http_request_t *r);
ngx_int_t ngx_http_egret_stranger_handler(ngx_http_request_t *r);

/* self */
ngx_int_t ngx_http_egret_self_handler(ngx_http_request_t *r);

/* explain */
ngx_int_t ngx_http_egret_explain_handler(ngx_http_request_t *r);
/* Headers of what is told, of explain and gap: it depends on the day and on who
 * asks; and of a page, that a browser loads nothing for it. */
ngx_int_t ngx_http_egret_explain_header(ngx_http_request_t *r);
/* Whether each argument is one of `names`, whose last is empty, and there once;
 * else what is wrong in *fault. NGX_DECLINED with a fault, NGX_ERROR without
 * memory. */
ngx_int_t ngx_http_egret_explain_check(ngx_http_request_t *r,
    const ngx_str_t *names, egret_question_fault_t *fault);
/* A word of the query, decoded and fit to be repeated, or ""; what is longer
 * than 140 bytes is cut and ends in "...". NGX_ERROR without memory. */
ngx_int_t ngx_http_egret_explain_arg(ngx_http_request_t *r, char *name,
    egret_span_t *out);

/* gap */
/* scheme= of the request's arguments, and how its message is to be judged.
 * NGX_ERROR without memory. */
ngx_int_t ngx_http_egret_gap_prepare(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
/* Writes ctx->answer for a message that is not rejected. In any thread. */
egret_rc_t ngx_http_egret_gap_ask(ngx_http_egret_ctx_t *ctx);

/* media */
/* application/xml, text/xml or application/…+xml, in UTF-8. */
ngx_uint_t ngx_http_egret_is_xml(ngx_http_request_t *r);
/* What Content-Encoding says, all its lines: nothing, gzip, or what is never
 * taken. */
#define NGX_HTTP_EGRET_PLAIN    0
#define NGX_HTTP_EGRET_GZIP     1
#define NGX_HTTP_EGRET_ENCODED  2
ngx_uint_t ngx_http_egret_encoding(ngx_http_request_t *r);
/* The sender's profile takes gzip. */
ngx_uint_t ngx_http_egret_takes_gzip(ngx_http_egret_ctx_t *ctx);
/* accept: which of the types is liked most, the first of several; 0 where none
 * is, or without Accept. */
ngx_uint_t ngx_http_egret_accept_best(ngx_http_request_t *r,
    const char *(*type)(ngx_uint_t n), ngx_uint_t count);
/* Accept names that media type. */
ngx_uint_t ngx_http_egret_accepts(ngx_http_request_t *r, const char *type);

/* sandbox: each is in one thread at a time. A message that finds none idle
 * makes one, so a partner never has more of them than there are threads, and
 * one for the worker itself. A few stay for the next message. */
ngx_int_t ngx_http_egret_init_sandboxes(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);
/* For egret_message_t; `context` is the lease. In any thread, logs nothing. */
egret_sandbox_t *ngx_http_egret_sandbox(void *context,
    const egret_partner_t *partner);
/* In the thread that took them. */
void ngx_http_egret_sandbox_return(ngx_http_egret_lease_t *lease);
/* Before the config and its arena. */
void ngx_http_egret_destroy_sandboxes(ngx_http_egret_main_conf_t *emcf);

/* offload */
ngx_int_t ngx_http_egret_init_offload(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);
/* NGX_OK: a thread judges, and ngx_http_egret_judged() follows from the event
 * loop. NGX_DECLINED: it is to be judged here, for it is small, there are no
 * threads, or their queue is full. */
ngx_int_t ngx_http_egret_offload(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);

/* request */
/* Judges into ctx->rc and ctx->verdict. Touches neither request nor pool, so
 * that any thread may do it. */
void ngx_http_egret_judge(ngx_http_egret_ctx_t *ctx);
/* Goes on with what was judged. */
void ngx_http_egret_judged(ngx_http_request_t *r);
/* Nanoseconds, monotonic. */
uint64_t ngx_http_egret_clock(void);
ngx_int_t ngx_http_egret_precontent_handler(ngx_http_request_t *r);
ngx_int_t ngx_http_egret_refuse_handler(ngx_http_request_t *r);

/* trial */
/* to=, show= and strict= of the request's arguments, into ctx->message and
 * ctx->shows_output. NGX_ERROR without memory. */
ngx_int_t ngx_http_egret_trial_prepare(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
/* Writes ctx->answer: the verdict, whatever it is, and nothing is forwarded. */
egret_rc_t ngx_http_egret_trial_answer(ngx_http_egret_ctx_t *ctx,
    egret_answer_request_t *request);

/* forward */
egret_rc_t ngx_http_egret_read_body(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
ngx_int_t ngx_http_egret_forward(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);

/* response */
ngx_int_t ngx_http_egret_response_init(ngx_conf_t *cf);
/* What is known of how far the request came: by what the attempts to send it
 * met, whatever came back. */
egret_delivered_t ngx_http_egret_delivered(ngx_http_request_t *r);

/* framing: where the counterpart's answer ends, once its header is read */
void ngx_http_egret_watch_framing(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
void ngx_http_egret_stop_upstream(ngx_http_request_t *r);

/* failure: what went wrong after a message was judged, for sender and log */
/* Into ctx->answer, and a line into the log. NGX_ERROR without memory. */
ngx_int_t ngx_http_egret_fail(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, const egret_failure_t *failure);
/* From now on the answer must come in egret_answer_timeout. */
void ngx_http_egret_start_deadline(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx);
void ngx_http_egret_stop_deadline(ngx_http_egret_ctx_t *ctx);
/* Of whom nothing went back to. */
ngx_int_t ngx_http_egret_log_handler(ngx_http_request_t *r);

/* answer */
egret_datetime_t ngx_http_egret_now(void);
/* What egret_answer_write and its like are asked; NGX_ERROR without an id. */
ngx_int_t ngx_http_egret_answer_request(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, egret_answer_request_t *request);
/* A constant refusal into `out`; NGX_ERROR without memory. */
ngx_int_t ngx_http_egret_answer_refusal(ngx_http_request_t *r,
    egret_refusal_t refusal, egret_delivered_t delivered, egret_answer_t *out);
/* Sets the header lines of the answer; what stood there is gone. */
ngx_int_t ngx_http_egret_answer_header(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, const egret_answer_t *answer);
ngx_chain_t *ngx_http_egret_answer_body(ngx_http_request_t *r,
    egret_span_t body);
/* Header and body. What the client still sends is discarded. */
ngx_int_t ngx_http_egret_answer_send(ngx_http_request_t *r,
    ngx_http_egret_ctx_t *ctx, const egret_answer_t *answer);

/* header */
ngx_table_elt_t *ngx_http_egret_header_find(ngx_list_t *headers,
    const char *name);
/* Does the value of some line of that name pass the test? */
ngx_uint_t ngx_http_egret_header_any(ngx_list_t *headers, const char *name,
    ngx_uint_t (*test)(const ngx_str_t *value, const void *data),
    const void *data);
ngx_table_elt_t *ngx_http_egret_header_add(ngx_http_request_t *r,
    ngx_list_t *headers, const char *name, ngx_str_t *value);
/* Takes out every line that `is_unwanted` names; the others do not move.
 * NGX_ERROR without memory. */
ngx_int_t ngx_http_egret_header_remove(ngx_list_t *headers,
    ngx_uint_t (*is_unwanted)(const ngx_table_elt_t *h));
ngx_uint_t ngx_http_egret_header_starts(const ngx_table_elt_t *h,
    const char *prefix);
/* Printable ASCII; other bytes, % and " as %XX; cut to so many bytes. */
#define NGX_HTTP_EGRET_TEXT  140
ngx_int_t ngx_http_egret_header_text(ngx_pool_t *pool, egret_span_t text,
    ngx_str_t *out);

/* variable */
ngx_int_t ngx_http_egret_add_variables(ngx_conf_t *cf);
ngx_int_t ngx_http_egret_index_variables(ngx_conf_t *cf,
    ngx_http_egret_main_conf_t *emcf);
/* Forgets what log_format or others cached before the verdict. */
void ngx_http_egret_reset_variables(ngx_http_request_t *r);


#endif /* NGX_HTTP_EGRET_MODULE_H */
