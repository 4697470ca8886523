using System.Collections.Concurrent;

namespace ClvOrleans.Server.Http;

/// <summary>
/// Logs failures with their stacks. One that is the same for everyone, such as a full disk, is logged when it begins and once a minute
/// while it lasts, not for each request that meets it.
/// </summary>
internal sealed partial class FailureLog(TimeProvider time, ILogger<FailureLog> logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, long> _said = new(StringComparer.Ordinal);

    /// <summary>Logs a failure by itself; the id under which the log has it.</summary>
    public string Add(string what, Exception error)
    {
        var id = $"{Guid.CreateVersion7(time.GetUtcNow()):N}"[^12..];
        LogFailure(error, id, what);
        return id;
    }

    /// <summary>Logs a state of trouble, unless it was logged within the last minute.</summary>
    public void Report(string what, Exception error)
    {
        var now = time.GetTimestamp();
        if (_said.TryGetValue(what, out var last)
            ? time.GetElapsedTime(last, now) >= Again && _said.TryUpdate(what, now, last)
            : _said.TryAdd(what, now))
        {
            LogTrouble(error, what);
        }
    }

    [LoggerMessage(5003, LogLevel.Error, "Failure {Id}: {What}.")]
    private partial void LogFailure(Exception error, string id, string what);

    [LoggerMessage(5004, LogLevel.Warning, "{What}. (It is logged once a minute while it lasts.)")]
    private partial void LogTrouble(Exception error, string what);
}
