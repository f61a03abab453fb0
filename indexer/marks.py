"""What can a dossier be recognised by, once its identifier is another?"""

from __future__ import annotations

from indexer.addresses import canonical
from indexer.dossier import Plan
from indexer.model import Mark


def marks(plan: Plan) -> frozenset[Mark]:
    """Its addresses, the paths of its files, and the contents of those that could be read, whatever the reader's version."""
    addresses = {canonical(address) for file in plan.pages for address in file.page.addresses} - {""}
    keys = [page.key for page in plan.pages] + [pdf.key for pdf in plan.pdfs if pdf and pdf.pages]
    return frozenset(
        [Mark("address", address) for address in addresses]
        + [Mark("path", path) for path in plan.paths]
        + [Mark("content", key.partition(":")[0]) for key in keys]
    )
