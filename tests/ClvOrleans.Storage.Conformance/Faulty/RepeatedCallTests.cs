using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.Conformance.Properties;
using ClvOrleans.Storage.DeadLetters;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Testing;

namespace ClvOrleans.Storage.Conformance.Faulty;

/// <summary>
/// A caller that gets an error cannot know whether its call was done. Any single call of a run fails, before its work or after it; the
/// caller looks and repeats as the contract allows, and the store ends as if nothing had happened.
/// </summary>
public class RepeatedCallTests<TEngine> : StoreTests<TEngine>
    where TEngine : IStorageEngine, new()
{
    private static readonly EventKey[] Keys = [.. Enumerable.Range(1, 6).Select(i => new EventKey("web", $"m{i}"))];

    [Theory]
    [InlineData(FaultKind.Fail)]
    [InlineData(FaultKind.FailAfter)]
    public async Task A_call_that_failed_can_be_repeated_wherever_it_failed(FaultKind kind)
    {
        var calm = new Faults();
        var expected = await RunAsync(calm);
        Assert.All(Caller.Writes, call => Assert.Contains(call, calm.Calls.Keys));
        foreach (var (call, times) in calm.Calls)
        {
            foreach (var number in FullSizes.Of([1, times], Enumerable.Range(1, times)).Distinct())
            {
                var faults = new Faults();
                faults.Next(call, number, new Fault(kind));
                var actual = await RunAsync(faults);
                Assert.Equal(1, faults.Injected);
                Assert.True(expected == actual, $"{kind} of call {number} of {call}:\n{actual}\nexpected:\n{expected}");
            }
        }
    }

    private static async Task<string> RunAsync(Faults faults)
    {
        var (engine, place) = (new TEngine(), Guid.NewGuid().ToString("N"));
        string text;
        await using (var open = await engine.OpenAsync(place, new DeadLetterOptions()))
        {
            await new Caller(new Ports(open.Services, faults)).RunAsync();
            faults.Stop();
            text = await StoreText.OfAsync(
                new Ports(open.Services), Shop,
                [Sample.Customer("anna"), Sample.Customer("bea"), Sample.Customer("cleo"), Sample.Customer("dora")], ["1", "2"], Keys);
        }

        await engine.RemoveAsync(place);
        return text;
    }
}
