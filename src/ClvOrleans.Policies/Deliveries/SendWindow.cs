namespace ClvOrleans.Policies.Deliveries;

/// <summary>
/// A limit on what is sent within any span of a length: the window slides, so that no two halves of neighbouring minutes hold more than
/// one minute may.
/// </summary>
/// <param name="most">What may be sent within the length, at least 1.</param>
/// <param name="length">The length.</param>
public sealed class SendWindow(int most, TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _sent = new();

    /// <summary>Counts what was sent before, in order of time.</summary>
    public void Remember(IEnumerable<DateTimeOffset> sent)
    {
        foreach (var at in sent)
        {
            _sent.Enqueue(at);
        }
    }

    /// <summary>Takes room for up to so many, and says for how many there was.</summary>
    public int Take(int wanted, DateTimeOffset now)
    {
        while (_sent.TryPeek(out var first) && first <= now - length)
        {
            _sent.Dequeue();
        }

        var taken = Math.Max(0, Math.Min(wanted, most - _sent.Count));
        for (var i = 0; i < taken; i++)
        {
            _sent.Enqueue(now);
        }

        return taken;
    }
}
