namespace ClvOrleans.Reliability.Tests.Sending;

/// <summary>A client of each of several services: the owner where a folder is given, else anybody.</summary>
internal sealed class ClientPool(IEnumerable<Uri> addresses, TimeSpan patience, string? folder = null) : IDisposable
{
    private readonly Client[] _clients = [.. addresses.Select(a => new Client(a, patience, folder))];

    /// <summary>One of them.</summary>
    public Client Any(Random random) => _clients[random.Next(_clients.Length)];

    public void Dispose() => Array.ForEach(_clients, c => c.Dispose());
}
