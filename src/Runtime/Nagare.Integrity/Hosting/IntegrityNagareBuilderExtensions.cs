using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Nagare.Storage;

namespace Nagare;

/// <summary>Adds proofs to a journal.</summary>
public static class IntegrityNagareBuilderExtensions
{
    /// <summary>Adds <see cref="IIntegrity"/>, and in a host the service that builds the tree behind the head.</summary>
    /// <example>
    /// <code>
    /// services.AddNagare(nagare => nagare
    ///     .UseSqlite("Data Source=agents.db")
    ///     .UseIntegrity(integrity => integrity.Signer = CheckpointKey.Parse(File.ReadAllText("nagare.key"))));
    /// </code>
    /// </example>
    /// <param name="nagare">What <c>AddNagare</c> is told.</param>
    /// <param name="configure">Says who signs and how often the tree is built.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not longer than nothing, or the share is not one.</exception>
    public static NagareBuilder UseIntegrity(this NagareBuilder nagare, Action<IntegrityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(nagare);
        var options = new IntegrityOptions();
        configure?.Invoke(options);
        nagare.Services.AddSingleton(provider => new JournalIntegrity(provider.GetRequiredService<IJournalStorage>(), options));
        nagare.Services.AddSingleton<IIntegrity>(provider => provider.GetRequiredService<JournalIntegrity>());
        if (options.BuildInterval is { } interval)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero, nameof(configure));
            if (options.BuildShare is not (> 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(configure), options.BuildShare, "The builder's share of its time is above 0 and at most 1.");
            }

            nagare.Services.AddSingleton<IHostedService>(provider => new TreeBuilderService(
                provider.GetRequiredService<JournalIntegrity>(),
                interval,
                new BuildPace(options.BuildShare, provider.GetRequiredService<TimeProvider>()),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILoggerFactory>().CreateLogger("Nagare")));
        }

        return nagare;
    }
}
