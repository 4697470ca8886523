namespace ClvOrleans.Storage;

/// <summary>Learns how an engine commits, on the engine's own thread: it returns at once and does not throw.</summary>
public interface ICommitObserver
{
    /// <summary>A transaction is durable.</summary>
    /// <param name="writes">How many callers shared it.</param>
    /// <param name="duration">From its beginning until the disk had it.</param>
    void OnCommitted(int writes, TimeSpan duration);
}
