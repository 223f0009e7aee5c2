using Microsoft.CodeAnalysis;

namespace Nagare.Generators;

/// <summary>Writes all the code between what people annotate and the runtime, a concern after the other.</summary>
/// <remarks>One generator for all concerns: Roslyn finds and binds the marks of a compilation anew for each generator that asks for them.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class NagareGenerator : IIncrementalGenerator
{
    private static readonly IConcern[] Concerns =
    [
        new CodecGenerator(),
        new FamilyGenerator(),
        new UpcasterGenerator(),
        new StateGenerator(),
        new AggregateGenerator(),
        new ExplainerGenerator(),
        new RegistrationGenerator(),
    ];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context) => Register(context, new Marks(context, new Memory()));

    internal static void Register(IncrementalGeneratorInitializationContext context, Marks marks)
    {
        foreach (var concern in Concerns)
        {
            concern.Register(context, marks);
        }
    }
}
