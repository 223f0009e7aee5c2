using System.Linq;
using Microsoft.CodeAnalysis;
using Nagare.Generators;

namespace Nagare.Analyzers;

/// <summary>Members of the platform whose answer differs from call to call, or that reach outside the process.</summary>
internal static class ImpureMembers
{
    private const string Clock = "reads the clock";
    private const string Randomness = "draws a random value";
    private const string Environment = "reads the environment";
    private const string Outside = "does I/O";
    private const string StaticState = "uses static state that can change";

    private static readonly string[] OutsideTypes =
    [
        "System.Console", "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo", "System.IO.FileStream", "System.IO.DriveInfo",
        "System.Diagnostics.Process", "System.Threading.Thread", "System.Net.Dns", "Microsoft.Extensions.Logging.LoggerExtensions", "Microsoft.Extensions.Logging.ILogger",
        "Nagare.IJournal", "Nagare.IAggregateRepository`1",
    ];

    private static readonly string[] OutsideNamespaces = ["System.Net.Http", "System.Net.Sockets", "System.Net.Mail", "System.Net.WebSockets", "System.Data", "System.Data.Common"];

    /// <summary>What using the member does that a pure function does not, or null.</summary>
    public static string? Does(ISymbol member)
    {
        if (member.ContainingType is not { } type)
        {
            return null;
        }

        return type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true } ? OfSystem(type, member)
            : type.HasMetadataName("System.Diagnostics.Stopwatch") ? member.Name is "StartNew" or "GetTimestamp" or "GetElapsedTime" or "Elapsed" or "ElapsedMilliseconds" or "ElapsedTicks" ? Clock : null
            : type.HasMetadataName("System.Security.Cryptography.RandomNumberGenerator") ? Randomness
            : type.HasMetadataName("System.IO.Path") ? member.Name is "GetRandomFileName" or "GetTempFileName" ? Randomness : member.Name == "GetTempPath" ? Environment : null
            : type.HasMetadataName("System.Globalization.CultureInfo") ? member.Name is "CurrentCulture" or "CurrentUICulture" ? Environment : null
            : type.HasMetadataName("System.IO.StreamReader") || type.HasMetadataName("System.IO.StreamWriter") ? OpensFile(member) ? Outside : null
            : OutsideTypes.Any(type.HasMetadataName) || OutsideNamespaces.Contains(type.ContainingNamespace?.ToDisplayString()) ? member is IMethodSymbol { MethodKind: MethodKind.Constructor } && type.Name is "FileInfo" or "DirectoryInfo" ? null : Outside
            : StaticStateOf(member);
    }

    private static string? OfSystem(INamedTypeSymbol type, ISymbol member) => (type.Name, member.Name) switch
    {
        ("DateTime", "Now" or "UtcNow" or "Today") or ("DateTimeOffset", "Now" or "UtcNow") => Clock,
        ("TimeProvider", "GetUtcNow" or "GetLocalNow" or "GetTimestamp" or "GetElapsedTime" or "System") => Clock,
        ("Environment", "TickCount" or "TickCount64") => Clock,
        ("Environment", "NewLine" or "FailFast" or "Exit" or "HasShutdownStarted") => null,
        ("Environment", _) => Environment,
        ("TimeZoneInfo", "Local") or ("AppContext", "BaseDirectory") => Environment,
        ("Guid", "NewGuid" or "CreateVersion7") => Randomness,
        ("Random", _) => Randomness,
        ("Console", _) => Outside,
        _ => null,
    };

    private static bool OpensFile(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] };

    private static string? StaticStateOf(ISymbol member) => member switch
    {
        IFieldSymbol { IsStatic: true, IsConst: false, IsReadOnly: false, ContainingType.TypeKind: not TypeKind.Enum } => StaticState,
        IPropertySymbol { IsStatic: true, SetMethod: { IsInitOnly: false } } => StaticState,
        IPropertySymbol { Name: "Value", ContainingType: { Name: "AsyncLocal" or "ThreadLocal", ContainingNamespace.Name: "Threading" } } => StaticState,
        _ => null,
    };
}
