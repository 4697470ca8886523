namespace ClvOrleans.Reliability.Tests.Sending;

/// <summary>A client of each of several services.</summary>
internal sealed class ClientPool(IEnumerable<Uri> addresses, TimeSpan patience) : IDisposable
{
    private readonly Client[] _clients = [.. addresses.Select(a => new Client(a, patience))];

    /// <summary>One of them.</summary>
    public Client Any(Random random) => _clients[random.Next(_clients.Length)];

    public void Dispose() => Array.ForEach(_clients, c => c.Dispose());
}
