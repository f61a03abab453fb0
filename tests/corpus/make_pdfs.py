"""Makes the PDFs of this corpus: python tests/corpus/make_pdfs.py (they are committed; reportlab is a development dependency)."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent


def make(path: str, pages: list[str], title: str = "", encrypt: StandardEncryption | None = None) -> Path:
    """A PDF of one line a page."""
    canvas = Canvas(str(HERE / path), invariant=1, encrypt=encrypt)
    canvas.setTitle(title)
    for text in pages:
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return HERE / path


def main() -> None:
    make("pdf/Compte-rendu_été.pdf", ["Ordre du jour", "Les jardins partagés de Valmory", "Prochaine réunion"], "Compte rendu")
    make("pdf/etude_seule_mars_2018.pdf", ["La mobilité des habitants", "Les transports du soir"])
    whole = make("mauvais/tronque.pdf", ["Un fichier coupé en route"] * 3)
    whole.write_bytes(whole.read_bytes()[:400])
    make("mauvais/protege.pdf", ["Il faut un mot de passe"], encrypt=StandardEncryption("secret", strength=128))
    make("mauvais/sans_texte.pdf", ["", ""])
    (HERE / "mauvais/zero.pdf").write_bytes(b"")
    (HERE / "mauvais/faux.pdf").write_text("<html>404 Not Found</html>")


if __name__ == "__main__":
    main()
