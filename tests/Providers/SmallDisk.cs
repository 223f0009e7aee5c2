using System.ComponentModel;
using System.Diagnostics;

namespace Nagare.Providers.Tests;

/// <summary>A file system in memory, of the size that a test wants.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nagare-disk-");

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted. Everybody may come in.</summary>
    public string Path => _folder.FullName;

    /// <summary>Mounts one, or skips the test where this user may not: only root may.</summary>
    /// <param name="options">As mount takes them, <c>size=24m</c> for instance.</param>
    public static SmallDisk Mount(string options)
    {
        var disk = new SmallDisk();
        if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", $"mode=755,{options}", "tmpfs", disk.Path) is not 0)
        {
            disk._folder.Delete();
            Assert.Skip("a small disk: this user may not mount one");
        }

        return disk;
    }

    /// <summary>Makes it another size, or read-only.</summary>
    public void Remount(string options) => Assert.Equal(0, Run("mount", "-o", $"remount,{options}", Path));

    /// <summary>Makes it belong to whom another folder belongs.</summary>
    public void GiveToOwnerOf(string folder) => Assert.Equal(0, Run("chown", $"--reference={folder}", Path));

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Delete();
    }

    private static int? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
