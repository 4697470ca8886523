using System.Diagnostics;
using ClvOrleans.Reliability.Tests.Storage;

namespace ClvOrleans.Reliability.Tests.Packing;

/// <summary>The real executable, killed (SIGKILL) while it packs old behaviour, beside a copy of its store that never packs.</summary>
public sealed class KilledPackingTests(ITestOutputHelper output)
{
    private const int MostLives = 6;
    private static readonly int Kills = Sizes.Of(1, 5);

    private static readonly ServiceOptions Options =
        new() { Environment = new Dictionary<string, string> { ["Refresh__Interval"] = "00:00:01" } };

    [Fact]
    public async Task The_next_start_packs_the_rest_and_every_customer_is_as_in_a_store_that_never_packed()
    {
        var whole = await FilledAsync();
        for (var life = 1; ; life++)
        {
            var packed = PreparedStore.Copy(whole);
            await SetAsync(packed, ", \"keepDays\": { \"behaviour\": 30 }");
            if (await AreKilledInTheMiddleAsync(packed))
            {
                await FinishAsync(whole, packed);
                return;
            }

            Assert.True(life < MostLives, "No kill came while it packed.");
        }
    }

    private static async Task<string> FilledAsync()
    {
        var folder = Service.NewFolder();
        await SetAsync(folder, "");
        await using var service = await Service.ServeAsync(folder, Options);
        await SendAsync(service.Client, OldVisits.Sent);
        Assert.Equal(0, await service.TerminateAsync());
        return folder;
    }

    private async Task<bool> AreKilledInTheMiddleAsync(string folder)
    {
        var packs = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var service = await Service.ServeAsync(folder, Options);
            var (reached, _) = await UntilAsync(folder, p => p.Packs > packs);
            await service.KillAsync();
            (packs, var left) = PackedJournal.Progress(folder);
            output.WriteLine($"killed at {packs} packs, with {left} events left");
            Assert.True(packs >= reached, $"{reached} packs were seen, and {packs} are left.");
            if (left == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static async Task FinishAsync(string whole, string packed)
    {
        await PackAsync(packed);
        AssertSame(whole, packed);
        await using (var one = await Service.ServeAsync(whole, Options))
        await using (var other = await Service.ServeAsync(packed, Options))
        {
            await AssertSameAsync(one.Client, other.Client, [.. OldVisits.Customers, .. OldVisits.Visitors.Select(c => $"v{c}")]);
            foreach (var client in (Client[])[one.Client, other.Client])
            {
                // All of it came before; what comes late counts, and counts once.
                Assert.Equal(OldVisits.Sent.Count(), await SendAsync(client, OldVisits.Sent));
                Assert.Equal(0, await SendAsync(client, OldVisits.Late));
                Assert.Equal(OldVisits.Late.Length, await SendAsync(client, OldVisits.Late));
            }

            await AssertSameAsync(one.Client, other.Client, OldVisits.Customers);
            Assert.Equal(0, await one.TerminateAsync());
            Assert.Equal(0, await other.TerminateAsync());
        }

        Assert.NotEqual(0, PackedJournal.Progress(packed).Left);
        await PackAsync(packed);
        AssertSame(whole, packed);
        var check = await Executable.RunAsync("check", "--data", packed);
        Assert.True(check.Status == 0, check.Output);
    }

    private static async Task PackAsync(string folder)
    {
        await using var service = await Service.ServeAsync(folder, Options);
        await UntilAsync(folder, p => p.Left == 0);
        Assert.Equal(0, await service.TerminateAsync());
    }

    private static void AssertSame(string whole, string packed)
    {
        Assert.Equal(PackedJournal.Events(whole), PackedJournal.Events(packed));
        Assert.Equal(PackedJournal.Orders(whole), PackedJournal.Orders(packed));
        using var copy = new StoreCopy(packed);
        Assert.Equal("ok", copy.Integrity());
    }

    // To the last character of the answers, with all that they say of values, orders and counts of events.
    private static async Task AssertSameAsync(Client one, Client other, IEnumerable<string> people)
    {
        foreach (var id in people)
        {
            foreach (var path in (string[])[$"api/v1/customers/{id}/clv", $"api/v1/customers/{id}?events=0"])
            {
                var (expected, actual) = (await one.GetAsync(path), await other.GetAsync(path));
                Assert.Equal((200, expected.Text), (actual.Status, actual.Text));
            }
        }
    }

    // How many of them were known.
    private static async Task<int> SendAsync(Client client, IEnumerable<object> events)
    {
        var known = 0;
        foreach (var batch in events.Chunk(500))
        {
            var answer = await client.AcknowledgedAsync(batch);
            Assert.Empty(answer.Refused);
            known += answer.Duplicates;
        }

        return known;
    }

    private static async Task<(long Packs, long Left)> UntilAsync(string folder, Func<(long Packs, long Left), bool> isReached)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(5))
        {
            var progress = PackedJournal.Progress(folder);
            if (isReached(progress))
            {
                return progress;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), $"It does not go on: {progress}.");
        }
    }

    private static Task SetAsync(string folder, string setting) => File.WriteAllTextAsync(
        Path.Combine(folder, "store.json"), $$"""{ "writeKeys": { "{{Service.WriteKey}}": "web" }{{setting}} }""");
}
