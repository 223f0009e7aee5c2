using Microsoft.Extensions.Diagnostics.HealthChecks;
using Nagare.Storage;

namespace Nagare;

/// <summary>
/// Says whether the journal can be used: reachable, tables complete and of this build's format, writable; settings that acknowledge an append before it is
/// flushed are reported as degraded. Each check is a connection of its own and a few statements, and changes nothing.
/// </summary>
/// <param name="storage">The journal.</param>
/// <example>
/// With the package that adds health checks:
/// <code>services.AddHealthChecks().AddCheck&lt;JournalHealthCheck&gt;("journal");</code>
/// </example>
public sealed class JournalHealthCheck(IJournalStorage storage) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var findings = await storage.Examine(ExaminationDepth.Settings, cancellationToken).ConfigureAwait(false);
        var status = findings.Select(finding => finding.Severity).DefaultIfEmpty(FindingSeverity.Notice).Max() switch
        {
            FindingSeverity.Error => context.Registration.FailureStatus,
            FindingSeverity.Warning => HealthStatus.Degraded,
            FindingSeverity.Notice => HealthStatus.Healthy,
            var severity => throw new InvalidOperationException($"There is no severity {severity}."),
        };
        var told = findings.Where(finding => finding.Severity != FindingSeverity.Notice).ToList();
        return new HealthCheckResult(
            status,
            told.Count == 0 ? "The journal can be reached, its tables are complete, and what it acknowledges is durable." : string.Join(' ', told.Select(finding => $"{finding.What} {finding.Advice}")),
            data: told.GroupBy(finding => finding.Code).ToDictionary(group => group.Key, group => (object)string.Join(' ', group.Select(finding => finding.What))));
    }
}
