"""Letters as files: PDF written by hand, Word by python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx

SURAT = """SURAT EDARAN
NOMOR 800.1.5/123/BKPSDM/2026
TENTANG
PENYESUAIAN SISTEM KERJA PEGAWAI

1. WFH dilaksanakan paling banyak 50% (lima puluh persen) dari jumlah pegawai di setiap perangkat daerah.
2. Pejabat pimpinan tinggi pratama dan administrator tetap bekerja di kantor.
3. Penggunaan BBM kendaraan dinas dikurangi 30%.
Surat Edaran ini berlaku mulai tanggal 3 Agustus 2026 sampai dengan 14 Agustus 2026.
"""


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF whose pages hold lines of Latin letters; a page without lines holds nothing, as a scan does."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * k} 0 R" for k in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for k, lines in enumerate(pages):
        shown = " ".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*" for line in lines)
        stream = f"BT /F1 10 Tf 14 TL 50 800 Td {shown} ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842] /Contents {5 + 2 * k} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252"))
    start = out.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def word(paragraphs: Sequence[str], table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word document of paragraphs and a table."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        rows = document.add_table(rows=len(table), cols=len(table[0])).rows
        for row, cells in zip(rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bomb() -> bytes:
    """A Word document of which a part unpacks to a hundred megabytes and one."""
    out = io.BytesIO(word(["WFO paling banyak 50%."]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/huge.bin", bytes(101_000_000))
    return out.getvalue()
