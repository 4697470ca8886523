using System.Globalization;
using ClvOrleans.Server.Hosting;
using static ClvOrleans.Cli.Diagnoses.Finding;

namespace ClvOrleans.Cli.Diagnoses;

/// <summary>The machine: processors, memory, files, the disk of the data folder.</summary>
internal static class MachineDiagnosis
{
    private const long LeastMemory = 1L << 30;
    private const long LeastFiles = 4_096;
    private const double LeastFree = .1;
    private const long LeastFreeBytes = 1L << 30;

    public static IEnumerable<Finding> Find(string folder)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {Gigabytes(memory)} GB of memory for this process.");
        yield return memory < LeastMemory
            ? Doubtful("machine", text, "Give it at least 1 GB: customers that are in use are kept in memory.")
            : Good("machine", text);
        if (OpenFiles.Limit() is { } files)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"This process may open {files} files.");
            yield return files < LeastFiles
                ? Doubtful(
                    "files", text, $"Raise the limit (ulimit -n, LimitNOFILE of systemd) to {LeastFiles} or more: connections need them.")
                : Good("files", text);
        }

        yield return Disk(Path.GetFullPath(folder));
    }

    private static Finding Disk(string folder)
    {
        var there = folder;
        while (!Directory.Exists(there))
        {
            there = Path.GetDirectoryName(there)!;
        }

        var drive = new DriveInfo(there);
        var (free, share) = (drive.AvailableFreeSpace, drive.AvailableFreeSpace / (double)Math.Max(drive.TotalSize, 1));
        var text = string.Create(CultureInfo.InvariantCulture, $"{Gigabytes(free)} GB free where {folder} is, {share:P0} of the disk.");
        return free < LeastFreeBytes / 4 ? Bad("disk", text, "Make room now: where the disk is full, nothing is recorded.")
            : share < LeastFree && free < LeastFreeBytes * 10 ? Doubtful("disk", text, "Make room, or move the folder to a larger disk.")
            : Good("disk", text);
    }

    private static string Gigabytes(long bytes) => (bytes / (double)(1 << 30)).ToString("0.#", CultureInfo.InvariantCulture);
}
