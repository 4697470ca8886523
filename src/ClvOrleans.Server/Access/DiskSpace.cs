namespace ClvOrleans.Server.Access;

/// <summary>How much of the disk of a folder is free, looked at once a second at most.</summary>
internal sealed class DiskSpace(string folder, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private long _looked = long.MinValue;
    private double _free = 1;

    /// <summary>Whether less than a share of it is free.</summary>
    public bool IsBelow(double share)
    {
        var last = Volatile.Read(ref _looked);
        if ((last == long.MinValue || time.GetElapsedTime(last) >= LookEvery)
            && Interlocked.CompareExchange(ref _looked, time.GetTimestamp(), last) == last)
        {
            Volatile.Write(ref _free, Look());
        }

        return Volatile.Read(ref _free) < share;
    }

    // A folder that tells nothing is not full: writing to it will tell.
    private double Look()
    {
        try
        {
            var drive = new DriveInfo(Path.GetFullPath(folder));
            return drive.TotalSize > 0 ? (double)drive.AvailableFreeSpace / drive.TotalSize : 1;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return 1;
        }
    }
}
