"""A cluster is asked over https only when its certificate is one that is trusted, and bears the name it is asked by."""

from __future__ import annotations

import ssl
from contextlib import closing
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509  # comes with pdfminer.six
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from indexer.config import Settings
from indexer.engine.opensearch.client import connect, search
from indexer.engine.opensearch.faults import talking
from indexer.errors import ClusterUnreachable
from tests.engine_opensearch.fake_node import FOUND, Answer, answering


def certified(folder: Path, address: str) -> tuple[ssl.SSLContext, Path]:
    """What a node with a certificate of its own for that address serves with, and the certificate."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "node")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), now - timedelta(1), now + timedelta(1)
    )
    made = made.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem = serialization.Encoding.PEM
    (folder / "ca.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "ca.pem", folder / "key.pem")
    return context, folder / "ca.pem"


def ask(address: str, authority: Path | None) -> object:
    settings = Settings(engine="opensearch", engine_addresses=(address,), engine_ca_file=authority)
    with talking(settings), closing(connect(settings)) as client:
        return search(client, "x", {})


def test_a_node_whose_authority_is_named_is_asked(tmp_path: Path) -> None:
    context, authority = certified(tmp_path, "127.0.0.1")
    with answering(Answer(FOUND), tls=context) as node:
        assert ask(node.address, authority) == FOUND


@pytest.mark.parametrize(("address", "named"), [("127.0.0.1", False), ("192.0.2.1", True)])
def test_a_node_that_may_be_another_is_not_asked(address: str, named: bool, tmp_path: Path) -> None:
    context, authority = certified(tmp_path, address)
    with answering(Answer(FOUND), tls=context) as node:
        with pytest.raises(ClusterUnreachable, match="ca_file"):
            ask(node.address, authority if named else None)
        assert node.asked == []


def test_a_file_that_is_no_certificate_is_told(tmp_path: Path) -> None:
    context, _ = certified(tmp_path, "127.0.0.1")
    (tmp_path / "none.pem").write_text("nothing")
    with answering(Answer(FOUND), tls=context) as node, pytest.raises(ClusterUnreachable, match="ca_file"):
        ask(node.address, tmp_path / "none.pem")
