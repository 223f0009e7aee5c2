using System;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Nagare.Analyzers;
using Nagare.Schema;

namespace Nagare.CodeFixes;

/// <summary>What a finding about a stored shape says to its fixes.</summary>
internal sealed record FoundChange(string Family, string Event, ChangeKind Kind, int Version, string? FormerName)
{
    public static FoundChange? Of(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(SchemaLockAnalyzer.FamilyProperty, out var family) && family is not null
        && diagnostic.Properties.TryGetValue(SchemaLockAnalyzer.EventProperty, out var name) && name is not null
        && diagnostic.Properties.TryGetValue(SchemaLockAnalyzer.KindProperty, out var kind) && Enum.TryParse<ChangeKind>(kind, out var parsed)
        && diagnostic.Properties.TryGetValue(SchemaLockAnalyzer.VersionProperty, out var version) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new FoundChange(family, name, parsed, number, diagnostic.Properties.TryGetValue(SchemaLockAnalyzer.FormerNameProperty, out var former) ? former : null)
            : null;
}
