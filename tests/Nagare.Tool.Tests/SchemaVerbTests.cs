using System.Text.Json;

namespace Nagare.Tool.Tests;

/// <summary>From the first lock to a release, and what happens to whoever breaks it.</summary>
public class SchemaVerbTests
{
    private const string Placed = "event shop placed 1 draft  # Shop.Placed\n  member customer string\n  member total decimal\n";
    private const string PlacedWithout = "event shop placed 1 draft  # Shop.Placed\n  member customer string\n";
    private const string PlacedAsText = "event shop placed 1 draft  # Shop.Placed\n  member customer string\n  member total string\n";
    private const string Shipped = "event shop shipped 1 draft  # Shop.Shipped\n  member on dateonly\n";

    [Fact]
    public async Task Update_makes_a_lock_of_drafts_that_follow_the_code_until_they_are_sealed()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        Assert.Equal("made Shop/nagare.schema\n", await desk.Fine("schema", "update"));
        Assert.Contains("event shop placed 1 draft", desk.Read("Shop/nagare.schema"), StringComparison.Ordinal);
        Assert.Equal("Shop/nagare.schema is as it should be\n", await desk.Fine("schema", "update"));

        desk.Code("Shop", PlacedAsText);
        Assert.Equal("updated Shop/nagare.schema\n", await desk.Fine("schema", "update"));
        Assert.Contains("member total string", desk.Read("Shop/nagare.schema"), StringComparison.Ordinal);

        Assert.Equal("sealed Shop/nagare.schema\n", await desk.Fine("schema", "seal"));
        Assert.Contains("event shop placed 1 sealed", desk.Read("Shop/nagare.schema"), StringComparison.Ordinal);
        desk.Code("Shop", Placed);
        var (exitCode, output, _) = await desk.Nagare("schema", "update");
        Assert.Equal(1, exitCode);
        Assert.Contains("stored events could not be read", output, StringComparison.Ordinal);
        Assert.Contains("member total string", desk.Read("Shop/nagare.schema"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_shows_a_break_as_a_row_of_a_table_and_says_so_to_the_shell()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        await desk.Fine("schema", "update");
        await desk.Fine("schema", "seal");
        Assert.Equal("No shape of a stored event changed.\n", await desk.Fine("schema", "diff"));

        desk.Code("Shop", PlacedAsText, Shipped);
        var (exitCode, table, _) = await desk.Nagare("schema", "diff");
        Assert.Equal(1, exitCode);
        Assert.Contains("### Shop/nagare.schema\n\n| what | change | before | after | READ | ROLLOUT | what to do |\n", table, StringComparison.Ordinal);
        Assert.Contains("| shop/placed version 1, total | number → string | `member total decimal` | `member total string` | **breaks** | **breaks** |", table, StringComparison.Ordinal);
        Assert.Contains("| shop/shipped version 1 | event added |", table, StringComparison.Ordinal);

        (exitCode, var json, _) = await desk.Nagare("schema", "diff", "--json");
        Assert.Equal(1, exitCode);
        Assert.All(json.TrimEnd('\n'), static c => Assert.InRange(c, ' ', '~'));
        var root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(1, root.GetProperty("readBreaks").GetInt32());
        var change = Assert.Single(root.GetProperty("locks").EnumerateArray()).GetProperty("changes")[0];
        Assert.Equal(("NumberBecameText", "total", true), (change.GetProperty("kind").GetString(), change.GetProperty("path").GetString(), change.GetProperty("breaksRead").GetBoolean()));
    }

    [Fact]
    public async Task Diff_compares_revisions_files_folders_and_assemblies()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        await desk.Fine("schema", "update");
        await desk.Fine("schema", "seal");
        desk.Commit("first").Git("tag", "v1");
        File.Copy(Path.Combine(desk.Folder, "Shop", "nagare.schema"), Path.Combine(desk.Folder, "before.schema"));
        desk.Write("Shop/nagare.schema", desk.Read("Shop/nagare.schema").Replace("total decimal", "total string", StringComparison.Ordinal)).Commit("edited a sealed line").Code("Shop", PlacedAsText);

        string[][] pairs = [["v1", "HEAD"], ["v1"], ["v1", "Shop/nagare.schema"], ["before.schema", "Shop"], ["before.schema", "Shop/bin/Debug/Shop.dll"]];
        foreach (var pair in pairs)
        {
            var (exitCode, table, error) = await desk.Nagare(["schema", "diff", .. pair]);
            Assert.True(exitCode == 1 && table.Contains("number → string", StringComparison.Ordinal), $"{string.Join(' ', pair)}: {exitCode} {table}{error}");
        }

        // The edited lock agrees with the code, and so says nothing by itself.
        Assert.Equal("No shape of a stored event changed.\n", await desk.Fine("schema", "diff"));
    }

    [Fact]
    public async Task Verify_counts_everything_on_the_base_as_sealed_and_is_not_fooled_by_an_edited_or_deleted_lock()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        await desk.Fine("schema", "update");
        desk.Commit("a draft on main").Git("switch", "--quiet", "--create", "work");
        Assert.Equal("1 lock verified against main\n", await desk.Fine("schema", "verify"));

        desk.Code("Shop", PlacedAsText);
        await desk.Fine("schema", "update");
        var (exitCode, output, _) = await desk.Nagare("schema", "verify", "main");
        Assert.Equal(1, exitCode);
        Assert.Contains("Shop/nagare.schema: shop/placed version 1, total: number → string", output, StringComparison.Ordinal);

        File.Delete(Path.Combine(desk.Folder, "Shop", "nagare.schema"));
        (exitCode, output, _) = await desk.Nagare("schema", "verify", "main");
        Assert.Equal(1, exitCode);
        Assert.Contains("nagare.schema is missing", output, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(desk.Folder, "Shop"), recursive: true);
        desk.Project("Other").Code("Other", Shipped.Replace("shop", "other", StringComparison.Ordinal));
        await desk.Fine("schema", "update");
        (exitCode, output, _) = await desk.Nagare("schema", "verify", "main");
        Assert.Equal(1, exitCode);
        Assert.Contains("Shop/nagare.schema: main has it, and it is gone", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_follows_a_project_that_moved_and_still_sees_what_it_breaks()
    {
        using var desk = new Desk().Project("Shop").Project("Desk").Code("Shop", Placed).Code("Desk", Shipped.Replace("shop", "desk", StringComparison.Ordinal));
        await desk.Fine("schema", "update");
        desk.Commit("before").Git("switch", "--quiet", "--create", "work");
        Directory.CreateDirectory(Path.Combine(desk.Folder, "src"));
        Directory.Move(Path.Combine(desk.Folder, "Shop"), Path.Combine(desk.Folder, "src", "Shop"));
        desk.Code("src/Shop", Placed);
        Assert.Equal("2 locks verified against main\n", await desk.Fine("schema", "verify", "main"));

        desk.Write("src/Shop/nagare.schema", desk.Read("src/Shop/nagare.schema").Replace("total decimal", "total string", StringComparison.Ordinal));
        var (exitCode, output, _) = await desk.Nagare("schema", "verify", "main");
        Assert.Equal(1, exitCode);
        Assert.Contains("src/Shop/nagare.schema: shop/placed version 1, total: string → number", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_asks_for_what_the_lock_does_not_have_and_leaves_alone_what_only_the_base_has_got_since()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        await desk.Fine("schema", "update");
        desk.Commit("first").Git("branch", "work");
        var first = desk.Read("Shop/nagare.schema");
        desk.Code("Shop", Placed, Shipped);
        await desk.Fine("schema", "update");
        desk.Commit("main goes on").Git("switch", "--quiet", "work").Code("Shop", Placed);
        Assert.Equal(first, desk.Read("Shop/nagare.schema"));
        await desk.Fine("schema", "verify", "main");

        desk.Code("Shop", Placed, "event shop cancelled 1 draft\n  member why string\n");
        var (exitCode, output, _) = await desk.Nagare("schema", "verify", "main");
        Assert.Equal(1, exitCode);
        Assert.Contains("shop/cancelled version 1: event added ('event shop cancelled 1 draft'): the lock does not have it; run 'nagare schema update'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_locks_of_a_solution_are_found_and_one_that_is_not_in_it_is_left_alone()
    {
        using var desk = new Desk().Project("Shop").Project("Desk").Project("Stranger").Solution("Shop", "Desk").Code("Shop", Placed).Code("Desk", Shipped);
        desk.Write("Plain/Plain.csproj", "<Project />").Write("Stranger/nagare.schema", Desk.Header);
        Assert.Equal("made Desk/nagare.schema\nmade Shop/nagare.schema\n", await desk.Fine("schema", "update"));
        desk.Commit("first");
        Assert.Equal("No shape of a stored event changed.\n", await desk.Fine("schema", "diff", "HEAD"));
        Assert.Equal("2 locks verified against HEAD\n", await desk.Fine("schema", "verify", "HEAD"));

        Assert.Equal("sealed Desk/nagare.schema\n", await desk.Fine("schema", "seal", "--project", "Desk/Desk.csproj"));
        desk.Code("Shop", PlacedWithout).Code("Desk", "event shop shipped 1 draft\n  member on string\n");
        var (exitCode, table, _) = await desk.Nagare("schema", "diff");
        Assert.Equal(0, exitCode);
        Assert.Contains("### Desk/nagare.schema", table, StringComparison.Ordinal);
        Assert.Contains("### Shop/nagare.schema", table, StringComparison.Ordinal);
        Assert.Contains("| draft | draft |", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_prints_an_event_with_the_types_inside_it()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", "event shop placed 1 draft  # Shop.OrderPlaced\n  member total object money\n\nobject money draft\n  member amount decimal\n", Shipped);
        await desk.Fine("schema", "update");
        string[] names = ["placed", "shop/placed", "OrderPlaced"];
        foreach (var name in names)
        {
            Assert.Equal(
                "# Shop/nagare.schema\n\nfamily shop\n\nevent shop placed 1 draft  # Shop.OrderPlaced\n  member total object money\n\nobject money draft\n  member amount decimal\n",
                await desk.Fine("schema", "show", name));
        }

        Assert.Equal((4, "", "nagare: no lock has an event 'lost'; there are shop/placed, shop/shipped\n"), await desk.Nagare("schema", "show", "lost"));
    }
}
