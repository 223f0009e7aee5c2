namespace Nagare;

/// <summary>Explains any event: by its family's explainer, else by its own template, else by its name and members.</summary>
/// <remarks>
/// An explanation must never hide its event. A run is read because something in it went wrong, perhaps with the very data that the
/// explainer stumbles over; so when an explainer throws, the event is described by its name and members and the error is the detail.
/// </remarks>
internal sealed class Explanations : IExplanations
{
    /// <summary>The tag of an explanation whose explainer failed; its value is the type of the error.</summary>
    internal const string FailureTag = "explainer-error";

    private readonly EventModel _model;
    private readonly Dictionary<string, Lazy<Func<Envelope, Explanation>>> _explainerByFamily;

    public Explanations(EventModel model, IReadOnlyList<ExplainerRegistration> explainers, IServiceProvider services)
    {
        _model = model;
        _explainerByFamily = explainers.ToDictionary(
            explainer => model.FindFamily(explainer.EventBase)?.Name ?? throw new EventModelException($"An explainer is registered for {explainer.EventBase}, which no registered model lists."),
            explainer => new Lazy<Func<Envelope, Explanation>>(() => explainer.Create(services)),
            StringComparer.Ordinal);
    }

    public Explanation Explain(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        using (InvariantFormatting.Begin())
        {
            try
            {
                return ByModel(envelope) ?? Described(envelope);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return Failed(envelope, e);
            }
        }
    }

    private Explanation? ByModel(Envelope envelope)
    {
        var type = _model.Find(envelope.Event.GetType());
        if (type is null)
        {
            return null;
        }

        return _explainerByFamily.TryGetValue(type.Family, out var explainer)
            ? explainer.Value(envelope) ?? throw new InvalidOperationException("The explainer returned null.")
            : type.ExplainByTemplate(envelope.Event, envelope);
    }

    // What an upcaster made of an event is described as it is today: as it was stored, its parts would all look alike.
    private Explanation Described(Envelope envelope)
    {
        var type = _model.Find(envelope.Event.GetType());
        if (type is null || (type.Name == envelope.TypeName && type.SchemaVersion == envelope.SchemaVersion))
        {
            return EventDescription.Of(envelope.TypeName, envelope.Data);
        }

        using var encoder = EventEncoder.Rent();
        return EventDescription.Of(type.Name, encoder.Encode(type, envelope.Event));
    }

    private static Explanation Failed(Envelope envelope, Exception error)
    {
        var described = EventDescription.Of(envelope.TypeName, envelope.Data);
        return described with
        {
            Detail = $"The explainer of {envelope.Family}/{envelope.TypeName} failed with {error.GetType()}: {error.Message}",
            Tags = [(FailureTag, error.GetType().Name)],
        };
    }
}
