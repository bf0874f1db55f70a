"""`--dask` of `giliran solve`: a client of a cluster, encrypted where the address asks for it."""

from __future__ import annotations

import contextlib
import socket
import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from giliran.cli.options import PATH, option
from giliran.errors import InputError, Problem, Where
from giliran.messages import Lang, Said, Sentence, reason_of

CONNECT_S = 10
"""Seconds that a cluster may take to answer."""

TLS = "tls://"
"""What addresses of encrypted clusters begin with."""

_DASK = Sentence(
    en="Plan on a Dask cluster, such as tcp://10.0.0.5:8786; needs giliran[dask]. A cluster is trusted: see giliran guide for-programs.",
    id="Susun jadwalnya di gugus komputer Dask, misalnya tcp://10.0.0.5:8786; memerlukan giliran[dask]. Gugus komputer dipercaya: lihat "
    "giliran guide untuk-program.",
)
_CA = Sentence(
    en="For tls:// addresses: the certificate of the authority, a .pem. Default of all three: Dask's own configuration.",
    id="Untuk alamat tls://: sertifikat otoritasnya, sebuah .pem. Bawaan ketiganya: konfigurasi Dask sendiri.",
)
_CERT = Sentence(en="For tls:// addresses: the certificate of this client.", id="Untuk alamat tls://: sertifikat klien ini.")
_KEY = Sentence(
    en="For tls:// addresses: its private key, where it is not in the same file.",
    id="Untuk alamat tls://: kunci privatnya, bila tidak ada di berkas yang sama.",
)
_NO_DASK = Sentence(en="a Dask cluster needs the package distributed", id="gugus komputer Dask memerlukan paket distributed")
_INSTALL_DASK = Sentence(en="Install it: pip install 'giliran[dask]'", id="Pasanglah: pip install 'giliran[dask]'")
_NO_ANSWER = Sentence(
    en="no Dask scheduler answers at {address}: {reason}", id="tidak ada penjadwal Dask yang menjawab di {address}: {reason}"
)
_CLOSED = Sentence(en="the connection was closed", id="sambungan terputus")
_NO_SUCH_ADDRESS = Sentence(en="this is no address", id="ini bukan alamat")
_NOT_ACCEPTED = Sentence(en="a certificate is not accepted ({code})", id="sertifikat tidak diterima ({code})")
_SEE_ADDRESS = Sentence(
    en="Start one with `dask scheduler`, which prints its address, such as tcp://10.0.0.5:8786.",
    id="Jalankan `dask scheduler`; alamatnya dicetak, misalnya tcp://10.0.0.5:8786.",
)
_NO_ADDRESS = Sentence(
    en="this file is for a cluster, and none is named",
    id="berkas ini untuk gugus komputer, padahal tidak ada yang disebutkan",
)
_NAME_ONE = Sentence(en="Add --dask tls://…, or leave it out.", id="Tambahkan --dask tls://…, atau hapus pilihan ini.")
_NOT_TLS = Sentence(
    en="connections to {address} are not encrypted, so certificates are of no use",
    id="sambungan ke {address} tidak terenkripsi, jadi sertifikat tidak berguna",
)
_WRITE_TLS = Sentence(en="Write an address that begins with tls://.", id="Tulis alamat yang berawalan tls://.")
_NO_FILE = Sentence(en="{file} cannot be read: {reason}", id="{file} tidak dapat dibaca: {reason}")
_NO_TLS = Sentence(
    en="{address} is encrypted: the certificate of its authority and one of this client are needed",
    id="{address} terenkripsi: diperlukan sertifikat otoritasnya dan sertifikat klien ini",
)
_NAME_FILES = Sentence(
    en="Add --dask-ca FILE --dask-cert FILE --dask-key FILE, or set distributed.comm.tls in Dask's own configuration.",
    id="Tambahkan --dask-ca BERKAS --dask-cert BERKAS --dask-key BERKAS, atau isi distributed.comm.tls dalam konfigurasi Dask sendiri.",
)
_BAD_TLS = Sentence(en="these certificates cannot be used: {reason}", id="sertifikat ini tidak dapat dipakai: {reason}")


@dataclass(frozen=True)
class Cluster:
    """A cluster as it was named.

    Parameters
    ----------
    address
        Of its scheduler.
    ca, cert, key
        Certificate of the authority, and certificate and key of this client; Dask's own configuration where None.
    """

    address: str
    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


def cluster_options(lang: Lang) -> list[click.Option]:
    """`--dask` and the files of an encrypted one."""
    return [
        option(["--dask"], _DASK, lang, metavar="ADDRESS"),
        option(["--dask-ca"], _CA, lang, type=PATH, metavar="FILE"),
        option(["--dask-cert"], _CERT, lang, type=PATH, metavar="FILE"),
        option(["--dask-key"], _KEY, lang, type=PATH, metavar="FILE"),
    ]


def named_cluster(address: str | None, ca: Path | None, cert: Path | None, key: Path | None) -> Cluster | None:
    """The cluster that options name, if any.

    Raises
    ------
    InputError
        If files are named without a cluster, or for one that is not encrypted, or cannot be read.
    """
    files = {name: path for name, path in (("--dask-ca", ca), ("--dask-cert", cert), ("--dask-key", key)) if path is not None}
    if files and address is None:
        raise InputError([Problem(Where(field=name), _NO_ADDRESS(), _NAME_ONE()) for name in files])
    if address is None:
        return None
    if files and not address.startswith(TLS):
        raise InputError([Problem(Where(field="--dask"), _NOT_TLS(address=address), _WRITE_TLS())])
    problems = [problem for name, path in files.items() if (problem := _unreadable(name, path)) is not None]
    if problems:
        raise InputError(problems)
    return Cluster(address, ca, cert, key)


@contextmanager
def client_of(cluster: Cluster) -> Iterator[tuple[Any, int]]:
    """A client of a Dask cluster, and how many cores its workers have.

    Raises
    ------
    InputError
        If the package for Dask is missing, nobody answers at the address, or certificates are missing or not accepted.
    """
    try:
        import distributed
    except ImportError:
        raise InputError([Problem(Where(field="--dask"), _NO_DASK(), _INSTALL_DASK())]) from None
    secured = _secured(cluster)
    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        warnings.filterwarnings("ignore", message="Sending large graph")  # parts are what is to be sent
        try:
            _reach(cluster.address, secured)
            client = distributed.Client(cluster.address, timeout=CONNECT_S, **secured)
            stack.callback(_close, client)
            cores = sum(client.ncores().values())
        except (OSError, ValueError, TypeError) as error:
            problem = Problem(Where(field="--dask"), _NO_ANSWER(address=cluster.address, reason=_why(error)), _SEE_ADDRESS())
            raise InputError([problem]) from None
        yield client, cores


def _why(error: Exception) -> Said:
    """Why there is no answer; Dask says in its own way that a connection ended."""
    if isinstance(error, ssl.SSLError):
        return _NOT_ACCEPTED(code=error.reason) if error.reason else _CLOSED()
    if not isinstance(error, OSError):
        return _NO_SUCH_ADDRESS()
    return _CLOSED() if error.errno is None and not isinstance(error, TimeoutError) else reason_of(error)


def _unreadable(name: str, path: Path) -> Problem | None:
    try:
        path.open("rb").close()
    except OSError as error:
        return Problem(Where(field=name), _NO_FILE(file=str(path), reason=reason_of(error)))
    return None


def _secured(cluster: Cluster) -> dict[str, Any]:
    """What a client of an encrypted cluster is given besides the address; what the options leave open is in Dask's configuration."""
    if not cluster.address.startswith(TLS):
        return {}
    from distributed.security import Security

    given = {"tls_ca_file": cluster.ca, "tls_client_cert": cluster.cert, "tls_client_key": cluster.key}
    security = Security(**{name: str(path) for name, path in given.items() if path is not None})
    try:
        context = security.get_connection_args("client")["ssl_context"]
    except OSError as error:
        raise InputError([Problem(Where(field="--dask"), _BAD_TLS(reason=_why(error)), _NAME_FILES())]) from None
    if context is None:
        raise InputError([Problem(Where(field="--dask"), _NO_TLS(address=cluster.address), _NAME_FILES())])
    return {"security": security}


def _reach(address: str, secured: dict[str, Any]) -> None:
    """See that somebody listens: a client that fails to connect stays behind half made, and may block when it is collected.

    Raises
    ------
    OSError, ValueError
        If nobody listens there, it is no address, or one of the two sides does not accept the other's certificate.
    """
    from distributed.comm.addressing import get_address_host_port

    host, port = get_address_host_port(address, strict=True)
    with socket.create_connection((host, port), timeout=CONNECT_S) as plain:
        if not secured:
            return
        context = secured["security"].get_connection_args("client")["ssl_context"]
        with context.wrap_socket(plain, server_hostname=host) as encrypted:
            encrypted.recv(1)  # a scheduler speaks first; one that refuses our certificate says so only now


def _close(client: Any) -> None:
    with contextlib.suppress(OSError):
        client.close()
