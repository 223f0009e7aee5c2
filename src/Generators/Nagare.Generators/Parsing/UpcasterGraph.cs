using System;
using System.Collections.Generic;
using System.Linq;

namespace Nagare.Generators;

/// <summary>Past events and the upcasters between them: which way leads from a stored shape to today. The rules ask it the same questions as the generator.</summary>
internal sealed class UpcasterGraph
{
    private const string RawConverter = "global::System.Text.Json.Serialization.Metadata.JsonMetadataServices.JsonElementConverter";
    private const string RawType = "global::System.Text.Json.JsonElement";

    private readonly IReadOnlyList<PastEventEntry> _pastEvents;
    private readonly IReadOnlyList<UpcasterModel> _upcasters;
    private readonly Dictionary<string, UpcasterModel> _stepFrom;

    public UpcasterGraph(IEnumerable<PastEventEntry> pastEvents, IEnumerable<UpcasterModel> upcasters)
    {
        _pastEvents = [.. pastEvents.Distinct().OrderBy(static past => past.Name, StringComparer.Ordinal).ThenBy(static past => past.Version).ThenBy(static past => past.Type.FullName, StringComparer.Ordinal)];
        _upcasters = [.. upcasters.Distinct().OrderBy(static step => step.Method, StringComparer.Ordinal).ThenBy(static step => step.Source, StringComparer.Ordinal).ThenBy(static step => step.Name, StringComparer.Ordinal).ThenBy(static step => step.Version)];
        var known = new HashSet<string>(_pastEvents.Select(static past => past.Type.FullName));
        _stepFrom = _upcasters.Where(step => known.Contains(step.Source)).GroupBy(static step => step.Source).ToDictionary(static steps => steps.Key, static steps => steps.First());
    }

    /// <summary>The way on from a past event, as far as it leads.</summary>
    public UpcasterWay From(string pastEvent)
    {
        var steps = new List<UpcasterModel>();
        var passed = new HashSet<string>();
        for (var at = pastEvent; at.Length > 0; at = steps[steps.Count - 1].Target)
        {
            if (!passed.Add(at))
            {
                return new UpcasterWay(steps, WayEnd.Circle, at);
            }

            if (!_stepFrom.TryGetValue(at, out var step))
            {
                return new UpcasterWay(steps, WayEnd.Gap, at);
            }

            steps.Add(step);
        }

        return new UpcasterWay(steps, WayEnd.Today, "");
    }

    /// <summary>Every stored shape of a family that leads to today, each name and version once.</summary>
    public FamilyUpcasters Of(TypeModel family)
    {
        var typed = _pastEvents.Where(past => past.Family == family.FullName)
            .SelectMany(static past => past.FormerNames.Prepend(past.Name), (past, name) => (Name: name, past.Version, past.Type.FullName, Converter: $"new {ConverterNames.Of(past.Type)}()", Way: From(past.Type.FullName)));
        var raw = _upcasters.Where(step => step.Family == family.FullName && step.Source.Length == 0)
            .Select(step => (step.Name, step.Version, FullName: RawType, Converter: RawConverter, Way: From(step.Target).After(step)));
        return new FamilyUpcasters(family, typed.Concat(raw)
            .Where(static shape => shape.Way.End == WayEnd.Today)
            .GroupBy(static shape => (shape.Name, shape.Version), static (_, same) => same.First())
            .OrderBy(static shape => shape.Name, StringComparer.Ordinal)
            .ThenBy(static shape => shape.Version)
            .Select(static shape => new UpcasterChain(
                shape.Name,
                shape.Version,
                shape.FullName,
                shape.Converter,
                shape.Way.Steps.ToEquatableArray(),
                shape.Way.Steps.Any(static step => step.IsMany),
                shape.Way.Steps.Any(static step => step.Context != UpcasterContext.None)))
            .ToEquatableArray());
    }
}

/// <summary>Where a way from a stored shape ends.</summary>
internal enum WayEnd
{
    /// <summary>With events of today.</summary>
    Today,

    /// <summary>At a past event that no upcaster takes.</summary>
    Gap,

    /// <summary>At a past event that it passed before.</summary>
    Circle,
}

/// <summary>A way from a stored shape.</summary>
internal readonly struct UpcasterWay(IReadOnlyList<UpcasterModel> steps, WayEnd end, string at)
{
    /// <summary>The upcasters in the order of their calls.</summary>
    public IReadOnlyList<UpcasterModel> Steps { get; } = steps;

    /// <summary>How it ends.</summary>
    public WayEnd End { get; } = end;

    /// <summary>The past event at which it ends, <c>global::</c>-qualified; empty where it ends with events of today.</summary>
    public string At { get; } = at;

    /// <summary>The same way with a step in front of it.</summary>
    public UpcasterWay After(UpcasterModel first) => new([first, .. Steps], End, At);
}
