"""Makes .docx files of notices with python-docx, numbered automatically: python3 word.py FOLDER-OF-TEXTS NAME…

Needs python-docx 1.2; reads NAME.txt and writes NAME.docx and NAME.docx.txt. What is put into a document besides is in EXTRAS.
"""

import io
import struct
import sys
import zlib
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from notice import LEVELS, blocks, starts

MAIN = nsdecls("w")
BY = 'w:author="审核" w:date="2025-09-01T09:00:00Z"'
# Words of the text: what is done there. `footnote` stands behind them, `deleted` and `hidden` too and are not seen;
# `inserted` marks the words themselves; `picture` stands behind the line that begins with them.
EXTRAS = {
    "linye": {
        "format": "chineseCountingThousand",
        "inserted": ["退回重填14份"],
        "deleted": {"细化措施37条": "，力争全部完成"},
        "comment": {"误差由12.4%降到2.1%": "请防治站核对口径"},
        "hidden": {"插花山、飞地林": "（内部掌握名单）"},
        "footnote": {"每月抽查记录60份": "自2025年6月起，不含国有林场。"},
    },
    "minzheng": {
        "format": "japaneseCounting",
        "styles": True,
        "picture": {"2.补办手续": "复绿后的公墓东坡"},
        "footnote": {"4∶1": "失能老人数以评估结论为准。", "追回4.12万元": "截至2025年8月31日。"},
    },
    "haiwan": {"format": "chineseCounting", "picture": {"三、后续工作": "马蹄湾三级净化池"}},
    "shichang": {
        "format": "taiwaneseCountingThousand",
        "inserted": ["复查合格41台"],
        "deleted": {"立案11起": "（含简易程序3起）"},
        "comment": {"抽检合格率98.7%": "与年报一致"},
        "hidden": {"实行红黄绿三色管理": "，名单另附"},
    },
    "caizheng": {"format": "chineseCountingThousand"},
    "zhoushan-2025": {"format": "chineseCountingThousand"},
}


def png(width=320, height=120):
    """Returns a picture of one colour."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x5a\x8f\x6b" * width) * height
    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Maker:
    """One document."""

    def __init__(self, extras):
        self.document = Document()
        self.extras = extras
        self.notes = []
        self.ids = 100
        self.order = []
        self.numbering = self.document.part.numbering_part.element

    def number(self, found):
        """Writes the definition of the levels that the text has; each is a level of one list, outermost first."""
        self.order = sorted({block[1] for block in found if block[0] == "line" and block[1] is not None})
        levels = ""
        for depth, level in enumerate(self.order):
            before, behind, is_chinese = LEVELS[level]
            kind = self.extras["format"] if is_chinese else "decimal"
            style = f'<w:pStyle w:val="Gongwen{depth}"/>' if self.extras.get("styles") else ""
            levels += (
                f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{style}<w:suff w:val="nothing"/>'
                f'<w:lvlText w:val="{before}%{depth + 1}{behind}"/><w:lvlJc w:val="left"/></w:lvl>'
            )
        for old in list(self.numbering):
            self.numbering.remove(old)
        self.numbering.append(
            parse_xml(f'<w:abstractNum {MAIN} w:abstractNumId="7"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>')
        )
        self.numbering.append(parse_xml(f'<w:num {MAIN} w:numId="1"><w:abstractNumId w:val="7"/></w:num>'))
        if self.extras.get("styles"):
            for depth in range(len(self.order)):
                self.document.styles.element.append(
                    parse_xml(
                        f'<w:style {MAIN} w:type="paragraph" w:customStyle="1" w:styleId="Gongwen{depth}">'
                        f'<w:name w:val="公文{depth + 1}级"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr>'
                        f'<w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
                    )
                )

    def numbered(self, paragraph, level, number, follows):
        """Gives a paragraph its number; one that does not follow by itself starts a list of its own."""
        depth = self.order.index(level)
        properties = paragraph._p.get_or_add_pPr()
        list_id = 1
        if not follows:
            self.ids += 1
            list_id = self.ids
            self.numbering.append(
                parse_xml(
                    f'<w:num {MAIN} w:numId="{list_id}"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="{depth}">'
                    f'<w:startOverride w:val="{number}"/></w:lvlOverride></w:num>'
                )
            )
        if self.extras.get("styles"):
            properties.append(parse_xml(f'<w:pStyle {MAIN} w:val="Gongwen{depth}"/>'))
            if follows:
                return
        properties.append(parse_xml(f'<w:numPr {MAIN}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'))

    def write(self, paragraph, text):
        """Writes a text, with what EXTRAS has for its words."""
        place = 0
        for start, words, kind, more in sorted(self.places(text)):
            if kind != "inserted":
                paragraph.add_run(text[place : start + len(words)])
            else:
                paragraph.add_run(text[place:start])
            place = start + len(words)
            self.ids += 1
            getattr(self, kind)(paragraph, words, more)
        paragraph.add_run(text[place:])

    def places(self, text):
        for kind in ("inserted", "deleted", "comment", "hidden", "footnote"):
            entries = self.extras.get(kind, {})
            for words in entries:
                if words in text:
                    yield text.index(words), words, kind, entries[words] if isinstance(entries, dict) else ""

    def inserted(self, paragraph, words, _):
        run = paragraph.add_run(words)._r
        mark = parse_xml(f'<w:ins {MAIN} w:id="{self.ids}" {BY}/>')
        run.addprevious(mark)
        mark.append(run)

    def deleted(self, paragraph, _, more):
        mark = f'<w:del {MAIN} w:id="{self.ids}" {BY}><w:r><w:delText>{more}</w:delText></w:r></w:del>'
        paragraph._p.append(parse_xml(mark))

    def comment(self, paragraph, _, more):
        self.document.add_comment(paragraph.runs[-1], text=more, author="审核", initials="审")

    def hidden(self, paragraph, _, more):
        paragraph.add_run(more).font.hidden = True

    def footnote(self, paragraph, _, more):
        self.notes.append(more)
        reference = f'<w:r {MAIN}><w:footnoteReference w:id="{len(self.notes) + 1}"/></w:r>'
        paragraph._p.append(parse_xml(reference))

    def footnotes(self):
        """Writes the part that holds the footnotes."""
        if not self.notes:
            return
        notes = "".join(
            f'<w:footnote w:id="{index + 2}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {note}</w:t></w:r>'
            "</w:p></w:footnote>"
            for index, note in enumerate(self.notes)
        )
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{index}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for index, kind in enumerate(("separator", "continuationSeparator"))
        )
        part = Part(
            PackURI("/word/footnotes.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
            f"<w:footnotes {MAIN}>{lines}{notes}</w:footnotes>".encode(),
            self.document.part.package,
        )
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        self.document.part.relate_to(part, kind)

    def table(self, rows):
        table = self.document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for cells, row in zip(table.rows, rows):
            for cell, text in zip(cells.cells, row):
                self.write(cell.paragraphs[0], text)
            if len(row) < len(rows[0]):
                cells.cells[len(row) - 1].merge(cells.cells[-1])

    def picture(self, words):
        run = self.document.add_paragraph().add_run()
        shape = run.add_picture(io.BytesIO(png()))
        shape._inline.docPr.set("descr", words)

    def make(self, found):
        """Writes the blocks of the text."""
        self.number(found)
        for index, (block, follows) in enumerate(zip(found, starts(found))):
            if block[0] == "table":
                self.table(block[1])
                continue
            _, level, number, text = block
            paragraph = self.document.add_paragraph()
            if level is not None:
                self.numbered(paragraph, level, number, follows)
            elif index < 2 and "。" not in text:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif index >= len(found) - 3 and "。" not in text:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self.write(paragraph, text)
            for start, words in self.extras.get("picture", {}).items():
                if text.startswith(start.split("、")[-1].split(".")[-1]):
                    self.picture(words)
        self.footnotes()


def seen(text, notes):
    """Returns what people see of the document: the text, with the marks of footnotes, and these behind their line or table.

    A row that is shorter than the head ends in a cell across the others: its tabs are added.
    """
    for index, (words, _) in enumerate(notes, 1):
        text = text.replace(words, f"{words}[{index}]", 1)
    lines, width, waiting = [], 0, []
    for line in text.splitlines():
        if "\t" not in line:
            lines += waiting
            waiting = []
        width = (width or line.count("\t")) if "\t" in line else 0
        lines.append(line + "\t" * (width - line.count("\t")))
        waiting += [f"[{index}] {note}" for index, (_, note) in enumerate(notes, 1) if f"[{index}]" in line]
        if "\t" not in line:
            lines += waiting
            waiting = []
    return "\n".join(lines + waiting) + "\n"


def main(folder, target, names):
    for name in names:
        text = (Path(folder) / f"{name}.txt").read_text(encoding="utf-8")
        extras = EXTRAS[name]
        maker = Maker(extras)
        maker.make(blocks(text))
        maker.document.save(str(Path(target) / f"{name}.docx"))
        notes = sorted(extras.get("footnote", {}).items(), key=lambda note: text.index(note[0]))
        for words in [word for kind in extras.values() if isinstance(kind, (dict, list)) for word in kind]:
            assert text.count(words) == 1, words
        (Path(target) / f"{name}.docx.txt").write_text(seen(text, notes), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
