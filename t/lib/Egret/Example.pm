# SPDX-License-Identifier: Apache-2.0
package Egret::Example;

# Configurations as the documents show them, tried with nginx -t on this
# machine: with certificates made for them, and with this repository in the
# place of what `make install` puts on an operator's, or with a folder that it
# was given as DESTDIR.
#
#   my $example = Egret::Example->new($root, $destination);
#   my ($status, $said) = $example->try($text);

use strict;
use warnings;

use File::Temp qw(tempdir);

use Egret::FreePort;
use Egret::Pki;

sub new {
    my ($class, $root, $destination) = @_;

    my $self = bless {
        root   => $root,
        destination => $destination,
        build  => $ENV{EGRET_BUILD} // "$root/build",
        nginx  => $ENV{TEST_NGINX_BINARY} // '/usr/sbin/nginx',
        folder => tempdir(CLEANUP => 1),
    }, $class;

    mkdir "$self->{folder}/temp";
    $self->_make_certificates;

    return $self;
}

sub folder { return $_[0]{folder} }
sub build  { return $_[0]{build} }

# The exit code and all that nginx -t says.
sub try {
    my ($self, $text) = @_;

    my $folder = $self->{folder};
    write_file("$folder/nginx.conf", $self->_at_home($text));

    return run($self->{nginx}, '-t', '-p', $folder, '-e', "$folder/error.log",
               '-c', "$folder/nginx.conf");
}

# The files that the examples name.
sub _make_certificates {
    my ($self) = @_;

    my $folder = "$self->{folder}/egret";
    my $pki    = Egret::Pki->new($folder);

    $pki->ca($_) for qw(xmbank-ca jbbank-ca server-cas);
    $pki->leaf('gateway', ca => 'server-cas',
               san => ['DNS:gateway.egret.example']);
    write_file("$folder/$_.pem", $pki->pem($_))
        for qw(xmbank-ca jbbank-ca server-cas gateway);
    write_file("$folder/client-cas.pem",
               join '', map { $pki->pem($_) } qw(xmbank-ca jbbank-ca));
    $pki->crl($_) for qw(xmbank-ca jbbank-ca);
    write_file("$folder/client-crls.pem", join '',
               map { read_file($pki->crl_file($_)) } qw(xmbank-ca jbbank-ca));
}

sub _at_home {
    my ($self, $text) = @_;

    my ($root, $build, $folder) = @{$self}{qw(root build folder)};
    my $port = Egret::FreePort::take();
    my $temp = join ' ', map { "${_}_temp_path $folder/temp;" }
        qw(client_body proxy fastcgi uwsgi scgi);

    if (defined(my $usr = $self->{destination})) {
        $text =~ s{modules/(?=ngx_http_egret)}{$usr/usr/lib/nginx/modules/};
        $text =~ s{/usr/share/egret/}{$usr/usr/share/egret/}g;
    } else {
        $text =~ s{modules/(ngx_http_egret_module\.so)}{$build/$1};
        $text =~ s{/usr/share/egret/schemas}{$root/schemas}g;
        $text =~ s{/usr/share/egret/}{$root/conf/}g;
    }
    $text =~ s{/var/log/nginx/}{$folder/}g;
    $text =~ s{/run/nginx\.pid}{$folder/nginx.pid}g;
    $text =~ s{listen(\s+)443\b}{listen${1}127.0.0.1:$port}g;
    $text =~ s/^http \{$/http { $temp/m;

    return $text;
}

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

1;
