using System.Reflection;

namespace Nagare.Generators.Tests.Driving;

public sealed class ModelTests
{
    private static readonly HashSet<Type> Values = [typeof(string), typeof(int), typeof(bool)];

    public static TheoryData<string> Models => [.. typeof(NagareGenerator).Assembly.GetTypes().Where(IsModel).Select(type => type.Name).Order()];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_holds_values_enums_other_models_and_equatable_arrays_of_them(string name)
    {
        var model = typeof(NagareGenerator).Assembly.GetTypes().Single(type => IsModel(type) && type.Name == name);

        Assert.All(
            model.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public),
            field => Assert.True(IsAllowed(field.FieldType), $"{model.Name}.{field.Name} is {field.FieldType}"));
    }

    // A model is a record of the generator's assembly: the compiler gives those a Clone method.
    private static bool IsModel(Type type) => type.Namespace == "Nagare.Generators" && type.GetMethod("<Clone>$") is not null;

    private static bool IsAllowed(Type type) =>
        Values.Contains(type) || type.IsEnum || IsModel(type)
        || (Nullable.GetUnderlyingType(type) is { } inner && IsAllowed(inner))
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) && IsAllowed(type.GetGenericArguments()[0]));
}
