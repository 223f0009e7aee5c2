using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Nagare.Tests.Upcasters;

/// <summary>Who calls a method, read from the assembly's own code.</summary>
internal static class Calls
{
    private const BindingFlags Anything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>"EventDecoder.Envelopes: EnvelopePage": the types, without those that the compiler makes for their lambdas and async methods.</summary>
    public static string To(Type type, string method)
    {
        var token = type.GetMethod(method, Anything)!.MetadataToken;
        var callers = type.Assembly.GetTypes()
            .Where(caller => caller.GetMembers(Anything).OfType<MethodBase>().Any(body => HoldsCall(body.GetMethodBody()?.GetILAsByteArray(), token)))
            .Select(Outermost)
            .Distinct()
            .Order(StringComparer.Ordinal);
        return $"{type.Name}.{method}: {string.Join(", ", callers)}";
    }

    // Bytes that look like the call and are none would only make the test fail, never pass.
    private static bool HoldsCall(byte[]? code, int token)
    {
        for (var i = 0; i + sizeof(int) < code?.Length; i++)
        {
            if ((code[i] == OpCodes.Call.Value || code[i] == OpCodes.Callvirt.Value || (i > 0 && code[i - 1] == 0xFE && code[i] is 0x06 or 0x07))
                && BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(i + 1)) == token)
            {
                return true;
            }
        }

        return false;
    }

    private static string Outermost(Type type) => type.DeclaringType is { } around && type.Name.Contains('<', StringComparison.Ordinal) ? Outermost(around) : type.Name;
}
