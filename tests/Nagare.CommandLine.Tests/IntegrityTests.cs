using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Nagare.CommandLine.Tests;

/// <summary>The verbs <c>checkpoint</c>, <c>verify</c>, <c>proof</c> and <c>verify-bundle</c>.</summary>
public sealed class IntegrityTests
{
    private const string Rewrite = "drop trigger nagare_events_refuse_update; update nagare_events set actor = 'agent:forged' where position = 7";

    [Fact]
    public async Task A_journal_is_signed_verified_and_found_changed()
    {
        using var shell = await Shell.WithTrips();
        var (key, checkpoint) = await Sign(shell);
        Assert.Equal("verified 12 events of trips.db against the checkpoint of example.com/trips at 12 events; nothing found\n", (await shell.Run("verify", "--checkpoint", checkpoint, "--key", key + ".pub")).Done());

        Execute(shell, Rewrite);
        var changed = await shell.Run("verify", "--checkpoint", checkpoint, "--key", key + ".pub");
        Assert.Equal(1, changed.ExitCode);
        Assert.StartsWith("position 7: ContentChanged: its content is not what its content hash says\nverified 12 events", changed.Out, StringComparison.Ordinal);
        using var report = JsonDocument.Parse((await shell.Run("verify", "--checkpoint", checkpoint, "--key", key + ".pub", "--json")).Out);
        Assert.Equal((false, 7), (report.RootElement.GetProperty("intact").GetBoolean(), report.RootElement.GetProperty("findings")[0].GetProperty("position").GetInt64()));
        Assert.Equal(1, (await shell.Run("verify")).ExitCode);
        Assert.Equal(0, (await shell.Run("verify", "--after", "7")).ExitCode);
        Assert.Equal(1, (await shell.Run("verify", "--until", "7")).ExitCode);
    }

    [Fact]
    public async Task Without_a_checkpoint_it_says_what_that_is_worth()
    {
        using var shell = await Shell.WithTrips();
        Assert.Equal("verified 12 events of trips.db without a checkpoint: only accidents would show; nothing found\n", (await shell.Run("verify")).Done());
    }

    [Fact]
    public async Task A_bundle_is_verified_without_the_journal_and_refused_when_it_is_not_whole()
    {
        using var shell = await Shell.WithTrips();
        var (key, checkpoint) = await Sign(shell);
        var bundle = Path.Combine(shell.Folder, "kyoto.bundle");
        Assert.Equal("proved 4 events, all of stream trip/kyoto up to position 12, in kyoto.bundle\n", (await shell.Run("proof", "--stream", "trip/kyoto", "--checkpoint", checkpoint, "--key", key + ".pub", "--out", bundle)).Done());
        File.Delete(shell.Database);

        var verified = (await shell.Run("verify-bundle", bundle, "--key", key + ".pub")).Done();
        Assert.Equal("valid: 4 of the 12 events that example.com/trips signed, each whole and in its place\ncomplete: these are all events of stream trip/kyoto up to position 12, as the signer counted them\n", verified);
        Assert.Contains("the key was taken from the bundle", (await shell.Run("verify-bundle", bundle)).Done(), StringComparison.Ordinal);

        var lines = await File.ReadAllLinesAsync(bundle, TestContext.Current.CancellationToken);
        var cut = shell.Write("cut.bundle", string.Join('\n', lines.Where((_, i) => i != 2)) + "\n");
        var refused = await shell.Run("verify-bundle", cut, "--key", key + ".pub");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("not valid: the bundle is not complete: the checkpoint counts 4 events of stream trip/kyoto", refused.Out, StringComparison.Ordinal);
        using var report = JsonDocument.Parse((await shell.Run("verify-bundle", cut, "--key", key + ".pub", "--json")).Out);
        Assert.False(report.RootElement.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Single_events_go_through_a_pipe()
    {
        using var shell = await Shell.WithTrips();
        var (key, checkpoint) = await Sign(shell);
        var proof = await shell.Run("proof", "3", "9", "--checkpoint", checkpoint, "--key", key + ".pub");
        proof.Done();
        shell.Input = proof.Bytes;
        Assert.StartsWith("valid: 2 of the 12 events", (await shell.Run("verify-bundle", "-", "--key", key + ".pub")).Done(), StringComparison.Ordinal);
        Assert.Contains("position 99", (await shell.Run("proof", "99", "--checkpoint", checkpoint, "--key", key + ".pub")).Refused(1), StringComparison.Ordinal);
        (await shell.Run("proof", "--checkpoint", checkpoint, "--key", key + ".pub")).Refused(2);
        (await shell.Run("proof", "3", "--subject", "x", "--checkpoint", checkpoint, "--key", key + ".pub")).Refused(2);
        (await shell.Run("proof", "0", "--checkpoint", checkpoint, "--key", key + ".pub")).Refused(2);
    }

    [Fact]
    public async Task A_signer_who_keeps_his_last_checkpoint_signs_no_rewritten_history()
    {
        using var shell = await Shell.WithTrips();
        var (key, checkpoint) = await Sign(shell);
        (await shell.Run("checkpoint", "--key", key, "--previous", checkpoint)).Done();
        Execute(shell, "drop trigger nagare_tree_refuse_delete; delete from nagare_tree; drop trigger nagare_events_refuse_update; update nagare_events set recorded_at = recorded_at - 1 where position = 1");
        (await shell.Run("checkpoint", "--key", key, "--previous", checkpoint)).Refused(1);
    }

    [Fact]
    public async Task A_key_is_never_overwritten_and_is_its_owners_alone()
    {
        using var shell = await Shell.WithTrips();
        var (key, _) = await Sign(shell);
        Assert.Contains("a key is never overwritten", (await shell.Run("checkpoint", "--key", key, "--generate", "other")).Refused(2), StringComparison.Ordinal);
        (await shell.Run("checkpoint", "--key", Path.Combine(shell.Folder, "new.key"), "--generate", "two words")).Refused(2);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
            Assert.Contains("others may read the key", (await shell.Run("checkpoint", "--key", key)).Refused(2), StringComparison.Ordinal);
        }

        (await shell.Run("checkpoint", "--key", Path.Combine(shell.Folder, "none.key"))).Refused(4);
        (await shell.Run("checkpoint", "--key", shell.Write("bad.key.pub", "nonsense"))).Refused(2);
    }

    [Fact]
    public async Task A_checkpoint_of_a_stranger_and_files_that_are_none_are_refused()
    {
        using var shell = await Shell.WithTrips();
        var (key, checkpoint) = await Sign(shell);
        var other = Path.Combine(shell.Folder, "other.key");
        (await shell.Run("checkpoint", "--key", other, "--generate", "example.com/trips")).Done();
        (await shell.Run("verify", "--checkpoint", checkpoint, "--key", other + ".pub")).Refused(1);
        (await shell.Run("verify", "--checkpoint", shell.Write("none.txt", "nonsense"), "--key", key + ".pub")).Refused(2);
        (await shell.Run("verify", "--checkpoint", checkpoint)).Refused(2);
        (await shell.Run("verify-bundle", Path.Combine(shell.Folder, "none.bundle"))).Refused(4);
        Assert.Equal(1, (await shell.Run("verify-bundle", shell.Write("none.bundle", "nonsense\n"))).ExitCode);
    }

    [Fact]
    public async Task A_verification_that_was_interrupted_goes_on_from_its_note()
    {
        using var shell = await Shell.WithTrips();
        var (key, checkpoint) = await Sign(shell);
        var note = Path.Combine(shell.Folder, "verify.token");
        (await shell.Run("verify", "--checkpoint", checkpoint, "--key", key + ".pub", "--resume", note)).Done();
        Assert.False(File.Exists(note));
        shell.Write("verify.token", "nonsense");
        (await shell.Run("verify", "--checkpoint", checkpoint, "--key", key + ".pub", "--resume", note)).Refused(2);
        (await shell.Run("verify", "--checkpoint", checkpoint, "--key", key + ".pub", "--resume", note, "--after", "3")).Refused(2);
    }

    private static async Task<(string Key, string Checkpoint)> Sign(Shell shell)
    {
        var (key, checkpoint) = (Path.Combine(shell.Folder, "nagare.key"), Path.Combine(shell.Folder, "checkpoint.txt"));
        Assert.StartsWith("made the key example.com/trips", (await shell.Run("checkpoint", "--key", key, "--generate", "example.com/trips")).Done(), StringComparison.Ordinal);
        Assert.Equal("signed 12 events of trips.db as example.com/trips in checkpoint.txt\n", (await shell.Run("checkpoint", "--key", key, "--out", checkpoint)).Done());
        Assert.Equal(await File.ReadAllTextAsync(checkpoint, TestContext.Current.CancellationToken), (await shell.Run("checkpoint", "--key", key)).Done());
        return (key, checkpoint);
    }

    private static void Execute(Shell shell, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={shell.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
