# SPDX-License-Identifier: Apache-2.0
#
# What the documents show is run or parsed: each example, by its language;
# conf/nginx.conf.example as a whole; each link; each directive's syntax and
# default against the table that the core reads them by.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);
use Test::More;

use Egret::FreePort;
use Egret::Pki;

my $root   = abs_path(dirname(abs_path(__FILE__)) . '/..');
my $build  = $ENV{EGRET_BUILD} // "$root/build";
my $nginx  = $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx';
my $folder = tempdir(CLEANUP => 1);

chdir $root or die "$root: $!\n";

sub read_file {
    my ($path) = @_;

    open my $in, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$in>;
}

sub write_file {
    my ($path, $text) = @_;

    open my $out, '>:raw', $path or die "$path: $!\n";
    print {$out} $text;
    close $out or die "$path: $!\n";
}

sub run {
    my (@command) = @_;

    open my $output, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', @command
        or die "sh: $!\n";
    local $/;
    my $said = <$output> // '';
    close $output;

    return ($? >> 8, $said);
}

# The files that examples name.
sub make_certificates {
    my $pki = Egret::Pki->new("$folder/egret");

    $pki->ca($_) for qw(xmbank-ca jbbank-ca server-cas);
    $pki->leaf('gateway', ca => 'server-cas',
               san => ['DNS:gateway.egret.example']);
    write_file("$folder/egret/$_.pem", $pki->pem($_))
        for qw(xmbank-ca jbbank-ca server-cas gateway);
    write_file("$folder/egret/client-cas.pem",
               join '', map { $pki->pem($_) } qw(xmbank-ca jbbank-ca));
}

# A configuration as it would be on the operator's machine, with the places
# that this test has instead.
sub at_home {
    my ($text) = @_;

    my $port = Egret::FreePort::take();
    my $temp = join ' ', map { "${_}_temp_path $folder/temp;" }
        qw(client_body proxy fastcgi uwsgi scgi);

    $text =~ s{modules/(ngx_http_egret_module\.so)}{$build/$1};
    $text =~ s{/usr/share/egret/schemas}{$root/schemas}g;
    $text =~ s{/usr/share/egret/}{$root/conf/}g;
    $text =~ s{/var/log/nginx/}{$folder/}g;
    $text =~ s{/run/nginx\.pid}{$folder/nginx.pid}g;
    $text =~ s{listen\s+443\b}{listen 127.0.0.1:$port};
    $text =~ s/^http \{$/http { $temp/m;

    return $text;
}

sub nginx_takes {
    my ($text, $name) = @_;

    write_file("$folder/nginx.conf", at_home($text));
    my ($status, $said) = run($nginx, '-t', '-p', $folder, '-e',
                              "$folder/error.log", '-c',
                              "$folder/nginx.conf");
    is($status, 0, $name) or diag($said);

    return $said;
}

# An example stands alone: around it goes what nginx and Egret want.
sub whole_configuration {
    my ($example) = @_;

    my $load = "load_module modules/ngx_http_egret_module.so;\n";
    if ($example =~ /^load_module/m) {
        ($load, $example) = ($example, '');
    }
    $example = "server { listen 443; $example }" if $example =~ /\A\s*location/;

    return <<"END";
$load
events { }
http {
    egret_gateway     bic=EGRTCNB0XXX;
    egret_environment test;
    egret_schemas     /usr/share/egret/schemas;
    egret_reference   /usr/share/egret/reference;

    $example
}
END
}

sub check_xml {
    my ($example, $name) = @_;

    write_file("$folder/example.xml", $example);
    my (undef, $said) = run("$build/egret", 'check', '--schemas', 'schemas',
                            "$folder/example.xml");
    unlike($said, qr/\bX0[12]\b/, "$name is well-formed") or diag($said);
}

my %check = (
    sh => sub {
        my ($example, $name) = @_;
        write_file("$folder/example.sh", $example);
        my ($status, $said) = run('sh', '-n', "$folder/example.sh");
        is($status, 0, "$name is a shell's") or diag($said);
    },
    json => sub {
        my ($example, $name) = @_;
        ok(eval { decode_json($example) }, "$name is JSON") or diag($@);
    },
    xml   => \&check_xml,
    nginx => sub {
        my ($example, $name) = @_;
        nginx_takes(whole_configuration($example), "nginx takes $name");
    },
);

sub check_examples {
    my ($document) = @_;

    my $text = read_file($document);
    while ($text =~ /^```(\w*)\n(.*?)^```$/msg) {
        my ($language, $example) = ($1, $2);
        my $line = 1 + (substr($text, 0, $-[0]) =~ tr/\n//);

        next if $language eq '';
        ok($check{$language}, "$document:$line: $language is checked here")
            or next if !$check{$language};
        $check{$language}->($example, "$document:$line");
    }
}

# GitHub's way to make an anchor of a heading.
sub anchors_of {
    my ($text) = @_;

    my @anchors = $text =~ /<a id="([^"]+)">/g;
    for my $heading ($text =~ /^#+ (.*)/mg) {
        my $anchor = lc $heading;
        $anchor =~ s/[^\w\- ]//g;
        $anchor =~ tr/ /-/;
        push @anchors, $anchor;
    }

    return @anchors;
}

sub check_links {
    my ($document) = @_;

    my $text = read_file($document);
    (my $prose = $text) =~ s/^```.*?^```$//msg;

    for my $link ($prose =~ /\]\(([^)]+)\)/g) {
        next if $link =~ /^https?:/;
        my ($path, $anchor) = split /#/, $link, 2;
        my $target = $path eq '' ? $document : dirname($document) . "/$path";

        ok(-e $target, "$document: $link is there") or next;
        next if !defined $anchor;
        ok((grep { $_ eq $anchor } anchors_of(read_file($target))),
           "$document: $link has that heading");
    }
}

# The rows of the core's table: name, syntax, default.
sub directives {
    my $text = read_file('src/config/builder.c');
    my @rows;

    while ($text =~ /\{ \s* "(\w+)", \s* EGRET_BLOCK_\w+, .*?
                     ((?:"[^"]*"\s*)+), \s* "([^"]*)" \s* \}/gsx)
    {
        my ($name, $syntax, $default) = ($1, $2, $3);
        $syntax =~ s/"\s*"//g;
        $syntax =~ s/^"|"\s*$//g;
        push @rows, [$name, $syntax, $default];
    }

    return @rows;
}

sub check_directives {
    my $text = read_file('docs/operator.md');
    my @rows = directives();

    cmp_ok(scalar @rows, '>=', 20, 'the directives are read from the table');

    for my $row (@rows) {
        my ($name, $syntax, $default) = @$row;
        my ($section) = $text =~ /^### \Q$name\E\n(.*?)(?=^##)/ms;

        $section =~ s/\\\|/|/g if defined $section;
        ok(defined $section, "operator.md has $name") or next;
        like($section, qr/^\| Syntax \| `\Q$syntax\E` \|$/m,
             "operator.md has the syntax of $name");
        like($section, qr/^\| Default \| `\Q$default\E` \|$/m,
             "operator.md has the default of $name")
            if $default ne '';
    }
}

my @documents = sort grep { -f } qw(README.md CONTRIBUTING.md),
    glob('docs/*.md docs/*/*.md schemas/*.md');

make_certificates();
mkdir "$folder/temp";

my $said = nginx_takes(read_file('conf/nginx.conf.example'),
                       'nginx takes conf/nginx.conf.example');
unlike($said, qr/\[warn\]/, 'and warns of nothing');

check_directives();
for my $document (@documents) {
    check_examples($document);
    check_links($document);
}

done_testing();
