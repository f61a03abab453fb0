"""PDFs made to hurt, by name."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.faults.hostile.raw_pdf import GOOD, objects, of, says, stream, written
from tests.faults.variant import LONG

BOMB = 1 << (30 if LONG else 27)
MANY = 1_000_000 if LONG else 60_000
DEEP = 100_000 if LONG else 20_000


def bomb(layers: int = 1, size: int = BOMB) -> bytes:
    """Blanks packed a thousandfold, `layers` times."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    data = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return data


def packed(data: bytes, filters: bytes) -> bytes:
    return b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(data), filters, data)


def laughs(depth: int = 24, each: int = 8) -> dict[int, bytes]:
    """Forms that each do the next one several times."""
    forms = {}
    for number in range(depth):
        deeper = b"/Resources<</XObject<</X %d 0 R>>>>" % (21 + number)
        forms[20 + number] = stream(b"/X Do " * each, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + deeper)
    return forms | {20 + depth: stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")}


def form(number: int, content: bytes, names: bytes) -> dict[int, bytes]:
    return {number: stream(content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%s>>>>" % names)}


def image(entries: bytes, data: bytes = b"\0" * 100) -> bytes:
    return of(
        b"q 500 0 0 500 0 0 cm /I Do Q",
        {9: stream(data, b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8" + entries)},
        resources=b"/XObject<</I 9 0 R>>",
    )


def font(entries: bytes, **more: bytes) -> bytes:
    """The page's font is another one, with objects of its own from 9 on."""
    numbered = {int(name[1:]): content for name, content in more.items()}
    return of(b"", {5: b"<</Type/Font%s>>" % entries, **numbered})


def truetype(data: bytes) -> bytes:
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 32/FontBBox[0 0 9 9]/FontFile2 10 0 R>>"
    return font(b"/Subtype/TrueType/BaseFont/X/FontDescriptor 9 0 R/FirstChar 0/LastChar 255", o9=descriptor, o10=stream(data))


def to_unicode(cmap: bytes) -> bytes:
    return font(b"/Subtype/Type1/BaseFont/Helvetica/ToUnicode 9 0 R", o9=stream(cmap, packed=True))


def encrypted(user: str, owner: str) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(user, owner))
    canvas.drawString(72, 700, GOOD)
    canvas.save()
    return buffer.getvalue()


def deep_tree(depth: int) -> bytes:
    found = objects()
    found[2] = b"<</Type/Pages/Kids[20 0 R]/Count 1>>"
    for number in range(20, 20 + depth):
        found[number] = b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (max(2, number - 1), number + 1)
    found[20 + depth] = found.pop(3)
    return written(found)


def many_objects(count: int) -> bytes:
    return written(objects() | dict.fromkeys(range(20, 20 + count), b"null"))


def outline(loop: bool, count: int = 3) -> bytes:
    items = {
        20 + n: b"<</Title(Titre %d)/Parent 9 0 R/Dest[3 0 R/Fit]/Next %d 0 R/First %d 0 R>>"
        % (n, 20 + (n + 1) % count if loop else 21 + n, 20 + (n if loop else n + 1))
        for n in range(count)
    }
    return of(b"", {9: b"<</Type/Outlines/First 20 0 R/Last 20 0 R/Count 9>>", **items}, catalog=b"/Outlines 9 0 R")


def previous(count: int) -> bytes:
    """Tables each of which names the one before; the first names the last."""
    data = bytearray(of())
    at = int(data.rpartition(b"startxref\n")[2].split()[0])
    for _ in range(count):
        here = len(data)
        data += b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (at, here)
        at = here
    return bytes(data)


def object_stream(entries: bytes, content: bytes) -> bytes:
    return of(b"", {9: stream(content, b"/Type/ObjStm" + entries)})


def table_stream(widths: bytes, index: bytes) -> bytes:
    """A file whose table is a stream that lies."""
    body = written(objects(), end=b"")
    body = body[: body.index(b"xref\n0")]
    table = stream(bytes(60), b"/Type/XRef/Size 6/Root 1 0 R/W[%s]/Index[%s]" % (widths, index))
    return body + b"9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(body))


def random_bytes(size: int) -> bytes:
    return b"%PDF-1.4\n" + Random(7).randbytes(size) + b"\n%%EOF"


Make = Callable[[], bytes]
SOUND: dict[str, Make] = {
    "javascript.pdf": lambda: of(b"", {9: b"<</S/JavaScript/JS(while\\(1\\){app.alert\\(1\\)})>>"}, catalog=b"/OpenAction 9 0 R"),
    "lance-un-programme.pdf": lambda: of(b"", {9: b"<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>"}, catalog=b"/OpenAction 9 0 R"),
    "appelle-une-adresse.pdf": lambda: of(b"", {9: b"<</S/URI/URI(http://example.invalid/)>>"}, catalog=b"/OpenAction 9 0 R"),
    "soumet-un-formulaire.pdf": lambda: of(b"", {9: b"<</S/SubmitForm/F(http://example.invalid/)>>"}, catalog=b"/AA<</WC 9 0 R>>"),
    "fichier-distant.pdf": lambda: of(b"", {4: b"<</F(http://example.invalid/x)/Length 0>>stream\n\nendstream", 6: stream(says())}, page=b"/Contents[4 0 R 6 0 R]"),
    "xfa.pdf": lambda: of(b"", {9: stream(b"<xdp:xdp><!DOCTYPE a[<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;</xdp:xdp>")}, catalog=b"/AcroForm<</XFA 9 0 R/Fields[]>>"),
    "xmp-entites.pdf": lambda: of(b"", {9: stream(b'<!DOCTYPE x[<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>', b"/Type/Metadata/Subtype/XML")}, catalog=b"/Metadata 9 0 R"),
    "fichier-joint.pdf": lambda: of(b"", {9: b"<</Names[(x.exe) 10 0 R]>>", 10: b"<</Type/Filespec/F(x.exe)/EF<</F 11 0 R>>>>", 11: stream(b"MZ" + bytes(1000), b"/Type/EmbeddedFile")}, catalog=b"/Names<</EmbeddedFiles 9 0 R>>"),
    "formes-qui-se-contiennent.pdf": lambda: of(b"/X Do", form(9, b"/X Do", b"/X 9 0 R"), resources=b"/XObject<</X 9 0 R>>"),
    "formes-en-cercle.pdf": lambda: of(b"/X Do", form(9, b"/Y Do", b"/Y 10 0 R") | form(10, b"/X Do", b"/X 9 0 R"), resources=b"/XObject<</X 9 0 R>>"),
    "arbre-en-boucle.pdf": lambda: of(b"", {2: b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>"}),
    "arbre-en-cercle.pdf": lambda: of(b"", {2: b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 9>>", 6: b"<</Type/Pages/Kids[2 0 R]/Parent 2 0 R/Count 9>>"}),
    "compte-enorme.pdf": lambda: of(b"", {2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"}),
    "compte-negatif.pdf": lambda: of(b"", {2: b"<</Type/Pages/Kids[3 0 R]/Count -5>>"}),
    "enfants-absents.pdf": lambda: of(b"", {2: b"<</Type/Pages/Kids[3 0 R 77 0 R 78 0 R]/Count 3>>"}),
    "objets-par-milliers.pdf": lambda: many_objects(MANY),
    "page-immense.pdf": lambda: of(box=b"0 0 1000000000 1000000000"),
    "page-negative.pdf": lambda: of(box=b"595 842 0 0"),
    "page-sans-taille.pdf": lambda: of(box=b""),
    "page-nulle.pdf": lambda: of(box=b"0 0 0 0"),
    "page-sans-nombre.pdf": lambda: of(box=b"/a (b) null 1e999"),
    "unite-immense.pdf": lambda: of(page=b"/UserUnit 1e9"),
    "tournee-de-travers.pdf": lambda: of(page=b"/Rotate 37"),
    "table-fausse.pdf": lambda: written(objects(), shift=13),
    "table-ailleurs.pdf": lambda: written(objects(), start=10**9),
    "table-qui-se-precede.pdf": lambda: written(objects(), b"/Prev 9"),
    "tables-par-milliers.pdf": lambda: previous(2_000),
    "sans-table.pdf": lambda: of().partition(b"xref\n")[0],
    "longueur-fausse.pdf": lambda: of(b"", {4: stream(says(), length=b"3")}),
    "longueur-immense.pdf": lambda: of(b"", {4: stream(says(), length=b"99999999999")}),
    "longueur-en-boucle.pdf": lambda: of(b"", {4: stream(says(), length=b"4 0 R")}),
    "coordonnees-infinies.pdf": lambda: of(b"BT 1e400 0 0 1e400 1e400 1e400 Tm /F 1e99 Tf (x) Tj ET"),
    "q-sans-fin.pdf": lambda: of(b"q " * DEEP),
    "Q-sans-debut.pdf": lambda: of(b"Q " * DEEP),
    "image-enorme.pdf": lambda: image(b"/Width 1000000/Height 1000000"),
    "image-negative.pdf": lambda: image(b"/Width -5/Height -5"),
    "jpeg-faux.pdf": lambda: image(b"/Width 9/Height 9/Filter/DCTDecode", b"\xff\xd8\xff" + bytes(50)),
    "jpx-faux.pdf": lambda: image(b"/Width 9/Height 9/Filter/JPXDecode", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(50)),
    "jbig2-faux.pdf": lambda: image(b"/Width 9/Height 9/Filter/JBIG2Decode", bytes(range(200))),
    "fax-immense.pdf": lambda: image(b"/Width 60000/Height 60000/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 2000000000>>"),
    "predicteur-fou.pdf": lambda: image(b"/Width 9/Height 9/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32>>", zlib.compress(bytes(99))),
    "image-en-ligne-sans-fin.pdf": lambda: of(b"BI /W 9 /H 9 ID " + bytes(5000)),
    "chaine-sans-fin.pdf": lambda: of(b"BT (" + b"x" * 200_000),
    "plan-en-boucle.pdf": lambda: outline(loop=True),
    "plan-profond.pdf": lambda: outline(loop=False, count=DEEP // 4),
    "etiquettes-en-boucle.pdf": lambda: of(b"", {9: b"<</Kids[9 0 R]/Limits[0 9]>>"}, catalog=b"/PageLabels 9 0 R"),
    "structure-en-boucle.pdf": lambda: of(b"", {9: b"<</Type/StructTreeRoot/K 9 0 R/ParentTree 9 0 R>>"}, catalog=b"/StructTreeRoot 9 0 R/MarkInfo<</Marked true>>"),
    "calques-en-boucle.pdf": lambda: of(b"/OC /L BDC EMC", {9: b"<</Type/OCMD/VE[/Not 9 0 R]/OCGs 9 0 R>>"}, resources=b"/Properties<</L 9 0 R>>"),
    "motif-en-boucle.pdf": lambda: of(b"/Pattern cs /P scn 0 0 99 99 re f", {9: stream(b"/Pattern cs /P scn 0 0 9 9 re f", b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 1/YStep 1/Resources<</Pattern<</P 9 0 R>>>>")}, resources=b"/Pattern<</P 9 0 R>>"),
    "contenus-par-milliers.pdf": lambda: of(b"", {4: b"[%s]" % (b"6 0 R " * (DEEP // 4)), 6: stream(says())}),
    "annotations-en-boucle.pdf": lambda: of(b"", {9: b"<</Type/Annot/Subtype/Popup/Parent 9 0 R/Rect[0 0 9 9]/P 3 0 R>>"}, page=b"/Annots[9 0 R 9 0 R 3 0 R]"),
    "titre-hostile.pdf": lambda: of(b"", {9: b"<</Title(<script>alert\\(1\\)</script>)/Author(=cmd|' /C calc'!A0)>>"}, b"/Info 9 0 R"),
    "titre-casse.pdf": lambda: of(b"", {9: b"<</Title<FEFFD800D83DDC00>/Creator(\xfe\xff\xd8)>>"}, b"/Info 9 0 R"),
    "objets-empaquetes-en-boucle.pdf": lambda: object_stream(b"/N 1/First 4/Extends 9 0 R", b"9 0 <<>>"),
    "objets-empaquetes-en-nombre.pdf": lambda: object_stream(b"/N 2000000000/First 4", b"9 0 <<>>"),
    "bruit-derriere.pdf": lambda: of() + Random(3).randbytes(300_000),
    "bruit-devant.pdf": lambda: b"\0" * 900 + of(),
    "deux-en-un.pdf": lambda: of() + of(),
    "sans-largeurs.pdf": lambda: font(b"/Subtype/TrueType/BaseFont/X/FirstChar 0/LastChar 9"),
    "mot-de-passe-du-proprietaire.pdf": lambda: encrypted("", "proprietaire"),
    "retour\nà la ligne.pdf": of,
    "guillemets \" ' < > & %41.pdf": of,
    "-rf.pdf": of,
    "\u202efdp.exe.pdf": of,
    "n" * 250 + ".pdf": of,
    "=cmd|' !A0.pdf": of,
}  # fmt: skip
"""Hurtful, and yet a page says `GOOD` in each: it must be found."""

BROKEN: dict[str, Make] = {
    "vide.pdf": lambda: b"",
    "un-octet.pdf": lambda: b"%",
    "entete-seul.pdf": lambda: b"%PDF-1.7\n",
    "page-web.pdf": lambda: b"<!DOCTYPE html><html><body>404</body></html>",
    "hasard.pdf": lambda: random_bytes(50_000),
    "zeros.pdf": lambda: b"%PDF-1.7\n" + bytes(100_000),
    "mot-de-passe.pdf": lambda: encrypted("secret", "proprietaire"),
    "chiffre-inconnu.pdf": lambda: of(b"", {9: b"<</Filter/Standard/V 99/R 99/O()/U()/P 0>>"}, b"/Encrypt 9 0 R/ID[(a)(b)]"),
    "chiffre-public.pdf": lambda: of(b"", {9: b"<</Filter/Adobe.PubSec/V 4>>"}, b"/Encrypt 9 0 R/ID[(a)(b)]"),
    "racine-nulle.pdf": lambda: written({1: b"null"}),
    "page-blanche.pdf": lambda: of(b"", {4: stream(b"")}),
    "arbre-profond.pdf": lambda: deep_tree(DEEP),
    "bombe.pdf": lambda: of(b"", {4: packed(bomb(), b"/FlateDecode")}),
    "bombe-double.pdf": lambda: of(b"", {4: packed(bomb(2), b"/FlateDecode/FlateDecode")}),
    "lzw-faux.pdf": lambda: of(b"", {4: packed(bytes(range(256)) * 9, b"/LZWDecode")}),
    "ascii85-faux.pdf": lambda: of(b"", {4: packed(b"zzzzz" * 9999, b"/ASCII85Decode")}),
    "filtres-par-centaines.pdf": lambda: of(b"", {4: packed(b"00>", b"/ASCIIHexDecode " * 500)}),
    "filtre-inconnu.pdf": lambda: of(b"", {4: packed(b"00>", b"/Inconnu")}),
    "flux-repetitif.pdf": lambda: of(b"", {4: packed(b"\x81 " * 500_000, b"/RunLengthDecode")}),
}
"""No text can be had of these: each must be listed."""

ODD: dict[str, Make] = {
    "catalogue-en-boucle.pdf": lambda: of(b"", {1: b"1 0 R"}),
    "sans-pages.pdf": lambda: of(b"", {2: b"<</Type/Pages/Kids[]/Count 0>>"}),
    "rires.pdf": lambda: of(b"/X Do", laughs(), resources=b"/XObject<</X 20 0 R>>"),
    "tableaux-profonds.pdf": lambda: of(b"[" * DEEP + b" TJ"),
    "dictionnaires-profonds.pdf": lambda: of(b"", {9: b"<</a" * DEEP + b"1" + b">>" * DEEP}, catalog=b"/Perms 9 0 R"),
    "type3-en-boucle.pdf": lambda: font(b"/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</L 9 0 R>>/Encoding<</Differences[0/L/L/L]>>/FirstChar 0/LastChar 255/Resources<</Font<</F 5 0 R>>>>", o9=stream(says())),
    "truetype-faux.pdf": lambda: truetype(b"\0\1\0\0\xff\xff" + bytes(500)),
    "truetype-hasard.pdf": lambda: truetype(Random(5).randbytes(20_000)),
    "type1-faux.pdf": lambda: font(b"/Subtype/Type1/BaseFont/X/FontDescriptor 9 0 R", o9=b"<</Type/FontDescriptor/FontFile 10 0 R>>", o10=stream(b"%!PS" + b"{" * 9999)),
    "unicode-en-nombre.pdf": lambda: to_unicode(b"1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange"),
    "unicode-bavard.pdf": lambda: to_unicode(b"256 beginbfchar " + b"".join(b"<%02x> <%s> " % (code, b"0041" * 2000) for code in range(256)) + b"endbfchar"),
    "cid-largeurs.pdf": lambda: font(b"/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[9 0 R]", o9=b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(B)/Supplement 0>>/W[0 2000000000 500]>>"),
    "codage-negatif.pdf": lambda: font(b"/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[-5/a/b 999999999/c]>>"),
    "table-en-flux.pdf": lambda: table_stream(b"99999999 99999999 99999999", b"0 2000000000"),
    "table-en-flux-negative.pdf": lambda: table_stream(b"-1 -2 -3", b"-5 9"),
    "tronque.pdf": lambda: of()[:400],
    "police-absente.pdf": lambda: of(b"", {5: b"null"}),
    "lignes-par-milliers.pdf": lambda: of(b"0 0 m 9 9 l S\n" * DEEP * 2),
    "textes-par-milliers.pdf": lambda: of(b"BT /F 12 Tf 9 9 Td (x) Tj ET\n" * DEEP),
}  # fmt: skip
"""What can be had of these is the readers' affair: each must be found or listed."""
