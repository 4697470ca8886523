using System.Collections.Concurrent;

namespace ClvOrleans.Reliability.Tests.Kills;

/// <summary>
/// Several clients that send the story at once for as long as the service lives, keep what was not acknowledged, and mix what was into
/// later batches; and one that reads.
/// </summary>
/// <param name="story">What happens.</param>
/// <param name="addresses">Where it may be sent to: each request goes to any of them.</param>
/// <param name="folder">The folder of a service, whose owner reads.</param>
/// <param name="seed">What decides who sends what, and where to.</param>
internal sealed class Senders(Story story, IReadOnlyList<Uri> addresses, string folder, int seed)
{
    private const int Clients = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Questions = [
        "api/v1/segments", "api/v1/customers?limit=50", "api/v1/customers/u1/clv", "api/v1/customers/u2", "api/v1/models"
    ];
    private readonly ConcurrentDictionary<int, TestEvent[]> _kept = new();
    private readonly ConcurrentQueue<TestEvent> _lately = new();
    private readonly ConcurrentDictionary<string, TestEvent> _acknowledged = new();

    /// <summary>What the service has acknowledged, by message id.</summary>
    public IReadOnlyDictionary<string, TestEvent> Acknowledged => _acknowledged;

    /// <summary>Answers that no client should have been given.</summary>
    public ConcurrentQueue<string> Wrong { get; } = new();

    /// <summary>Sends and reads until the service is gone and the drill says so.</summary>
    public Task LiveAsync(int life, CancellationToken end)
    {
        var senders = Enumerable.Range(0, Clients)
            .Select(i => SendAsync(i, new Random(unchecked((((seed * 1_009) + life) * 31) + i)), end));
        return Task.WhenAll(senders.Append(ReadAsync(new Random(life), end)));
    }

    private async Task SendAsync(int client, Random random, CancellationToken end)
    {
        using var clients = new ClientPool(addresses, Patience);
        while (!end.IsCancellationRequested)
        {
            var http = clients.Any(random);

            // In a long drill the service ends often, not after much: its first persons must not grow without end.
            await Task.Delay(random.Next(Sizes.Of(20, 200)), CancellationToken.None);
            var batch = _kept.TryRemove(client, out var kept) ? kept : Batch(random);
            random.Shuffle(batch);
            var text = $"[{string.Join(',', batch.Select(e => e.Json))}]";
            try
            {
                var zipped = random.NextDouble() < .3;
                var answers = random.NextDouble() < .1
                    ? await Task.WhenAll(http.SendTextAsync(text, zipped), http.SendTextAsync(text, zipped))
                    : [await http.SendTextAsync(text, zipped)];
                if (!answers.All(a => Judge(a, batch)))
                {
                    _kept[client] = batch;
                    await Task.Delay(50, CancellationToken.None);
                }
            }
            catch (Exception e) when (Client.IsLost(e))
            {
                // Not answered: it may be there or not. One in five is not sent again before the end of the drill.
                if (random.NextDouble() < .8)
                {
                    _kept[client] = batch;
                }

                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private TestEvent[] Batch(Random random)
    {
        int[] sizes = [1, 1, 2, 5, 20, 60];
        var batch = Enumerable.Range(0, sizes[random.Next(sizes.Length)]).Select(_ => story.Next(random)).ToList();
        var lately = _lately.ToArray();
        if (lately.Length > 0 && random.NextDouble() < .3)
        {
            batch.AddRange(Enumerable.Range(0, 3).Select(_ => lately[random.Next(lately.Length)]).Distinct());
        }

        return [.. batch];
    }

    private bool Judge(Answer answer, TestEvent[] batch)
    {
        if (answer.Status != 200)
        {
            if (!answer.AsksToSendAgain)
            {
                Wrong.Enqueue($"POST: {answer}");
            }

            return false;
        }

        if (answer.Refused.Length > 0 || answer.Accepted + answer.Duplicates != batch.Length)
        {
            Wrong.Enqueue($"POST of {batch.Length} events: {answer}");
        }

        foreach (var e in batch)
        {
            _acknowledged[e.Id] = e;
            _lately.Enqueue(e);
        }

        while (_lately.Count > 400)
        {
            _lately.TryDequeue(out _);
        }

        return true;
    }

    private async Task ReadAsync(Random random, CancellationToken end)
    {
        using var clients = new ClientPool(addresses, Patience, folder);
        while (!end.IsCancellationRequested)
        {
            try
            {
                var question = Questions[random.Next(Questions.Length)];
                if (await clients.Any(random).GetAsync(question) is { Status: not (200 or 404 or 503) } answer)
                {
                    Wrong.Enqueue($"GET {question}: {answer}");
                }
            }
            catch (Exception e) when (Client.IsLost(e))
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }
}
