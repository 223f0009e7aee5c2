using System.IO.Compression;

namespace Nagare.Packages;

/// <summary>The smallest application that keeps a journal: one project, two files, the packages.</summary>
internal static class BareProject
{
    public static void Write(Workplace workplace, string folder, Feed feed, params string[] furtherPackages)
    {
        workplace.Write($"{folder}/Bare.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <PublishAot>true</PublishAot>
                <WarningsAsErrors>nullable</WarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Nagare" Version="{feed.Version}" />
                <PackageReference Include="Nagare.Sqlite" Version="{feed.Version}" />
                <PackageReference Include="Microsoft.Extensions.DependencyInjection" Version="10.0.0" />
                {string.Concat(furtherPackages)}
              </ItemGroup>
            </Project>
            """);
        workplace.Write($"{folder}/Orders.cs", """
            using Nagare;

            [EventFamily("order")]
            public abstract partial record OrderEvent
            {
                [Event("order-placed"), Explain("{Sacks} sacks ordered", "for {Shop}")]
                public sealed record Placed(string Shop, int Sacks) : OrderEvent;

                [Event("order-shipped"), Explain("Shipped")]
                public sealed record Shipped : OrderEvent;
            }

            [Aggregate]
            public sealed partial record Order : IAggregate<Order, OrderEvent>
            {
                public int Sacks { get; init; }
                public bool IsShipped { get; init; }

                private Order Apply(OrderEvent.Placed e) => this with { Sacks = e.Sacks };
                private Order Apply(OrderEvent.Shipped e) => this with { IsShipped = true };
            }

            [EventModel]
            public sealed partial class OrderModel;
            """);
        workplace.Write($"{folder}/Program.cs", """
            using Microsoft.Extensions.DependencyInjection;
            using Nagare;

            await using var services = new ServiceCollection()
                .AddNagare(nagare => nagare.AddModel<OrderModel>().UseSqlite("Data Source=orders.db"))
                .BuildServiceProvider();
            var orders = services.GetRequiredService<IAggregateRepository<Order>>();
            var order = Order.Stream("7");
            await orders.Append(order, ExpectedVersion.NoStream, [new OrderEvent.Placed("Riverside", 9), new OrderEvent.Shipped()]);
            await foreach (var step in orders.Steps(order))
            {
                System.Console.WriteLine($"v{step.Envelope.Version} {step.Explanation}");
            }

            System.Console.WriteLine($"{(await orders.Load(order)).State}");
            """);
    }

    /// <summary>A package of somebody else that carries the compiler's parts of Nagare once more.</summary>
    public static void WriteSecondBringer(Workplace workplace, Feed feed)
    {
        using var nagare = feed.Open("Nagare");
        using var package = ZipFile.Open(Path.Combine(workplace.Folder, "Contoso.Agents.1.0.0.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(package.CreateEntry("Contoso.Agents.nuspec").Open()))
        {
            nuspec.Write("""
                <package>
                  <metadata>
                    <id>Contoso.Agents</id>
                    <version>1.0.0</version>
                    <authors>Contoso</authors>
                    <description>Brings the generators along in a copy of its own.</description>
                  </metadata>
                </package>
                """);
        }

        foreach (var part in nagare.Entries.Where(entry => entry.FullName.StartsWith("analyzers/", StringComparison.Ordinal)))
        {
            using var from = part.Open();
            using var to = package.CreateEntry(part.FullName).Open();
            from.CopyTo(to);
        }
    }
}
