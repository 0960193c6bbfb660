#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the vectors that the digest of a green block is tested with.

A second implementation, made from the specifications alone: RFC 8785, XML
Schema Part 2 (white space), and docs/reference/green-block.md ("The digest").
For each t/data/digest/NAME.xml and each t/data/good/green-NAME.xml it writes
t/data/digest/NAME.json (the canonical bytes) and NAME.hex (their SHA-256).
Run it after a change of the schema or of a message, and look at the difference
before you commit it. The tests read the vectors and need no Python.
"""

import hashlib
import json
import pathlib
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
VECTORS = ROOT / "t" / "data" / "digest"
XS = "{http://www.w3.org/2001/XMLSchema}"
GRN = "{urn:x-egret:grn:1}"


class Schema:
    """The types of one schema file with its includes, by name."""

    def __init__(self, path):
        self.types = {}
        self.roots = {}
        self.read_files = set()
        self.read(path)

    def read(self, path):
        if path in self.read_files:
            return
        self.read_files.add(path)
        for part in ElementTree.parse(path).getroot():
            if part.tag == XS + "include":
                self.read((path.parent / part.get("schemaLocation")).resolve())
            elif part.tag in (XS + "complexType", XS + "simpleType"):
                self.types[part.get("name")] = part
            elif part.tag == XS + "element":
                self.roots[part.get("name")] = part.get("type")

    def children(self, type_name):
        """Name to (type, whether it repeats)."""
        found = {}
        for element in self.types[type_name].iter(XS + "element"):
            most = element.get("maxOccurs", "1")
            found[element.get("name")] = (element.get("type"), most != "1")
        return found

    def attributes(self, type_name):
        """Name to type; none for a simple type."""
        return {a.get("name"): a.get("type")
                for a in self.types[type_name].iter(XS + "attribute")}

    def content(self, type_name):
        """The simple type of the content, or None for children."""
        declared = self.types[type_name]
        if declared.tag == XS + "simpleType":
            return type_name
        extension = declared.find(f"{XS}simpleContent/{XS}extension")
        return None if extension is None else extension.get("base")

    def keeps_space(self, type_name):
        """Only xs:string preserves white space; ours has no such facet."""
        while not type_name.startswith("xs:"):
            declared = self.types[type_name]
            type_name = declared.find(XS + "restriction").get("base")
        return type_name == "xs:string"


def lexical(schema, type_name, text):
    text = text or ""
    if schema.keeps_space(type_name):
        return text
    for space in "\t\n\r":
        text = text.replace(space, " ")
    return " ".join(word for word in text.split(" ") if word)


def value_of(schema, type_name, element):
    attributes = schema.attributes(type_name)
    content = schema.content(type_name)
    if content is not None and not attributes:
        return lexical(schema, content, element.text)

    made = {name: lexical(schema, attributes[name], element.get(name))
            for name in attributes if element.get(name) is not None}
    if content is not None:
        key = "amt" if "Ccy" in attributes else "val"
        made[key] = lexical(schema, content, element.text)
        return made

    children = schema.children(type_name)
    for child in element:
        name = child.tag[len(GRN):]
        child_type, repeats = children[name]
        value = value_of(schema, child_type, child)
        if repeats:
            made.setdefault(name, []).append(value)
        else:
            made[name] = value
    return made


def in_utf16_order(value):
    if isinstance(value, list):
        return [in_utf16_order(item) for item in value]
    if isinstance(value, dict):
        return {key: in_utf16_order(value[key]) for key in
                sorted(value, key=lambda text: text.encode("utf-16-be"))}
    return value


def canonical(schema, block):
    for signature in block.findall(GRN + "Sgntr"):
        block.remove(signature)
    made = value_of(schema, schema.roots["GrnFin"], block)
    return json.dumps(in_utf16_order(made), ensure_ascii=False,
                      separators=(",", ":")).encode("utf-8")


def main():
    schema = Schema((ROOT / "schemas" / "egret.grn.1.xsd").resolve())
    sources = sorted(VECTORS.glob("*.xml"))
    sources += sorted((ROOT / "t" / "data" / "good").glob("green-*.xml"))
    for source in sources:
        block = next(ElementTree.parse(source).getroot().iter(GRN + "GrnFin"))
        text = canonical(schema, block)
        (VECTORS / f"{source.stem}.json").write_bytes(text + b"\n")
        digest = hashlib.sha256(text).hexdigest()
        (VECTORS / f"{source.stem}.hex").write_text(digest + "\n")


if __name__ == "__main__":
    main()
