# SPDX-License-Identifier: Apache-2.0
package Egret::Pki;

# Certificates for tests, made by openssl(1) when the test runs.
#
#   my $pki = Egret::Pki->new($directory);
#   $pki->ca('xiamen-ca')
#       ->leaf('xiamen', ca => 'xiamen-ca', san => ['DNS:gw.xmbank.example'],
#              lei => '...', subject => [O => 'Xiamen Bank', CN => 'gateway'])
#       ->revoke('xiamen')->crl('xiamen-ca');
#   $pki->cert('xiamen');  $pki->key('xiamen');  $pki->spki_sha256('xiamen');
#
# Everything is one file in the directory, named after its owner: NAME.crt,
# NAME.key, NAME.chain.crt, CA.crl. A name is made once; making it again dies.
# Methods that make something return the object, so calls can be chained.
# A failing openssl dies with its own words.
#
# Options of ca and leaf:
#   ca          the issuer's name; without it the certificate is self-signed
#   subject     [CN => 'a', O => 'b'] or openssl's '/CN=a/O=b' form (there '+'
#               joins one RDN); default the name as CN
#   san         ['DNS:a', 'URI:b', 'IP:c', 'email:d', 'otherName:...']
#   lei         the LEI, as the extension that carries one; role likewise
#   days        validity from yesterday to this many days from now (30)
#   not_before, not_after
#               'YYYYMMDDHHMMSSZ', or days from now, which may be negative
#   key_type    'prime256v1' (default) or another curve, 'rsa:BITS', 'ed25519'
#   key_of      the name whose key is used again, instead of a new one
#   serial      hexadecimal; default random
#   digest      of the signature; default sha256
#   usage       of a leaf: 'client', 'server' or 'both' (default)
#   extensions  ['NAME = VALUE', ...] as in openssl's x509v3_config; one of the
#               same name as a default takes its place. VALUE may be
#               'DER:...' or 'ASN1:...', so any bytes can be put anywhere
#   without     names of default extensions to leave out
#   path_length of a ca

use strict;
use warnings;
use Carp qw(croak);
use Digest::SHA qw(sha256 sha256_hex);
use File::Path qw(make_path);
use MIME::Base64 qw(decode_base64 encode_base64);
use POSIX qw(strftime);

use constant {
    LEI_EXTENSION      => '1.3.6.1.4.1.52266.1',
    LEI_ROLE_EXTENSION => '1.3.6.1.4.1.52266.2',
    DAY                => 86_400,
};

my %known_option = map { $_ => 1 } qw(ca subject san lei role days not_before
    not_after key_type key_of serial digest usage extensions without
    path_length);

sub new {
    my ($class, $directory) = @_;
    croak 'a directory is needed' if !defined $directory;
    make_path($directory);
    return bless { directory => $directory, issuer_of => {} }, $class;
}

sub ca {
    my ($self, $name, %option) = @_;
    my $path_length = defined $option{path_length}
        ? ",pathlen:$option{path_length}" : '';
    return $self->_make($name, \%option,
        "basicConstraints = critical,CA:TRUE$path_length",
        'keyUsage = critical,keyCertSign,cRLSign');
}

sub leaf {
    my ($self, $name, %option) = @_;
    my $usage = $option{usage} // 'both';
    my $purposes = { client => 'clientAuth', server => 'serverAuth',
                     both => 'clientAuth,serverAuth' }->{$usage}
        // croak "unknown usage $usage";
    return $self->_make($name, \%option,
        'basicConstraints = critical,CA:FALSE',
        'keyUsage = critical,digitalSignature',
        "extendedKeyUsage = $purposes");
}

# Marks the certificate as revoked; crl writes the list that says so.
sub revoke {
    my ($self, $name) = @_;
    my $issuer = $self->_issuer_of($name);
    _openssl('ca', $self->_as($issuer), '-revoke', $self->cert($name));
    return $self;
}

# Options: last_update, next_update, as not_before and not_after are.
sub crl {
    my ($self, $ca, %option) = @_;
    _openssl('ca', $self->_as($ca), '-gencrl', '-out', $self->crl_file($ca),
             '-crl_lastupdate', _time($option{last_update} // -1),
             '-crl_nextupdate', _time($option{next_update} // 30));
    return $self;
}

# The lists of the CAs in one file; returns its path.
sub lists {
    my ($self, $file_name, @names) = @_;
    my $path = $self->_file($file_name, 'crl');
    _write($path, join '', map { _read($self->crl_file($_)) } @names);
    return $path;
}

sub directory { return $_[0]{directory} }
sub cert      { return $_[0]->_file($_[1], 'crt') }
sub key       { return $_[0]->_file($_[1], 'key') }
sub crl_file  { return $_[0]->_file($_[1], 'crl') }

# The certificate and the intermediate ones above it, as a server sends them.
sub chain {
    my ($self, $name) = @_;
    my @links = ($name);
    while ($self->_issuer_of($links[-1]) ne $links[-1]) {
        push @links, $self->_issuer_of($links[-1]);
    }
    pop @links if @links > 1;
    return $self->bundle("$name.chain", @links);
}

# The certificates of the names in one file; returns its path.
sub bundle {
    my ($self, $file_name, @names) = @_;
    my $path = $self->_file($file_name, 'crt');
    _write($path, join '', map { _read($self->cert($_)) } @names);
    return $path;
}

sub pem { return _read($_[0]->cert($_[1])) }

sub der {
    my ($self, $name) = @_;
    return _from_pem($self->pem($name));
}

sub spki_der {
    my ($self, $name) = @_;
    return _from_pem(_openssl('x509', '-in', $self->cert($name),
                              '-noout', '-pubkey'));
}

sub spki_sha256        { return sha256_hex($_[0]->spki_der($_[1])) }
sub spki_sha256_base64 { return encode_base64(sha256($_[0]->spki_der($_[1])),
                                              '') }
sub fingerprint_sha256 { return sha256_hex($_[0]->der($_[1])) }

sub serial {
    my ($self, $name) = @_;
    my ($serial) = _openssl('x509', '-in', $self->cert($name),
                            '-noout', '-serial') =~ /=([0-9A-F]+)/;
    return $serial;
}

sub _make {
    my ($self, $name, $option, @defaults) = @_;
    for my $given (keys %$option) {
        croak "unknown option $given" if !$known_option{$given};
    }
    croak "$name exists" if -e $self->cert($name);
    my $issuer = $option->{ca} // $name;
    croak "no CA $issuer" if $issuer ne $name && !-e $self->cert($issuer);
    $self->_request($name, $option);
    $self->_prepare_issuer($issuer, $option->{serial});
    my $extensions = $self->_file($name, 'ext');
    _write($extensions, _extension_file($option, @defaults));

    _openssl('ca', $self->_as($issuer), '-in', $self->_file($name, 'csr'),
             '-out', $self->cert($name), '-notext', '-preserveDN',
             ($issuer eq $name ? '-selfsign' : ()),
             (defined $option->{serial} ? () : '-rand_serial'),
             '-md', _digest($option, $self->key($issuer)),
             '-startdate', _time($option->{not_before} // -1),
             '-enddate', _time($option->{not_after} // $option->{days} // 30),
             '-extfile', $extensions, '-extensions', 'extensions');
    $self->{issuer_of}{$name} = $issuer;
    return $self;
}

sub _request {
    my ($self, $name, $option) = @_;
    my $key = $self->key($name);
    if (defined $option->{key_of}) {
        _write($key, _read($self->key($option->{key_of})));
    } else {
        _openssl('genpkey', '-out', $key,
                 _key_options($option->{key_type} // 'prime256v1'));
    }
    _openssl('req', '-new', '-key', $key, '-utf8',
             '-out', $self->_file($name, 'csr'),
             '-subj', _subject($option->{subject} // [CN => $name]));
    return;
}

sub _key_options {
    my ($type) = @_;
    return ('-algorithm', $type) if $type =~ /\Aed(?:25519|448)\z/;
    return ('-algorithm', 'RSA', '-pkeyopt', "rsa_keygen_bits:$1")
        if $type =~ /\Arsa:(\d+)\z/;
    return ('-algorithm', 'EC', '-pkeyopt', "ec_paramgen_curve:$type");
}

# Edwards curves hash by themselves: openssl then wants the digest "null".
sub _digest {
    my ($option, $key) = @_;
    return $option->{digest} if defined $option->{digest};
    my $text = _openssl('pkey', '-in', $key, '-noout', '-text');
    return $text =~ /\AED(?:25519|448)/ ? 'null' : 'sha256';
}

sub _subject {
    my ($subject) = @_;
    return $subject if !ref $subject;
    my @parts = @$subject;
    my $text = '';
    while (my ($type, $value) = splice @parts, 0, 2) {
        $text .= "/$type=" . $value =~ s{([/+\\])}{\\$1}gr;
    }
    return $text || '/';
}

sub _extension_file {
    my ($option, @lines) = @_;
    push @lines, 'subjectKeyIdentifier = hash';
    push @lines, 'authorityKeyIdentifier = keyid' if defined $option->{ca};
    push @lines, 'subjectAltName = @names' if @{ $option->{san} // [] };
    push @lines, LEI_EXTENSION . " = ASN1:PRINTABLESTRING:$option->{lei}"
        if defined $option->{lei};
    push @lines, LEI_ROLE_EXTENSION . " = ASN1:PRINTABLESTRING:$option->{role}"
        if defined $option->{role};
    my @given = @{ $option->{extensions} // [] };
    my %is_replaced = map { $_ => 1 } @{ $option->{without} // [] },
        map { _extension_name($_) } @given;
    @lines = grep { !$is_replaced{ _extension_name($_) } } @lines;
    return join("\n", '[extensions]', @lines, @given, '[names]',
                _name_lines(@{ $option->{san} // [] })) . "\n";
}

sub _extension_name {
    my ($line) = @_;
    return $line =~ /\A\s*([^\s=]+)\s*=/ ? $1
        : croak "not an extension: $line";
}

sub _name_lines {
    my (@names) = @_;
    my $count = 0;
    return map {
        my ($type, $value) = /\A(\w+):(.*)\z/s or croak "not a name: $_";
        $value =~ s/([\\\$#"'`])/\\$1/g;
        $count++;
        "$type.$count = $value";
    } @names;
}

# An issuer's own files: configuration, index of what it issued, next serial.
sub _prepare_issuer {
    my ($self, $issuer, $serial) = @_;
    my $home = $self->_file($issuer, 'issued');
    if (!-d $home) {
        make_path($home);
        _write("$home/index.txt", '');
        _write("$home/index.txt.attr", "unique_subject = no\n");
        _write("$home/crlnumber", "01\n");
        _write("$home/ca.cnf", <<"END");
[ca]
default_ca = this
[this]
database = $home/index.txt
new_certs_dir = $home
serial = $home/serial
crlnumber = $home/crlnumber
certificate = ${\$self->cert($issuer)}
private_key = ${\$self->key($issuer)}
default_md = default
default_crl_days = 30
policy = any
email_in_dn = yes
[any]
END
    }
    if (defined $serial) {
        $serial = "0$serial" if length($serial) % 2;
        _write("$home/serial", "$serial\n");
    }
    return;
}

sub _as {
    my ($self, $issuer) = @_;
    return ('-batch', '-config', $self->_file($issuer, 'issued') . '/ca.cnf',
            '-keyfile', $self->key($issuer));
}

sub _issuer_of {
    my ($self, $name) = @_;
    return $self->{issuer_of}{$name} // croak "$name was not made here";
}

sub _file {
    my ($self, $name, $ending) = @_;
    croak "not a file name: $name" if $name !~ /\A[\w.-]+\z/;
    return "$self->{directory}/$name.$ending";
}

sub _time {
    my ($time) = @_;
    return $time if $time =~ /Z\z/;
    return strftime('%Y%m%d%H%M%SZ', gmtime time + $time * DAY);
}

sub _from_pem {
    my ($pem) = @_;
    my ($text) = $pem =~ /-----BEGIN [^-]+-----(.+?)-----END/s
        or croak 'not PEM';
    return decode_base64($text);
}

# Runs openssl without a shell; returns what it prints.
sub _openssl {
    my (@arguments) = @_;
    my $pid = open my $output, '-|' // croak "cannot fork: $!";
    if (!$pid) {
        open STDERR, '>&', \*STDOUT;
        exec 'openssl', @arguments or POSIX::_exit(127);
    }
    local $/;
    my $text = <$output> // '';
    close $output or croak "openssl @arguments: $text";
    return $text;
}

sub _read {
    my ($path) = @_;
    open my $file, '<:raw', $path or croak "cannot read $path: $!";
    local $/;
    return scalar <$file>;
}

sub _write {
    my ($path, $content) = @_;
    open my $file, '>:raw', $path or croak "cannot write $path: $!";
    print {$file} $content;
    close $file or croak "cannot write $path: $!";
    return;
}

1;
