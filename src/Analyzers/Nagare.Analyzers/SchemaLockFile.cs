using System;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Nagare.Schema;

namespace Nagare.Analyzers;

/// <summary>The lock beside a project, as the package's build hands it to the compiler.</summary>
internal sealed class SchemaLockFile
{
    private SchemaLockFile(AdditionalText file, SchemaLock? schema, Diagnostic? problem)
    {
        File = file;
        Schema = schema;
        Problem = problem;
    }

    public AdditionalText File { get; }

    /// <summary>What it says, or null where it cannot be read.</summary>
    public SchemaLock? Schema { get; }

    /// <summary>Why it cannot be read, or null.</summary>
    public Diagnostic? Problem { get; }

    /// <summary>Whether a file is a lock.</summary>
    public static bool Is(string? path) => string.Equals(Path.GetFileName(path), SchemaLock.FileName, StringComparison.Ordinal);

    /// <summary>The lock, or null where the project has none.</summary>
    public static SchemaLockFile? Find(ImmutableArray<AdditionalText> files, CancellationToken cancellationToken)
    {
        if (files.FirstOrDefault(file => Is(file.Path)) is not { } file || file.GetText(cancellationToken) is not { } text)
        {
            return null;
        }

        try
        {
            return new SchemaLockFile(file, SchemaLock.Parse(text.ToString()), null);
        }
        catch (SchemaFormatException problem)
        {
            var line = text.Lines[problem.Line - 1];
            var location = Location.Create(file.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span));
            return new SchemaLockFile(file, null, Diagnostic.Create(SchemaLockRules.Unreadable, location, problem.Problem));
        }
    }
}
