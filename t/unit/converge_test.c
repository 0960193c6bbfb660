/* SPDX-License-Identifier: Apache-2.0 */
/* Property: what the engine translates is never greener than its source.
 *
 * A world is a universe of projects with facts, and three schemes whose codes
 * are sets of projects in each dimension. Rows between them say what is true of
 * the sets, or less; rows that are not valid on the date, or of a version that
 * is not in force, say anything. Brute force over the sets then judges each
 * translation of each project, through one row or two, with conditions,
 * thresholds and proofs of do-no-harm and safeguards; and each "no
 * counterpart", of a row or through a code that is the same set. And it is
 * monotone: with a row or a kind of fact less no label becomes greener.
 * scripts/mutants drops each guard of the engine and expects this test to
 * fail. */

#include <stdio.h>
#include <string.h>

#include "made_taxonomy.h"
#include "util/buffer.h"

#define PROJECTS 16
#define SCHEMES 3
#define CODES 2
#define ROUNDS 8000
#define ROWS 64
#define ABSENCES (ROWS + 1) /* to load without them */
#define PREDICATES 10
#define EVERYTHING 0xffffu
#define DATE "2021-06-01"

enum { PVOL = 1, ONWD = 2, BATT = 4 };

typedef struct {
    unsigned stated; /* technologies */
    unsigned hidden; /* that the sender leaves out */
    bool is_in_cn;
    unsigned measured; /* of RGEN: 1: 900 MWh, 2: 1 GWh, 4: in no such unit */
    bool is_harmless;
    bool is_safeguarded;
} project_t;

typedef struct {
    bool is_two_level;
    bool requires[EGRET_DIMENSION_COUNT];
    bool is_in_force;
    unsigned sets[CODES][EGRET_DIMENSION_COUNT];
} scheme_t;

typedef struct {
    size_t from; /* scheme and code */
    int code;
    size_t to;
    int other;
    bool is_absence; /* "no counterpart" */
    char text[320];
} row_t;

typedef struct {
    uint64_t seed;
    const egret_units_t *units;
    project_t projects[PROJECTS];
    unsigned masks[PREDICATES]; /* which projects satisfy predicates[i] */
    scheme_t schemes[SCHEMES];
    row_t rows[ROWS];
    size_t row_count;
    /* How often something was proven in each way. */
    size_t direct, chained, conditional, by_threshold, by_facts, absent;
} world_t;

static const char *const predicates[PREDICATES] = {
    "technology in (PVOL)",
    "technology in (PVOL, ONWD)",
    "not technology in (BATT)",
    "jurisdiction = CN",
    "not jurisdiction = CN",
    "criterion RGEN >= 1 GWHO",
    "not criterion RGEN >= 1 GWHO",
    "technology in (PVOL) and jurisdiction = CN",
    "technology in (PVOL) or criterion RGEN >= 1000 MWHO",
    "not (technology in (BATT) or jurisdiction = CN)",
};

#define THRESHOLD 5 /* the predicate that is a threshold */


static unsigned
draw(world_t *world, unsigned below)
{
    world->seed = world->seed * 6364136223846793005u + 1442695040888963407u;

    return (unsigned) (world->seed >> 33) % below;
}


/* What each predicate means, told another way than the engine does. */
static bool
satisfies(const project_t *project, int predicate)
{
    unsigned all = project->stated | project->hidden;
    bool is_pvol = project->stated == PVOL;
    bool is_large = project->measured == 2;

    switch (predicate) {
    case 0:
        return is_pvol;
    case 1:
        return project->stated != 0 && (project->stated & BATT) == 0;
    case 2:
        return (all & BATT) == 0;
    case 3:
        return project->is_in_cn;
    case 4:
        return !project->is_in_cn;
    case 5:
        return is_large;
    case 6:
        return project->measured == 1;
    case 7:
        return is_pvol && project->is_in_cn;
    case 8:
        return is_pvol || is_large;
    default:
        return (all & BATT) == 0 && !project->is_in_cn;
    }
}


static void
draw_projects(world_t *world)
{
    (void) memset(world->masks, 0, sizeof(world->masks));
    for (int i = 0; i < PROJECTS; i++) {
        world->projects[i] = (project_t){
            .stated = draw(world, 8),
            .hidden = draw(world, 3) == 0 ? draw(world, 8) : 0,
            .is_in_cn = draw(world, 2) == 0,
            .measured = draw(world, 8),
            .is_harmless = draw(world, 2) == 0,
            .is_safeguarded = draw(world, 2) == 0,
        };
        for (int k = 0; k < PREDICATES; k++) {
            world->masks[k] |=
                (unsigned) satisfies(&world->projects[i], k) << i;
        }
    }
}


/* Sets that conditions cut out, so that rows often hold, and just so. */
static unsigned
draw_set(world_t *world)
{
    unsigned a = world->masks[draw(world, PREDICATES)];
    unsigned b = world->masks[draw(world, PREDICATES)];

    switch (draw(world, 6)) {
    case 0:
        return EVERYTHING;
    case 1:
    case 2:
        return a;
    case 3:
        return a & b;
    case 4:
        return a | b;
    default:
        return EVERYTHING & ~(1u << draw(world, PROJECTS));
    }
}


static void
draw_scheme(world_t *world, size_t index)
{
    scheme_t *scheme = &world->schemes[index];

    scheme->is_two_level = draw(world, 2) == 0;
    scheme->is_in_force = draw(world, 5) != 0;

    for (int d = 0; d < EGRET_DIMENSION_COUNT; d++) {
        scheme->requires[d] = d == EGRET_DIMENSION_SCOPE
                              || scheme->is_two_level
                              || (d == EGRET_DIMENSION_CRITERIA
                                  && draw(world, 2) == 0);
        for (int code = 0; code < CODES; code++) {
            scheme->sets[code][d] = scheme->requires[d] ? draw_set(world)
                                                        : EVERYTHING;
        }
    }
    for (int code = 0; index == 1 && code < CODES; code++) {
        if (draw(world, 2) == 0) {
            scheme->sets[code][EGRET_DIMENSION_SCOPE] =
                world->schemes[0].sets[code][EGRET_DIMENSION_SCOPE];
        }
    }
    for (int i = 0; i < PROJECTS; i++) {
        for (int code = 0; code < CODES; code++) {
            scheme->sets[code][EGRET_DIMENSION_DNSH] |=
                (unsigned) world->projects[i].is_harmless << i;
            scheme->sets[code][EGRET_DIMENSION_SAFEGUARDS] |=
                (unsigned) world->projects[i].is_safeguarded << i;
        }
    }
}


static egret_relation_t
relation_of(world_t *world, unsigned a, unsigned b)
{
    if (a == b && draw(world, 2) == 0) {
        return EGRET_RELATION_EXACT;
    }
    if ((a & ~b) == 0) {
        return EGRET_RELATION_BROAD;
    }

    return (b & ~a) == 0 ? EGRET_RELATION_NARROW : EGRET_RELATION_CLOSE;
}


/* What a row says of a dimension: the truth of A, or of A and c, or less. */
static egret_relation_t
say(world_t *world, const row_t *row, int dimension, unsigned part)
{
    const scheme_t *target = &world->schemes[row->to];
    unsigned a = world->schemes[row->from].sets[row->code][dimension];
    unsigned b = target->sets[row->other][dimension];

    if (dimension != EGRET_DIMENSION_SCOPE) {
        if (!target->requires[dimension] && draw(world, 2) == 0) {
            return EGRET_RELATION_NOT_REQUIRED;
        }
        if (draw(world, 5) == 0) {
            return EGRET_RELATION_NOT_COMPARED;
        }
    }
    if (part == EVERYTHING) {
        return relation_of(world, a, b);
    }

    return (a & part & ~b) == 0 ? EGRET_RELATION_BROAD : EGRET_RELATION_CLOSE;
}


/* One that is in force on the date and says what is true, or one that is not
 * and says whatever it likes. */
static void
add_row(world_t *world, size_t from, int code, size_t to, int other)
{
    static const char *const words[] = { "", "exact", "broad", "narrow",
                                         "close", "related" };
    row_t *row = &world->rows[world->row_count++];
    bool is_same =
        world->schemes[from].sets[code][EGRET_DIMENSION_SCOPE]
        == world->schemes[to].sets[other][EGRET_DIMENSION_SCOPE];
    int condition = draw(world, is_same ? 8 : 2) == 0
                    ? (int) draw(world, PREDICATES)
                    : -1;
    unsigned part = condition < 0 ? EVERYTHING : world->masks[condition];
    bool is_valid = draw(world, 6) != 0;
    bool is_true = is_valid && world->schemes[from].is_in_force
                   && world->schemes[to].is_in_force;
    egret_relation_t said[EGRET_DIMENSION_COUNT];
    egret_relation_t weakest = EGRET_RELATION_EXACT;
    bool has_threshold;

    *row = (row_t){ from, code, to, other, false, "" };
    for (int d = 0; d < EGRET_DIMENSION_COUNT; d++) {
        said[d] = is_true ? say(world, row, d, part) : EGRET_RELATION_BROAD;
        if (egret_relation_is_claim(said[d])) {
            weakest = egret_relation_weaker(weakest, said[d]);
        }
    }
    has_threshold =
        said[EGRET_DIMENSION_CRITERIA] != EGRET_RELATION_NOT_REQUIRED
        && draw(world, 2) == 0
        && (!is_true
            || (world->masks[THRESHOLD]
                & ~world->schemes[to].sets[other][EGRET_DIMENSION_CRITERIA])
                   == 0);

    (void) snprintf(row->text, sizeof(row->text),
                    "S%zu:%d\tskos:%sMatch\tS%zu:%d\tsemapv:X\t%s\t%s\t%s\t%s\t"
                    "\t%s\t%s\t%s\n",
                    from, code, condition < 0 ? words[weakest] : "close", to,
                    other, egret_relation_text(said[0]),
                    egret_relation_text(said[1]), egret_relation_text(said[2]),
                    egret_relation_text(said[3]),
                    is_valid ? "" : "2021-05-31",
                    condition < 0 ? "" : predicates[condition],
                    has_threshold ? predicates[THRESHOLD] : "");
}


/* No code of the other scheme holds the whole of it, or lies within it. */
static bool
is_alone(const world_t *world, size_t from, int code, size_t to)
{
    unsigned a = world->schemes[from].sets[code][EGRET_DIMENSION_SCOPE];

    for (int other = 0; other < CODES; other++) {
        unsigned b = world->schemes[to].sets[other][EGRET_DIMENSION_SCOPE];

        if ((a & ~b) == 0 || (b & ~a) == 0) {
            return false;
        }
    }

    return true;
}


/* Says that a code has no counterpart, mostly where that is true and the row
 * valid; false when it says nothing. */
static bool
add_absence(world_t *world, size_t from, int code, size_t to)
{
    bool is_valid = draw(world, 6) != 0;
    bool is_true = is_valid && world->schemes[from].is_in_force
                   && world->schemes[to].is_in_force;
    row_t *row = &world->rows[world->row_count];

    if ((from == 0 && draw(world, 2) == 0)
        || (is_true && !is_alone(world, from, code, to))
        || (!is_true && draw(world, 3) != 0))
    {
        return false;
    }

    *row = (row_t){ from, code, to, 0, true, "" };
    (void) snprintf(row->text, sizeof(row->text),
                    "S%zu:%d\tskos:relatedMatch\tsssom:NoTermFound\tsemapv:X"
                    "\t\t\t\t\t\t%s\t\t\n",
                    from, code, is_valid ? "" : "2021-05-31");
    world->row_count++;

    return true;
}


static void
draw_world(world_t *world)
{
    draw_projects(world);
    world->row_count = 0;
    for (size_t i = 0; i < SCHEMES; i++) {
        draw_scheme(world, i);
    }

    for (size_t from = 0; from < SCHEMES; from++) {
        for (size_t to = from + 1; to < SCHEMES; to++) {
            bool is_told[CODES];

            for (int code = 0; code < CODES; code++) {
                is_told[code] = add_absence(world, from, code, to);
            }
            for (int i = 0; i < CODES * CODES; i++) {
                if (!is_told[i / CODES]
                    && (to == from + 1 || draw(world, 2) == 0))
                {
                    add_row(world, from, i / CODES, to, i % CODES);
                }
            }
        }
    }
}


static void
load_scheme(const world_t *world, egret_taxonomies_t *taxonomies, size_t index)
{
    const scheme_t *scheme = &world->schemes[index];
    egret_arena_t *arena = taxonomies->arena;
    egret_span_t keys, fault;

    keys = egret_arena_print(
        arena,
        "id: S%zu\nversion: 1\npublished: 2020-01-01\nfrom: %s\n"
        "status: FINAL\nauthority: x\nlevels: %s\nleaf: any\n%s%s%s"
        "source: x\ndigest: none\n",
        index, scheme->is_in_force ? "2020-01-01" : "2021-06-02",
        scheme->is_two_level ? "two" : "one",
        scheme->requires[EGRET_DIMENSION_CRITERIA] ? "requires: criteria" : "",
        scheme->is_two_level ? " dnsh safeguards" : "",
        scheme->requires[EGRET_DIMENSION_CRITERIA] ? "\n" : "");
    egret_assert_ok(egret_taxonomies_add_scheme(
        taxonomies, EGRET_SPAN("s.tsv"),
        egret_test_scheme(arena, keys.at, "0\t\n1\t\n"), &fault));
}


static void
load_rows(const world_t *world, egret_taxonomies_t *taxonomies, size_t from,
          size_t to, size_t without)
{
    egret_buffer_t text;
    egret_span_t fault;
    egret_rc_t rc;

    egret_buffer_init(&text, taxonomies->arena, 1 << 16);
    egret_buffer_print(&text,
                       "#curie_map:\n#  S%zu: urn:x:%zu:\n#  S%zu: urn:x:%zu:\n"
                       "#mapping_set_id: urn:x:made\n#license: urn:x:none\n"
                       "#subject_source: x:S%zu\n#subject_source_version: 1\n"
                       "#object_source: x:S%zu\n#object_source_version: 1\n",
                       from, from, to, to, from, to);
    egret_buffer_add_text(&text,
                          "subject_id\tpredicate_id\tobject_id\t"
                          "mapping_justification\tegret_scope\t"
                          "egret_criteria\tegret_dnsh\tegret_safeguards\t"
                          "egret_valid_from\tegret_valid_to\t"
                          "egret_condition\tegret_threshold\n");
    for (size_t i = 0; i < world->row_count; i++) {
        const row_t *row = &world->rows[i];

        if (i != without && (without != ABSENCES || !row->is_absence)
            && row->from == from && row->to == to)
        {
            egret_buffer_add_text(&text, row->text);
        }
    }
    egret_assert_ok(egret_buffer_rc(&text));

    rc = egret_taxonomies_add_crosswalk(taxonomies, EGRET_SPAN("c.tsv"),
                                        egret_buffer_span(&text), &fault);
    egret_assert_span(fault, "");
    egret_assert_ok(rc);
}


/* NULL when the rows contradict each other: two exact ones from one code. */
static egret_taxonomies_t *
load(const world_t *world, egret_arena_t *arena, size_t without)
{
    egret_taxonomies_t *taxonomies = NULL;
    egret_span_t fault;

    egret_assert_ok(egret_taxonomies_create(arena, &taxonomies));
    taxonomies->units = world->units;
    for (size_t i = 0; i < SCHEMES; i++) {
        load_scheme(world, taxonomies, i);
    }
    for (size_t from = 0; from < SCHEMES; from++) {
        for (size_t to = from + 1; to < SCHEMES; to++) {
            load_rows(world, taxonomies, from, to, without);
        }
    }

    return egret_taxonomies_close(taxonomies, &fault) == EGRET_OK ? taxonomies
                                                                  : NULL;
}

enum { TECHNOLOGY = 1, JURISDICTION = 2, MEASURED = 4, HARM = 8, GUARDS = 16,
       ALL_KINDS = 31 };


/* What the block states of a project, of those kinds. */
static egret_facts_t
state_facts(const project_t *project, unsigned kinds, egret_fact_t *items)
{
    static const char *const technologies[] = { "PVOL", "ONWD", "BATT" };
    static const char *const measured[][2] = { { "900", "MWHO" },
                                               { "1", "GWHO" },
                                               { "5000", "PERS" } };
    egret_facts_t facts = { .items = items };

    for (unsigned i = 0; i < 3; i++) {
        if ((kinds & TECHNOLOGY) != 0 && (project->stated & 1u << i) != 0) {
            items[facts.count++] = (egret_fact_t){
                .kind = EGRET_FACT_TECHNOLOGY,
                .value = egret_span_from(technologies[i])
            };
        }
        if ((kinds & MEASURED) != 0 && (project->measured & 1u << i) != 0) {
            items[facts.count++] = (egret_fact_t){
                .kind = EGRET_FACT_CRITERION,
                .of = EGRET_SPAN("RGEN"),
                .value = egret_span_from(measured[i][0]),
                .unit = egret_span_from(measured[i][1])
            };
        }
    }
    if ((kinds & JURISDICTION) != 0) {
        items[facts.count++] = (egret_fact_t){
            .kind = EGRET_FACT_JURISDICTION,
            .value = egret_span_from(project->is_in_cn ? "CN" : "ZA")
        };
    }
    facts.is_harmless = (kinds & HARM) != 0 && project->is_harmless;
    facts.is_safeguarded = (kinds & GUARDS) != 0 && project->is_safeguarded;

    return facts;
}


static bool
means(const scheme_t *scheme, egret_label_status_t status, int dimension)
{
    if (dimension == EGRET_DIMENSION_SCOPE) {
        return true;
    }
    if (scheme->is_two_level) {
        return status == EGRET_LABEL_ALGN;
    }

    return dimension == EGRET_DIMENSION_CRITERIA;
}


static bool
deserves(const scheme_t *scheme, int code, egret_label_status_t status,
         int project)
{
    for (int d = 0; d < EGRET_DIMENSION_COUNT; d++) {
        if (means(scheme, status, d)
            && (scheme->sets[code][d] >> project & 1u) == 0)
        {
            return false;
        }
    }

    return scheme->is_in_force;
}

typedef struct {
    int code;
    size_t target;
    egret_label_status_t status;
    egret_block_status_t block;
    int project;
    unsigned kinds;
} question_t;


static egret_label_translation_t
ask(const world_t *world, const egret_taxonomies_t *taxonomies,
    egret_arena_t *arena, const question_t *question)
{
    char code[2] = { (char) ('0' + question->code), '\0' };
    egret_label_t label = egret_test_label("S0", "1", code, DATE);
    egret_label_translation_t translation;
    egret_fact_t items[8];
    egret_facts_t facts = state_facts(&world->projects[question->project],
                                      question->kinds, items);

    label.status = question->status;
    label.block_status = question->block;
    label.facts = &facts;
    egret_assert_ok(egret_translate(taxonomies, &label,
                                    taxonomies->by_name
                                        .entries[question->target].value,
                                    arena, &translation));

    return translation;
}


/* 2: aligned, 1: green, 0: not shown. */
static int
greenness(const egret_label_translation_t *translation)
{
    return translation->result != EGRET_TRANSLATION_TRANSLATED ? 0
           : translation->status == EGRET_LABEL_ALGN           ? 2
                                                               : 1;
}


/* An eligible label says of no criterion that it is met: in a scheme of one
 * level it needs a threshold, whatever the rows say is not required. */
static bool
has_threshold(const egret_label_translation_t *translation)
{
    const egret_condition_t *condition;
    bool is_threshold = false;

    for (size_t i = 0;
         !is_threshold
         && egret_proof_condition(&translation->candidates[0], i, &condition,
                                  &is_threshold);
         i++)
    {
    }

    return is_threshold;
}


static void
count_ways(world_t *world, const egret_label_translation_t *translation)
{
    const egret_translation_candidate_t *used = &translation->candidates[0];
    const egret_condition_t *condition;
    bool is_threshold;

    world->direct += used->via == NULL;
    world->chained += used->via != NULL;
    for (size_t i = 0; egret_proof_condition(used, i, &condition,
                                             &is_threshold);
         i++)
    {
        world->conditional += !is_threshold;
        world->by_threshold += is_threshold;
    }
    world->by_facts +=
        translation->status == EGRET_LABEL_ALGN
        && !egret_relation_carries(used->row->relations[EGRET_DIMENSION_DNSH]);
}


/* True of the sets; and what another code's row says takes nothing away that a
 * row proves. */
static void
check_absence(world_t *world, const egret_label_translation_t *translation,
              egret_arena_t *arena, const question_t *question)
{
    const egret_taxonomies_t *bare;
    egret_label_translation_t less;

    assert_true(is_alone(world, 0, question->code, question->target));
    assert_true(world->schemes[question->target].is_in_force);
    if (translation->candidates[0].via == NULL) {
        return;
    }

    bare = load(world, arena, ABSENCES);
    assert_non_null(bare);
    less = ask(world, bare, arena, question);
    assert_int_equal(greenness(&less), 0);
    world->absent++;
}


static void
check_one(world_t *world, const egret_taxonomies_t *taxonomies,
          egret_arena_t *arena, question_t question)
{
    egret_label_translation_t translation = ask(world, taxonomies, arena,
                                                &question);
    const scheme_t *source = &world->schemes[0];
    int green = greenness(&translation);

    if (green > 0) {
        assert_true(question.block == EGRET_BLOCK_FINL);
        assert_true(question.status == EGRET_LABEL_ELIG
                    || question.status == EGRET_LABEL_ALGN);
        assert_true(deserves(source, question.code, question.status,
                             question.project));
        assert_true(deserves(&world->schemes[question.target],
                             translation.code->code.at[0] - '0',
                             translation.status, question.project));
        assert_true(translation.status == EGRET_LABEL_ELIG
                    || (source->is_two_level
                        && question.status == EGRET_LABEL_ALGN));
        assert_true(!source->is_two_level
                    || question.status == EGRET_LABEL_ALGN
                    || world->schemes[question.target].is_two_level
                    || has_threshold(&translation));
        count_ways(world, &translation);
    }

    if (translation.result == EGRET_TRANSLATION_NO_COUNTERPART) {
        check_absence(world, &translation, arena, &question);
    }

    for (unsigned kind = 1; kind < ALL_KINDS; kind <<= 1) {
        question.kinds = ALL_KINDS & ~kind;
        translation = ask(world, taxonomies, arena, &question);
        assert_true(greenness(&translation) <= green);
    }
}


/* Every label that a project truly has, and some that never translate. */
static void
check_all(world_t *world, const egret_taxonomies_t *taxonomies,
          const egret_taxonomies_t *fewer, egret_arena_t *arena)
{
    static const egret_label_status_t statuses[] = {
        EGRET_LABEL_ELIG, EGRET_LABEL_ALGN, EGRET_LABEL_TRNS, EGRET_LABEL_ENBL
    };

    for (int i = 0; i < PROJECTS * CODES * 4 * 2; i++) {
        question_t question = {
            .project = i % PROJECTS,
            .code = i / PROJECTS % CODES,
            .status = statuses[i / PROJECTS / CODES % 4],
            .target = (size_t) (1 + i / PROJECTS / CODES / 4),
            .block = draw(world, 8) == 0 ? EGRET_BLOCK_DRFT : EGRET_BLOCK_FINL,
            .kinds = ALL_KINDS,
        };
        bool is_green = question.status <= EGRET_LABEL_ALGN;
        egret_label_translation_t all, less;

        if (is_green && world->schemes[0].is_in_force
            && !deserves(&world->schemes[0], question.code, question.status,
                         question.project))
        {
            continue;
        }
        check_one(world, taxonomies, arena, question);
        all = ask(world, taxonomies, arena, &question);
        less = ask(world, fewer, arena, &question);
        assert_true(greenness(&less) <= greenness(&all));
    }
}


/* One that says what a code is, not what it is not. */
static size_t
draw_claim(world_t *world)
{
    size_t row = draw(world, (unsigned) world->row_count);

    while (row < world->row_count && world->rows[row].is_absence) {
        row++;
    }

    return row;
}


static void
play(world_t *world)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    egret_taxonomies_t *taxonomies, *fewer;

    assert_non_null(arena);
    draw_world(world);
    taxonomies = load(world, arena, ROWS);
    if (taxonomies != NULL) {
        fewer = load(world, arena, draw_claim(world));
        assert_non_null(fewer);
        check_all(world, taxonomies, fewer, arena);
    }
    egret_arena_destroy(arena);
}


static void
test_what_is_translated_is_never_greener_than_its_source(void **state)
{
    egret_arena_t *arena = egret_arena_create(egret_allocator_default(), 0);
    world_t *world = egret_arena_zeroed(arena, 1, sizeof(*world));

    (void) state;
    assert_non_null(world);
    world->seed = 20251001;
    world->units = egret_test_units(arena);
    for (int i = 0; i < ROUNDS; i++) {
        play(world);
    }

    /* It would hold of an engine that never translates. */
    print_message("# direct %zu, chained %zu, conditional %zu, threshold %zu, "
                  "facts %zu, no counterpart through another code %zu\n",
                  world->direct, world->chained, world->conditional,
                  world->by_threshold, world->by_facts, world->absent);
    assert_true(world->direct > ROUNDS);
    assert_true(world->chained > ROUNDS / 4);
    assert_true(world->conditional > ROUNDS);
    assert_true(world->by_threshold > ROUNDS);
    assert_true(world->by_facts > 100);
    assert_true(world->absent > 100);
    egret_arena_destroy(arena);
}


int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_what_is_translated_is_never_greener_than_its_source),
    };

    return egret_test_run(tests);
}
