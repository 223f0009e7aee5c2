using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Nagare.CommandLine;
using Nagare.Schema;

namespace Nagare.Tool;

/// <summary>The schema that a build left in an assembly's metadata. Read as data: nothing of the assembly is loaded or run.</summary>
internal static class AssemblySchema
{
    private const ushort Prolog = 1;

    public static SchemaLock Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            using var assembly = new PEReader(stream);
            var metadata = assembly.GetMetadataReader();
            return SchemaMerge.Of(Parts(metadata).Select(part => LockText.Parse(file, part)).ToList());
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException)
        {
            throw new CommandException(ExitCode.StoreUnreachable, $"{file} is no assembly; build it anew, or name another");
        }
    }

    private static IEnumerable<string> Parts(MetadataReader metadata)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (IsAssemblyMetadata(metadata, attribute))
            {
                var value = metadata.GetBlobReader(attribute.Value);
                if (value.ReadUInt16() == Prolog && value.ReadSerializedString() == SchemaLock.MetadataKey && value.ReadSerializedString() is { } part)
                {
                    yield return part;
                }
            }
        }
    }

    private static bool IsAssemblyMetadata(MetadataReader metadata, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
        && metadata.GetTypeReference((TypeReferenceHandle)parent) is var type
        && metadata.StringComparer.Equals(type.Name, "AssemblyMetadataAttribute")
        && metadata.StringComparer.Equals(type.Namespace, "System.Reflection");
}
