using System.Text;

namespace ClvOrleans.Reliability.Tests.Resources;

/// <summary>4 KB that unpack to 4 MB of opening brackets, alone, as a batch and within an event.</summary>
internal static class NestedBodies
{
    private static readonly byte[][] Bodies =
        [.. ((string[])["", """{"batch":[""", """{"batch":[{"x":"""]).Select(s => Client.Zip(
            Encoding.UTF8.GetBytes(s.PadRight((4 * 1024 * 1024) - 1, '['))))];

    /// <summary>
    /// Sends some at once on connections of their own, with a key or without one; the answers, fewer where there was none.
    /// </summary>
    public static async Task<IReadOnlyList<Answer>> SendAsync(Uri address, int count, int atOnce, string? writeKey)
    {
        var answers = new System.Collections.Concurrent.ConcurrentBag<Answer>();
        using var client = new Client(address);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) =>
        {
            try
            {
                answers.Add(await client.PostAsync("v1/batch", Bodies[i % Bodies.Length], writeKey));
            }
            catch (Exception e) when (Client.IsLost(e))
            {
                // Cut off.
            }
        });
        return [.. answers];
    }
}
