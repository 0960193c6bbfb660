/* SPDX-License-Identifier: Apache-2.0 */
#include "schema/model.h"

bool
egret_wildcard_admits(const egret_wildcard_t *wildcard,
                      egret_span_t namespace_uri)
{
    if (wildcard->is_any) {
        return true;
    }
    if (wildcard->is_other) {
        return namespace_uri.length > 0
               && !egret_span_equals(namespace_uri, wildcard->target);
    }
    for (size_t i = 0; i < wildcard->namespace_count; i++) {
        if (egret_span_equals(namespace_uri, wildcard->namespaces[i])) {
            return true;
        }
    }
    return false;
}

bool
egret_model_particle_admits(const egret_model_particle_t *particle,
                            const egret_model_symbol_t *symbol)
{
    if (particle->element == NULL) {
        return egret_wildcard_admits(particle->wildcard,
                                     symbol->namespace_uri);
    }
    return symbol->is_home && egret_span_equals(particle->name, symbol->name);
}

bool
egret_model_take(const egret_model_t *model, egret_model_cursor_t *cursor,
                 const egret_model_edge_t *edge)
{
    const egret_model_state_t *state = &model->states[cursor->state];

    if (state->most > 0) {
        if (edge->state == cursor->state) {
            if (cursor->count >= state->most) {
                return false;
            }
            if (cursor->count < UINT32_MAX - 1) {
                cursor->count++;
            }
            return true;
        }
        if (cursor->count < state->least) {
            return false;
        }
    }
    cursor->state = edge->state;
    cursor->count = 1;
    return true;
}

const egret_model_particle_t *
egret_model_step(const egret_model_t *model, egret_model_cursor_t *cursor,
                 const egret_model_symbol_t *symbol)
{
    const egret_model_state_t *state = &model->states[cursor->state];
    const egret_model_edge_t *edge = &model->edges[state->edge_first];
    const egret_model_edge_t *end = edge + state->edge_count;

    for (; edge < end; edge++) {
        const egret_model_particle_t *particle =
            &model->particles[edge->particle];

        if ((edge->key == symbol->key || edge->key == 0)
            && egret_model_particle_admits(particle, symbol)
            && egret_model_take(model, cursor, edge))
        {
            return particle;
        }
    }
    return NULL;
}

bool
egret_model_may_end(const egret_model_t *model,
                    const egret_model_cursor_t *cursor)
{
    const egret_model_state_t *state = &model->states[cursor->state];

    return state->is_accepting
           && (state->most == 0 || cursor->count >= state->least);
}
