"""A notice as .txt → its lines, each with the numeral that a word processor shall print by itself."""

import re

DIGITS = "〇一二三四五六七八九"
# The levels of a notice, outermost first: what stands in front of the number, what behind it, whether it is Chinese.
LEVELS = [
    ("", "、", True),
    ("（", "）", True),
    ("(", ")", True),
    ("反馈问题", "：", True),
    ("", ".", False),
    ("", "、", False),
    ("（", "）", False),
]
HEADINGS = 4


def chinese(number):
    """Returns a number up to 99 as it is counted: 十, 二十四."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones or not tens else "")


def numeral(level, number):
    """Returns the numeral as printed."""
    before, behind, is_chinese = LEVELS[level]
    return before + (chinese(number) if is_chinese else str(number)) + behind


def split(line):
    """Returns the level, number and text of a line; level and number are None for one without a numeral."""
    for level in range(len(LEVELS)):
        for number in range(1, 100):
            printed = numeral(level, number)
            if line.startswith(printed) and len(line) > len(printed):
                return level, number, line[len(printed) :]
    return None, None, line


def blocks(text, joined=False):
    """Returns the blocks of a text: ("table", rows) or ("line", level, number, text).

    With `joined`, lines that a soft break has cut are put together: one of 30 characters or more that ends without a stop.
    """
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        if "\t" in line:
            row = line.split("\t")
            if found and found[-1][0] == "table":
                found[-1][1].append(row)
            else:
                found.append(("table", [row]))
            continue
        if joined and found and found[-1][0] == "line":
            last = found[-1]
            if len(last[3]) >= 30 and not re.search(r"[。：；）]$", last[3]) and split(line)[0] is None:
                found[-1] = (*last[:3], last[3] + line)
                continue
        found.append(("line", *split(line)))
    return found


def starts(found):
    """Yields for each numbered block whether its number follows by itself from those in front of it.

    A number starts again behind one of an outer level.
    """
    counters = {}
    for block in found:
        if block[0] == "table" or block[1] is None:
            yield True
            continue
        level, number = block[1], block[2]
        follows = counters.get(level, 0) + 1 == number
        counters[level] = number
        for inner in [key for key in counters if key > level]:
            del counters[inner]
        yield follows
