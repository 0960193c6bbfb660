# SPDX-License-Identifier: Apache-2.0
#
# Our XSD files against the official ones. Both are read and expanded from the
# root element: names, order, occurrences, nesting, base types, facets,
# attributes and wildcards must be the same. Names of types may differ.
#
# The reader knows only the constructs that our files may use and dies on any
# other, so it also holds our files to that subset. Before it judges, the
# comparison is shown to see each kind of difference, on copies of our own files
# with one thing changed.

use strict;
use warnings;

use File::Basename qw(basename dirname);
use File::Spec;
use FindBin;
use Test::More;

my $XSD      = 'http://www.w3.org/2001/XMLSchema';
my $ours     = "$FindBin::Bin/../schemas";
my $official = "$FindBin::Bin/../../shared/iso20022/xsd";

# ---- reading: one file into a tree { name, attributes, children, line }

sub decode_text {
    my ($text) = @_;
    my %entity = (lt => '<', gt => '>', amp => '&', quot => '"', apos => "'");
    $text =~ s/[\t\r\n]/ /g;
    $text =~ s{&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(\w+));}
              {defined $1 ? chr hex $1 : defined $2 ? chr $2 : $entity{$3}}ge;
    return $text;
}

sub read_tree {
    my ($file, $text) = @_;
    my $root  = { name => '', children => [] };
    my @stack = ($root);
    my $line  = 1;

    pos($text) = 0;
    while (pos($text) < length $text) {
        my $start = pos $text;
        if ($text =~ /\G(?:<!--.*?-->|<\?.*?\?>|[^<]+)/gcs) {
            # comments, declarations and text carry nothing here
        }
        elsif ($text =~ m{\G</([\w.:-]+)\s*>}gc) {
            my $open = pop @stack;
            die "$file:$line: </$1> closes $open->{name}\n"
                if $open->{name} ne $1;
        }
        elsif ($text =~ m{\G<([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>}gc) {
            my ($name, $list, $is_empty) = ($1, $2, $3);
            my %attributes;
            while ($list =~ /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g) {
                $attributes{$1} = decode_text(defined $2 ? $2 : $3);
            }
            my $node = {
                name => $name, attributes => \%attributes,
                children => [], line => $line, file => $file,
            };
            push @{ $stack[-1]{children} }, $node;
            push @stack, $node if !$is_empty;
        }
        else {
            die "$file:$line: cannot read this\n";
        }
        $line += substr($text, $start, pos($text) - $start) =~ tr/\n//;
    }
    die "$file: $stack[-1]{name} is not closed\n" if @stack != 1;
    die "$file: not one root\n" if @{ $root->{children} } != 1;
    return $root->{children}[0];
}

# ---- subset: what each construct may contain

my %allowed = (
    schema         => [qw(targetNamespace elementFormDefault)],
    include        => [qw(schemaLocation)],
    element        => [qw(name type minOccurs maxOccurs)],
    simpleType     => [qw(name)],
    complexType    => [qw(name)],
    simpleContent  => [],
    sequence       => [qw(minOccurs maxOccurs)],
    choice         => [qw(minOccurs maxOccurs)],
    any            => [qw(namespace processContents minOccurs maxOccurs)],
    attribute      => [qw(name type use)],
    extension      => [qw(base)],
    restriction    => [qw(base)],
    map { $_ => [qw(value)] }
        qw(enumeration pattern length minLength maxLength totalDigits
           fractionDigits minInclusive maxInclusive minExclusive maxExclusive),
);

sub die_at {
    my ($node, $what) = @_;
    die "$node->{file}:$node->{line}: $what\n";
}

# The local name of a node of XML Schema; dies outside the subset.
sub kind {
    my ($node) = @_;
    my ($local) = $node->{name} =~ /^xs:(\w+)$/
        or die_at($node, "$node->{name} is not XML Schema");
    my $names = $allowed{$local} or die_at($node, "$local is not in the subset");
    my %known = map { $_ => 1 } @$names;
    for my $name (keys %{ $node->{attributes} }) {
        next if $known{$name} || ($local eq 'schema' && $name =~ /^xmlns/);
        die_at($node, "$name of $local is not in the subset");
    }
    return $local;
}

sub parts {
    my ($node) = @_;
    return grep { $_->{name} ne 'xs:annotation' } @{ $node->{children} };
}

sub only_part {
    my ($node) = @_;
    my @parts = parts($node);
    die_at($node, 'exactly one part expected') if @parts != 1;
    return $parts[0];
}

# ---- loading: a message file and what it includes, into one set of names

# `$change` gets file name and text and returns the text: how the comparison is
# put to the proof.
sub load_set {
    my ($path, $change) = @_;
    my $set = { elements => {}, types => {}, seen => {} };
    load_file($set, File::Spec->rel2abs($path), $change, 0);
    return $set;
}

sub load_file {
    my ($set, $path, $change, $is_included) = @_;
    return if $set->{seen}{$path}++;

    open my $in, '<:encoding(UTF-8)', $path or die "$path: $!\n";
    my $text = do { local $/; <$in> };
    close $in;
    $text = $change->(basename($path), $text) if $change;

    my $schema = read_tree(basename($path), $text);
    my $head   = $schema->{attributes};
    kind($schema) eq 'schema' or die_at($schema, 'not a schema');
    die_at($schema, 'xs is not bound') if ($head->{'xmlns:xs'} // '') ne $XSD;
    die_at($schema, 'local elements must be qualified')
        if ($head->{elementFormDefault} // '') ne 'qualified';
    my $namespace = $head->{targetNamespace} // '';
    die_at($schema, 'names without a prefix must be its own')
        if ($head->{xmlns} // '') ne $namespace;
    die_at($schema, 'an included file has no namespace of its own')
        if $is_included && $namespace ne '';
    $set->{namespace} = $namespace if !$is_included;

    for my $part (parts($schema)) {
        my $kind = kind($part);
        my $name = $part->{attributes}{name};
        if ($kind eq 'include') {
            load_file($set,
                File::Spec->rel2abs($part->{attributes}{schemaLocation},
                    dirname($path)) =~ s{[^/]+/\.\./}{}gr, $change, 1);
            next;
        }
        my $table = $kind eq 'element' ? $set->{elements}
                  : $kind =~ /Type$/   ? $set->{types}
                  :                      die_at($part, "$kind at the top");
        die_at($part, "$name is defined twice") if $table->{$name};
        $table->{$name} = $part;
    }
    return;
}

# ---- expanding: types into plain structures that do not name types

sub is_builtin { return $_[0] =~ /^xs:/ }

# A type by its name: { simple => [facts] } or { content, attributes }.
sub type_of {
    my ($set, $name, $from) = @_;
    return $set->{expanded}{$name} if $set->{expanded}{$name};
    return $set->{expanded}{$name} = { simple => ["base $name"] }
        if is_builtin($name);
    my $node = $set->{types}{$name} or die_at($from, "no type $name");
    my $part = only_part($node);
    return $set->{expanded}{$name}
        = kind($node) eq 'simpleType'      ? simple_type($set, $part)
        : kind($part) eq 'simpleContent'   ? simple_content($set, $part)
        : { content => particle($set, $part), attributes => [] };
}

# Facets as sorted facts, those of a restricted base included. What the official
# files never do is refused: a facet given twice, on one type or along its bases.
sub simple_type {
    my ($set, $node) = @_;
    kind($node) eq 'restriction' or die_at($node, 'restriction expected');
    my $base  = type_of($set, $node->{attributes}{base}, $node)->{simple}
        or die_at($node, 'the base is not simple');
    my @facets = map { kind($_) . " $_->{attributes}{value}" } parts($node);
    my @all    = sort @$base, @facets;
    my %times;
    $times{$_}++ for map { /^(\w+)/ } @all;
    for my $name (grep { $times{$_} > 1 } keys %times) {
        die_at($node, "$name is given twice") if $name ne 'enumeration';
    }
    return { simple => \@all };
}

sub simple_content {
    my ($set, $node) = @_;
    my $extension = only_part($node);
    kind($extension) eq 'extension' or die_at($extension, 'extension expected');
    my $base = type_of($set, $extension->{attributes}{base}, $extension);
    my @attributes;
    for my $part (parts($extension)) {
        kind($part) eq 'attribute' or die_at($part, 'attribute expected');
        my $type = type_of($set, $part->{attributes}{type}, $part);
        push @attributes, join ' ; ', $part->{attributes}{name},
            $part->{attributes}{use} // 'optional', @{ $type->{simple} };
    }
    return { simple => $base->{simple}, attributes => [sort @attributes] };
}

sub particle {
    my ($set, $node) = @_;
    my $kind = kind($node);
    my $a    = $node->{attributes};
    my $made = {
        kind => $kind,
        occurs => ($a->{minOccurs} // 1) . '..' . ($a->{maxOccurs} // 1),
    };
    if ($kind eq 'element') {
        die_at($node, 'an element needs name and type')
            if !defined $a->{name} || !defined $a->{type} || parts($node);
        @$made{qw(name type from)} = ($a->{name}, $a->{type}, $node);
    }
    elsif ($kind eq 'any') {
        $made->{name} = join ' ', sort split ' ', $a->{namespace} // '##any';
        $made->{contents} = $a->{processContents} // 'strict';
    }
    elsif ($kind eq 'sequence' || $kind eq 'choice') {
        $made->{parts} = [map { particle($set, $_) } parts($node)];
    }
    else {
        die_at($node, "$kind is not content");
    }
    return $made;
}

# ---- comparing: differences as lines "path: what"

sub compare_sets {
    my ($one, $other) = @_;
    my @found;
    push @found, "namespace: $one->{namespace} against $other->{namespace}"
        if $one->{namespace} ne $other->{namespace};
    my $names = join ' ', sort keys %{ $one->{elements} };
    my $wanted = join ' ', sort keys %{ $other->{elements} };
    return "roots: $names against $wanted" if $names ne $wanted;
    my $run = { one => $one, other => $other, pairs => {}, found => \@found };
    for my $name (sort keys %{ $one->{elements} }) {
        compare_particles($run, "/$name",
            particle($one, $one->{elements}{$name}),
            particle($other, $other->{elements}{$name}));
    }
    $one->{pairs_compared} = keys %{ $run->{pairs} };
    return @found;
}

sub describe {
    my ($particle) = @_;
    return join ' ', grep { defined } @$particle{qw(kind name contents occurs)};
}

sub compare_particles {
    my ($run, $path, $one, $other) = @_;
    if (!$one || !$other || describe($one) ne describe($other)) {
        push @{ $run->{found} }, sprintf '%s: %s against %s', $path,
            map { $_ ? describe($_) : 'nothing' } $one, $other;
        return;
    }
    if ($one->{kind} eq 'element') {
        compare_types($run, $path, $one, $other);
        return;
    }
    my ($mine, $theirs) = ($one->{parts} // [], $other->{parts} // []);
    for my $i (0 .. (@$mine > @$theirs ? $#$mine : $#$theirs)) {
        my $name = ($mine->[$i] || $theirs->[$i])->{name};
        compare_particles($run, defined $name ? "$path/$name" : $path,
            $mine->[$i], $theirs->[$i]);
    }
    return;
}

# A pair of types is compared once, at the first path that leads to it.
sub compare_types {
    my ($run, $path, $one, $other) = @_;
    return if $run->{pairs}{"$one->{type} $other->{type}"}++;
    my $mine   = type_of($run->{one}, $one->{type}, $one->{from});
    my $theirs = type_of($run->{other}, $other->{type}, $other->{from});
    for my $part (qw(simple attributes)) {
        my ($have, $want) = map { join ', ', @{ $_->{$part} // [] } }
            $mine, $theirs;
        push @{ $run->{found} }, "$path: $part: $have against $want"
            if $have ne $want;
    }
    compare_particles($run, $path, $mine->{content}, $theirs->{content})
        if $mine->{content} || $theirs->{content};
    return;
}

# ---- the proof that a difference is seen

# what, file to change, from, to
my @changes = (
    ['a longer text', 'text.xsd', qr/(name="Max35Text".*?maxLength value=")35/s, '36'],
    ['a shorter minimum', 'text.xsd', qr/(name="Max35Text".*?minLength value=")1/s, '0'],
    ['another pattern', 'text.xsd', qr/(name="LEIIdentifier".*?)18,18/s, '17,18'],
    ['another code', 'pacs.008.001.08.xsd', qr/(enumeration value=")SLEV/, 'SLEX'],
    ['one code less', 'party.xsd', qr/()<xs:enumeration value="CELL"\/>/, ''],
    ['other digits', 'amount.xsd', qr/(fractionDigits value=")5/, '4'],
    ['another lower limit', 'amount.xsd', qr/(minInclusive value=")0/, '1'],
    ['another base', 'date.xsd', qr/(name="ISODate".*?)xs:date/s, 'xs:string'],
    ['an optional attribute', 'amount.xsd', qr/(use=")required/, 'optional'],
    ['another attribute', 'amount.xsd', qr/(attribute name=")Ccy/, 'Cur'],
    ['another type of attribute', 'amount.xsd', qr/(attribute name="Ccy" type=")ActiveCurrencyCode/, 'DecimalNumber'],
    ['an element made optional', 'pacs.008.001.08.xsd', qr/(type="ChargeBearerType1Code")/, ' minOccurs="0"'],
    ['an element made compulsory', 'institution.xsd', qr/(name="BICFI" type="\w+") minOccurs="0"/, ''],
    ['another maximum', 'party.xsd', qr/(maxOccurs=")7/, '8'],
    ['another name', 'remittance.xsd', qr/(element name=")Invcee/, 'Invce'],
    ['another order', 'remittance.xsd', qr/()(<xs:element name="Invcr"[^>]*>\s*)(<xs:element name="Invcee"[^>]*>)/, sub { "$_[1]$_[0]" }],
    ['one element more', 'supplementary.xsd', qr/(name="Envlp" type="\w+"\/>)/, '<xs:element name="More" type="Max35Text"/>'],
    ['one element less', 'tax.xsd', qr/()<xs:element name="Rcrd"[^>]*>(?=.*<xs:element name="Rcrd")/s, ''],
    ['a choice made a sequence', 'account.xsd', qr/(name="AccountIdentification4Choice"><xs:)(choice)(.*?)\/xs:choice/s, sub { "sequence$_[1]/xs:sequence" }],
    ['a strict wildcard', 'supplementary.xsd', qr/(processContents=")lax/, 'strict'],
    ['another wildcard namespace', 'supplementary.xsd', qr/(namespace=")##any/, '##other'],
    ['a repeatable wildcard', 'supplementary.xsd', qr/(namespace="##any")/, ' maxOccurs="2"'],
    ['another root', 'pacs.008.001.08.xsd', qr/(element name=")Document/, 'Dcmnt'],
    ['another namespace', 'pacs.008.001.08.xsd', qr/()pacs\.008\.001\.08"/, 'pacs.008.001.09"', 'all'],
);

sub change_text {
    my ($text, $from, $to, $is_for_all) = @_;
    my $new = sub {
        ref $to ? $1 . $to->(grep { defined } $2, $3) : $1 . $to;
    };
    my $count = $is_for_all ? $text =~ s/$from/$new->()/ge
                            : $text =~ s/$from/$new->()/e;
    die "the change does not apply\n" if !$count;
    return $text;
}

subtest 'the comparison sees each kind of difference' => sub {
    my $path  = "$ours/pacs.008.001.08.xsd";
    my $plain = load_set($path);
    is_deeply [compare_sets(load_set($path), $plain)], [], 'none in a copy';
    for my $change (@changes) {
        my ($what, $file, $from, $to, $is_for_all) = @$change;
        my $applied = 0;
        my $changed = load_set($path, sub {
            my ($name, $text) = @_;
            return $text if $name ne $file;
            $applied++;
            return change_text($text, $from, $to, $is_for_all);
        });
        my @found = compare_sets($changed, $plain);
        ok $applied && @found, $what or next;
        note "  $found[0]";
    }
};

# ---- our files against the official ones

# The project's own block has no official file, and no other subset than the
# compiler's.
my @files = grep { !/^egret\./ } map { basename($_) } sort glob "$ours/*.xsd";
ok scalar @files, 'there are schemas';

SKIP: {
    skip 'the official schemas are not here', scalar @files if !-d $official;
    for my $file (@files) {
        my $mine  = load_set("$ours/$file");
        my @found = compare_sets($mine, load_set("$official/$file"));
        ok !@found, "$file is equal to the official file"
            . " ($mine->{pairs_compared} pairs of types)";
        diag $_ for @found;
    }
}

# A common part that no message needs is dead weight.
my %needed;
$needed{ basename($_) } = 1
    for map { keys %{ load_set("$ours/$_")->{seen} } } @files;
is_deeply [grep { !$needed{$_} } map { basename($_) } glob "$ours/common/*.xsd"],
    [], 'each common part is included by a message';

done_testing;
