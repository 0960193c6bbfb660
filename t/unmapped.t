# SPDX-License-Identifier: Apache-2.0

# What unmapped does with a label that the facts of its project decide, and
# egret_refuse_rows and a partner's own rows with all of them, end to end.

use Egret::Gateway;
use Test::Nginx::Socket 'no_plan';

# The wind farm's loan with a label of the leaf for the sun, and what is stated.
sub sun {
    my ($technology) = @_;

    # A plant of that size gives less with sun than with wind (M04).
    return green('wind-loan', '<Cd>4.2.1</Cd>' => '<Cd>4.2.2</Cd>',
                 '<Val>532000' => '<Val>250000', '<Val>282279' => '<Val>132650',
                 '<EnrgySrc>WIND' => '<EnrgySrc>SOLR',
                 '<Indstry Schm="GBT4754">4415' => '<Indstry Schm="GBT4754">4416',
                 '<Tchnlgy>OFWD</Tchnlgy>' => $technology);
}

# A label of a scheme that is made up, which needs rows that are, too.
sub other {
    return green('wind-loan',
                 '<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>' =>
                 '<Schm>OTHER</Schm><Vrsn>1</Vrsn><Cd>A</Cd>');
}

# One that the sender has mapped to Taipei's scheme itself.
sub claimed {
    return green('wind-loan',
                 '<UoP>' =>
                 '<Lbl><Schm>TPEX</Schm><Vrsn>2023</Vrsn><Cd>TPEX-1</Cd>'
                 . '<Shr>100</Shr><Sts>ELIG</Sts><Src>MAPD</Src><Map><Tbl>own'
                 . '</Tbl><Row>1</Row><Rel>BROD</Rel><OnDt>2026-03-20</OnDt>'
                 . '</Map></Lbl><UoP>',
                 '<LblRef>1</LblRef>' =>
                 '<LblRef>1</LblRef><LblRef>2</LblRef>');
}

our $others = <<'END';
egret_taxonomies $TEST_NGINX_PROJECT/conf/taxonomies/*.tsv;
egret_taxonomies $TEST_NGINX_PROJECT/t/data/labels/OTHER-1.tsv;
egret_crosswalks $TEST_NGINX_PROJECT/conf/crosswalks/*.tsv;
END
our $labels = '$TEST_NGINX_PROJECT/t/data/labels';

gateway();
run_tests();

__DATA__

=== TEST 1: hold: a condition that is met is no reason to
--- taipei_has: taxonomy EU-TAX/2023; unmapped hold;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::sun('<Tchnlgy>PVOL</Tchnlgy>'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::sun('<Tchnlgy>PVOL</Tchnlgy>'),
    '<Rslt>TRLD</Rslt><Cd>CCM-4.1</Cd>')]



=== TEST 2: hold: a fact that is missing is
--- taipei_has: taxonomy EU-TAX/2023; unmapped hold;
--- request eval
::post(::sun(''))
--- error_code: 422
--- response_headers
Egret-Verdict: held
Egret-Findings: L04
--- response_body_like: EG-HOLD.*EG-L04 \S+/Lbl\(1\)/Cd CN-GFEPC/2025/4\.2\.2<
--- no_access_log
counterpart host



=== TEST 3: hold: so is a condition that is false
--- taipei_has: taxonomy EU-TAX/2023; unmapped hold;
--- request eval
::post(::sun('<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>SLTH</Tchnlgy>'))
--- error_code: 422
--- response_headers
Egret-Verdict: held
Egret-Findings: L04
--- response_body_like: EG-HOLD.*EG-L04 \S+/Lbl\(1\)/Cd CN-GFEPC/2025/4\.2\.2<
--- no_access_log
counterpart host



=== TEST 4: reject: a condition that is met is no reason to
--- taipei_has: taxonomy EU-TAX/2023; unmapped reject;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::sun('<Tchnlgy>CSPW</Tchnlgy>'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::sun('<Tchnlgy>CSPW</Tchnlgy>'),
    '<Rslt>TRLD</Rslt><Cd>CCM-4.2</Cd>')]



=== TEST 5: reject: a fact that is missing is
--- taipei_has: taxonomy EU-TAX/2023; unmapped reject;
--- request eval
::post(::sun(''))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04
--- response_body_like: EG-L04 \S+/Lbl\(1\)/Cd CN-GFEPC/2025/4\.2\.2<
--- no_access_log
counterpart host



=== TEST 6: reject: so is a condition that is false
--- taipei_has: taxonomy EU-TAX/2023; unmapped reject;
--- request eval
::post(::sun('<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>SLTH</Tchnlgy>'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04
--- response_body_like: EG-L04 \S+/Lbl\(1\)/Cd CN-GFEPC/2025/4\.2\.2<
--- no_access_log
counterpart host



=== TEST 7: reject: a label in another of the receiver's schemes is enough
--- taipei_has: taxonomy EU-TAX/2023 TPEX/2023; unmapped reject;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::sun(''))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::sun(''), '<Schm>EU-TAX</Schm>', '<Rslt>NASS</Rslt>',
    '<Schm>TPEX</Schm>', '<Rslt>TRLD</Rslt>')]



=== TEST 8: rows that the operator refuses lead nowhere
--- settings
egret_refuse_rows own-assessment;
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: warned
Egret-Findings: L04
--- access_log eval
[::translated(::green('wind-loan'), '<Rslt>NASS</Rslt>',
    '<Mssng>row</Mssng>')]



=== TEST 9: nor by their justification, and unmapped acts on it
--- settings
egret_refuse_rows semapv:ManualMappingCuration;
--- taipei_has: taxonomy TPEX/2023; unmapped reject;
--- request eval
::post(::green('wind-loan'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04
--- response_body_like: EG-L04 \S+/Lbl\(1\)/Cd CN-GFEPC/2025/4\.2\.1<
--- no_access_log
counterpart host



=== TEST 10: a word that no row has refuses none
--- settings
egret_refuse_rows semapv:LexicalMatching;
--- taipei_has: taxonomy TPEX/2023; unmapped reject;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::green('wind-loan'), '<Rslt>TRLD</Rslt><Cd>TPEX-1</Cd>')]



=== TEST 11: that there is no counterpart cannot be refused
--- settings
egret_refuse_rows own-assessment;
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::green('nuclear-loan'))
--- response_headers
Egret-Verdict: warned
Egret-Findings: L04
--- access_log eval
[::translated(::green('nuclear-loan'), '<Rslt>NCPT</Rslt>',
    '<Sts>OWNA</Sts>')]



=== TEST 12: the receiver's own rows stay, and are named as the operator's
--- settings
egret_refuse_rows own-assessment semapv:ManualMappingCuration;
--- taxonomies eval
$::others
--- taipei_has eval
"taxonomy OTHER/1; unmapped reject; crosswalk $::labels/parts.sssom.tsv;"
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::green('wind-loan'), '<Rslt>TRLD</Rslt><Cd>A</Cd>',
    '<Row>part-1</Row><Rel>NRRW</Rel><Sts>OPER</Sts>')]



=== TEST 13: what the sender has mapped is held against the receiver's rows
--- taipei_has: taxonomy TPEX/2023;
--- counterpart eval
"return 200 '" . ::reply('ACSC', 'XMB-20261123-0101') . "';"
--- request eval
::post(::claimed())
--- response_headers
Egret-Verdict: accepted
! Egret-Findings



=== TEST 14: one that the receiver has withdrawn proves no claim
--- taipei_has eval
"taxonomy TPEX/2023; crosswalk $::labels/no-wind.sssom.tsv;"
--- request eval
::post(::claimed())
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04 L05
--- response_body_like: EG-L05
--- no_access_log
counterpart host



=== TEST 15: nor one that the operator refuses
--- settings
egret_refuse_rows own-assessment;
--- taipei_has: taxonomy TPEX/2023;
--- request eval
::post(::claimed())
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04 L05
--- response_body_like: EG-L05
--- no_access_log
counterpart host



=== TEST 16: exact with a code that has no counterpart: none, by both rows
--- taxonomies eval
"$::others egret_crosswalks $::labels/same.sssom.tsv;"
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::other())
--- response_headers
Egret-Verdict: warned
Egret-Findings: L04
--- access_log eval
[::translated(::other(), '<Rslt>NCPT</Rslt>',
    '<Tbl>urn:x-egret:test:same</Tbl><Row>same-1</Row><Rel>EXCT</Rel>',
    '<Row>EGRETROW:4.2.5-none</Row><Rel>NONE</Rel>')]



=== TEST 17: and unmapped acts on it
--- taxonomies eval
"$::others egret_crosswalks $::labels/same.sssom.tsv;"
--- taipei_has: taxonomy TPEX/2023; unmapped reject;
--- request eval
::post(::other())
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04
--- response_body_like: EG-L04 \S+/Lbl\(1\)/Cd OTHER/1/A<
--- no_access_log
counterpart host



=== TEST 18: who asks first is told all that is missing, nearest first
--- taipei_has: taxonomy EU-TAX/2023; unmapped reject;
--- egret: egret validate;
--- request eval
::post(::sun(''))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04
--- response_body_like chomp
EU-TAX/2023 \(missing: fact, technology in \(PVOL\), technology in \(CSPW\), technology in \(SLTH\)\)



=== TEST 19: what is false is told of the first row alone
--- taipei_has: taxonomy EU-TAX/2023; unmapped reject;
--- egret: egret validate;
--- request eval
::post(::sun('<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>SLTH</Tchnlgy>'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L04
--- response_body_like chomp
EU-TAX/2023 \(missing: condition, technology in \(PVOL\)\)
