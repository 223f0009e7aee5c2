using System.Linq;
using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Decides how a class with injected services is made, as a container would, but at compile time.</summary>
internal static class ConstructorFinder
{
    /// <summary>The constructor with the most parameters that generated code may call, or null where there is none.</summary>
    public static ConstructorModel? Find(INamedTypeSymbol type)
    {
        if (type.IsAbstract)
        {
            return null;
        }

        var constructor = type.InstanceConstructors
            .Where(static candidate => candidate.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)
            .Where(static candidate => candidate.Parameters.All(static parameter => parameter.RefKind == RefKind.None))
            .OrderByDescending(static candidate => candidate.Parameters.Length)
            .FirstOrDefault();
        return constructor is null
            ? null
            : new ConstructorModel(Naming.FullName(type), constructor.Parameters.Where(static parameter => !KeepsDefault(parameter)).Select(Parameter).ToEquatableArray());
    }

    private static bool KeepsDefault(IParameterSymbol parameter) =>
        parameter.IsParams || (parameter.HasExplicitDefaultValue && (parameter.Type.IsValueType || parameter.ExplicitDefaultValue is not null));

    private static ParameterModel Parameter(IParameterSymbol parameter)
    {
        var source = parameter switch
        {
            _ when parameter.Type.Is(KnownNames.ServiceProvider) => ParameterSource.Services,
            { HasExplicitDefaultValue: true } => ParameterSource.OptionalService,
            _ => ParameterSource.RequiredService,
        };
        var type = parameter.Type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(TypeParser.FullName);
        return new ParameterModel(TypeParser.Escape(parameter.Name), type, source);
    }
}
