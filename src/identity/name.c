/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/name.h"

#define NAME_LENGTH 253
#define LABEL_LENGTH 63


static bool
is_label_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
           || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}


static const char *
byte_fault(char byte)
{
    if (byte == '\0') {
        return "a dNSName with NUL";
    }
    if (byte == '*') {
        return "a dNSName with a wildcard";
    }
    if ((unsigned char) byte > 0x7e) {
        return "a dNSName with a character that is not ASCII";
    }
    return "a dNSName with a character that no host name has";
}


const char *
egret_name_dns_fault(egret_span_t name)
{
    size_t label = 0;

    for (size_t i = 0; i < name.length; i++) {
        if (name.at[i] != '.') {
            if (!is_label_byte(name.at[i])) {
                return byte_fault(name.at[i]);
            }
            label++;
            continue;
        }
        if (label == 0) {
            return "a dNSName with an empty label";
        }
        if (label > LABEL_LENGTH) {
            return "a dNSName with a label of more than 63 characters";
        }
        label = 0;
    }

    if (name.length == 0) {
        return "an empty dNSName";
    }
    if (label == 0) {
        return "a dNSName with a trailing dot";
    }
    if (label > LABEL_LENGTH) {
        return "a dNSName with a label of more than 63 characters";
    }
    if (name.length > NAME_LENGTH) {
        return "a dNSName of more than 253 characters";
    }
    return NULL;
}


const char *
egret_name_uri_fault(egret_span_t name)
{
    if (name.length == 0) {
        return "an empty URI";
    }
    for (size_t i = 0; i < name.length; i++) {
        unsigned char byte = (unsigned char) name.at[i];

        if (byte == '\0') {
            return "a URI with NUL";
        }
        if (byte > 0x7e) {
            return "a URI with a character that is not ASCII";
        }
        if (byte <= 0x20) {
            return "a URI with white space or a control character";
        }
    }
    return NULL;
}
