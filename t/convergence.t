# SPDX-License-Identifier: Apache-2.0

# What a label becomes on the other side, end to end: conditions on the facts of
# a project, the date of the decision, drafts and superseded rows. Each shows
# what the counterpart is sent.

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

sub dated {
    my ($date, $kind) = @_;
    return green('wind-loan', '<DcsvDt Kind="APPR">2026-03-20' =>
                 qq(<DcsvDt Kind="$kind">$date));
}

sub labelled {
    my ($scheme, $version, $code) = @_;
    return green('wind-loan',
                 '<Schm>CN-GFEPC</Schm><Vrsn>2025</Vrsn><Cd>4.2.1</Cd>' =>
                 "<Schm>$scheme</Schm><Vrsn>$version</Vrsn><Cd>$code</Cd>");
}

gateway();
run_tests();

__DATA__

=== TEST 1: a condition that is met is sent with the fact that meets it
--- taipei_has: taxonomy EU-TAX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::sun('<Tchnlgy>PVOL</Tchnlgy>'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::sun('<Tchnlgy>PVOL</Tchnlgy>'),
    '<Rslt>TRLD</Rslt><Cd>CCM-4.1</Cd><Shr>100</Shr><Sts>ELIG</Sts>',
    '<Nm>technology in (PVOL)</Nm>',
    '<Pth>UoP/Prj[1]/Tchnlgy[1]</Pth><Val>PVOL</Val>')]



=== TEST 2: without the fact it is sent as missing, whatever the industry
--- taipei_has: taxonomy EU-TAX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::sun(''))
--- response_headers
Egret-Verdict: warned
Egret-Findings: L04
--- access_log eval
[::translated(::sun(''),
    '<Rslt>NASS</Rslt><OnDt>',
    '<Mssng>fact</Mssng><Mssng>technology in (PVOL)</Mssng>')]



=== TEST 3: two technologies of which one does not belong meet nothing
--- taipei_has: taxonomy EU-TAX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::sun('<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>SLTH</Tchnlgy>'))
--- response_headers
Egret-Verdict: warned
Egret-Findings: L04
--- access_log eval
[::translated(::sun('<Tchnlgy>PVOL</Tchnlgy><Tchnlgy>SLTH</Tchnlgy>'),
    '<Rslt>NASS</Rslt><OnDt>',
    '<Mssng>condition</Mssng><Mssng>technology in (PVOL)</Mssng>')]



=== TEST 4: approved on the day before the catalogue is in force: not its label
--- taipei_has: taxonomy TPEX/2023;
--- request eval
::post(::dated('2025-09-30', 'APPR'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L02
--- no_access_log
counterpart host



=== TEST 5: approved on the day from which it is
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::dated('2025-10-01', 'APPR'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::dated('2025-10-01', 'APPR'),
    '<Rslt>TRLD</Rslt><Cd>TPEX-1</Cd>',
    '<OnDt>2025-10-01</OnDt>')]



=== TEST 6: approved before it was published: the older standard stays
--- taipei_has: taxonomy TPEX/2023;
--- request eval
::post(::dated('2025-06-26', 'APPR'))
--- error_code: 422
--- response_headers
Egret-Verdict: rejected
Egret-Findings: L02
--- no_access_log
counterpart host



=== TEST 7: filed before it was published: the sender may choose it
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::dated('2025-06-26', 'FILD'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::dated('2025-06-26', 'FILD'),
    '<Rslt>TRLD</Rslt><Cd>TPEX-1</Cd>',
    '<OnDt>2025-06-26</OnDt>')]



=== TEST 8: what rests on a superseded row is sent as such
--- taxonomies
egret_taxonomies $TEST_NGINX_PROJECT/conf/taxonomies/*.tsv;
egret_taxonomies $TEST_NGINX_PROJECT/t/data/labels/OTHER-1.tsv;
egret_crosswalks $TEST_NGINX_PROJECT/t/data/labels/other.sssom.tsv;
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::labelled('OTHER', '1', 'A'))
--- response_headers
Egret-Verdict: accepted
! Egret-Findings
--- access_log eval
[::translated(::labelled('OTHER', '1', 'A'),
    '<Rslt>TRLD</Rslt><Cd>TPEX-1</Cd>',
    '<Rw><Tbl>urn:x-egret:test:other</Tbl>',
    '<Sts>SPSD</Sts>')]



=== TEST 9: a label of a draft is warned of, and becomes nothing
--- taxonomies
egret_taxonomies $TEST_NGINX_PROJECT/conf/taxonomies/*.tsv;
egret_taxonomies $TEST_NGINX_PROJECT/t/data/labels/PLANNED-1.tsv;
egret_crosswalks $TEST_NGINX_PROJECT/t/data/labels/planned.sssom.tsv;
--- taipei_has: taxonomy TPEX/2023;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::labelled('PLANNED', '1', 'A'))
--- response_headers
Egret-Verdict: warned
Egret-Findings: L01
--- access_log eval
[::translated(::labelled('PLANNED', '1', 'A'),
    '<Rslt>NASS</Rslt><OnDt>',
    '<Mssng>source in force</Mssng>')]



=== TEST 10: a receiver that asks for a draft gets no label, with a warning
--- taxonomies
egret_taxonomies $TEST_NGINX_PROJECT/conf/taxonomies/*.tsv;
egret_taxonomies $TEST_NGINX_PROJECT/t/data/labels/PLANNED-1.tsv;
egret_crosswalks $TEST_NGINX_PROJECT/t/data/labels/planned.sssom.tsv;
--- taipei_has: taxonomy PLANNED/1;
--- counterpart: rewrite ^ /reads;
--- request eval
::post(::green('wind-loan'))
--- response_headers
Egret-Verdict: warned
Egret-Findings: L04
--- access_log eval
[::translated(::green('wind-loan'),
    '<Schm>PLANNED</Schm>',
    '<Rslt>NASS</Rslt><OnDt>',
    '<Mssng>target in force</Mssng>')]
