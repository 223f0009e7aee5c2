namespace Nagare.Generators;

/// <summary>A constructor whose parameters come from an <c>IServiceProvider</c>.</summary>
/// <param name="Type">What it makes, <c>global::</c>-qualified.</param>
/// <param name="Parameters">Its parameters, without those that keep their default.</param>
internal sealed record ConstructorModel(string Type, EquatableArray<ParameterModel> Parameters);

/// <summary>A parameter that a service is given to.</summary>
/// <param name="Name">Its name, escaped where it is a keyword.</param>
/// <param name="Type">Its type, <c>global::</c>-qualified.</param>
/// <param name="Source">Where its value comes from.</param>
internal sealed record ParameterModel(string Name, string Type, ParameterSource Source);

/// <summary>Where a constructor's argument comes from.</summary>
internal enum ParameterSource
{
    /// <summary>A service that must be registered.</summary>
    RequiredService,

    /// <summary>A service, or null where it is not registered.</summary>
    OptionalService,

    /// <summary>The provider itself.</summary>
    Services,
}
