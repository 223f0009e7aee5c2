// A team that comes from another toolkit: classes, private setters, a hand-written switch, history kept in one place.
using System.Collections.Immutable;
using System.Text.Json;
using Nagare;

namespace Clinic.Visits
{
    [EventFamily("visit"), FormerName("appointment")]
    public abstract partial record VisitEvent;

    [Event("booked", Version = 2), Explain("Booked for {When}")]
    public sealed record VisitBooked(Guid Patient, DateOnly When, VisitKind Kind) : VisitEvent;

    [Event("cancelled"), FormerName("called-off"), Explain("Cancelled: {Reason}")]
    public sealed record VisitCancelled([FormerName("why")] string Reason) : VisitEvent;

    [Event("finding-added"), Explain("{Finding.Code}")]
    public sealed record FindingAdded(Finding Finding, ImmutableSortedDictionary<string, double> Values) : VisitEvent;

    public sealed record Finding(string Code, string? Text = null);

    public enum VisitKind
    {
        Unknown,
        Checkup,

        [FormerName("Urgent")]
        Emergency,
    }

    [PastEvent<VisitEvent>("booked", 1)]
    public sealed record VisitBookedV1(Guid Patient, DateTime When);

    internal static class VisitHistory
    {
        [Upcaster]
        internal static VisitBooked Today(VisitBookedV1 old) => new(old.Patient, DateOnly.FromDateTime(old.When), VisitKind.Unknown);

        [Upcaster("reminded", 1)]
        internal static IEnumerable<VisitEvent> Nothing(JsonElement _) => [];

        [Upcaster("noted", 1)]
        internal static FindingAdded Noted(JsonElement old, EventMetadata metadata) =>
            new(new Finding(old.GetProperty("code").GetString() ?? "", metadata.Actor), ImmutableSortedDictionary<string, double>.Empty);
    }

    public sealed class Visit : IAggregate<Visit, VisitEvent>
    {
        public static Visit Initial => new();

        public DateOnly? When { get; private set; }

        public bool IsCancelled { get; private set; }

        public ImmutableArray<string> Codes { get; private set; } = [];

        public static Visit Evolve(Visit state, VisitEvent e)
        {
            switch (e)
            {
                case VisitBooked booked:
                    state.When = booked.When;
                    break;
                case VisitCancelled:
                    state.IsCancelled = true;
                    break;
                case FindingAdded added:
                    state.Codes = state.Codes.Add(added.Finding.Code);
                    break;
            }

            return state;
        }
    }
}

namespace Clinic.Desk
{
    using Clinic.Visits;

    [EventModel]
    public sealed partial class ClinicModel;

    public interface IReminder
    {
        Task Send(VisitBooked visit, CancellationToken cancellationToken);
    }

    public sealed class Reception(IAggregateRepository<Visit> visits, IReminder reminder)
    {
        private readonly Dictionary<Guid, int> _asked = [];

        public async ValueTask Book(Guid patient, DateOnly when, CancellationToken cancellationToken)
        {
            _asked[patient] = _asked.GetValueOrDefault(patient) + 1;
            var booked = new VisitBooked(patient, when, VisitKind.Checkup);
            await visits.Append(new StreamId("visit", patient.ToString("N")), ExpectedVersion.NoStream, [booked], cancellationToken);
            await reminder.Send(booked, cancellationToken);
        }

        public async Task<bool> IsOpen(Guid patient, CancellationToken cancellationToken = default)
        {
            var loaded = await visits.Load(new StreamId("visit", patient.ToString("N")), cancellationToken);
            return loaded.State is { IsCancelled: false, When: not null };
        }
    }
}
