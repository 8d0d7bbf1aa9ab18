"""Certificates for the tests' own servers, made anew in every run."""

from __future__ import annotations

import datetime
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOW = datetime.datetime.now(datetime.UTC)


class Authority:
    """A root that signs server certificates."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("pgtopo test root")
        builder = _builder(self._name, self._name, self._key.public_key(), 3650)
        constraints = x509.BasicConstraints(ca=True, path_length=None)
        root = builder.add_extension(constraints, critical=True).sign(self._key, hashes.SHA256())
        self.file = folder / "root.pem"
        self.file.write_bytes(root.public_bytes(serialization.Encoding.PEM))

    def issue(self, label: str, host: str, *, days: int = 90) -> tuple[Path, Path]:
        """Certificate and key files of a server; `days` below zero: it has expired."""
        names = x509.SubjectAlternativeName([_alternative(host)])
        return self.issue_with(label, names, host, days=days)

    def issue_with(
        self, label: str, names: x509.ExtensionType, host: str = "odd", *, days: int = 90
    ) -> tuple[Path, Path]:
        """The same, with an extension as it is given."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_named(host), self._name, key.public_key(), days)
        made = builder.add_extension(names, critical=False).sign(self._key, hashes.SHA256())
        certificate, secret = self._folder / f"{label}.crt", self._folder / f"{label}.key"
        certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        secret.chmod(0o600)
        return certificate, secret


def _named(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=400))
        .not_valid_after(NOW + datetime.timedelta(days=days))
    )
