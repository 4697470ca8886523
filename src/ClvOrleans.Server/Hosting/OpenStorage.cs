using System.Collections.Immutable;

namespace ClvOrleans.Server.Hosting;

/// <summary>The storage that this process has opened, which is closed with it.</summary>
/// <param name="store">Closes it.</param>
/// <param name="notes">What was done at the opening that whoever runs the service should know of.</param>
internal sealed class OpenStorage(IAsyncDisposable store, ImmutableArray<string> notes) : IAsyncDisposable
{
    /// <summary>What was done at the opening that whoever runs the service should know of.</summary>
    public ImmutableArray<string> Notes => notes;

    public ValueTask DisposeAsync() => store.DisposeAsync();

    /// <summary>
    /// Opens a store. <exception cref="InvalidOperationException">It is not fit to be used; the message says why.</exception>
    /// </summary>
    public static T Open<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Storage.StorageUnavailableException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }
}
