using System.Net.Http.Json;

namespace ClvOrleans.Server.Tests.Stores;

/// <summary>A store of <see cref="TwoStoresOfSilos"/>: its write key, and its admins at each silo.</summary>
internal sealed record StoreOfSilos(string WriteKey, IReadOnlyList<IReadOnlyList<HttpClient>> Admins)
{
    /// <summary>Sends events to a silo.</summary>
    public async Task<int> SendAsync(int silo, params object[] events)
    {
        using var reply = await Admins[0][silo].PostAsJsonAsync("v1/batch", new { batch = events, writeKey = WriteKey });
        return (int)reply.StatusCode;
    }

    /// <summary>What a silo answers an admin.</summary>
    public async Task<int> AskAsync(int silo, string path, int admin = 0)
    {
        using var reply = await Admins[admin][silo].GetAsync(path);
        return (int)reply.StatusCode;
    }
}
