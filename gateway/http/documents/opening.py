"""The documents of a process, read and checked when it starts."""

from gateway.execution import CompiledSchema
from gateway.http.documents.checking import document_problems
from gateway.http.documents.manifests import ManifestErrors, read_manifests
from gateway.http.documents.trusted import TrustedDocuments
from gateway.http.operation_checks import prepared_documents
from gateway.settings import Settings


def open_documents(schema: CompiledSchema, settings: Settings) -> TrustedDocuments:
    """Every document of the manifests, prepared and compiled; raises `ManifestErrors` with every mistake in them."""
    prepared = prepared_documents(schema, settings)
    listed = [] if settings.documents_dir is None else read_manifests(settings.documents_dir)
    problems = document_problems(listed, schema.core, settings)
    if problems:
        raise ManifestErrors(problems)
    for each in listed:
        schema.compile_now(prepared.pin(each.text).operation(None))
    return TrustedDocuments(prepared, settings.documents, listed)
