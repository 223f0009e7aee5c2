// The auditor's program: a bundle, a key, an answer. It knows no database and needs none; what it trusts is in Nagare.Integrity.
using Nagare;
using Nagare.CommandLine;

const int Finding = 1;
const int Usage = 2;
const int Unreadable = 3;

var (file, keyFile) = args switch
{
    [var one] when !one.StartsWith('-') => (one, null),
    [var one, "--key", var key] => (one, key),
    ["--key", var key, var one] => (one, key),
    _ => (null, (string?)null),
};
if (file is null)
{
    Console.Error.WriteLine("usage: nagare-verify-bundle FILE [--key FILE]\n\nVerifies a bundle of events and proofs. --key is the public key that you trust; without it the one in the bundle is taken,\nwhich shows only that the bundle fits together. Exit codes: 0 it holds, 1 it does not, 2 not understood, 3 a file cannot be read.");
    return args is ["--help" or "-h"] ? 0 : Usage;
}

try
{
    var trusted = keyFile is null ? null : VerifierKey.Parse(await File.ReadAllTextAsync(keyFile).ConfigureAwait(false));
    var bundle = File.OpenRead(file);
    await using (bundle.ConfigureAwait(false))
    {
        var report = await BundleVerifier.Verify(bundle, trusted).ConfigureAwait(false);
        BundleText.Write(Console.Out, report, trusted is not null);
        return report.IsValid ? 0 : Finding;
    }
}
catch (FormatException notAKey)
{
    Console.Error.WriteLine(VisibleText.Line($"nagare-verify-bundle: {keyFile}: {notAKey.Message}"));
    return Usage;
}
catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(VisibleText.Line($"nagare-verify-bundle: {unreadable.Message}"));
    return Unreadable;
}
