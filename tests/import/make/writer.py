"""Makes .docx files of notices with LibreOffice, numbered automatically: python3 writer.py FOLDER-OF-TEXTS TARGET NAME…

Needs soffice; writes an OpenDocument text (.fodt) of NAME.txt, and has it converted to NAME.docx; also writes NAME.docx.txt.
What is put into a document besides is in EXTRAS.
"""

import base64
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from notice import LEVELS, blocks, starts
from word import png, seen

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
CHANGE = "<office:change-info><dc:creator>审核</dc:creator><dc:date>2025-07-01T10:00:00</dc:date></office:change-info>"
EXTRAS = {
    "zhujian": {
        "joined": True,
        "inserted": ["超标自动喷淋"],
        "deleted": {"罚款34.5万元": "（个案另行通报）"},
        "comment": {"覆盖率由38%升至91%": "数据由行业党委提供"},
        "hidden": {"清出转租、闲置房源217套": "（名单不公开）"},
    },
    "shuiku": {"footnote": {"214.60": "含2022年度结转87.4万元。", "就业率71.3%": "以结业后三个月签订合同为准。"}},
    "dangxiao": {"picture": {"三、在“内部治理”方面": "教师驻点调研分布图"}},
    "daxue": {
        "inserted": ["新增助学岗位320个"],
        "deleted": {"处理3人": "，均已执行"},
        "comment": {"回收结余经费": "财务处复核"},
        "hidden": {"签订责任书": "（存档备查）"},
        "footnote": {"生均经费": "按年末在校生折算。"},
    },
}


class Maker:
    """One document."""

    def __init__(self, extras):
        self.extras = extras
        self.changes = ""
        self.ids = 0
        self.notes = 0

    def write(self, text):
        """Returns a text with what EXTRAS has for its words."""
        found = []
        for kind in ("inserted", "deleted", "comment", "hidden", "footnote"):
            entries = self.extras.get(kind, {})
            for words in entries:
                if words in text:
                    found.append((text.index(words), words, kind, entries[words] if isinstance(entries, dict) else ""))
        place, written = 0, ""
        for start, words, kind, more in sorted(found):
            written += escape(text[place:start])
            place = start + len(words)
            self.ids += 1
            written += getattr(self, kind)(escape(words), escape(more))
        return written + escape(text[place:])

    def change(self, kind, content=""):
        self.changes += f'<text:changed-region text:id="c{self.ids}"><text:{kind}>{CHANGE}{content}</text:{kind}></text:changed-region>'

    def inserted(self, words, _):
        self.change("insertion")
        mark = f'text:change-id="c{self.ids}"'
        return f"<text:change-start {mark}/>{words}<text:change-end {mark}/>"

    def deleted(self, words, more):
        self.change("deletion", f"<text:p>{more}</text:p>")
        return f'{words}<text:change text:change-id="c{self.ids}"/>'

    def comment(self, words, more):
        head = "<dc:creator>审核</dc:creator><dc:date>2025-07-01T10:00:00</dc:date>"
        return f"{words}<office:annotation>{head}<text:p>{more}</text:p></office:annotation>"

    def hidden(self, words, more):
        return f'{words}<text:span text:style-name="Hidden">{more}</text:span>'

    def footnote(self, words, more):
        self.notes += 1
        return (
            f'{words}<text:note text:id="n{self.notes}" text:note-class="footnote"><text:note-citation>{self.notes}'
            f"</text:note-citation><text:note-body><text:p>{more}</text:p></text:note-body></text:note>"
        )

    def table(self, rows):
        cells = "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{self.write(cell)}</text:p></table:table-cell>" for cell in row)
            + "</table:table-row>"
            for row in rows
        )
        return f'<table:table><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{cells}</table:table>'

    def picture(self, words):
        data = base64.b64encode(png()).decode()
        return (
            '<text:p><draw:frame svg:width="8cm" svg:height="3cm" text:anchor-type="as-char"><draw:image><office:binary-data>'
            f"{data}</office:binary-data></draw:image><svg:desc>{words}</svg:desc></draw:frame></text:p>"
        )

    def make(self, found):
        """Returns the document."""
        order = sorted({block[1] for block in found if block[0] == "line" and block[1] is not None})
        body = ""
        for index, (block, follows) in enumerate(zip(found, starts(found))):
            if block[0] == "table":
                body += self.table(block[1])
                continue
            _, level, number, text = block
            if level is None:
                is_short = "。" not in text
                style = "Title" if index < 1 else "Right" if is_short and index >= len(found) - 2 else "Standard"
                body += f'<text:p text:style-name="{style}">{self.write(text)}</text:p>'
            else:
                depth = order.index(level)
                start = "" if follows else f' text:start-value="{number}"'
                item = f"<text:list-item{start}><text:p>{self.write(text)}</text:p></text:list-item>"
                for _ in range(depth):
                    item = f"<text:list-item><text:list>{item}</text:list></text:list-item>"
                body += f'<text:list text:style-name="L" text:continue-numbering="true">{item}</text:list>'
            for words, alternative in self.extras.get("picture", {}).items():
                if level is not None and words.endswith(text):
                    body += self.picture(alternative)
        levels = ""
        for depth, level in enumerate(order, 1):
            before, behind, is_chinese = LEVELS[level]
            kind = "一, 二, 三, ..." if is_chinese else "1"
            levels += (
                f'<text:list-level-style-number text:level="{depth}" style:num-prefix="{before}" style:num-suffix="{behind}" '
                f'style:num-format="{kind}"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
                '<style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties>'
                "</text:list-level-style-number>"
            )
        styles = (
            '<style:style style:name="Standard" style:family="paragraph"/>'
            '<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
            '<style:style style:name="Right" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>'
            '<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>'
        )
        tracked = f"<text:tracked-changes>{self.changes}</text:tracked-changes>" if self.changes else ""
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {SPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f'<office:styles>{styles}</office:styles><office:automatic-styles><text:list-style style:name="L">{levels}</text:list-style>'
            f"</office:automatic-styles><office:body><office:text>{tracked}{body}</office:text></office:body></office:document>"
        )


def main(folder, target, names):
    for name in names:
        text = (Path(folder) / f"{name}.txt").read_text(encoding="utf-8")
        extras = EXTRAS[name]
        found = blocks(text, extras.get("joined", False))
        for words in [word for kind in extras.values() if isinstance(kind, (dict, list)) for word in kind]:
            assert text.count(words) == 1, words
        with tempfile.TemporaryDirectory() as place:
            source = Path(place) / f"{name}.fodt"
            source.write_text(Maker(extras).make(found), encoding="utf-8")
            command = ["soffice", "--headless", "--convert-to", "docx", "--outdir", target, str(source)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        notes = sorted(extras.get("footnote", {}).items(), key=lambda note: text.index(note[0]))
        if extras.get("joined"):
            text = "".join(plain(block) for block in found)
        (Path(target) / f"{name}.docx.txt").write_text(seen(text, notes), encoding="utf-8")


def plain(block):
    """Returns a block as text."""
    from notice import numeral

    if block[0] == "table":
        return "".join("\t".join(row) + "\n" for row in block[1])
    return ("" if block[1] is None else numeral(block[1], block[2])) + block[3] + "\n"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
