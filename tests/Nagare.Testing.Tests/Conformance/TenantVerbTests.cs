using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Nagare.Testing;

/// <summary>The list of verbs by which one tenant is tried against another holds every verb there is.</summary>
public sealed class TenantVerbTests
{
    // What a host's own runner calls, and what says how something is printed: no journal is asked by either.
    private static readonly string[] NoVerbs = ["Dispose", "DisposeAsync", "ToString", "Equals", "GetHashCode", "GetType"];

    [Fact]
    public void Every_public_method_of_every_service_is_tried_across_tenants()
    {
        var services = new ServiceCollection();
        services.AddNamedJournals(nagare => nagare.AddModel<ConformanceModel>().UseInMemoryJournals(new()));
        var verbs = services
            .Select(service => service.ServiceType)
            .Where(type => type.IsPublic && type.Namespace is "Nagare" or "Nagare.Storage" && type != typeof(INamedJournals))
            // The class behind it has the same verbs, which is checked below.
            .Where(type => type != typeof(Journal))
            .SelectMany(type => Methods(type).Select(method => $"{type.Name}.{method}"))
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(verbs, TenantVerbs.All.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Methods(typeof(IJournal)).Order(StringComparer.Ordinal), Methods(typeof(Journal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_named_journal_gives_no_other_service_than_those()
    {
        var services = new ServiceCollection().AddNamedJournals(nagare => nagare.AddModel<ConformanceModel>().UseInMemoryJournals(new()));
        var given = typeof(NamedJournal).GetProperties().Select(property => property.PropertyType).Where(type => type != typeof(JournalName) && type != typeof(IServiceProvider));
        Assert.All(given, type => Assert.Contains(services, service => service.ServiceType == type));
    }

    private static IEnumerable<string> Methods(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Where(method => !method.IsSpecialName)
        .Select(method => method.Name)
        .Except(NoVerbs)
        .Distinct();
}
