/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper.h"
#include "schema/validator.h"
#include "util/buffer.h"

#define HEAD                                                                   \
    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "                \
    "xmlns=\"urn:t\" targetNamespace=\"urn:t\" "                               \
    "elementFormDefault=\"qualified\">\n"
#define TAIL "</xs:schema>"
#define SEQUENCE(content)                                                      \
    HEAD "<xs:element name=\"R\"><xs:complexType><xs:sequence>" content        \
         "</xs:sequence></xs:complexType></xs:element>" TAIL
#define CHOICE(content)                                                        \
    HEAD "<xs:element name=\"R\"><xs:complexType><xs:choice>" content          \
         "</xs:choice></xs:complexType></xs:element>" TAIL
#define SIMPLE(content)                                                        \
    HEAD "<xs:simpleType name=\"S\"><xs:restriction " content                  \
         "</xs:restriction></xs:simpleType>" TAIL
#define ELEMENT(name) "<xs:element name=\"" name "\" type=\"xs:string\"/>"

typedef struct {
    egret_arena_t *arena;
    egret_schemas_t *schemas;
    egret_schema_fault_t fault;
} set_t;

static void
start(set_t *set)
{
    set->arena = egret_arena_create(egret_allocator_default(), 0);
    set->schemas = egret_schemas_create(set->arena);
    assert_non_null(set->schemas);
    set->fault.text = EGRET_SPAN("");
}

static egret_rc_t
load(set_t *set, const char *text)
{
    return egret_schemas_load_text(set->schemas, "t.xsd", egret_span_from(text),
                                   &set->fault);
}

static const egret_definition_t *
load_one(set_t *set, const char *text)
{
    start(set);
    if (load(set, text) != EGRET_OK) {
        fail_msg("%.*s", EGRET_SPAN_ARGS(set->fault.text));
    }
    return egret_definitions_find(egret_schemas_definitions(set->schemas),
                                  EGRET_SPAN("urn:t"));
}

static void
end(set_t *set)
{
    egret_arena_destroy(set->arena);
}

/* What is refused, and how. */

typedef struct {
    egret_rc_t rc;
    const char *words;
    const char *text;
} refusal_t;

static void
assert_refused(const refusal_t *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        set_t set;
        egret_rc_t rc;

        start(&set);
        rc = load(&set, refusals[i].text);
        if (rc != refusals[i].rc ||
            memmem(set.fault.text.at, set.fault.text.length, refusals[i].words,
                   strlen(refusals[i].words)) == NULL ||
            !egret_span_starts_with(set.fault.text, EGRET_SPAN("t.xsd:"))) {
            fail_msg("%s\n%s: %.*s", refusals[i].text, egret_rc_text(rc),
                     EGRET_SPAN_ARGS(set.fault.text));
        }
        assert_int_equal(
            egret_schemas_definitions(set.schemas)->by_namespace.count, 0);
        end(&set);
    }
}

#define assert_all_refused(refusals)                                           \
    assert_refused((refusals), sizeof(refusals) / sizeof((refusals)[0]))

static const refusal_t unsupported[] = {
    { EGRET_EUNSUPPORTED, "t.xsd:2: xs:import",
      HEAD "<xs:import namespace=\"urn:x\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:redefine",
      HEAD "<xs:redefine schemaLocation=\"x\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:group", HEAD "<xs:group name=\"g\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:attributeGroup",
      HEAD "<xs:attributeGroup name=\"g\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:all",
      HEAD "<xs:complexType name=\"T\"><xs:all/></xs:complexType>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:complexContent",
      HEAD "<xs:complexType name=\"T\"><xs:complexContent/>"
           "</xs:complexType>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:anyAttribute",
      HEAD "<xs:complexType name=\"T\"><xs:sequence/><xs:anyAttribute/>"
           "</xs:complexType>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:list",
      HEAD "<xs:simpleType name=\"T\"><xs:list itemType=\"xs:int\"/>"
           "</xs:simpleType>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:union",
      HEAD "<xs:simpleType name=\"T\"><xs:union/></xs:simpleType>" TAIL },
    { EGRET_EUNSUPPORTED, "mixed",
      HEAD "<xs:complexType name=\"T\" mixed=\"true\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "abstract",
      HEAD "<xs:element name=\"R\" type=\"xs:int\" abstract=\"true\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "nillable",
      HEAD "<xs:element name=\"R\" type=\"xs:int\" nillable=\"true\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "default",
      HEAD "<xs:element name=\"R\" type=\"xs:int\" default=\"1\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "without a type",
      HEAD "<xs:element name=\"R\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:unique",
      HEAD "<xs:element name=\"R\"><xs:unique name=\"u\"/></xs:element>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:float",
      HEAD "<xs:element name=\"R\" type=\"xs:float\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "xs:QName", SIMPLE("base=\"xs:QName\">") },
    { EGRET_EUNSUPPORTED, "another namespace",
      HEAD "<xs:element name=\"R\" xmlns:o=\"urn:o\" type=\"o:T\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "unqualified",
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
      "targetNamespace=\"urn:t\"><xs:complexType name=\"T\">"
      "<xs:sequence>" ELEMENT("a") "</xs:sequence></xs:complexType>" TAIL },
    { EGRET_EUNSUPPORTED, "DOCTYPE",
      "<!DOCTYPE x [<!ENTITY e 'e'>]>\n" HEAD TAIL },
    { EGRET_EUNSUPPORTED, "relative path",
      HEAD "<xs:include schemaLocation=\"http://x/y.xsd\"/>" TAIL },
    { EGRET_EUNSUPPORTED, "too large",
      SEQUENCE("<xs:sequence maxOccurs=\"1000000\">" ELEMENT("a")
                   ELEMENT("b") "</xs:sequence>") },
    { EGRET_EUNSUPPORTED, "too large",
      SEQUENCE("<xs:sequence maxOccurs=\"2000\"><xs:sequence maxOccurs="
               "\"2000\"><xs:sequence/></xs:sequence></xs:sequence>") },
    { EGRET_EUNSUPPORTED, "pattern is too large",
      SIMPLE("base=\"xs:string\"><xs:pattern value="
             "\"((a{999}){999}){999}\"/>") },
};

static void
test_what_is_not_supported_is_refused_with_file_and_line(void **state)
{
    (void) state;
    assert_all_refused(unsupported);
}

static const refusal_t unruly[] = {
    { EGRET_ESYNTAX, "t.xsd:1:", "" },
    { EGRET_ESYNTAX, "t.xsd:1:", "no xml" },
    { EGRET_ESYNTAX, "t.xsd:2:", "<a>\n<b></a>" },
    { EGRET_ESYNTAX, "not an XML Schema", "<schema/>" },
    { EGRET_ESYNTAX, "none of XML Schema", HEAD "<x/>" TAIL },
    { EGRET_ESYNTAX, "text is not allowed", HEAD "text" TAIL },
    { EGRET_ESYNTAX, "nothing declares the type X",
      HEAD "<xs:element name=\"R\" type=\"X\"/>" TAIL },
    { EGRET_ESYNTAX, "nothing declares the element X",
      SEQUENCE("<xs:element ref=\"X\"/>") },
    { EGRET_EEXIST, "declared twice",
      HEAD "<xs:simpleType name=\"S\"><xs:restriction base=\"xs:int\"/>"
           "</xs:simpleType><xs:complexType name=\"S\"/>" TAIL },
    { EGRET_EEXIST, "declared twice",
      HEAD "<xs:element name=\"R\" type=\"xs:int\"/>"
           "<xs:element name=\"R\" type=\"xs:int\"/>" TAIL },
    { EGRET_ESYNTAX, "derived from itself", SIMPLE("base=\"S\">") },
    { EGRET_ESYNTAX, "two types",
      SEQUENCE(ELEMENT("a") "<xs:element name=\"b\" type=\"xs:int\"/>"
                            "<xs:element name=\"a\" type=\"xs:int\"/>") },
    { EGRET_ESYNTAX, "Unique Particle Attribution",
      SEQUENCE("<xs:element name=\"a\" type=\"xs:string\" "
               "minOccurs=\"0\"/>" ELEMENT("a")) },
    { EGRET_ESYNTAX, "Unique Particle Attribution",
      CHOICE(ELEMENT("a") ELEMENT("a")) },
    { EGRET_ESYNTAX, "Unique Particle Attribution",
      SEQUENCE("<xs:element name=\"a\" type=\"xs:string\" "
               "minOccurs=\"2\" maxOccurs=\"4\"/>" ELEMENT("a")) },
    { EGRET_ESYNTAX, "Unique Particle Attribution",
      CHOICE(ELEMENT("a") "<xs:any/>") },
    { EGRET_ESYNTAX, "Unique Particle Attribution",
      SEQUENCE("<xs:any minOccurs=\"0\"/><xs:any namespace=\"##local\"/>") },
    { EGRET_ESYNTAX, "above maxOccurs",
      SEQUENCE("<xs:element name=\"a\" type=\"xs:int\" minOccurs=\"2\"/>") },
    { EGRET_ESYNTAX, "not a count",
      SEQUENCE("<xs:element name=\"a\" type=\"xs:int\" minOccurs=\"-1\"/>") },
    { EGRET_ESYNTAX, "no such facet",
      SIMPLE("base=\"xs:decimal\"><xs:length value=\"1\"/>") },
    { EGRET_ESYNTAX, "stands twice",
      SIMPLE("base=\"xs:string\"><xs:length value=\"1\"/>"
             "<xs:length value=\"1\"/>") },
    { EGRET_ESYNTAX, "shortest length",
      SIMPLE("base=\"xs:string\"><xs:minLength value=\"3\"/>"
             "<xs:maxLength value=\"2\"/>") },
    { EGRET_ESYNTAX, "lower bound",
      SIMPLE("base=\"xs:int\"><xs:minInclusive value=\"3\"/>"
             "<xs:maxInclusive value=\"2\"/>") },
    { EGRET_ESYNTAX, "not a value of the base type",
      SIMPLE("base=\"xs:date\"><xs:enumeration value=\"2025-02-30\"/>") },
    { EGRET_ESYNTAX, "t.xsd:3: \"(\"",
      SIMPLE("base=\"xs:string\">\n<xs:pattern value=\"(\"/>") },
    { EGRET_ESYNTAX, "after a declaration",
      HEAD "<xs:element name=\"R\" type=\"xs:int\"/>"
           "<xs:include schemaLocation=\"x\"/>" TAIL },
};

static void
test_what_breaks_the_rules_of_xml_schema_is_refused(void **state)
{
    (void) state;
    assert_all_refused(unruly);
}

static void
test_a_type_that_only_widens_its_base_is_refused(void **state)
{
    static const refusal_t refusals[] = {
        { EGRET_ESYNTAX, "longer",
          HEAD
          "<xs:simpleType name=\"A\"><xs:restriction base=\"xs:string\">"
          "<xs:maxLength value=\"5\"/></xs:restriction></xs:simpleType>"
          "<xs:simpleType name=\"B\"><xs:restriction base=\"A\">"
          "<xs:maxLength value=\"6\"/></xs:restriction></xs:simpleType>" TAIL },
        { EGRET_ESYNTAX, "narrower bound",
          SIMPLE("base=\"xs:unsignedByte\"><xs:maxInclusive value=\"256\"/>") },
        { EGRET_ESYNTAX, "less than the base",
          SIMPLE("base=\"xs:token\"><xs:whiteSpace value=\"preserve\"/>") },
    };

    (void) state;
    assert_all_refused(refusals);
}

/* What is in the tables. */

static void
test_the_tables_hold_what_a_schema_declares(void **state)
{
    set_t set;
    const egret_definition_t *definition = load_one(
        &set, HEAD
        "<xs:element name=\"R\" type=\"T\"/>"
        "<xs:complexType name=\"T\"><xs:sequence>"
        "<xs:element name=\"a\" type=\"xs:date\" minOccurs=\"0\"/>"
        "<xs:choice maxOccurs=\"unbounded\">" ELEMENT(
            "b") "<xs:element name=\"c\" type=\"A\"/></xs:choice>"
                 "<xs:element name=\"d\" type=\"T\" maxOccurs=\"7\" "
                 "minOccurs=\"0\"/>"
                 "</xs:sequence></xs:complexType>"
                 "<xs:complexType name=\"A\"><xs:simpleContent>"
                 "<xs:extension base=\"xs:decimal\"><xs:attribute name=\"Ccy\" "
                 "type=\"xs:string\" use=\"required\"/><xs:attribute "
                 "name=\"o\" "
                 "type=\"xs:boolean\"/></xs:extension>"
                 "</xs:simpleContent></xs:complexType>" TAIL);
    const egret_element_t *root =
        egret_definition_root(definition, EGRET_SPAN("R"));
    const egret_element_t *a = egret_type_child(root->type, EGRET_SPAN("a"));
    const egret_element_t *b = egret_type_child(root->type, EGRET_SPAN("b"));
    const egret_element_t *c = egret_type_child(root->type, EGRET_SPAN("c"));
    const egret_element_t *d = egret_type_child(root->type, EGRET_SPAN("d"));

    (void) state;
    assert_int_equal(root->type->child_count, 4);
    assert_ptr_equal(root->type->children[0], a);
    assert_ptr_equal(root->type->children[3], d);
    assert_false(a->is_repeatable);
    assert_true(b->is_repeatable);
    assert_true(c->is_repeatable);
    assert_true(d->is_repeatable);
    assert_ptr_equal(d->type, root->type);
    assert_int_equal(a->type->kind, EGRET_VALUE_DATE);
    assert_int_equal(root->type->kind, EGRET_VALUE_NONE);
    assert_true(c->type->is_simple_content);
    assert_int_equal(c->type->kind, EGRET_VALUE_DECIMAL);
    assert_int_equal(c->type->attribute_count, 2);
    egret_assert_span(c->type->attributes[0].name, "Ccy");
    assert_true(c->type->attributes[0].is_required);
    assert_int_equal(c->type->attributes[1].kind, EGRET_VALUE_BOOLEAN);
    assert_int_equal(definition->element_count, 5);
    egret_assert_span(definition->id, "urn:t");
    end(&set);
}

static void
test_an_element_in_two_branches_of_a_choice_does_not_repeat(void **state)
{
    set_t set;
    const egret_definition_t *definition = load_one(
        &set, CHOICE("<xs:sequence>" ELEMENT("a")
                         ELEMENT("n") "</xs:sequence>"
                                      "<xs:sequence>" ELEMENT("b")
                                          ELEMENT("n") "</xs:sequence>"));
    const egret_type_t *type =
        egret_definition_root(definition, EGRET_SPAN("R"))->type;

    (void) state;
    assert_false(egret_type_child(type, EGRET_SPAN("n"))->is_repeatable);
    assert_int_equal(type->child_count, 3);
    end(&set);
}

static void
test_a_namespace_is_loaded_once(void **state)
{
    set_t set;

    (void) state;
    load_one(&set, HEAD TAIL);
    egret_assert_rc(load(&set, HEAD TAIL), EGRET_EEXIST);
    end(&set);
}

static const struct {
    const char *facets;
    const char *good;
    const char *bad;
    const char *expected;
} value_cases[] = {
    { "base=\"xs:string\"><xs:maxLength value=\"3\"/>",
      "\xE7\xBB\xBF\xE7\xBB\xBF\xE7\xBB\xBF", "abcd", "at most 3 characters" },
    { "base=\"xs:string\"><xs:minLength value=\"1\"/>"
      "<xs:maxLength value=\"35\"/>",
      " ", "", "1 to 35 characters" },
    { "base=\"xs:string\"><xs:length value=\"2\"/>", "ab", "abc",
      "exactly 2 characters" },
    { "base=\"xs:string\"><xs:enumeration value=\"AA\"/>"
      "<xs:enumeration value=\"BB\"/>",
      "BB", "aa", "one of AA, BB" },
    { "base=\"xs:token\"><xs:enumeration value=\"A B\"/>", " A \n B ", "AB",
      "A B" },
    { "base=\"xs:decimal\"><xs:totalDigits value=\"4\"/>"
      "<xs:fractionDigits value=\"2\"/>",
      "+0012.3400", "1.234", "at most 2 digits after the decimal point" },
    { "base=\"xs:decimal\"><xs:totalDigits value=\"3\"/>", "0.12", "0.0012",
      "at most 3 digits" },
    { "base=\"xs:decimal\"><xs:minInclusive value=\"0\"/>", "-0.0", "-1",
      "at least 0" },
    { "base=\"xs:decimal\">", "123456789012345678901234567890123456789012345.5",
      "1e5", "a decimal number (1234.56)" },
    { "base=\"xs:date\">", " 2024-02-29+08:00\n", "2025-02-29",
      "a date (YYYY-MM-DD)" },
    { "base=\"xs:dateTime\">", "2025-01-01T24:00:00Z", "2025-01-01T24:00:01Z",
      "a date and time (YYYY-MM-DDThh:mm:ss)" },
    { "base=\"xs:time\">", "23:59:59.999+14:00", "23:59:59+14:01",
      "a time (hh:mm:ss)" },
    { "base=\"xs:gYearMonth\">", "\t2025-12 ", "2025-13",
      "a month of a year (YYYY-MM)" },
    { "base=\"xs:gYear\">", "-12025", "0000", "a year (YYYY)" },
    { "base=\"xs:boolean\">", " 1 ", "yes", "true or false" },
    { "base=\"xs:unsignedByte\">", "255", "256", "at most 255" },
    { "base=\"xs:integer\">", "-0", "1.0", "a whole number" },
    { "base=\"xs:base64Binary\">", "AQ ==", "AR==", "bytes in Base64" },
    { "base=\"xs:hexBinary\"><xs:maxLength value=\"1\"/>", "fF", "fFfF",
      "at most 1 byte" },
    { "base=\"xs:language\">", "zh-Hans", "zh-",
      "a language tag (en, "
      "zh-Hans)" },
    { "base=\"xs:NMTOKEN\">", "-a.1", "a b", "a name token of XML" },
    { "base=\"xs:duration\">", "-P1Y2MT3.5S", "P1Y2MT",
      "a duration (P1Y2M3DT4H5M6S)" },
    { "base=\"xs:duration\"><xs:minInclusive value=\"P1M\"/>", "P32D", "P31D",
      "at least P1M" },
    { "base=\"xs:anyURI\">", "http://a/b#c", "a#b#c", "a URI" },
    { "base=\"xs:string\"><xs:pattern value=\"[A-Z]{2}\"/>"
      "<xs:pattern value=\"[0-9]\"/>",
      "7", "A", "text of the pattern [A-Z]{2}|[0-9]" },
};

static void
test_a_type_accepts_values_and_says_what_it_expects(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof(value_cases) / sizeof(value_cases[0]); i++) {
        char text[2048];
        set_t set;
        const egret_type_t *type;
        egret_span_t expected = EGRET_SPAN("untouched");

        (void) snprintf(text, sizeof(text),
                        HEAD "<xs:element name=\"R\"><xs:simpleType>"
                             "<xs:restriction %s</xs:restriction>"
                             "</xs:simpleType></xs:element>" TAIL,
                        value_cases[i].facets);
        type =
            egret_definition_root(load_one(&set, text), EGRET_SPAN("R"))->type;
        if (!egret_type_accepts(type, egret_span_from(value_cases[i].good),
                                set.arena, &expected)) {
            fail_msg("%s: %s", value_cases[i].facets, value_cases[i].good);
        }
        egret_assert_span(expected, "untouched");
        if (egret_type_accepts(type, egret_span_from(value_cases[i].bad),
                               set.arena, &expected)) {
            fail_msg("%s: %s", value_cases[i].facets, value_cases[i].bad);
        }
        egret_assert_span(expected, value_cases[i].expected);
        end(&set);
    }
}

static void
test_patterns_of_all_steps_hold(void **state)
{
    set_t set;
    const egret_type_t *type =
        egret_definition_root(
            load_one(&set, HEAD
                     "<xs:simpleType name=\"A\"><xs:restriction "
                     "base=\"xs:string\"><xs:pattern value=\"[a-m]*\"/>"
                     "</xs:restriction></xs:simpleType><xs:element name=\"R\">"
                     "<xs:simpleType><xs:restriction base=\"A\">"
                     "<xs:pattern value=\"[g-z]*\"/></xs:restriction>"
                     "</xs:simpleType></xs:element>" TAIL),
            EGRET_SPAN("R"))
            ->type;
    egret_span_t expected;

    (void) state;
    assert_true(egret_type_accepts(type, EGRET_SPAN("ghm"), set.arena, NULL));
    assert_false(egret_type_accepts(type, EGRET_SPAN("ag"), set.arena, NULL));
    assert_false(
        egret_type_accepts(type, EGRET_SPAN("gz"), set.arena, &expected));
    end(&set);
}

/* Files. */

typedef struct {
    char path[64];
} folder_t;

static void
make_folder(folder_t *folder)
{
    (void) snprintf(folder->path, sizeof(folder->path),
                    "/tmp/egret-schemas-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
}

static const char *
in_folder(const folder_t *folder, const char *name)
{
    static char path[256];

    (void) snprintf(path, sizeof(path), "%s/%s", folder->path, name);
    return path;
}

static void
write_file(const folder_t *folder, const char *name, const char *text)
{
    FILE *file = fopen(in_folder(folder, name), "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void
remove_folder(const folder_t *folder)
{
    char command[128];

    (void) snprintf(command, sizeof(command), "rm -rf '%s'", folder->path);
    assert_int_equal(system(command), 0);
}

#define COMMON                                                                 \
    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "                \
    "elementFormDefault=\"qualified\">"
#define INCLUDE(location) "<xs:include schemaLocation=\"" location "\"/>"

static void
test_a_common_part_takes_on_the_namespace_that_includes_it(void **state)
{
    folder_t folder;
    set_t set;
    const egret_definition_t *definition;

    (void) state;
    make_folder(&folder);
    assert_int_equal(mkdir(in_folder(&folder, "common"), 0700), 0);
    write_file(
        &folder, "common/text.xsd",
        COMMON INCLUDE(
            "deep.xsd") "<xs:complexType name=\"T\"><xs:sequence>"
                        "<xs:element name=\"a\" type=\"M\"/></xs:sequence>"
                        "</xs:complexType>" TAIL);
    /* Includes go in a circle, and twice to one file. */
    write_file(
        &folder, "common/deep.xsd",
        COMMON INCLUDE("text.xsd") "<xs:simpleType name=\"M\"><xs:restriction "
                                   "base=\"xs:string\"/>"
                                   "</xs:simpleType>" TAIL);
    write_file(
        &folder, "t.xsd",
        HEAD INCLUDE("common/text.xsd") INCLUDE(
            "common/deep.xsd") "<xs:element name=\"R\" type=\"T\"/>" TAIL);
    start(&set);
    egret_assert_ok(egret_schemas_load_file(
        set.schemas, in_folder(&folder, "t.xsd"), &set.fault));
    definition = egret_definitions_find(egret_schemas_definitions(set.schemas),
                                        EGRET_SPAN("urn:t"));
    assert_non_null(egret_type_child(
        egret_definition_root(definition, EGRET_SPAN("R"))->type,
        EGRET_SPAN("a")));
    /* The same file again is no fault. */
    egret_assert_ok(egret_schemas_load_file(
        set.schemas, in_folder(&folder, "t.xsd"), &set.fault));
    end(&set);
    remove_folder(&folder);
}

static void
test_an_include_stays_in_the_folder(void **state)
{
    folder_t folder;
    set_t set;

    (void) state;
    make_folder(&folder);
    assert_int_equal(mkdir(in_folder(&folder, "in"), 0700), 0);
    write_file(&folder, "out.xsd", COMMON TAIL);
    write_file(&folder, "in/t.xsd", HEAD INCLUDE("../out.xsd") TAIL);
    write_file(&folder, "in/u.xsd", HEAD INCLUDE("nowhere.xsd") TAIL);
    start(&set);
    egret_assert_rc(egret_schemas_load_file(set.schemas,
                                            in_folder(&folder, "in/t.xsd"),
                                            &set.fault),
                    EGRET_EUNSUPPORTED);
    assert_non_null(strstr(set.fault.text.at, "leaves the folder"));
    egret_assert_rc(egret_schemas_load_file(set.schemas,
                                            in_folder(&folder, "in/u.xsd"),
                                            &set.fault),
                    EGRET_EIO);
    assert_non_null(strstr(set.fault.text.at, "nowhere.xsd"));
    end(&set);
    remove_folder(&folder);
}

static void
test_a_file_that_is_no_xml_is_not_passed_over(void **state)
{
    static const char *const texts[] = { "", "\n<", HEAD "<" TAIL,
                                         "<!-- no element -->" };
    const egret_span_t wanted[] = { EGRET_SPAN("b.001") };

    (void) state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        folder_t folder;
        set_t set;

        start(&set);
        make_folder(&folder);
        write_file(&folder, "broken.xsd", texts[i]);
        egret_assert_rc(egret_schemas_load_folder(set.schemas, folder.path,
                                                  NULL, 0, &set.fault),
                        EGRET_ESYNTAX);
        assert_non_null(strstr(set.fault.text.at, "/broken.xsd:"));
        egret_assert_rc(egret_schemas_load_folder(set.schemas, folder.path,
                                                  wanted, 1, &set.fault),
                        EGRET_ESYNTAX);
        remove_folder(&folder);
        end(&set);
    }
}

static void
test_a_folder_is_loaded_whole_or_by_ids(void **state)
{
    const egret_span_t wanted[] = { EGRET_SPAN("b.001"), EGRET_SPAN("c.001") };
    folder_t folder;
    set_t set;

    (void) state;
    make_folder(&folder);
    write_file(&folder, "b.xsd",
               "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
               "targetNamespace=\"urn:iso:std:iso:20022:tech:xsd:b.001\"/>");
    write_file(&folder, "broken.xsd",
               "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
               "targetNamespace=\"urn:x:bb.001\"><xs:all/></xs:schema>");
    write_file(&folder, "common.xsd", COMMON TAIL);
    write_file(&folder, "note.txt", "no schema");
    start(&set);
    egret_assert_ok(egret_schemas_load_folder(set.schemas, folder.path, wanted,
                                              1, &set.fault));
    assert_non_null(egret_definitions_find_id(
        egret_schemas_definitions(set.schemas), EGRET_SPAN("b.001")));
    egret_assert_rc(egret_schemas_load_folder(set.schemas, folder.path, wanted,
                                              2, &set.fault),
                    EGRET_ENOTFOUND);
    assert_non_null(strstr(set.fault.text.at, "c.001"));
    egret_assert_rc(egret_schemas_load_folder(set.schemas, folder.path, NULL, 0,
                                              &set.fault),
                    EGRET_EUNSUPPORTED);
    egret_assert_rc(
        egret_schemas_load_folder(set.schemas, "/nowhere", NULL, 0, &set.fault),
        EGRET_EIO);
    write_file(&folder, "b2.xsd",
               "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" "
               "targetNamespace=\"urn:iso:std:iso:20022:tech:xsd:b.001\"/>");
    egret_assert_rc(egret_schemas_load_folder(set.schemas, folder.path, wanted,
                                              1, &set.fault),
                    EGRET_EEXIST);
    end(&set);
    remove_folder(&folder);
}

static void
test_a_chain_of_ten_thousand_types_is_refused(void **state)
{
    set_t set;
    egret_buffer_t text;

    (void) state;
    start(&set);
    egret_buffer_init(&text, set.arena, 4u << 20);
    egret_buffer_add_text(&text, HEAD);
    for (int i = 0; i < 10000; i++) {
        egret_buffer_print(&text,
                           "<xs:simpleType name=\"t%d\"><xs:restriction "
                           "base=\"t%d\"/></xs:simpleType>",
                           i, i + 1);
    }
    egret_buffer_add_text(&text, TAIL);
    egret_assert_ok(egret_buffer_rc(&text));
    egret_assert_rc(egret_schemas_load_text(set.schemas, "t.xsd",
                                            egret_buffer_span(&text),
                                            &set.fault),
                    EGRET_EUNSUPPORTED);
    end(&set);
}

static egret_rc_t
load_under_torture(const egret_allocator_t *allocator, void *context)
{
    egret_arena_t *arena = egret_arena_create(allocator, 0);
    egret_schemas_t *schemas;
    egret_schema_fault_t fault;
    egret_rc_t rc = EGRET_ENOMEM;

    if (arena == NULL) {
        return EGRET_ENOMEM;
    }
    schemas = egret_schemas_create(arena);
    if (schemas != NULL) {
        rc = egret_schemas_load_text(schemas, "t.xsd", egret_span_from(context),
                                     &fault);
    }
    egret_arena_destroy(arena);
    return rc;
}

static void
test_a_type_says_whether_it_takes_less_than_its_kind(void **state)
{
    static const char text[] =
        HEAD
        "<xs:simpleType name=\"P\"><xs:restriction base=\"xs:dateTime\">"
        "<xs:pattern value=\".*Z\"/></xs:restriction></xs:simpleType>"
        "<xs:simpleType name=\"Q\"><xs:restriction base=\"P\"/>"
        "</xs:simpleType>"
        "<xs:simpleType name=\"E\"><xs:restriction base=\"xs:dateTime\">"
        "<xs:enumeration value=\"2026-11-23T02:15:00Z\"/></xs:restriction>"
        "</xs:simpleType>"
        "<xs:simpleType name=\"B\"><xs:restriction base=\"xs:dateTime\">"
        "<xs:minInclusive value=\"2026-11-23T02:15:00Z\"/></xs:restriction>"
        "</xs:simpleType>"
        "<xs:simpleType name=\"N\"><xs:restriction base=\"xs:dateTime\"/>"
        "</xs:simpleType>"
        "<xs:complexType name=\"C\"><xs:simpleContent>"
        "<xs:extension base=\"P\"/></xs:simpleContent></xs:complexType>"
        "<xs:complexType name=\"D\"><xs:simpleContent>"
        "<xs:extension base=\"N\"/></xs:simpleContent></xs:complexType>"
        "<xs:element name=\"p\" type=\"P\"/>"
        "<xs:element name=\"q\" type=\"Q\"/>"
        "<xs:element name=\"e\" type=\"E\"/>"
        "<xs:element name=\"b\" type=\"B\"/>"
        "<xs:element name=\"c\" type=\"C\"/>"
        "<xs:element name=\"n\" type=\"N\"/>"
        "<xs:element name=\"d\" type=\"D\"/>"
        "<xs:element name=\"x\" type=\"xs:dateTime\"/>" TAIL;
    const egret_definition_t *definition;
    set_t set;

    (void) state;
    definition = load_one(&set, text);
    assert_int_equal(definition->root_count, 8);
    for (size_t i = 0; i < definition->root_count; i++) {
        const egret_element_t *root = definition->roots[i];

        assert_int_equal(root->type->kind, EGRET_VALUE_DATETIME);
        assert_int_equal(root->type->is_narrowed,
                         strchr("pqebc", root->name.at[0]) != NULL);
    }
    end(&set);
}

static void
test_loading_bears_any_allocation_failing(void **state)
{
    (void) state;
    assert_true(egret_test_torture(
                    load_under_torture, HEAD
                    "<xs:element name=\"R\" type=\"T\"/>"
                    "<xs:complexType name=\"T\"><xs:choice "
                    "maxOccurs=\"3\">" ELEMENT(
                        "a") "<xs:element name=\"b\" maxOccurs=\"5\">"
                             "<xs:simpleType><xs:restriction base=\"xs:token\">"
                             "<xs:pattern value=\"[A-Z]{1,35}\"/>"
                             "<xs:enumeration value=\"A\"/></xs:restriction>"
                             "</xs:simpleType></xs:element>"
                             "<xs:any namespace=\"urn:x urn:y\"/></xs:choice>"
                             "<xs:attribute name=\"c\" type=\"xs:int\"/>"
                             "</xs:complexType>" TAIL) > 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_what_is_not_supported_is_refused_with_file_and_line),
        cmocka_unit_test(test_what_breaks_the_rules_of_xml_schema_is_refused),
        cmocka_unit_test(test_a_type_that_only_widens_its_base_is_refused),
        cmocka_unit_test(test_the_tables_hold_what_a_schema_declares),
        cmocka_unit_test(
            test_an_element_in_two_branches_of_a_choice_does_not_repeat),
        cmocka_unit_test(test_a_namespace_is_loaded_once),
        cmocka_unit_test(test_a_type_accepts_values_and_says_what_it_expects),
        cmocka_unit_test(test_patterns_of_all_steps_hold),
        cmocka_unit_test(
            test_a_common_part_takes_on_the_namespace_that_includes_it),
        cmocka_unit_test(test_an_include_stays_in_the_folder),
        cmocka_unit_test(test_a_file_that_is_no_xml_is_not_passed_over),
        cmocka_unit_test(test_a_folder_is_loaded_whole_or_by_ids),
        cmocka_unit_test(test_a_chain_of_ten_thousand_types_is_refused),
        cmocka_unit_test(test_a_type_says_whether_it_takes_less_than_its_kind),
        cmocka_unit_test(test_loading_bears_any_allocation_failing),
    };

    return egret_test_run(tests);
}
