using Microsoft.CodeAnalysis;

namespace Nagare.Analyzers.Tests;

/// <summary>No false alarm: six applications as other people write them, each in a style of its own, with every rule on.</summary>
public class DomainTests
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    [Theory]
    [InlineData("Fulfilment")]
    [InlineData("Ledger")]
    [InlineData("ChatOps", "NAG0015")]
    [InlineData("Garden")]
    [InlineData("Clinic")]
    [InlineData("Chess")]
    public async Task Nothing_is_said_of_code_that_is_right(string domain, params string[] advice)
    {
        var folder = Checkout.File("tests", "Nagare.Analyzers.Tests", "Domains", "Sources", domain);
        var files = Directory.GetFiles(folder, "*.cs").Order(StringComparer.Ordinal).Select(static file => (file, File.ReadAllText(file)));
        var compilation = AllRules.Generate([("Usings.cs", Usings), .. files]);

        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        // That they have no lock yet is so.
        Assert.Empty((await AllRules.Find(compilation)).Where(finding => finding.Id != "NAG2027" && !advice.Contains(finding.Id)));
    }
}
