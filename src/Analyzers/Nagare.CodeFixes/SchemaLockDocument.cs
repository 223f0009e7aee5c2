using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Nagare.Analyzers;
using Nagare.Schema;

namespace Nagare.CodeFixes;

/// <summary>A project's lock as a document that a fix can amend, beside what the code says.</summary>
internal sealed class SchemaLockDocument
{
    private readonly TextDocument _document;
    private readonly SourceText _text;

    private SchemaLockDocument(TextDocument document, SourceText text, Compilation compilation, CancellationToken cancellationToken)
    {
        _document = document;
        _text = text;
        Locked = SchemaLock.Parse(text.ToString());
        Compilation = compilation;
        Stored = StoredDeclarations.Of(compilation.Assembly, cancellationToken);
        Current = StoredDeclaration.Schema(Stored.All, cancellationToken);
    }

    public SchemaLock Locked { get; }

    public Compilation Compilation { get; }

    public StoredDeclarations Stored { get; }

    public SchemaLock Current { get; }

    /// <summary>The lock, or null where the project has none or it cannot be read.</summary>
    public static async Task<SchemaLockDocument?> Of(Project project, CancellationToken cancellationToken)
    {
        if (project.AdditionalDocuments.FirstOrDefault(static document => SchemaLockFile.Is(document.FilePath ?? document.Name)) is not { } document)
        {
            return null;
        }

        var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        var compilation = await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return new SchemaLockDocument(document, text, compilation!, cancellationToken);
        }
        catch (SchemaFormatException)
        {
            return null;
        }
    }

    /// <summary>The solution with another lock.</summary>
    public Solution With(Solution solution, SchemaLock schema) => solution.WithAdditionalDocumentText(_document.Id, SourceText.From(schema.ToString(), _text.Encoding));
}
