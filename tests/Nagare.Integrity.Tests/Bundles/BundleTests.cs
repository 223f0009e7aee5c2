using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nagare.Storage;

namespace Nagare.Integrity.Tests;

/// <summary>A bundle is verified without a database, and one that leaves out, doubles, adds or borrows anything is refused.</summary>
public class BundleTests
{
    private const int Events = 9_000;

    private static readonly JournalKey Customer = JournalKey.Subject("customer-1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly Lazy<Task<Prepared>> Shared = new(async () =>
    {
        var storage = new OpenStorage();
        // Some of the keys occur in one run of 4,096 only, and so are shown to be absent from the others.
        await storage.Append(Tests.Events.To("note/first", Tests.Events.Of("rare", "c-rare", "rare")), default);
        await storage.Fill(Events);
        var integrity = Keys.IntegrityOf(storage);
        var older = await integrity.Checkpoint(default);
        await storage.Fill(500, 2);
        return new Prepared(storage, integrity, older, await integrity.Checkpoint(default));
    });

    [Theory]
    [InlineData(JournalKeyKind.Subject, "customer-1")]
    [InlineData(JournalKeyKind.Correlation, "c-2")]
    [InlineData(JournalKeyKind.Stream, "note/n-3")]
    [InlineData(JournalKeyKind.Subject, "rare")]
    [InlineData(JournalKeyKind.Correlation, "c-rare")]
    [InlineData(JournalKeyKind.Stream, "note/first")]
    [InlineData(JournalKeyKind.Subject, "nobody")]
    [InlineData(JournalKeyKind.Correlation, "customer-1")]
    public async Task A_bundle_is_complete_for_what_it_was_made_for(JournalKeyKind kind, string value)
    {
        var (storage, _, _, newer) = await Shared.Value;
        var key = new JournalKey(kind, value);
        var report = await Verify(await Write(key, newer));
        Assert.Empty(report.Problems);
        Assert.Equal(key, report.Complete);
        Assert.Equal(storage.Rows.Values.Count(row => value == kind switch { JournalKeyKind.Subject => row.Subject, JournalKeyKind.Correlation => row.CorrelationId, _ => row.StreamId }), report.Events);
    }

    [Fact]
    public async Task A_bundle_under_an_older_checkpoint_ends_where_that_does()
    {
        var (storage, _, older, _) = await Shared.Value;
        var report = await Verify(await Write(Customer, older));
        Assert.True(report.IsValid);
        Assert.Equal(storage.Rows.Values.Count(row => row.Subject == "customer-1" && row.Position <= older.Size), report.Events);
    }

    [Fact]
    public async Task Single_events_are_proven_without_a_claim()
    {
        var (_, integrity, _, newer) = await Shared.Value;
        using var target = new MemoryStream();
        Assert.Equal(3, await integrity.WriteBundle(new BundleRequest { Checkpoint = newer, Positions = [9_400, 1, 300] }, target, Cancellation));
        var report = await Verify(Encoding.UTF8.GetString(target.ToArray()));
        Assert.Equal((true, 3, null), (report.IsValid, report.Events, report.Complete));
    }

    [Fact]
    public async Task Without_the_auditors_own_key_it_is_taken_from_the_bundle_and_a_strangers_bundle_fits_together()
    {
        var (storage, _, _, _) = await Shared.Value;
        var stranger = new JournalIntegrity(storage, new IntegrityOptions { Signer = Keys.Stranger });
        using var target = new MemoryStream();
        await stranger.WriteBundle(new BundleRequest { Checkpoint = await stranger.Checkpoint(Cancellation), Key = Customer }, target, Cancellation);
        var bundle = Encoding.UTF8.GetString(target.ToArray());
        Assert.True((await Verify(bundle, trusted: null)).IsValid);
        Assert.False((await Verify(bundle)).IsValid);
    }

    /// <summary>What is done to the lines of a complete bundle.</summary>
    public static TheoryData<string> Forgeries =>
    [
        "an event left out", "the last event left out", "all events left out", "an event twice", "events in another order", "an event changed", "an event changed and rehashed", "an event of another subject", "an event of another subject in its place", "an event twice for another",
        "a count lowered", "a count lowered with the event", "a run left out", "the last run left out", "runs swapped", "a run twice", "all runs left out", "a run shown as absent",
        "the claim changed", "the claim taken away", "another kind", "an older checkpoint with newer counts", "a newer checkpoint with older counts", "a path shortened", "a path lengthened",
        "entries misstated", "a stranger's checkpoint", "no header", "two headers", "cut in a line", "an unknown member", "nothing", "an event behind the counts", "keys root of another checkpoint", "a member twice",
    ];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_bundle_is_refused(string forgery)
    {
        var report = await Verify(await Forge(forgery));
        Assert.False(report.IsValid);
        Assert.Null(report.Complete);
        Assert.All(report.Problems, problem => Assert.DoesNotContain('\n', problem));
    }

    [Fact]
    public async Task A_last_line_without_its_line_break_is_a_cut_bundle()
    {
        var (_, _, _, newer) = await Shared.Value;
        Assert.False((await Verify((await Write(Customer, newer)).TrimEnd('\n'))).IsValid);
    }

    [Fact]
    public async Task Each_single_event_left_out_of_each_key_is_noticed()
    {
        var storage = new OpenStorage();
        await storage.Fill(60);
        var integrity = Keys.IntegrityOf(storage);
        var checkpoint = await integrity.Checkpoint(Cancellation);
        foreach (var key in storage.Rows.Values.SelectMany(row => new[] { JournalKey.Of(StreamId.Parse(row.StreamId)), JournalKey.Correlation(row.CorrelationId ?? "none"), JournalKey.Subject(row.Subject ?? "none") }).Distinct())
        {
            using var target = new MemoryStream();
            await integrity.WriteBundle(new BundleRequest { Checkpoint = checkpoint, Key = key }, target, Cancellation);
            var lines = Encoding.UTF8.GetString(target.ToArray()).TrimEnd('\n').Split('\n');
            Assert.True((await Verify(string.Join('\n', lines) + "\n")).IsValid);
            for (var i = 1; i < lines.Length - 1; i++)
            {
                var report = await Verify(string.Join('\n', lines.Where((_, line) => line != i)) + "\n");
                Assert.Contains(report.Problems, problem => problem.Contains("not complete", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task A_journal_that_was_changed_gives_no_bundle()
    {
        var (prepared, _, _, newer) = await Shared.Value;
        var storage = prepared.Copy();
        var target = storage.Rows.Values.First(row => row.Subject == "customer-1" && row.Position > 4_000);
        storage.Rows[target.Position] = Tests.Events.Rehashed(target with { Subject = "customer-2" });
        foreach (var key in new[] { Customer, JournalKey.Subject("customer-2") })
        {
            await Assert.ThrowsAsync<IntegrityException>(async () =>
                await Keys.IntegrityOf(storage).WriteBundle(new BundleRequest { Checkpoint = newer, Key = key }, new MemoryStream(), Cancellation));
        }

        await Assert.ThrowsAsync<IntegrityException>(async () =>
            await Keys.IntegrityOf(prepared).WriteBundle(new BundleRequest { Checkpoint = newer, Positions = [999_999] }, new MemoryStream(), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Keys.IntegrityOf(prepared).WriteBundle(new BundleRequest { Checkpoint = newer }, new MemoryStream(), Cancellation));
    }

    [Fact]
    public async Task Payloads_that_json_parsers_differ_on_keep_their_bytes()
    {
        var storage = new OpenStorage();
        foreach (var payload in new[] { """{"a":1,"a":2}""", """{"a":"\ud800"}""", " {} ", "\u00ff", new string('[', 3_000) + new string(']', 3_000), "{\"b\":1.00,\"a\":1e2}" })
        {
            await storage.Append(Tests.Events.To("note/hostile", Tests.Events.Of("x", subject: "s") with { Data = Encoding.Latin1.GetBytes(payload) }), Cancellation);
        }

        var integrity = Keys.IntegrityOf(storage);
        using var target = new MemoryStream();
        await integrity.WriteBundle(new BundleRequest { Checkpoint = await integrity.Checkpoint(Cancellation), Key = JournalKey.Subject("s") }, target, Cancellation);
        var report = await Verify(Encoding.UTF8.GetString(target.ToArray()));
        Assert.Empty(report.Problems);
        Assert.Equal(6, report.Events);
    }

    /// <summary>A bundle forged as the name says.</summary>
    internal static async Task<string> Forge(string forgery)
    {
        var (storage, _, older, newer) = await Shared.Value;
        var lines = (await Write(Customer, newer)).TrimEnd('\n').Split('\n').ToList();
        var olderLines = (await Write(Customer, older)).TrimEnd('\n').Split('\n').ToList();
        var firstRun = lines.FindIndex(line => line.StartsWith("{\"counts\"", StringComparison.Ordinal));
        var stranger = new JournalIntegrity(storage, new IntegrityOptions { Signer = Keys.Stranger });
        switch (forgery)
        {
            case "an event left out": lines.RemoveAt(5); break;
            case "the last event left out": lines.RemoveAt(firstRun - 1); break;
            case "all events left out": lines.RemoveRange(1, firstRun - 1); break;
            case "an event twice": lines.Insert(5, lines[5]); break;
            case "events in another order": (lines[5], lines[6]) = (lines[6], lines[5]); break;
            case "an event changed": lines[5] = lines[5].Replace("\"actor\":\"agent:a\"", "\"actor\":\"agent:b\"", StringComparison.Ordinal); break;
            case "an event changed and rehashed": lines[5] = Rehashed(lines[5]); break;
            case "an event of another subject": lines[5] = (await Write(JournalKey.Subject("customer-2"), newer)).Split('\n')[5]; break;
            case "an event of another subject in its place": lines[5] = await Between(lines[5], lines[6], newer); break;
            case "an event twice for another": lines[6] = lines[5]; break;
            case "a count lowered": Change(lines, firstRun, run => run["counts"]!["found"]!["count"] = run["counts"]!["found"]!["count"]!.GetValue<int>() - 1); break;
            case "a count lowered with the event":
                lines.RemoveAt(5);
                Change(lines, firstRun - 1, run => run["counts"]!["found"]!["count"] = run["counts"]!["found"]!["count"]!.GetValue<int>() - 1);
                break;
            case "a run left out": lines.RemoveAt(firstRun); break;
            case "the last run left out": lines.RemoveAt(lines.Count - 1); break;
            case "runs swapped": (lines[firstRun], lines[firstRun + 1]) = (lines[firstRun + 1], lines[firstRun]); break;
            case "a run twice": lines.Add(lines[^1]); break;
            case "all runs left out": lines.RemoveRange(firstRun, lines.Count - firstRun); break;
            case "a run shown as absent":
                lines.RemoveAll(line => line.Contains("\"event\"", StringComparison.Ordinal) && line.Contains("\"position\":8", StringComparison.Ordinal));
                lines[^1] = (await Write(JournalKey.Subject("nobody"), newer)).TrimEnd('\n').Split('\n')[^1];
                break;
            case "the claim changed": lines[0] = lines[0].Replace("customer-1", "customer-2", StringComparison.Ordinal); break;
            case "the claim taken away": Change(lines, 0, header => header.AsObject().Remove("complete")); break;
            case "another kind": lines[0] = lines[0].Replace("\"subject\"", "\"correlation\"", StringComparison.Ordinal); break;
            case "an older checkpoint with newer counts": lines[0] = olderLines[0]; break;
            case "a newer checkpoint with older counts": lines = [lines[0], .. lines[1..firstRun], .. olderLines.Where(line => line.StartsWith("{\"counts\"", StringComparison.Ordinal))]; break;
            case "a path shortened": Change(lines, 5, e => e["path"]!.AsArray().RemoveAt(0)); break;
            case "a path lengthened": Change(lines, 5, e => e["path"]!.AsArray().Add(MerkleTree.EmptyRoot.ToString())); break;
            case "entries misstated": Change(lines, firstRun, run => run["counts"]!["entries"] = run["counts"]!["entries"]!.GetValue<int>() + 1); break;
            case "a stranger's checkpoint":
                var signed = await stranger.Checkpoint(Cancellation);
                Change(lines, 0, header => (header["checkpoint"], header["key"]) = (signed.Text, Keys.Stranger.Key.ToString()));
                break;
            case "no header": lines.RemoveAt(0); break;
            case "two headers": lines.Insert(1, lines[0]); break;
            case "cut in a line": lines[^1] = lines[^1][..^20]; break;
            case "an unknown member": Change(lines, 5, e => e["more"] = 1); break;
            case "nothing": lines.Clear(); break;
            case "an event behind the counts": lines.Add(lines[5]); lines.RemoveAt(5); break;
            case "keys root of another checkpoint":
                var mixed = await SignedCheckpoint.Sign("example.com/agents", newer.Size, newer.Root, older.KeysRoot!.Value, Keys.Own, Cancellation);
                Change(lines, 0, header => header["checkpoint"] = mixed.Text);
                break;
            case "a member twice": lines[5] = lines[5].Replace("{\"event\":", "{\"path\":[],\"event\":", StringComparison.Ordinal); break;
            default: throw new ArgumentOutOfRangeException(nameof(forgery), forgery, "no such forgery");
        }

        return lines.Count == 0 ? "" : string.Join('\n', lines) + "\n";
    }

    /// <summary>The bundle that the forgeries begin with.</summary>
    internal static async Task<string> Honest() => await Write(Customer, (await Shared.Value).Newer);

    private static async Task<string> Write(JournalKey key, SignedCheckpoint checkpoint)
    {
        var (_, integrity, _, _) = await Shared.Value;
        using var target = new MemoryStream();
        await integrity.WriteBundle(new BundleRequest { Checkpoint = checkpoint, Key = key }, target, Cancellation);
        return Encoding.UTF8.GetString(target.ToArray());
    }

    // The line of an event of somebody else that stands between two events.
    private static async Task<string> Between(string line, string next, SignedCheckpoint checkpoint)
    {
        var (storage, integrity, _, _) = await Shared.Value;
        var (first, last) = (PositionOf(line), PositionOf(next));
        var other = storage.Rows.Values.First(row => row.Position > first && row.Position < last && row.Subject == "customer-2");
        using var target = new MemoryStream();
        await integrity.WriteBundle(new BundleRequest { Checkpoint = checkpoint, Positions = [other.Position] }, target, Cancellation);
        return Encoding.UTF8.GetString(target.ToArray()).Split('\n')[1];
    }

    private static long PositionOf(string line) => JsonNode.Parse(line)!["event"]!["position"]!.GetValue<long>();

    private static Task<BundleReport> Verify(string bundle) => Verify(bundle, Keys.Own.Key);

    private static async Task<BundleReport> Verify(string bundle, VerifierKey? trusted)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(bundle));
        return await BundleVerifier.Verify(stream, trusted, Cancellation);
    }

    private static void Change(List<string> lines, int line, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(lines[line])!;
        change(node);
        lines[line] = node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    private static string Rehashed(string line)
    {
        var node = JsonNode.Parse(line)!;
        var row = EventLine.Read(Encoding.UTF8.GetBytes(node["event"]!.ToJsonString()));
        node["event"] = JsonNode.Parse(EventLine.Write(Tests.Events.Rehashed(row with { Actor = "agent:b" }).AsStoredEvent()));
        return node.ToJsonString();
    }

    private sealed record Prepared(OpenStorage Storage, JournalIntegrity Integrity, SignedCheckpoint Older, SignedCheckpoint Newer);
}
