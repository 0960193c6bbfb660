/* SPDX-License-Identifier: Apache-2.0 */

#include "ngx_http_egret_module.h"


#define NGX_HTTP_EGRET_MARK   16     /* bytes of a SHA-256 */
#define NGX_HTTP_EGRET_MARKS  65536
#define NGX_HTTP_EGRET_KIND   (sizeof("identity") + NGX_INT_T_LEN)

/* the marks, and what a zone keeps for itself */

#define NGX_HTTP_EGRET_ZONE_SIZE                                              \
    (NGX_HTTP_EGRET_MARKS * NGX_HTTP_EGRET_MARK + 256 * 1024)


/*
 * A reload starts workers with the new configuration while those of the old
 * one still have open connections, and new ones for a moment.  What all share
 * is the number of the configuration in force and, sorted, a mark for each
 * partner's name, for each partner's identity and for each server's revocation
 * lists.  A worker of another generation asks it before it serves anybody.
 */

struct ngx_http_egret_generation_s {
    ngx_atomic_t                 number;
    ngx_uint_t                   count;
    ngx_uint_t                   overflow;  /* unsigned  overflow:1; */
    u_char                       marks[NGX_HTTP_EGRET_MARKS]
                                      [NGX_HTTP_EGRET_MARK];
};


static ngx_int_t ngx_http_egret_init_zone(ngx_shm_zone_t *zone, void *data);
static ngx_int_t ngx_http_egret_publish(ngx_cycle_t *cycle,
    ngx_http_egret_main_conf_t *emcf);
static ngx_uint_t ngx_http_egret_mark_partners(
    const egret_config_t *config, u_char *marks);
static ngx_uint_t ngx_http_egret_mark_servers(ngx_cycle_t *cycle,
    ngx_http_egret_main_conf_t *emcf, u_char *marks);
static ngx_uint_t ngx_http_egret_count_before(ngx_http_core_main_conf_t *cmcf,
    ngx_http_core_srv_conf_t *cscf);
static ngx_int_t ngx_http_egret_mark_lists(u_char *mark,
    ngx_http_core_srv_conf_t *cscf, ngx_http_egret_srv_conf_t *escf);
static ngx_int_t ngx_http_egret_mark(u_char *mark, const char *kind, size_t len,
    const void *data, const egret_sha256_t *digest);
static int ngx_libc_cdecl ngx_http_egret_compare_marks(const void *one,
    const void *two);
static ngx_uint_t ngx_http_egret_is_marked(ngx_http_egret_main_conf_t *emcf,
    const u_char *mark);


/* of the last configuration that was in force, in the master alone */

static ngx_shm_zone_t  *ngx_http_egret_zone;


/* The tag is not ours: a module that was replaced finds the old one's zone. */

ngx_int_t
ngx_http_egret_add_generation(ngx_conf_t *cf, ngx_http_egret_main_conf_t *emcf)
{
    ngx_str_t  name = ngx_string("egret_generation_1");

    emcf->zone = ngx_shared_memory_add(cf, &name, NGX_HTTP_EGRET_ZONE_SIZE,
                                       &ngx_http_module);
    if (emcf->zone == NULL) {
        return NGX_ERROR;
    }

    emcf->zone->init = ngx_http_egret_init_zone;

    return NGX_OK;
}


static ngx_int_t
ngx_http_egret_init_zone(ngx_shm_zone_t *zone, void *data)
{
    ngx_slab_pool_t              *pool;
    ngx_http_egret_generation_t  *generation;

    if (data != NULL) {
        zone->data = data;
        return NGX_OK;
    }

    pool = (ngx_slab_pool_t *) zone->shm.addr;

    if (zone->shm.exists) {
        zone->data = pool->data;
        return NGX_OK;
    }

    generation = ngx_slab_alloc(pool, sizeof(ngx_http_egret_generation_t));
    if (generation == NULL) {
        return NGX_ERROR;
    }

    generation->number = 0;
    generation->count = 0;
    generation->overflow = 0;

    pool->data = generation;
    zone->data = generation;

    return NGX_OK;
}


/*
 * Runs in the master once nothing can fail any more, before the new workers
 * start: a configuration that is refused changes nothing here.
 */

ngx_int_t
ngx_http_egret_init_generation(ngx_cycle_t *cycle)
{
    ngx_slab_pool_t              *pool;
    ngx_http_egret_main_conf_t   *emcf;
    ngx_http_egret_generation_t  *last;

    emcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_egret_module);

    if (emcf != NULL && emcf->zone != NULL) {
        ngx_http_egret_zone = emcf->zone;
        return ngx_http_egret_publish(cycle, emcf);
    }

    if (ngx_http_egret_zone != NULL) {

        /* Egret is gone: its old workers serve nobody */

        pool = (ngx_slab_pool_t *) ngx_http_egret_zone->shm.addr;
        last = ngx_http_egret_zone->data;

        ngx_shmtx_lock(&pool->mutex);
        last->number++;
        last->count = 0;
        last->overflow = 0;
        ngx_shmtx_unlock(&pool->mutex);

        ngx_http_egret_zone = NULL;
    }

    return NGX_OK;
}


static ngx_int_t
ngx_http_egret_publish(ngx_cycle_t *cycle, ngx_http_egret_main_conf_t *emcf)
{
    u_char                       *marks;
    ngx_uint_t                    n, overflow;
    ngx_slab_pool_t              *pool;
    ngx_http_egret_generation_t  *generation;

    n = 2 * emcf->config->partner_count + emcf->guarded.nelts;

    marks = ngx_alloc((n + 1) * NGX_HTTP_EGRET_MARK, cycle->log);
    if (marks == NULL) {
        return NGX_ERROR;
    }

    n = ngx_http_egret_mark_partners(emcf->config, marks);
    n += ngx_http_egret_mark_servers(cycle, emcf,
                                     marks + n * NGX_HTTP_EGRET_MARK);

    qsort(marks, n, NGX_HTTP_EGRET_MARK, ngx_http_egret_compare_marks);

    overflow = n > NGX_HTTP_EGRET_MARKS;

    if (overflow) {
        n = 0;
    }

    pool = (ngx_slab_pool_t *) emcf->zone->shm.addr;
    generation = emcf->zone->data;

    ngx_shmtx_lock(&pool->mutex);

    emcf->generation = ++generation->number;
    generation->count = n;
    generation->overflow = overflow;
    ngx_memcpy(generation->marks, marks, n * NGX_HTTP_EGRET_MARK);

    ngx_shmtx_unlock(&pool->mutex);

    ngx_free(marks);

    return NGX_OK;
}


static ngx_uint_t
ngx_http_egret_mark_partners(const egret_config_t *config, u_char *marks)
{
    size_t            i;
    egret_partner_t  *partner;

    for (i = 0; i < config->partner_count; i++) {
        partner = config->partners[i];

        (void) ngx_http_egret_mark(marks, "name", partner->name.length,
                            partner->name.at, NULL);
        marks += NGX_HTTP_EGRET_MARK;

        (void) ngx_http_egret_mark(marks, "identity", 0, "",
                                   &partner->identity);
        marks += NGX_HTTP_EGRET_MARK;
    }

    return 2 * config->partner_count;
}


static ngx_uint_t
ngx_http_egret_mark_servers(ngx_cycle_t *cycle,
    ngx_http_egret_main_conf_t *emcf, u_char *marks)
{
    ngx_uint_t                   i;
    ngx_http_core_main_conf_t   *cmcf;
    ngx_http_core_srv_conf_t    *cscf;
    ngx_http_egret_srv_conf_t   *escf;
    ngx_http_egret_loc_conf_t  **elcfp;

    cmcf = ngx_http_cycle_get_module_main_conf(cycle, ngx_http_core_module);
    elcfp = emcf->guarded.elts;

    for (i = 0; i < emcf->guarded.nelts; i++) {
        cscf = elcfp[i]->srv_conf[ngx_http_core_module.ctx_index];
        escf = elcfp[i]->srv_conf[ngx_http_egret_module.ctx_index];

        escf->namesake = ngx_http_egret_count_before(cmcf, cscf);

        (void) ngx_http_egret_mark_lists(marks, cscf, escf);
        marks += NGX_HTTP_EGRET_MARK;
    }

    return emcf->guarded.nelts;
}


/* Servers of one name may stand on several ports, each with its own lists. */

static ngx_uint_t
ngx_http_egret_count_before(ngx_http_core_main_conf_t *cmcf,
    ngx_http_core_srv_conf_t *cscf)
{
    ngx_uint_t                  i, n;
    ngx_http_core_srv_conf_t  **cscfp;

    n = 0;
    cscfp = cmcf->servers.elts;

    for (i = 0; i < cmcf->servers.nelts && cscfp[i] != cscf; i++) {
        if (cscfp[i]->server_name.len == cscf->server_name.len
            && ngx_strncmp(cscfp[i]->server_name.data, cscf->server_name.data,
                           cscf->server_name.len)
               == 0)
        {
            n++;
        }
    }

    return n;
}


static ngx_int_t
ngx_http_egret_mark_lists(u_char *mark, ngx_http_core_srv_conf_t *cscf,
    ngx_http_egret_srv_conf_t *escf)
{
    char  kind[NGX_HTTP_EGRET_KIND];

    *ngx_sprintf((u_char *) kind, "lists%ui", escf->namesake) = '\0';

    return ngx_http_egret_mark(mark, kind, cscf->server_name.len,
                               cscf->server_name.data,
                               &escf->revocations_digest);
}


/* NGX_ERROR without memory; the mark then is one that nobody looks for. */

static ngx_int_t
ngx_http_egret_mark(u_char *mark, const char *kind, size_t len,
    const void *data, const egret_sha256_t *digest)
{
    u_char          text[NGX_HTTP_EGRET_KIND + 2 * sizeof(egret_sha256_t)];
    u_char         *last;
    egret_span_t    span;
    egret_sha256_t  out;

    ngx_memset(mark, 0xff, NGX_HTTP_EGRET_MARK);

    span.at = data;
    span.length = len;

    if (egret_sha256(span, &out) != EGRET_OK) {
        return NGX_ERROR;
    }

    last = ngx_cpymem(text, kind, ngx_strlen(kind));
    last = ngx_cpymem(last, out.bytes, sizeof(egret_sha256_t));

    if (digest != NULL) {
        last = ngx_cpymem(last, digest->bytes, sizeof(egret_sha256_t));
    }

    span.at = (const char *) text;
    span.length = last - text;

    if (egret_sha256(span, &out) != EGRET_OK) {
        return NGX_ERROR;
    }

    ngx_memcpy(mark, out.bytes, NGX_HTTP_EGRET_MARK);

    return NGX_OK;
}


static int ngx_libc_cdecl
ngx_http_egret_compare_marks(const void *one, const void *two)
{
    return ngx_memcmp(one, two, NGX_HTTP_EGRET_MARK);
}


static ngx_uint_t
ngx_http_egret_is_marked(ngx_http_egret_main_conf_t *emcf, const u_char *mark)
{
    void                         *found;
    ngx_slab_pool_t              *pool;
    ngx_http_egret_generation_t  *generation;

    pool = (ngx_slab_pool_t *) emcf->zone->shm.addr;
    generation = emcf->zone->data;

    ngx_shmtx_lock(&pool->mutex);

    found = bsearch(mark, generation->marks, generation->count,
                    NGX_HTTP_EGRET_MARK, ngx_http_egret_compare_marks);

    ngx_shmtx_unlock(&pool->mutex);

    return found != NULL;
}


ngx_uint_t
ngx_http_egret_is_of_old_generation(ngx_http_request_t *r)
{
    ngx_http_egret_main_conf_t   *emcf;
    ngx_http_egret_generation_t  *generation;

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    if (emcf->zone == NULL) {
        return 0;
    }

    generation = emcf->zone->data;

    return generation->number != emcf->generation;
}


ngx_http_egret_binding_e
ngx_http_egret_bind_in_force(ngx_http_request_t *r,
    const egret_partner_t *partner)
{
    u_char                       name[NGX_HTTP_EGRET_MARK];
    u_char                       identity[NGX_HTTP_EGRET_MARK];
    u_char                       lists[NGX_HTTP_EGRET_MARK];
    ngx_http_core_srv_conf_t    *cscf;
    ngx_http_egret_srv_conf_t   *escf;
    ngx_http_egret_main_conf_t  *emcf;

    if (!ngx_http_egret_is_of_old_generation(r)) {
        return ngx_http_egret_bound;
    }

    emcf = ngx_http_get_module_main_conf(r, ngx_http_egret_module);

    if (((ngx_http_egret_generation_t *) emcf->zone->data)->overflow) {
        return ngx_http_egret_outdated;
    }

    escf = ngx_http_get_module_srv_conf(r, ngx_http_egret_module);
    cscf = ngx_http_get_module_srv_conf(r, ngx_http_core_module);

    if (ngx_http_egret_mark(name, "name", partner->name.length,
                            partner->name.at, NULL)
        != NGX_OK
        || ngx_http_egret_mark(identity, "identity", 0, "",
                               &partner->identity)
           != NGX_OK
        || ngx_http_egret_mark_lists(lists, cscf, escf) != NGX_OK)
    {
        return ngx_http_egret_outdated;
    }

    if (!ngx_http_egret_is_marked(emcf, name)) {
        return ngx_http_egret_stranger;
    }

    return ngx_http_egret_is_marked(emcf, identity)
           && ngx_http_egret_is_marked(emcf, lists)
           ? ngx_http_egret_bound : ngx_http_egret_outdated;
}


/*
 * The next request should come to a worker of the new generation.  The master
 * will soon tell this one to leave: until then it need not take connections
 * that the new ones wait for.
 */

void
ngx_http_egret_let_go(ngx_http_request_t *r)
{
    ngx_http_egret_end_connection(r);

    if (ngx_process == NGX_PROCESS_WORKER) {
        ngx_close_listening_sockets((ngx_cycle_t *) ngx_cycle);
    }
}
