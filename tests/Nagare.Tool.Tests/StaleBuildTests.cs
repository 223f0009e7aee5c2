namespace Nagare.Tool.Tests;

/// <summary>A build that is not of the code as it is says nothing; the projects that are asked are those that hold events, however they say so.</summary>
public class StaleBuildTests
{
    private const string Placed = "event shop placed 1 draft\n  member customer string\n";

    [Fact]
    public async Task A_build_is_stale_when_a_type_in_a_referenced_project_is_newer()
    {
        using var desk = new Desk().Project("Shop").Write("Shared/Shared.csproj", "<Project />").Write("Shared/Types.cs", "struct Money;").Code("Shop", Placed);
        desk.Write("Shop/obj/project.assets.json", """{ "libraries": { "Shared/1.0.0": { "type": "project", "path": "../Shared/Shared.csproj", "msbuildProject": "../Shared/Shared.csproj" }, "Other/1.0.0": { "type": "package" } } }""");
        await desk.Fine("schema", "update");

        File.SetLastWriteTimeUtc(Path.Combine(desk.Folder, "Shared", "Types.cs"), DateTime.UtcNow.AddMinutes(1));
        await IsStale(desk);
    }

    [Fact]
    public async Task A_build_is_stale_when_a_file_that_it_was_made_of_is_gone()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        await desk.Fine("schema", "update");

        File.Move(Path.Combine(desk.Folder, "Shop", "Events.cs"), Path.Combine(desk.Folder, "Shop", "OtherEvents.cs"));
        await IsStale(desk);
    }

    [Fact]
    public async Task A_project_for_several_frameworks_is_read_as_it_is_for_the_first()
    {
        using var desk = new Desk().Project("Shop").Code("Shop", Placed);
        desk.Write("Shop/Shop.csproj", """
            <Project>
              <PropertyGroup>
                <TargetFrameworks>net10.0; net9.0</TargetFrameworks>
                <TargetPath Condition="'$(TargetFramework)' == 'net10.0'">$(MSBuildProjectDirectory)/bin/$(Configuration)/Shop.dll</TargetPath>
              </PropertyGroup>
            </Project>
            """);
        File.SetLastWriteTimeUtc(Path.Combine(desk.Folder, "Shop", "Shop.csproj"), DateTime.UtcNow.AddMinutes(-1));
        Assert.Equal("made Shop/nagare.schema\n", await desk.Fine("schema", "update"));
    }

    [Fact]
    public async Task A_project_that_builds_no_assembly_is_one_line()
    {
        using var desk = new Desk().Project("Shop").Write("Shop/Shop.csproj", "<Project />");
        var (exitCode, output, error) = await desk.Nagare("schema", "update");
        Assert.Equal((3, "", "nagare: MSBuild says of no assembly that Shop/Shop.csproj builds it; is it a C# project?\n"), (exitCode, output, error));
    }

    [Theory]
    [InlineData("[Nagare.EventFamily(\"shop\")] class Events;")]
    [InlineData("[System.Serializable, EventFamily(\"shop\")] class Events;")]
    [InlineData("[EventFamilyAttribute (\"shop\")] class Events;")]
    public async Task A_family_is_found_however_its_mark_is_written(string code)
    {
        using var desk = new Desk().Project("Shop").Write("Shop/Events.cs", code).Code("Shop", Placed);
        Assert.Equal("made Shop/nagare.schema\n", await desk.Fine("schema", "update"));
    }

    // The project of a desk does not build, so that building it aside is seen.
    private static async Task IsStale(Desk desk)
    {
        var (exitCode, _, error) = await desk.Nagare("schema", "diff");
        Assert.Equal(3, exitCode);
        Assert.StartsWith("Shop/Shop.csproj has no build of the code as it is: building it aside\n", error, StringComparison.Ordinal);
    }
}
