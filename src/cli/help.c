/* SPDX-License-Identifier: Apache-2.0 */

#include "cli/help.h"

#include <stddef.h>
#include <string.h>

typedef struct {
    const char *command;
    const char *text;
} help_t;

static const char overview[] =
    "Egret judges ISO 20022 messages as the gateway would.\n"
    "\n"
    "  egret check [OPTION]... FILE...   judge messages, list what is wrong\n"
    "  egret answer [OPTION]... FILE     print the answer to its sender\n"
    "  egret translate OPTION... FILE    print what its receiver would get\n"
    "  egret explain FROM TO             what a green label is elsewhere\n"
    "  egret taxonomy show|lint ...      taxonomies: print one, check files\n"
    "  egret crosswalk coverage|lint ... crosswalks: what they cover, check\n"
    "  egret whatif ... FILE...          which labels a new version changes\n"
    "  egret gap --scheme ... FILE       what labels lack to be others\n"
    "  egret block digest FILE...        digests of green blocks\n"
    "  egret findings --markdown         print the catalogue of findings\n"
    "  egret help [COMMAND]              this text, or a command's\n"
    "  egret --version\n"
    "\n"
    "Exit code: 0 all accepted, 1 one is held or rejected, 2 a file cannot be\n"
    "read or the command line is wrong.\n";

#define MESSAGE_OPTIONS \
    "  --schemas DIR       the folder with the XSD files\n" \
    "  --reference DIR     the folder with currencies and countries\n" \
    "  --profile NAME      how messages look, whatever a partner has\n" \
    "  --now TIME          2026-11-23T10:15:00+08:00 instead of the clock\n" \
    "  --max-message SIZE  bytes, or with k or m (default: 1m)\n"

#define SHARED_OPTIONS \
    "  --conf FILE         the operator's nginx.conf: partners, profiles\n" \
    "                      and limits; included files are followed\n" \
    "  --from NAME         the partner that sends; else identity is not\n" \
    "                      judged (needs --conf)\n" \
    "  --to NAME           the partner that receives; else whom the header\n" \
    "                      names (needs --conf)\n" MESSAGE_OPTIONS

static const char check[] =
    "egret check [OPTION]... FILE...\n"
    "\n"
    "Judges each file as a message. \"-\" is standard input. Prints a line a\n"
    "finding on standard output, nothing for a clean file:\n"
    "\n"
    "  FILE:LINE:COLUMN: severity CODE xpath: message\n"
    "\n"
    "and a summary on standard error. Without --conf nothing is known of\n"
    "partners: identity, routes, agreed currencies and limits are not judged.\n"
    "\n" SHARED_OPTIONS
    "  --format text|json  json: one object a file a line, with file,\n"
    "                      verdict, definition and findings\n"
    "  --strict            reject what the gateway would write differently\n"
    "                      (X06)\n"
    "  --schema-only       judge AppHdr and Document by the schemas alone,\n"
    "                      found by namespace; either may stand alone\n"
    "\n"
    "Exit code: 2 if a file cannot be read or the command line is wrong, else\n"
    "1 if a message is held or rejected, else 0.\n";

static const char answer[] =
    "egret answer [OPTION]... FILE\n"
    "\n"
    "Judges one message and prints the answer that its sender would get; for\n"
    "an accepted one the receipt, which stands in for the counterpart's.\n"
    "The HTTP status goes to standard error.\n"
    "\n" SHARED_OPTIONS
    "  --id ID             the answer's BizMsgIdr and MsgId: 1 to 35 letters,\n"
    "                      digits and hyphens\n"
    "  --accept problem    RFC 9457 problem+json instead of ISO 20022\n"
    "\n"
    "Exit codes as of egret check.\n";

static const char translate[] =
    "egret translate --conf FILE --from NAME --to NAME [OPTION]... FILE\n"
    "\n"
    "Judges one message and prints what its receiver would get: the message,\n"
    "with what its green labels are in the receiver's taxonomies beside them.\n"
    "Findings and the verdict go to standard error. A message that would not\n"
    "be forwarded is not printed.\n"
    "\n"
    "  --conf FILE         the operator's nginx.conf: partners, profiles\n"
    "                      and limits; included files are followed\n"
    "  --from NAME         the partner that sends\n"
    "  --to NAME           the partner that receives: whom the header names\n"
    MESSAGE_OPTIONS
    "\n"
    "Exit codes as of egret check.\n";

static const char explain[] =
    "egret explain FROM TO [OPTION]...\n"
    "\n"
    "Says what a green label is in another taxonomy, and why. FROM is\n"
    "SCHEME/VERSION/CODE, TO is SCHEME/VERSION; with a code after it, rows to\n"
    "other codes are left out, but decide all the same. SCHEME alone is its\n"
    "version in force on the date. The block is taken to be final.\n"
    "\n"
    "  --on DATE           the decisive date (default: today, UTC)\n"
    "  --kind KIND         what happened then: APPR (default), REGN, FILD,\n"
    "                      ISSD\n"
    "  --status STATUS     of the label: ELIG (default), ALGN, ...\n"
    "  --facts FILE        a message, or a block (GrnFin) on its own: decides\n"
    "                      by what it states of a project, and says of each\n"
    "                      condition whether it is true, false or unknown;\n"
    "                      \"-\" is standard input\n"
    "  --project N         which of its projects, from 1\n"
    "  --conf FILE         taxonomies and crosswalks of this nginx.conf\n"
    "  --taxonomies GLOB   files of taxonomies instead of those we ship\n"
    "  --crosswalks GLOB   files of crosswalks instead of those we ship; with\n"
    "                      --taxonomies alone there are none\n"
    "  --format text|json  json: one object\n"
    "  --lang LANGUAGE     of the text: en (default), zh-Hans, zh-Hant\n"
    "  --schemas DIR       the folder with the XSD files\n"
    "  --reference DIR     the folder with currencies and countries\n"
    "\n"
    "Exit code: 0 whatever the verdict is; 1 if FILE is rejected by its\n"
    "schema; 2 if a file cannot be read, TO is not known or the command line\n"
    "is wrong.\n";

#define TAXONOMY_OPTIONS \
    "  --conf FILE         taxonomies and crosswalks of this nginx.conf\n" \
    "  --taxonomies GLOB   files of taxonomies instead of those we ship\n" \
    "  --crosswalks GLOB   files of crosswalks instead of those we ship;\n" \
    "                      with --taxonomies alone none\n" \
    "  --schemas DIR       the folder with the XSD files\n" \
    "  --reference DIR     the folder with currencies and countries\n"

static const char taxonomy[] =
    "egret taxonomy show [SCHEME/VERSION [CODE]] [OPTION]...\n"
    "egret taxonomy lint FILE...\n"
    "\n"
    "show prints the taxonomies that are loaded, one of them with its codes,\n"
    "or one code with its headings, source and confidence. lint reads files\n"
    "and says of each what is wrong with it.\n"
    "\n"
    "  --lang LANGUAGE     of headings: en (default), zh-Hans, zh-Hant, pt,\n"
    "                      ru; where a heading lacks it, the original\n"
    TAXONOMY_OPTIONS
    "\n"
    "Exit code: 0; lint: 1 if a file is refused; 2 if a file cannot be read,\n"
    "a name is not known or the command line is wrong.\n";

static const char crosswalk[] =
    "egret crosswalk coverage [OPTION]...\n"
    "egret crosswalk lint FILE... [OPTION]...\n"
    "\n"
    "coverage prints a table, for each pair of taxonomies with rows: of how\n"
    "many codes of the lowest level an eligible label of a final block\n"
    "translates, how many need assessment though they have a row, how many\n"
    "have no counterpart, and how many have no row. lint reads files, says of\n"
    "each what is wrong with it, and compares their rows with each other.\n"
    "\n"
    "  --on DATE           the decisive date (default: today, UTC)\n"
    TAXONOMY_OPTIONS
    "\n"
    "Exit code: 0; lint: 1 if a file is refused or rows contradict; 2 if a\n"
    "file cannot be read or the command line is wrong.\n";

static const char whatif[] =
    "egret whatif --scheme FILE --effective DATE [OPTION]... FILE...\n"
    "\n"
    "Says which labels of messages would change if a taxonomy that is not in\n"
    "force yet (a draft, say) took effect on a day: a label of an older\n"
    "version stays where the deal was decided before, by the grandfathering\n"
    "of the file; moves where the new version has the code under the same\n"
    "heading; changes else. The message's schemas are judged, nothing else.\n"
    "\n"
    "  --scheme FILE       the taxonomy's file, whatever status it has\n"
    "  --effective DATE    its first day in force\n"
    TAXONOMY_OPTIONS
    "  --max-message SIZE  bytes, or with k or m (default: 1m)\n"
    "\n"
    "Exit code: 0; 1 if a message is rejected by its schema; 2 if a file\n"
    "cannot be read or the command line is wrong.\n";

static const char gap[] =
    "egret gap --scheme SCHEME[,SCHEME]... [OPTION]... FILE\n"
    "\n"
    "Says what the green labels of a message, or of a block (GrnFin) on its\n"
    "own, lack to be labels of other taxonomies, and for how many of them one\n"
    "document, assessment or measurement would serve. Only the schemas judge\n"
    "the message. \"-\" is standard input.\n"
    "\n"
    "  --scheme SCHEMES    SCHEME/VERSION, or SCHEME: its version in force on\n"
    "                      the block's decisive date; up to 8, with commas\n"
    "  --to NAME           the partner of --conf that would receive: its own\n"
    "                      crosswalk lines count, too\n"
    "  --now DATE-TIME     for disclosures that are due (default: the clock)\n"
    "  --format text|json  json: one object\n"
    TAXONOMY_OPTIONS
    "  --max-message SIZE  bytes, or with k or m (default: 1m)\n"
    "\n"
    "Exit code: 0 whatever is missing; 1 if the message is rejected by its\n"
    "schema; 2 if a file cannot be read, a scheme is not known or the command\n"
    "line is wrong.\n";

static const char block[] =
    "egret block digest [OPTION]... FILE...\n"
    "\n"
    "Prints a line a green block: its digest (SHA-256 of its canonical JSON),\n"
    "its id and its xpath; of several files, also the file. A file is a\n"
    "message or a block (GrnFin) on its own; \"-\" is standard input. Only\n"
    "the schemas judge; what they find goes to standard error, and such a\n"
    "file has no digest.\n"
    "\n"
    "  --schemas DIR       the folder with the XSD files\n"
    "  --reference DIR     the folder with currencies and countries\n"
    "  --max-message SIZE  bytes, or with k or m (default: 1m)\n"
    "\n"
    "Exit codes as of egret check.\n";

static const char findings[] =
    "egret findings --markdown\n"
    "\n"
    "Prints every finding there is: code, severity, ISO reason codes, titles.\n"
    "docs/reference/findings.md is made of it.\n";

static const char help[] =
    "egret help [COMMAND]\n"
    "\n"
    "Prints what a command does. COMMAND is check, answer, translate,\n"
    "explain, taxonomy, crosswalk, whatif, gap, block or findings.\n";

static const help_t helps[] = {
    { "check", check },
    { "answer", answer },
    { "translate", translate },
    { "explain", explain },
    { "taxonomy", taxonomy },
    { "crosswalk", crosswalk },
    { "whatif", whatif },
    { "gap", gap },
    { "block", block },
    { "findings", findings },
    { "help", help },
};


const char *
egret_help_text(const char *command)
{
    if (command == NULL) {
        return overview;
    }

    for (size_t i = 0; i < sizeof(helps) / sizeof(helps[0]); i++) {
        if (strcmp(helps[i].command, command) == 0) {
            return helps[i].text;
        }
    }

    return NULL;
}
