# SPDX-License-Identifier: Apache-2.0
#
# `egret explain`: a partner asks what a green label is elsewhere, and why.

use strict;
use warnings;

use JSON::PP qw(decode_json);
use Test::More;

use Egret::LiveGateway;
use Egret::Gateway qw(post);

my $gateway = Egret::LiveGateway->start(
    server => 'location = /v1/explain { egret explain; }');

sub as {
    my ($name) = @_;
    return map { ("--$_->[0]", "$ENV{TEST_NGINX_PKI}/$name.$_->[1]") }
        ['cert', 'crt'], ['key', 'key'];
}

sub asked {
    my ($query, @words) = @_;
    return $gateway->curl("/v1/explain?$query", as('xiamen'), @words);
}

my $wind   = 'from=CN-GFEPC/2025/4.2.1';
my $answer = asked("$wind&scheme=TPEX/2023&on=2026-11-23");
is($answer->{status}, 200, 'a partner is told');
is($answer->{headers}{'content-type'}, 'application/json', 'as JSON');
is($answer->{headers}{vary}, 'Accept, Accept-Language',
   'and a cache knows what the answer depends on');
ok(!exists $answer->{headers}{'egret-verdict'}, 'nothing is judged');
my $told = decode_json($answer->{body});
is($told->{verdict}, 'translated', 'wind power carries to Taipei');
is($told->{becomes}{code}, 'TPEX-1', 'with its code there');
is($told->{on}, '2026-11-23', 'on the day that was asked');
is($told->{rows}[0]{status}, 'own-assessment', 'by whose word');
unlike($answer->{body}, qr{/conf/|/taxonomies/},
       'the folders of the gateway are not told');

$told = decode_json(
    asked('from=CN-GFEPC/2025/4.2.2&scheme=EU-TAX&on=2026-11-23')->{body});
is("$told->{to}{scheme}/$told->{to}{version}", 'EU-TAX/2023',
   'a scheme alone is its version in force');
is($told->{verdict}, 'needs assessment', 'what is not proven is not said');
ok(scalar @{ $told->{missing} }, 'and what is missing is told');
$told = decode_json(asked('from=CN-GFEPC/2025/4.2.5&scheme=TPEX/2023')->{body});
is($told->{verdict}, 'no counterpart', 'nuclear power has none');
$told = decode_json(
    asked("$wind&scheme=TPEX%2F2023&on=2025-09-30")->{body});
is($told->{verdict}, 'needs assessment',
   'nor has the catalogue on the day before it is in force');
is_deeply($told->{missing}, ['source in force'], 'and why');

my @page = ('--header', 'Accept: text/html,application/xhtml+xml;q=0.9');
$answer = asked("$wind&scheme=TPEX/2023", @page);
is($answer->{headers}{'content-type'}, 'text/html; charset=utf-8',
   'a browser gets a page');
like($answer->{body}, qr{<html lang="en">.*<svg .*</svg>.*translated}s,
     'with a drawing, in English');
unlike($answer->{body}, qr{<script|src=|href=|url\(|\@import|\son\w+=}i,
       'without script or anything from outside');
for my $case (['zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans', '可转换'],
              ['zh-TW', 'zh-Hant', '可轉換'], ['zh-Hant-HK', 'zh-Hant', '可轉換'],
              ['de, zh-HK;q=0.5', 'zh-Hant', '可轉換'],
              ['de', 'en', 'translated'])
{
    my ($accept, $language, $word) = @{$case};

    $answer = asked("$wind&scheme=TPEX/2023", @page,
                      '--header', "Accept-Language: $accept");
    like($answer->{body}, qr{<html lang="$language">.*\Q$word\E}s,
         "$accept is $language");
}
$answer = asked('from=BR-TSB/2025/A&scheme=CN-GFEPC/2025/4.2.1', @page, '-H',
                'Accept-Language: zh-HK');
like($answer->{body}, qr{4\.2\.1 风力发电设施建设和运营<},
     'a heading that is missing is shown in its original');
$answer = asked('from=BR-TSB/2025/A&scheme=CN-GFEPC/2025/4.2.1', @page);
like($answer->{body}, qr{4\.2\.1 Construction .*? \(own translation, not official\)<},
     'and our translation is called so, on the page');
is_deeply(decode_json(asked("$wind&scheme=TPEX/2023")->{body})
              ->{label}{ownTranslations}, ['en'], 'in JSON');
$answer = asked("$wind&scheme=TPEX/2023", '-H', 'Accept: text/plain');
like($answer->{body}, qr{^  en +Construction .* \(own translation, not official\)$}m,
     'and in text');
$answer = asked("$wind&scheme=TPEX/2023", @page, '-H', 'Accept-Language: zh-HK');
is($answer->{headers}{'content-language'}, 'zh-Hant',
   'the language is told, of a page');
is($answer->{headers}{'content-security-policy'},
   "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
       . "form-action 'none'; frame-ancestors 'none'",
   'which a browser shows without loading or running anything');
for my $case (['a page', "$wind&scheme=TPEX/2023", @page],
              ['JSON', "$wind&scheme=TPEX/2023"], ['a refusal', 'from=x', @page])
{
    my ($what, @words) = @{$case};
    my $headers = asked(@words)->{headers};

    is($headers->{'cache-control'}, 'no-store', "$what is for today alone");
    is($headers->{'x-content-type-options'}, 'nosniff',
       "and $what is what its type says");
}
$answer = asked("$wind&scheme=TPEX/2023", @page);
like($answer->{body}, qr/Own assessment: .*No authority has approved/,
     'each page says whose assessment it is');

# As text, and which of the three.
my $text = asked("$wind&scheme=TPEX/2023&on=2026-11-23", '-H',
                 'Accept: text/plain');
is($text->{headers}{'content-type'}, 'text/plain; charset=utf-8',
   'a terminal gets text');
is($text->{headers}{vary}, 'Accept, Accept-Language',
   'and a cache knows that, too');
my $said = `build/egret explain CN-GFEPC/2025/4.2.1 TPEX/2023 --on 2026-11-23`;
$said =~ s{\S*/(?=[^/\s]+\.tsv)}{}g;
is($text->{body}, $said, 'what the command line says, without its folders');
$text = asked("$wind&scheme=TPEX/2023", '-H', 'Accept: text/plain', '-H',
              'Accept-Language: zh-HK');
like($text->{body}, qr/^結果 +可轉換, TRLD$/m, 'in the language asked');
is($text->{headers}{'content-language'}, 'zh-Hant', 'which is told of it');
ok(!exists asked("$wind&scheme=TPEX/2023")->{headers}{'content-language'},
   'JSON is in none');
like($text->{body}, qr/自行評估：由檔案編寫者作出，未經任何主管機關認可$/m,
     'with whose assessment it is');
for my $case (['text/plain;q=0.5, text/html;q=0.6', 'text/html'],
              ['text/plain;q=0.6, text/html;q=0.5', 'text/plain'],
              ['text/plain, text/html', 'text/html'],
              ['TEXT/PLAIN; charset=utf-8; q=0.3, */*;q=0.2', 'text/plain'],
              ['text/*', 'text/html'],
              ['text/*;q=0.9, text/html;q=0.1', 'text/plain'],
              ['text/*;q=0.9, application/json', 'application/json'],
              ['text/plain;q=0.001, text/html;q=0', 'text/plain'],
              ['text/plain;q=0', 'application/json'],
              ['text/plainer, text/htm', 'application/json'],
              ['*/*', 'application/json'], ['image/png', 'application/json'],
              ['', 'application/json'], [';q=, ,/', 'application/json'],
              ['text/plain;q=9999999999999999999999', 'text/plain'],
              ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
               'text/html'])
{
    my ($accept, $type) = @{$case};

    $answer = asked("$wind&scheme=TPEX/2023", '-H', "Accept: $accept");
    is($answer->{headers}{'content-type'} =~ s/;.*//r, $type,
       "\"$accept\" is $type");
}
$answer = asked("$wind&scheme=TPEX/2023", '-H', 'Accept: text/html;q=0.1', '-H',
                'Accept: text/plain;q=0.2');
like($answer->{headers}{'content-type'}, qr{^text/plain},
     'several lines are one list');

for my $case (['', '"" is not SCHEME/VERSION/CODE'],
              ['from=CN-GFEPC/2025&scheme=TPEX',
               '"CN-GFEPC/2025" is not SCHEME/VERSION/CODE'],
              [$wind, '"" is not SCHEME/VERSION'],
              ["$wind&scheme=NONE", '"NONE" is in no taxonomy that is loaded'],
              ["$wind&scheme=TPEX&on=2000-01-01",
               '"TPEX" has no version in force on that date'],
              ["$wind&scheme=TPEX&on=today",
               '"today" is not a date such as 2026-11-23'],
              ["$wind&scheme=TPEX&kind=X", '"X" is not APPR, REGN, FILD or ISSD'],
              ["$wind&scheme=TPEX&on=99999-01-01",
               '"99999-01-01" is not a date such as 2026-11-23'],
              ["$wind&scheme=TPEX&on=2026-11-23&on=2020-01-01",
               '"on" is there twice'],
              ["$wind&$wind&scheme=TPEX", '"from" is there twice'],
              ["$wind&scheme=TPEX&SCHEME=EU-TAX", '"SCHEME" is there twice'],
              ["$wind&scheme=TPEX&scheme", '"scheme" is there twice'],
              ["$wind&scheme=TPEX&date=2026-11-23",
               '"date" is no argument of this question'],
              ["$wind&scheme=TPEX&statu=ALGN",
               '"statu" is no argument of this question'],
              ["$wind&scheme=TPEX&%3Cb%3E%00=1",
               '"<b>%00" is no argument of this question'],
              ["$wind&scheme=TPEX&=1", '"" is no argument of this question'],
              ["$wind&scheme=%3Cb%3E%0d%0aA%00",
               '"<b>%0D%0AA%00" is in no taxonomy that is loaded'])
{
    my ($query, $fault) = @{$case};

    $answer = asked($query, @page);
    is($answer->{status}, 400, "$fault is refused");
    is(decode_json($answer->{body})->{questionFault}, $fault, 'by name');
}

is(asked("$wind&&scheme=TPEX&")->{status}, 200, 'an empty argument is none');

# A word that is cut is not taken for another.
my ($long) = $wind =~ /from=([^&]+)/;
$answer = asked("from=$long" . '1' x 140 . '&scheme=TPEX');
like($answer->{body}, qr/1\.\.\./, 'what is repeated in part says so');

is(asked("$wind&scheme=TPEX", '--data', 'x')->{status}, 405,
   'a question is asked with GET');
is(asked("$wind&scheme=TPEX", '--head')->{status}, 200, 'or HEAD');
for my $name (qw(stranger expired unregistered)) {
    my $refused = $gateway->curl("/v1/explain?$wind&scheme=TPEX", as($name));
    is($refused->{status}, 403, "$name: 403");
    unlike($refused->{body}, qr/TPEX/, "$name: is told nothing");
}

$gateway->stop;
unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/, 'no alert');

done_testing();
