namespace Nagare.CommandLine;

/// <summary>What a bundle shows, in words.</summary>
internal static class BundleText
{
    public static void Write(TextWriter output, BundleReport report, bool isTrusted)
    {
        foreach (var problem in report.Problems)
        {
            output.WriteLine(VisibleText.Line($"not valid: {problem}"));
        }

        if (!report.IsValid)
        {
            return;
        }

        output.WriteLine(VisibleText.Line($"valid: {report.Events} of the {report.Checkpoint!.Size} events that {report.Checkpoint.Origin} signed, each whole and in its place"));
        if (report.Complete is { } key)
        {
            output.WriteLine(VisibleText.Line($"complete: these are all events of {key} up to position {report.Checkpoint.Size}, as the signer counted them"));
        }

        if (report.Erased.Count > 0)
        {
            output.WriteLine($"of {report.Erased.Count} of them the payload is gone: their places are proven, their content is not");
        }

        if (!isTrusted)
        {
            output.WriteLine(VisibleText.Line($"the key was taken from the bundle: {report.Key}; compare it with one that you have from elsewhere, or nothing is proven"));
        }
    }
}
