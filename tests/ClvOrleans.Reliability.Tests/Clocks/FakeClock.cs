namespace ClvOrleans.Reliability.Tests.Clocks;

/// <summary>
/// The wall clock of a process as libfaketime tells it, changed while it runs; monotonic time goes on as on a real machine.
/// </summary>
internal sealed class FakeClock
{
    private readonly string _file = Path.Combine(Service.NewFolder(), "clock");

    public FakeClock(string time)
    {
        Assert.SkipWhen(Library is null, "libfaketime is not installed (Debian: apt-get install faketime).");
        Set(time);
    }

    public ServiceOptions Options => new()
    {
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = Library!,
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        },
    };

    private static string? Library { get; } = !Directory.Exists("/usr/lib")
        ? null
        : Directory.EnumerateDirectories("/usr/lib").Select(d => Path.Combine(d, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists);

    /// <summary>Puts the clock: <c>+2h</c> ahead of the machine's, <c>-10y</c> behind it, or a time at which it stands still.</summary>
    public void Set(string time)
    {
        File.WriteAllText(_file + ".new", time);
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
