using System.Data.Common;

namespace Nagare.Storage;

/// <summary>A caller's code that takes part in its append's transaction: how it is run, bounded and given up.</summary>
/// <remarks>
/// One word decides between a caller that gives up and a writer that commits: whoever says it first. So a caller that is told
/// "cancelled" is surely not stored, however far its append had come.
/// </remarks>
internal sealed class Participation(AppendParticipant participant, RelationalJournal journal, CancellationToken cancellationToken)
{
    // Code that heard its token is given this long to end by itself, before its connection is taken away from under it.
    private static readonly TimeSpan GraceTime = TimeSpan.FromSeconds(1);

    private static readonly AsyncLocal<RelationalJournal?> Within = new();

    // What flows with the caller's calls (its trace, its event scope) flows into its code as well, though a writer runs it.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Open;

    private const int Open = 0;
    private const int GivenUp = 1;
    private const int Committing = 2;

    /// <summary>Whether the current call comes from code that takes part in an append to this journal.</summary>
    public static bool IsWithin(RelationalJournal journal) => Within.Value == journal;

    /// <summary>The caller gives up. False where the commit has begun: then nobody knows.</summary>
    public bool TryGiveUp()
    {
        if (Interlocked.CompareExchange(ref _state, GivenUp, Open) == Committing)
        {
            return false;
        }

        _givenUp.TrySetResult();
        return true;
    }

    /// <summary>The caller's own token, for telling it that it gave up.</summary>
    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>Whether the caller gave up, or does so now because its token says so.</summary>
    public bool HasGivenUp()
    {
        // A writer may be here before the caller's thread has come to watch its token, and what cancels it may be the code itself.
        if (cancellationToken.IsCancellationRequested)
        {
            TryGiveUp();
        }

        return Volatile.Read(ref _state) == GivenUp;
    }

    /// <summary>The writer is about to commit. False where the caller has given up: then nothing may be stored.</summary>
    public bool TryBeginCommit() => !HasGivenUp() && Interlocked.CompareExchange(ref _state, Committing, Open) != GivenUp;

    /// <summary>A further attempt: the commit before is known to have stored nothing.</summary>
    public void BeginAgain() => Interlocked.CompareExchange(ref _state, Open, Committing);

    /// <summary>Runs the code once.</summary>
    /// <exception cref="ParticipantException">It threw, or heard its token when its time was over.</exception>
    /// <exception cref="StuckParticipantException">It goes on although its time is over: its connection has to be taken away.</exception>
    public async ValueTask Run(DbConnection connection, DbTransaction transaction, Guid appendId, TimeSpan limit, TimeProvider clock)
    {
        using var overdue = new CancellationTokenSource(limit, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(overdue.Token);
        // On a thread of the pool, because code that blocks must not be able to block the writer for longer than the limit.
        var work = Task.Run(() => Call(connection, transaction, ended.Token), CancellationToken.None);
        var over = new TaskCompletionSource();
        var watching = CancelWhenGivenUp(ended, over.Task);
        try
        {
            await work.WaitAsync(limit + GraceTime, clock).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            throw new StuckParticipantException(work, new ParticipationTimeoutException(appendId, limit));
        }
        catch (Exception failure) when (overdue.IsCancellationRequested)
        {
            throw new ParticipantException(new ParticipationTimeoutException(appendId, limit, failure));
        }
        catch (Exception failure)
        {
            throw new ParticipantException(failure);
        }
        finally
        {
            over.SetResult();
            await watching.ConfigureAwait(false);
        }
    }

    private async Task CancelWhenGivenUp(CancellationTokenSource ended, Task over)
    {
        if (await Task.WhenAny(_givenUp.Task, over).ConfigureAwait(false) == _givenUp.Task)
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private Task Call(DbConnection connection, DbTransaction transaction, CancellationToken ended)
    {
        if (_context is null)
        {
            return CallHere();
        }

        Task? work = null;
        ExecutionContext.Run(_context, _ => work = CallHere(), null);
        return work!;

        async Task CallHere()
        {
            Within.Value = journal;
            await participant(connection, transaction, ended).ConfigureAwait(false);
        }
    }
}
