"""What a certificate says, and whether it names a host; odd ones are read as far as they go."""

from __future__ import annotations

import datetime
import warnings
from typing import TYPE_CHECKING

from pgtopo.probe.literal import literal
from pgtopo.probe.result import Certificate

if TYPE_CHECKING:
    from cryptography import x509


def unreadable() -> tuple[type[Exception], ...]:
    """What reading a certificate raises that nobody should have issued."""
    from cryptography import x509

    return (
        ValueError,
        x509.DuplicateExtension,
        x509.InvalidVersion,
        x509.UnsupportedGeneralNameType,
    )


def names_host(certificate: x509.Certificate, host: str) -> bool:
    """Whether a certificate is one for this host, as a client with `verify-full` asks."""
    from service_identity.cryptography import (
        verify_certificate_hostname,
        verify_certificate_ip_address,
    )
    from service_identity.exceptions import CertificateError, VerificationError

    address = literal(host)
    try:
        if address is not None:
            verify_certificate_ip_address(certificate, address.partition("%")[0])
        else:
            verify_certificate_hostname(certificate, host.rstrip("."))
    except (VerificationError, CertificateError):
        return False
    except unreadable():  # or the host is written so that no certificate can name it
        return False
    return True


def certificate_of(one: x509.Certificate) -> Certificate:
    """What is shown of a certificate."""
    left = one.not_valid_after_utc - datetime.datetime.now(datetime.UTC)
    with warnings.catch_warnings(action="ignore"):  # about names of an odd length
        return Certificate(
            subject=one.subject.rfc4514_string(),
            issuer=one.issuer.rfc4514_string(),
            names=_alternative_names(one),
            not_before=one.not_valid_before_utc.isoformat(),
            not_after=one.not_valid_after_utc.isoformat(),
            days_left=left.days,
        )


def _alternative_names(one: x509.Certificate) -> tuple[str, ...]:
    from cryptography import x509

    try:
        found = one.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    except unreadable():
        return ()
    return tuple(str(name.value) for name in found)
