using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nagare.Integrity.Tests;

/// <summary>A saboteur: the verifier is compiled with one check taken away, and each time a forgery gets through. So every check is needed, and would be missed.</summary>
public class MutationTests
{
    private static readonly string Folder = Checkout.File("src/Runtime/Nagare.Integrity");

    private static readonly string[] Sources = [.. new[] { "Tree", "Keys", "Checkpoints", "Proofs" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Folder, folder), "*.cs"))
        .Concat([.. new[] { "Bundles/BundleFormat.cs", "Bundles/BundleReport.cs", "Bundles/BundleVerifier.cs", "IntegrityException.cs" }.Select(file => Path.Combine(Folder, file))])
        .Append(Checkout.File("tests/Nagare.Integrity.Tests/Mutations/ProofAttacks.cs"))];

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<Task<object[]>> Inputs = new(Prepare);

    // Mutants share its references and all files but one, which is most of the work.
    private static readonly Lazy<CSharpCompilation> Whole = new(CompileWhole);

    /// <summary>A file, what stands in it once, and what stands there instead.</summary>
    public static TheoryData<string, string, string> Checks => new()
    {
        { "Tree/MerkleTree.cs", "if (index < 0 || index >= size)", "if (index < 0)" },
        { "Tree/MerkleTree.cs", "return sn == 0 && hash == root;", "return hash == root;" },
        { "Tree/MerkleTree.cs", "return sn == 0 && hash == root;", "return sn == 0;" },
        { "Tree/MerkleTree.cs", "if (oldSize < 0 || oldSize > newSize)", "if (oldSize < 0)" },
        { "Tree/MerkleTree.cs", "return path.IsEmpty && oldRoot == newRoot && (oldSize > 0", "return oldRoot == newRoot && (oldSize > 0" },
        { "Tree/MerkleTree.cs", "return path.IsEmpty && oldRoot == newRoot && (oldSize > 0", "return path.IsEmpty && (oldSize > 0" },
        { "Tree/MerkleTree.cs", "return path.IsEmpty && oldRoot == EmptyRoot;", "return oldRoot == EmptyRoot;" },
        { "Tree/MerkleTree.cs", "return path.IsEmpty && oldRoot == EmptyRoot;", "return path.IsEmpty;" },
        { "Tree/MerkleTree.cs", "return sn == 0 && oldHash == oldRoot && newHash == newRoot;", "return oldHash == oldRoot && newHash == newRoot;" },
        { "Tree/MerkleTree.cs", "return sn == 0 && oldHash == oldRoot && newHash == newRoot;", "return sn == 0 && newHash == newRoot;" },
        { "Tree/MerkleTree.cs", "return sn == 0 && oldHash == oldRoot && newHash == newRoot;", "return sn == 0 && oldHash == oldRoot;" },
        { "Tree/MerkleTree.cs", "private const byte LeafPrefix = 0;", "private const byte LeafPrefix = 1;" },
        { "Tree/EventLeaf.cs", "parts.Add(streamId);", "parts.Add(\"\");" },
        { "Tree/EventLeaf.cs", "parts.Add(version);", "parts.Add(0L);" },
        { "Tree/EventLeaf.cs", "parts.Add(recordedAt);", "parts.Add(0L);" },
        { "Tree/EventLeaf.cs", "parts.Add(contentHash);", "parts.Add([]);" },
        { "Keys/KeyCountProof.cs", "found.Key == key && ", "" },
        { "Keys/KeyCountProof.cs", "found.Count > 0 && ", "" },
        { "Keys/KeyCountProof.cs", "left.Index + 1 == right.Index", "left.Index < right.Index" },
        { "Keys/KeyCountProof.cs", "Right is { Index: 0 }", "Right is not null" },
        { "Keys/KeyCountProof.cs", "last.Index == Entries - 1", "last.Index >= 0" },
        { "Keys/KeyCountProof.cs", "Compare(Left.Key, key) >= 0", "false" },
        { "Keys/KeyCountProof.cs", "Compare(key, Right.Key) >= 0", "false" },
        { "Keys/KeyCountProof.cs", "MerkleRanges.Inclusion(entry.Index, Entries).Count != entry.Path.Count", "MerkleRanges.Inclusion(entry.Index, Entries).Count > entry.Path.Count" },
        { "Checkpoints/NoteText.cs", "key.Verify(SignedBytes, signature.Signature) ? null", "true ? null" },
        { "Checkpoints/NoteText.cs", "signature.Name == key.Name && signature.KeyId == key.KeyId", "signature.Name == key.Name" },
        { "Checkpoints/NoteText.cs", "_ => $\"it holds {own.Count} signatures", "_ when own.Exists(s => key.Verify(SignedBytes, s.Signature)) => null, _ => $\"it holds {own.Count} signatures" },
        { "Checkpoints/NoteText.cs", "&& Convert.ToBase64String(bytes, 0, length) == text ?", "?" },
        { "Checkpoints/VerifierKey.cs", "if (id != IdOf(name, bytes).ToString(\"x8\", CultureInfo.InvariantCulture))", "if (id.Length == 0)" },
        { "Checkpoints/SignedCheckpoint.cs", "&& size.ToString(CultureInfo.InvariantCulture) == text", "" },
        { "Proofs/ProofVerifier.cs", "return checkpoint.Origin != key.Name\n", "return checkpoint.Origin.Length == 0\n" },
        { "Proofs/ProofVerifier.cs", "checkpoint.Refusal(key) is { } refusal ?", "checkpoint.Refusal(key) is { } refusal && refusal.Length == 0 ?" },
        { "Proofs/ProofVerifier.cs", ": !ContentHash.Matches(row.AsStoredEvent()) ?", ": false ?" },
        { "Proofs/ProofVerifier.cs", "row.Position != proof.Position.Value ?", "false ?" },
        { "Proofs/ProofVerifier.cs", ": !MerkleTree.VerifyInclusion(EventLeaf", ": false && !MerkleTree.VerifyInclusion(EventLeaf" },
        { "Bundles/BundleVerifier.cs", "if (row.Position <= _lastPosition)", "if (row.Position < _lastPosition)" },
        { "Bundles/BundleVerifier.cs", "else if (!isErased && ProofVerifier.ContentRefusal(row) is { } content)", "else if (false && ProofVerifier.ContentRefusal(row) is { } content)" },
        { "Bundles/BundleVerifier.cs", "else if (_complete is { } key && !IsOf(key, row))", "else if (_complete is { } key && key.Value.Length == 0)" },
        { "Bundles/BundleVerifier.cs", "is var found && found != count)", "is var found && found > count)" },
        { "Bundles/BundleVerifier.cs", "|| MerkleTree.Root([.. _runs]) != signed)", ")" },
        { "Bundles/BundleVerifier.cs", "if (ProofVerifier.Refusal(checkpoint, _key) is { } refusal)", "if (ProofVerifier.Refusal(checkpoint, _key) is { Length: 0 } refusal)" },
    };

    [Fact]
    public async Task The_whole_verifier_takes_no_forgery_and_refuses_nothing_honest()
    {
        var inputs = await Inputs.Value;
        Assert.Empty(ProofAttacks.Failures((string)inputs[0], (string)inputs[1], (IReadOnlyDictionary<string, string>)inputs[2], (IReadOnlyDictionary<string, string>)inputs[3]));
        // Compiled here without a mutation it does the same, so that what the mutants show is shown by the mutation.
        Assert.Empty(Run(Compile(null, "", "")));
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task A_verifier_without_this_check_is_noticed(string file, string check, string instead)
    {
        await Inputs.Value;
        Assert.NotEmpty(Run(Compile(file, check, instead)));
    }

    private static IReadOnlyList<string> Run(Assembly mutant)
    {
        var attacks = mutant.GetType("Nagare.Integrity.Tests.ProofAttacks", throwOnError: true)!;
        return (IReadOnlyList<string>)attacks.GetMethod("Failures")!.Invoke(null, Inputs.Value.GetAwaiter().GetResult())!;
    }

    private static Assembly Compile(string? file, string check, string instead)
    {
        var compilation = Whole.Value;
        if (file is not null)
        {
            var whole = compilation.SyntaxTrees.Single(tree => tree.FilePath == Path.Combine(Folder, file));
            var text = whole.ToString();
            Assert.Equal(2, text.Split(check).Length);
            compilation = compilation.ReplaceSyntaxTree(whole, Parse(text.Replace(check, instead, StringComparison.Ordinal), whole.FilePath));
        }

        compilation = compilation.WithAssemblyName($"Mutant{Guid.NewGuid():N}");
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        assembly.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(assembly);
    }

    private static CSharpCompilation CompileWhole()
    {
        // The verifier's own assembly is left out: what stands in it is compiled here.
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && !name.StartsWith("Nagare.Integrity", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "Whole",
            [.. Sources.Select(source => Parse(File.ReadAllText(source), source)), Parse(Usings, "")],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));
    }

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14), path, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<object[]> Prepare()
    {
        var forged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in BundleTests.Forgeries)
        {
            forged.Add(row.Data, await BundleTests.Forge(row.Data));
        }

        return [Keys.Own.Key.ToString(), await BundleTests.Honest(), forged, await Notes()];
    }

    private static async Task<Dictionary<string, string>> Notes()
    {
        var root = MerkleTree.HashLeaf("root"u8);
        var honest = (await SignedCheckpoint.Sign("example.com/agents", 10, root, root, Keys.Own, default)).Text;
        var stranger = (await SignedCheckpoint.Sign("example.com/agents", 10, root, root, Keys.Stranger, default)).Text;
        var line = honest[honest.IndexOf('—')..];
        var own = Keys.Own.Key;
        var body = $"example.com/agents\n010\n{root}\n";
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["honest"] = honest,
            ["honest, with a stranger's signature of the same name"] = honest + stranger[stranger.IndexOf('—')..],
            ["of a stranger"] = stranger,
            ["of another origin"] = (await SignedCheckpoint.Sign("example.com/others", 10, root, root, Keys.Own, default)).Text,
            ["with another size"] = honest.Replace("\n10\n", "\n11\n", StringComparison.Ordinal),
            ["with a stranger's signature under the own id"] = NoteText.Write(NoteText.Parse(honest).Text, [new NoteSignature(own.Name, own.KeyId, NoteText.Parse(stranger).Signatures[0].Signature)]),
            ["signed twice"] = honest + line,
            ["with base64 that is not canonical"] = honest.TrimEnd('\n')[..^1] + "\t=\n",
            ["with stray bits in its base64"] = Stray(honest),
            ["with a leading zero in its size"] = NoteText.Write(body, [new NoteSignature(own.Name, own.KeyId, (await Keys.Own.Sign(System.Text.Encoding.UTF8.GetBytes(body), default)).ToArray())]),
        };
    }

    // 68 bytes end in one sign of which only the upper four bits count, and a padding sign.
    private static string Stray(string note)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var at = note.LastIndexOf('=') - 1;
        return string.Concat(note.AsSpan(0, at), Alphabet[Alphabet.IndexOf(note[at], StringComparison.Ordinal) ^ 1].ToString(), note.AsSpan(at + 1));
    }
}
