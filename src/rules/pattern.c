/* SPDX-License-Identifier: Apache-2.0 */
#include "rules/pattern.h"

#include <ctype.h>
#include <string.h>

/* A place in the subject, or why there is none. */
#define NOWHERE (SIZE_MAX)
#define STOPPED (SIZE_MAX - 1) /* a fault, or spent */

static size_t match_at(egret_pattern_t *search, size_t s, size_t p);

static size_t
stop(egret_pattern_t *search, const char *fault)
{
    if (search->fault == NULL) {
        search->fault = fault;
    }

    return STOPPED;
}


static bool
step(egret_pattern_t *search)
{
    return ++search->steps <= search->maximum;
}


static unsigned char
subject_at(const egret_pattern_t *search, size_t s)
{
    return s < search->subject.length
           ? (unsigned char) search->subject.at[s] : '\0';
}


static char
pattern_at(const egret_pattern_t *search, size_t p)
{
    return p < search->pattern.length ? search->pattern.at[p] : '\0';
}


/* After the set that opens at `p`. */
static size_t
set_end(egret_pattern_t *search, size_t p)
{
    size_t length = search->pattern.length;

    p++;
    if (pattern_at(search, p) == '^') {
        p++;
    }
    /* A "]" that comes first is one of the set. */
    for (bool is_first = true;; is_first = false) {
        if (p >= length) {
            return stop(search, "malformed pattern (missing \"]\")");
        }
        if (search->pattern.at[p] == ']' && !is_first) {
            return p + 1;
        }
        p += search->pattern.at[p] == '%' ? 2 : 1;
    }
}


/* After the one item (character, class or set) that starts at `p`. */
static size_t
item_end(egret_pattern_t *search, size_t p)
{
    char first = search->pattern.at[p];

    if (first == '%') {
        if (p + 1 >= search->pattern.length) {
            return stop(search, "malformed pattern (ends with \"%\")");
        }
        return p + 2;
    }

    return first == '[' ? set_end(search, p) : p + 1;
}


static bool
is_ascii(int c, int (*test)(int))
{
    return c < 0x80 && test(c) != 0;
}


static bool
is_of_class(unsigned char c, char class_letter)
{
    bool is_in;

    switch (tolower((unsigned char) class_letter)) {
    case 'a': is_in = is_ascii(c, isalpha); break;
    case 'c': is_in = is_ascii(c, iscntrl); break;
    case 'd': is_in = is_ascii(c, isdigit); break;
    case 'g': is_in = is_ascii(c, isgraph); break;
    case 'l': is_in = is_ascii(c, islower); break;
    case 'p': is_in = is_ascii(c, ispunct); break;
    case 's': is_in = is_ascii(c, isspace); break;
    case 'u': is_in = is_ascii(c, isupper); break;
    case 'w': is_in = is_ascii(c, isalnum); break;
    case 'x': is_in = is_ascii(c, isxdigit); break;
    case 'z': is_in = c == 0; break;
    default: return (unsigned char) class_letter == c;
    }

    return isupper((unsigned char) class_letter) ? !is_in : is_in;
}


/* `p` at the "[", `end` after the "]". */
static bool
is_of_set(egret_pattern_t *search, unsigned char c, size_t p, size_t end)
{
    bool is_in = true;
    size_t last = end - 1;

    p++;
    if (pattern_at(search, p) == '^') {
        is_in = false;
        p++;
    }
    while (p < last) {
        unsigned char low = (unsigned char) search->pattern.at[p];

        search->steps++;
        if (low == '%' && p + 1 < last) {
            if (is_of_class(c, search->pattern.at[p + 1])) {
                return is_in;
            }
            p += 2;
        } else if (pattern_at(search, p + 1) == '-' && p + 2 < last) {
            if (low <= c && c <= (unsigned char) search->pattern.at[p + 2]) {
                return is_in;
            }
            p += 3;
        } else if (low == c) {
            return is_in;
        } else {
            p++;
        }
    }

    return !is_in;
}


/* Whether the item at [p, end) takes the character at `s`. */
static bool
takes(egret_pattern_t *search, size_t s, size_t p, size_t end)
{
    unsigned char c;

    if (s >= search->subject.length) {
        return false;
    }
    c = subject_at(search, s);

    switch (search->pattern.at[p]) {
    case '.':
        return true;
    case '%':
        return is_of_class(c, search->pattern.at[p + 1]);
    case '[':
        return is_of_set(search, c, p, end);
    default:
        return (unsigned char) search->pattern.at[p] == c;
    }
}


/* item* and, from one taken, item+: as many as there are, then fewer. */
static size_t
match_most(egret_pattern_t *search, size_t s, size_t p, size_t end,
           size_t least)
{
    size_t count = 0;

    while (takes(search, s + count, p, end)) {
        count++;
        if (!step(search)) {
            return STOPPED;
        }
    }
    for (;;) {
        size_t found;

        if (count < least) {
            return NOWHERE;
        }
        found = match_at(search, s + count, end + 1);
        if (found != NOWHERE || count == 0) {
            return found;
        }
        count--;
    }
}


/* item-: as few as will do. */
static size_t
match_fewest(egret_pattern_t *search, size_t s, size_t p, size_t end)
{
    for (;;) {
        size_t found = match_at(search, s, end + 1);

        if (found != NOWHERE) {
            return found;
        }
        if (!takes(search, s, p, end)) {
            return NOWHERE;
        }
        s++;
    }
}


static size_t
open_capture(egret_pattern_t *search, size_t s, size_t p)
{
    egret_capture_t *capture;
    bool is_position = pattern_at(search, p + 1) == ')';
    size_t found;

    if (search->capture_count == EGRET_PATTERN_CAPTURES) {
        return stop(search, "too many captures in a pattern");
    }
    capture = &search->captures[search->capture_count++];
    capture->from = s;
    capture->length = is_position ? EGRET_CAPTURE_POSITION
                                  : EGRET_CAPTURE_OPEN;

    found = match_at(search, s, p + (is_position ? 2 : 1));
    if (found == NOWHERE) {
        search->capture_count--;
    }

    return found;
}


static size_t
close_capture(egret_pattern_t *search, size_t s, size_t p)
{
    size_t i = search->capture_count;
    size_t found;

    while (i > 0 && search->captures[i - 1].length != EGRET_CAPTURE_OPEN) {
        i--;
    }
    if (i == 0) {
        return stop(search, "malformed pattern (\")\" without \"(\")");
    }

    search->captures[i - 1].length = s - search->captures[i - 1].from;
    found = match_at(search, s, p + 1);
    if (found == NOWHERE) {
        search->captures[i - 1].length = EGRET_CAPTURE_OPEN;
    }

    return found;
}


/* %bxy: after the y that balances the x at `s`. */
static size_t
match_balance(egret_pattern_t *search, size_t s, size_t p)
{
    size_t depth = 1;
    unsigned char opens;
    unsigned char closes;

    if (p + 3 >= search->pattern.length) {
        return stop(search, "malformed pattern (\"%b\" needs two characters)");
    }
    opens = (unsigned char) search->pattern.at[p + 2];
    closes = (unsigned char) search->pattern.at[p + 3];
    if (s >= search->subject.length || subject_at(search, s) != opens) {
        return NOWHERE;
    }

    while (++s < search->subject.length) {
        if (!step(search)) {
            return STOPPED;
        }
        if (subject_at(search, s) == closes) {
            if (--depth == 0) {
                return match_at(search, s + 1, p + 4);
            }
        } else if (subject_at(search, s) == opens) {
            depth++;
        }
    }

    return NOWHERE;
}


/* %f[set]: between a character that is not in the set and one that is. */
static size_t
match_frontier(egret_pattern_t *search, size_t s, size_t p)
{
    size_t end;

    if (pattern_at(search, p + 2) != '[') {
        return stop(search, "malformed pattern (\"%f\" needs a set)");
    }
    end = set_end(search, p + 2);
    if (end == STOPPED) {
        return STOPPED;
    }
    if (is_of_set(search, s == 0 ? 0 : subject_at(search, s - 1), p + 2, end)
        || !is_of_set(search, subject_at(search, s), p + 2, end))
    {
        return NOWHERE;
    }

    return match_at(search, s, end);
}


/* %1: the same text again. */
static size_t
match_repetition(egret_pattern_t *search, size_t s, size_t p)
{
    size_t index = (size_t) (search->pattern.at[p + 1] - '1');
    const egret_capture_t *capture;

    if (index >= search->capture_count
        || search->captures[index].length >= EGRET_CAPTURE_POSITION)
    {
        return stop(search, "invalid capture index in a pattern");
    }
    capture = &search->captures[index];
    search->steps += capture->length / 16;
    if (capture->length > search->subject.length - s
        || memcmp(&search->subject.at[capture->from], &search->subject.at[s],
                  capture->length) != 0)
    {
        return NOWHERE;
    }

    return match_at(search, s + capture->length, p + 2);
}


static size_t
match_item(egret_pattern_t *search, size_t s, size_t p)
{
    size_t end = item_end(search, p);
    size_t found;

    if (end == STOPPED) {
        return STOPPED;
    }

    switch (pattern_at(search, end)) {
    case '*':
        return match_most(search, s, p, end, 0);
    case '+':
        return match_most(search, s, p, end, 1);
    case '-':
        return match_fewest(search, s, p, end);
    case '?':
        if (takes(search, s, p, end)) {
            found = match_at(search, s + 1, end + 1);
            if (found != NOWHERE) {
                return found;
            }
        }
        return match_at(search, s, end + 1);
    default:
        break;
    }

    return takes(search, s, p, end) ? match_at(search, s + 1, end) : NOWHERE;
}


/* Takes plain items one after the other without going deeper: most patterns
 * are long rows of them. Moves both places on. */
static void
take_plain(egret_pattern_t *search, size_t *s, size_t *p)
{
    while (*p < search->pattern.length
           && memchr("()%$.[", search->pattern.at[*p], 6) == NULL
           && memchr("*+-?", pattern_at(search, *p + 1), 4) == NULL
           && *s < search->subject.length
           && search->pattern.at[*p] == search->subject.at[*s])
    {
        search->steps++;
        (*s)++;
        (*p)++;
    }
}


static size_t
match_rest(egret_pattern_t *search, size_t s, size_t p)
{
    if (p >= search->pattern.length) {
        return s;
    }

    switch (search->pattern.at[p]) {
    case '(':
        return open_capture(search, s, p);
    case ')':
        return close_capture(search, s, p);
    case '$':
        if (p + 1 == search->pattern.length) {
            return s == search->subject.length ? s : NOWHERE;
        }
        break;
    case '%':
        if (pattern_at(search, p + 1) == 'b') {
            return match_balance(search, s, p);
        }
        if (pattern_at(search, p + 1) == 'f') {
            return match_frontier(search, s, p);
        }
        if (pattern_at(search, p + 1) >= '1'
            && pattern_at(search, p + 1) <= '9')
        {
            return match_repetition(search, s, p);
        }
        break;
    default:
        break;
    }

    return match_item(search, s, p);
}


static size_t
match_at(egret_pattern_t *search, size_t s, size_t p)
{
    size_t found;

    if (!step(search)) {
        return STOPPED;
    }
    if (search->depth == EGRET_PATTERN_DEPTH) {
        return stop(search, "pattern too complex");
    }

    take_plain(search, &s, &p);
    search->depth++;
    found = match_rest(search, s, p);
    search->depth--;

    return found;
}


static bool
has_open_capture(const egret_pattern_t *search)
{
    for (size_t i = 0; i < search->capture_count; i++) {
        if (search->captures[i].length == EGRET_CAPTURE_OPEN) {
            return true;
        }
    }

    return false;
}


egret_pattern_result_t
egret_pattern_match(egret_pattern_t *search, size_t at, size_t *end)
{
    size_t found;

    search->fault = NULL;
    search->depth = 0;
    search->capture_count = 0;

    found = match_at(search, at, 0);
    if (found == NOWHERE) {
        return EGRET_PATTERN_ABSENT;
    }
    if (found != STOPPED && has_open_capture(search)) {
        search->fault = "malformed pattern (a capture is not closed)";
        found = STOPPED;
    }
    if (found == STOPPED) {
        return search->fault == NULL ? EGRET_PATTERN_SPENT
                                     : EGRET_PATTERN_FAULT;
    }
    *end = found;

    return EGRET_PATTERN_FOUND;
}
