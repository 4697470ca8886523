using System.Collections.Concurrent;
using System.Diagnostics;

namespace ClvOrleans.Reliability.Tests.Bystanders;

/// <summary>
/// A shop that posts one order after the other at a steady rate, whether or not the ones before have been answered: who waits for an
/// answer before asking again measures a stall once.
/// </summary>
internal sealed class Bystander(Uri address, string customer)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentBag<double> _milliseconds = [];
    private readonly ConcurrentBag<string> _refusals = [];
    private int _orders;

    /// <summary>Orders that were acknowledged.</summary>
    public int Orders => _milliseconds.Count;

    /// <summary>Answers that were no acknowledgement.</summary>
    public IReadOnlyCollection<string> Refusals => _refusals;

    /// <summary>The time that all but one in a hundred took at most, in milliseconds.</summary>
    public double P99()
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted[(int)Math.Ceiling(sorted.Length * .99) - 1];
    }

    /// <summary>Posts until the end, and waits for all answers.</summary>
    public async Task PostAsync(CancellationToken end)
    {
        using var client = new Client(address);
        using var timer = new PeriodicTimer(Every);
        var posts = new List<Task>();
        try
        {
            while (await timer.WaitForNextTickAsync(end))
            {
                posts.Add(PostAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        await Task.WhenAll(posts);
    }

    private async Task PostAsync(Client client)
    {
        var order = $"{customer}-{Interlocked.Increment(ref _orders)}";
        var started = Stopwatch.GetTimestamp();
        try
        {
            var answer = await client.SendAsync(Track.OrderNow(customer, order, 1));
            if (answer.Status != 200)
            {
                _refusals.Add(answer.ToString());
                return;
            }
        }
        catch (Exception e) when (Client.IsLost(e))
        {
            _refusals.Add(e.Message);
            return;
        }

        _milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
