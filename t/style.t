# SPDX-License-Identifier: Apache-2.0
#
# The style checker is checked: into a small clean tree one fault at a time is
# planted, and that complaint, no other, is expected.

use strict;
use warnings;

use File::Basename qw(dirname);
use File::Path qw(make_path);
use File::Temp qw(tempdir);
use Cwd qw(abs_path);
use Test::More;

my $checker = dirname(abs_path(__FILE__)) . '/../scripts/check-style';
my $spdx    = "/* SPDX-License-Identifier: Apache-2.0 */\n";

my %clean = (
    'src/util/span.h' => $spdx . <<'END',
/* A comment may say printf(), return and xmlNode. */
#ifndef EGRET_UTIL_SPAN_H
#define EGRET_UTIL_SPAN_H

#define EGRET_SPAN_MOST 80

typedef struct {
    const char *at;
} egret_span_t;

egret_span_t egret_span_of(const char *text)
    __attribute__((warn_unused_result));

#endif
END
    'src/util/span.c' => $spdx . <<'END',
#include "util/span.h"

static const char *const words[] = {
    "return printf(", "malloc(1)",
};


egret_span_t
egret_span_of(const char *text)
{
    egret_span_t span = { text ? text : words[0] };

    return span;
}
END
    'src/util/allocator.c' => $spdx . <<'END',
#include <stdlib.h>


void *
egret_allocator_default(void)
{
    return malloc(1);
}
END
    'src/err/code.h' => $spdx . "enum { EGRET_P01 };\n",
    'src/codec/xml.c' => $spdx . "#include <libxml/parser.h>\n"
        . "#include \"codec/xml.h\"\n#include \"msg/tape.h\"\n",
    'src/codec/xml.h' => $spdx . "int egret_xml_read(int reader);\n",
    'src/msg/tape.h' => $spdx . "#include \"util/span.h\"\n",
    'src/config/builder.c' => $spdx . <<'END',
static const egret_directive_t directives[] = {
    { "certificate", EGRET_BLOCK_PARTNER, false },
};
END
    'src/cli/main.c' => $spdx . <<'END',
#include <stdio.h>


int
main(void)
{
    printf("egret\n");

    return 0;
}
END
    'ngx_module/ngx_http_egret_module.c' => $spdx . <<'END',
#include <ngx_core.h>

#include "codec/xml.h"


static ngx_command_t  ngx_http_egret_commands[] = {

    { ngx_string("egret"),
      NGX_HTTP_LOC_CONF },

    ngx_null_command
};


static ngx_http_variable_t  ngx_http_egret_variables[] = {

    { ngx_string("egret_verdict"), NULL },

    ngx_http_null_variable
};
END
    'scripts/setup' => "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n",
    'docs/operator.md' => <<'END',
## `egret messages`
`certificate` binds a partner. `$egret_verdict` is the verdict. P01 is a code.
END
);

sub function {
    my ($name, $lines) = @_;

    return "\n\nvoid\n$name(void)\n{\n" . "    next();\n" x $lines . "}\n";
}

# Title, file, text added to it, the complaint. Text in $instead replaces what
# the file holds.
my @faults = (
    ['an include of a later layer', 'src/util/span.c',
     "#include \"msg/tape.h\"\n", 'util includes the later layer msg'],
    ['an include of a sibling', 'src/codec/xml.c',
     "#include \"schema/schemas.h\"\n", 'codec includes its sibling schema'],
    ['an include without its layer', 'src/util/span.c',
     "#include \"span.h\"\n", 'include "span.h" without its layer'],
    ['an include of no layer', 'src/util/span.c',
     "#include \"utility/span.h\"\n", 'include of unknown layer utility'],
    ['a folder that is no layer', 'src/utility/span.c', $spdx,
     'in no known layer'],
    ['the command line seen from nginx', 'ngx_module/ngx_http_egret_module.c',
     "#include \"cli/check.h\"\n", 'ngx_module includes cli'],
    ['libxml2 outside its layers', 'src/checks/flow.c',
     "$spdx#include <libxml/tree.h>\n",
     'libxml2 header libxml/tree.h here'],
    ['OpenSSL in another file of util', 'src/util/map.c',
     "$spdx#include <openssl/evp.h>\n", 'OpenSSL header openssl/evp.h here'],
    ['Lua outside rules', 'src/checks/flow.c', "$spdx#include <lua.h>\n",
     'Lua header lua.h here'],
    ['an nginx header in the core', 'src/checks/flow.c',
     "$spdx#include <ngx_core.h>\n", 'nginx header ngx_core.h here'],
    ['a libxml2 type that leaks', 'src/codec/xml.h',
     "int egret_xml_node(xmlNodePtr node);\n",
     'libxml2 type xmlNodePtr in a header that other layers include'],
    ['a long file', 'src/util/long.c', $spdx . "\n" x 500,
     'file of 501 lines (at most 500)'],
    ['a long test', 't/unit/long_test.c', $spdx . "\n" x 900,
     'file of 901 lines (at most 900)'],
    ['a long function', 'src/util/span.c', function('egret_span_walk', 59),
     'function egret_span_walk of 61 lines (at most 60)'],
    ['a long line', 'src/util/span.c', '/* ' . 'x' x 75 . " */\n",
     'line of 81 characters (at most 80)'],
    ['a return type before the name', 'src/util/span.c',
     "static int walk(void)\n{\n}\n",
     'return type of walk not on a line of its own'],
    ['a brace after the arguments', 'src/util/span.c',
     "static int\nwalk(void) {\n}\n",
     'the { of a function not on a line of its own'],
    ['a public function without the prefix', 'src/util/span.h',
     "egret_span_t span_cut(egret_span_t span);\n",
     'function span_cut lacks egret_'],
    ['a definition that is neither public nor static', 'src/util/span.c',
     function('walk', 1), 'public function walk lacks egret_'],
    ['a public function of the glue without the prefix',
     'ngx_module/ngx_http_egret_module.c', function('egret_walk', 1),
     'public function egret_walk lacks ngx_http_egret_'],
    ['a type without the prefix', 'src/util/span.h',
     "typedef struct {\n    int at;\n} span_t;\n", 'type span_t lacks egret_'],
    ['a macro without the prefix', 'src/util/span.h', "#define SPAN 1\n",
     'macro SPAN lacks EGRET_'],
    ['a name that says nothing', 'src/util/span.h',
     "void egret_span_handle(egret_span_t span);\n",
     'function egret_span_handle: a name that says nothing'],
    ['a print in the core', 'src/util/span.c',
     "static void\nwalk(void)\n{\n    printf(\"x\");\n}\n", 'stray printf()'],
    ['an allocation in the core', 'src/util/span.c',
     "static void\nwalk(void)\n{\n    free(0);\n}\n", 'stray free()'],
    ['a clock in the core', 'src/util/span.c',
     "static void\nwalk(void)\n{\n    now = time(0);\n}\n", 'stray time()'],
    ['chance in the allocator', 'src/util/allocator.c',
     "static void\nwalk(void)\n{\n    now = rand();\n}\n", 'stray rand()'],
    ['an assertion in the core', 'src/util/span.c',
     "static void\nwalk(void)\n{\n    assert(0);\n}\n", 'stray assert()'],
    ['a tab', 'src/util/span.c', "\tint x;\n", 'tab'],
    ['a trailing blank', 'src/util/span.c', "/* x */ \n", 'trailing blank'],
    ['a trailing blank in a document', 'docs/operator.md', "word \n",
     'trailing blank'],
    ['a source without a licence', 'src/util/map.c', "/* map */\n",
     'no SPDX-License-Identifier: Apache-2.0 line first'],
    ['a script without a licence', 'scripts/demo', "#!/bin/sh\n",
     'no SPDX-License-Identifier: Apache-2.0 line first'],
    ['a macro that returns', 'src/util/span.c',
     "#define CHECK(rc) \\\n    if (rc) \\\n        return rc\n",
     'macro CHECK hides a return'],
    ['a macro that jumps', 'src/util/span.c', "#define FAIL goto failed\n",
     'macro FAIL hides a goto'],
    ['work left for later', 'src/util/span.c', '/* TO' . "DO: mend */\n",
     'TO' . 'DO left in'],
    ['work left for later in a script', 'scripts/setup',
     '# FIX' . "ME: mend\n", 'FIX' . 'ME left in'],
    ['a finding code that no document names', 'src/err/code.h',
     "enum { EGRET_P02 };\n", 'finding P02 is not in docs/'],
    ['a core directive that no document names', 'src/config/partner.c',
     "$spdx\nrow x[] = {\n    { \"party\", EGRET_BLOCK_PARTNER, 0 },\n};\n",
     'directive party is not in docs/'],
    ['a directive of the glue that no document names',
     'ngx_module/ngx_http_egret_more.c', $spdx
     . "static ngx_command_t  a[] = {\n\n    { ngx_string(\"egret_strict\") }\n};\n",
     'directive egret_strict is not in docs/'],
    ['a variable that no document names',
     'ngx_module/ngx_http_egret_more.c', $spdx
     . "static ngx_http_variable_t  a[] = {\n"
     . "    { ngx_string(\"egret_uetr\") }\n};\n",
     'variable egret_uetr is not in docs/'],
);

sub write_tree {
    my ($root, %tree) = @_;

    while (my ($path, $text) = each %tree) {
        make_path(dirname("$root/$path"));
        open my $out, '>', "$root/$path" or die "$root/$path: $!\n";
        print {$out} $text;
        close $out or die "$root/$path: $!\n";
    }
}

sub complaints_of {
    my (%tree) = @_;

    my $root = tempdir(CLEANUP => 1);
    write_tree($root, %tree);
    my $said = qx{$checker $root};

    return ($said, $? >> 8);
}

my ($said, $status) = complaints_of(%clean);
is($said, "style: 0 complaints\n", 'a clean tree has no complaint');
is($status, 0, 'and the status is 0');

for my $fault (@faults) {
    my ($title, $path, $text, $complaint) = @$fault;

    my ($said, $status) =
        complaints_of(%clean, $path => ($clean{$path} // '') . $text);
    like($said, qr{\A\Q$path\E:\d+: \Q$complaint\E\nstyle: 1 complaints\n\z},
         $title);
    is($status, 1, "$title: the status is 1");
}

($said) = complaints_of(
    %clean, 'src/util/table.c',
    "$spdx/* style: data table */\n" . "\n" x 600);
is($said, "style: 0 complaints\n", 'a marked data table may be long');

($said) = complaints_of(
    %clean, 'src/util/span.c',
    $clean{'src/util/span.c'} . '/* ' . "\xe7\x99\xbd" x 74 . " */\n");
is($said, "style: 0 complaints\n", 'a line is counted in characters');

($said) = complaints_of(
    %clean, 'src/util/span.c', "$clean{'src/util/span.c'}\n/* x */ \n");
is($said, "src/util/span.c:17: trailing blank\nstyle: 1 complaints\n",
   'a complaint names file and line');

$said = qx{$checker};
is($said, "style: 0 complaints\n", 'this repository has no complaint');

done_testing();
