using System.Globalization;

namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>A small file system in memory.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Mounts one; the test is skipped where that is not allowed.</summary>
    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        var folder = Service.NewFolder();
        var refusal = await Executable.TrySystemAsync("mount", "-t", "tmpfs", "-o", Size(megabytes), "tmpfs", folder);
        Assert.SkipWhen(refusal is not null, $"A tmpfs cannot be mounted here: {refusal}");
        return new SmallDisk(folder);
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        using var file = File.Open(Filler, FileMode.Append, FileAccess.Write);
        try
        {
            for (var block = new byte[4096]; ; file.Flush())
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(Filler);

    public async Task GrowAsync(int megabytes) =>
        Assert.Null(await Executable.TrySystemAsync("mount", "-o", "remount," + Size(megabytes), Folder));

    public async ValueTask DisposeAsync() => await Executable.TrySystemAsync("umount", "-l", Folder);

    private static string Size(int megabytes) => string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
}
