# SPDX-License-Identifier: Apache-2.0
#
# Every message of t/data is posted to `egret messages` and to `egret
# validate`: the same verdict, findings, status and answer, and what
# show=translated gives is what the counterpart is sent. At a plain gateway, and
# at one where labels are translated and both partners have rules.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Find qw(find);
use JSON::PP qw(decode_json);
use Test::More;

use Egret::LiveGateway;
use Egret::Gateway;

my $root = abs_path(dirname(abs_path(__FILE__)) . '/..');
my $data = "$root/t/data";

my @files;
find({ no_chdir => 1, wanted => sub { push @files, $_ if /\.xml\z/ } }, $data);
cmp_ok(scalar @files, '>=', 20, 'there are messages');
cmp_ok(scalar(grep { m{/green-} } @files), '>=', 5, 'green ones among them');

my $upstreams = join "\n", map {
    "upstream ${_}_bank { server 127.0.0.1:\$TEST_NGINX_RAND_PORT_2; }"
} qw(xiamen taipei joburg);

# Ids, times and the path differ from answer to answer.
sub normal {
    my ($text) = @_;
    $text =~ s/EG[0-9a-f]{32}/ID/g;
    $text =~ s/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?/TIME/g;
    return $text;
}

# The certificate of the partner that sends it, or seems to.
sub certificate {
    my ($text) = @_;
    my ($bic) = $text =~ m{<(?:\w+:)?(?:Fr|InstgAgt)>.*?BICFI>(\w{4})}s;
    my %partner = (XMBK => 'xiamen', TPBK => 'taipei', JBBK => 'joburg');
    my $partner = $partner{ $bic // '' } // 'xiamen';
    return map { ("--$_->[0]", "$ENV{TEST_NGINX_PKI}/$partner.$_->[1]") }
        ['cert', 'crt'], ['key', 'key'];
}

sub is_same_verdict {
    my ($name, $trial, $real, $status) = @_;
    is($trial->{status}, $status, "$name: the same status");
    is($trial->{headers}{"egret-$_"}, $real->{headers}{"egret-$_"},
       "$name: the same $_") for qw(verdict findings);
    return;
}

sub is_accepted {
    my ($name, $real, $trial, $iso, $shown, $sent) = @_;
    my $verdict = $real->{headers}{'egret-verdict'};
    is($trial->{headers}{'content-type'}, 'application/json',
       "$name: findings as JSON");
    is(decode_json($trial->{body})->{verdict}, $verdict,
       "$name: with the verdict");
    like($iso->{body}, qr/pacs\.002.*>ACTC</s, "$name: ACTC");
    is($shown->{headers}{'content-type'}, 'application/xml; charset=utf-8',
       "$name: shown as XML");
    is($shown->{body}, $sent, "$name: shown is what the counterpart is sent");
    return;
}

sub is_refused {
    my ($name, $real, $json, $trial, $iso, $shown) = @_;
    is($trial->{body}, $json->{body}, "$name: the same problem+json");
    is(normal($iso->{body}), normal($real->{body}),
       "$name: the same ISO answer");
    is($shown->{body}, $json->{body}, "$name: findings where a message would"
       . ' be shown');
    return;
}

# Posts one message to both; returns its verdict and whether it was changed.
sub compare {
    my ($gateway, $file, $where) = @_;
    my $name = "$where: " . ($file =~ s{\A\Q$data\E/}{}r);
    open my $in, '<:raw', $file or die "$file: $!\n";
    my $text = do { local $/; <$in> };
    my @before = $gateway->delivered;
    my $post = sub {
        my ($path, @accept) = @_;
        return $gateway->post($path, $text, certificate($text), map { ('-H', "Accept: $_") }
                              @accept);
    };

    my $trial = $post->('/v1/validate');
    my $iso   = $post->('/v1/validate', 'application/xml');
    my $shown = $post->('/v1/validate?show=translated');
    is_deeply([$gateway->delivered], \@before,
       "$name: trying it out delivers nothing");

    my $real = $post->('/v1/messages');
    my $json = $post->('/v1/messages', 'application/problem+json');

    my $word = $real->{headers}{'egret-verdict'};
    my $is_forwarded = $word =~ /\A(?:accepted|warned)\z/;
    my $status = $is_forwarded ? 200 : $real->{status};
    is_same_verdict($name, $_, $real, $status) for $trial, $iso, $shown;

    my ($sent, $again) = ('', '');
    ($sent, $again) = ($gateway->delivered(@before + 2))[-2, -1]
        if $is_forwarded;
    is($again, $sent, "$name: the same bytes each time");
    if ($is_forwarded) {
        is_accepted($name, $real, $trial, $iso, $shown, $sent);
    } else {
        is_refused($name, $real, $json, $trial, $iso, $shown);
    }
    return ($word, $is_forwarded && $sent ne $text);
}

sub compare_all {
    my ($where, %section) = @_;
    my $gateway = Egret::LiveGateway->start(
        counterpart => 'rewrite ^ /reads;',
        upstreams   => $upstreams,
        server      => 'location = /v1/validate { egret validate; }', %section);
    my (%words, $changed);
    for my $file (sort @files) {
        my ($word, $is_changed) = compare($gateway, $file, $where);
        note "$where: $file: $word";
        $words{$word}++;
        $changed += $is_changed;
    }
    is($gateway->stop, 0, "$where: nginx leaves in peace");
    unlike($gateway->log('error.log'), qr/\[(?:alert|crit|emerg)\]/,
           "$where: without an alert");
    return (\%words, $changed);
}

my ($words, $changed) = compare_all('plain');
is($changed, 0, 'plain: no message is changed');
ok($words->{$_}, "plain: some are $_") for qw(accepted rejected);

my $rules = $ENV{TEST_NGINX_PKI};
Egret::LiveGateway::write_file("$rules/warn.lua", <<'END');
-- SPDX-License-Identifier: Apache-2.0
local function warn(m)
  if #m.green.labels == 0 then
    m:warn{ code = "XMB-001", reason = "without a label" }
  end
end
return { send = warn, receive = warn }
END
($words, $changed) = compare_all('rules',
    xiamen_has => "taxonomy ICMA-GBP/2025; rules $rules/warn.lua;",
    joburg_has => 'taxonomy ZA-GFT/2022;',
    taipei_has => 'taxonomy TPEX/2023;'
        . " rules $root/conf/rules/carbon-assessment.lua;",
);
ok($words->{$_}, "rules: some are $_") for qw(accepted warned held rejected);
cmp_ok($changed, '>', 0, 'rules: some are changed');

done_testing();
