using ClvOrleans.Reliability.Tests.Storage;

namespace ClvOrleans.Reliability.Tests.Decisions;

/// <summary>
/// The real executable with a live policy, killed (SIGKILL) between an event and the answer to the webhook that follows from it.
/// </summary>
public sealed class KilledDecisionTests(ITestOutputHelper output)
{
    public static TheoryData<Moment> Moments => new(Sizes.Of([Moment.Decided], Enum.GetValues<Moment>()));

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Each_occasion_is_decided_once_and_its_webhook_arrives_under_its_id(Moment moment)
    {
        await using var receiver = new Receiver();
        var drill = new PolicyDrill(receiver, customersOfALife: 300);
        await drill.BeginAsync();
        var (met, lives) = (0, Sizes.Of(2, 20));
        for (var life = 0; life < lives; life++)
        {
            met += await drill.LiveAsync(moment, output.WriteLine) ? 1 : 0;
        }

        await drill.FinishAsync();
        using var copy = new StoreCopy(drill.Folder);
        Assert.Equal(drill.Customers, copy.Count("SELECT count(*) FROM decisions"));
        Assert.Equal(drill.Customers, copy.Count("SELECT count(DISTINCT customer) FROM decisions WHERE outcome = 'Acted'"));
        Assert.Equal(drill.Customers, copy.Count("SELECT count(*) FROM deliveries WHERE state = 'Sent'"));
        Assert.Equal(copy.Texts("SELECT id FROM decisions ORDER BY id"), receiver.Arrived.Keys.Order(StringComparer.Ordinal));
        output.WriteLine($"{receiver.Arrived.Values.Count(c => c > 1)} of {receiver.Arrived.Count} arrived more than once");
        Assert.InRange(receiver.Arrived.Values.Max(), 1, lives + 1);
        Assert.True(met > 0, $"No kill was {moment}.");

        var check = await Executable.RunAsync("check", "--data", drill.Folder);
        Assert.True(check.Status == 0, check.Output);
    }
}
