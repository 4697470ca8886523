namespace ClvOrleans.Storage.Conformance;

/// <summary>An open store of the engine under test. Disposing closes it and keeps what was committed.</summary>
public interface IOpenStore : IAsyncDisposable
{
    /// <summary>Every port of <c>ClvOrleans.Storage.Abstractions</c> as a service.</summary>
    IServiceProvider Services { get; }

    /// <summary>The file or address that error messages name.</summary>
    string Location { get; }

    /// <summary>
    /// Ends the connections that are in use, in the middle of whatever they do; what is sent fails, and the store goes on. Nothing where
    /// the storage is not reached by connections.
    /// </summary>
    Task InterruptAsync() => Task.CompletedTask;

    /// <summary>Takes the storage away from under the open store, so that no further call can succeed.</summary>
    Task TakeAwayAsync();
}
