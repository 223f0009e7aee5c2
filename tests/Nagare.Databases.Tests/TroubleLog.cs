using Microsoft.Extensions.Logging;

namespace Nagare.Databases.Tests;

/// <summary>Hears a journal say that the server is in trouble: that it tries appends or reads again, or asks what became of them.</summary>
internal sealed class TroubleLog : ILogger<PostgreSqlJournal>, ILogger<MySqlJournal>
{
    // Their numbers, as in docs/telemetry.md.
    private const int TriedAgain = 12;
    private const int AnswerLost = 13;
    private const int ReadTriedAgain = 20;

    private volatile TaskCompletionSource _next = new();

    /// <summary>Ends the next time from now on.</summary>
    public Task Next() => (_next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is TriedAgain or AnswerLost or ReadTriedAgain)
        {
            _next.TrySetResult();
        }
    }
}
