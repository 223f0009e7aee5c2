using System.Diagnostics;

namespace Nagare;

/// <summary>The spans: append, load, search. They carry no payload, no metadata and no stream ids, which may name people; an append's id finds everything in the journal.</summary>
internal static class Spans
{
    public const string System = "db.system.name";
    public const string Operation = "db.operation.name";
    public const string Category = "nagare.stream.category";
    public const string AppendId = "nagare.append.id";
    public const string Streams = "nagare.append.streams";
    public const string Events = "nagare.append.events";
    public const string LastPosition = "nagare.append.last_position";
    public const string WasStoredBefore = "nagare.append.stored_before";
    public const string SharedBy = "nagare.append.shared_by";
    public const string ByParticipant = "participant";
    public const string ByCaller = "caller";
    public const string LoadedVersion = "nagare.load.version";
    public const string Rules = "nagare.search.rules";
    public const string SearchedEvents = "nagare.search.events";
    public const string Violations = "nagare.search.violations";
    public const string ErrorType = "error.type";

    private static readonly ActivitySource Source = new(NagareTelemetry.ActivitySourceName, NagareTelemetry.Version);

    /// <summary>Whether anybody listens. Asked before anything is made for a span.</summary>
    public static bool AreHeard => Source.HasListeners();

    public static Activity? StartAppend(string system, StreamId stream, int streams)
    {
        var activity = Start("append", system, streams == 1 ? stream : default);
        activity?.SetTag(Streams, streams);
        return activity;
    }

    public static Activity? StartLoad(string system, StreamId stream) => Start("load", system, stream);

    public static Activity? StartSearch(int rules)
    {
        var activity = Source.StartActivity("search");
        activity?.SetTag(Rules, rules);
        return activity;
    }

    public static void Fail(Activity? activity, Exception error)
    {
        if (activity is not null)
        {
            activity.SetTag(ErrorType, error.GetType().FullName);
            // The words of an error may repeat an id; its type does not.
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    // A client's span, as OpenTelemetry has it for calls of a database; also where the database is inside this process.
    private static Activity? Start(string operation, string system, StreamId stream)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var category = stream.IsDefault ? null : stream.Category;
        var activity = Source.StartActivity(category is null ? operation : $"{operation} {category}", ActivityKind.Client);
        if (activity is not null)
        {
            activity.SetTag(System, system);
            activity.SetTag(Operation, operation);
            if (category is not null)
            {
                activity.SetTag(Category, category);
            }
        }

        return activity;
    }
}
