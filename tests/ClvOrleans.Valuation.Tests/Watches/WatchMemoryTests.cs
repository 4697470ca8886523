using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Valuation.Tests.Watches;

/// <summary>How a customer stood is read from the bytes of their row once, and never taken for what other bytes say.</summary>
public sealed class WatchMemoryTests
{
    private readonly WatchState _state = new(new WatchVersion(1, 2), [new WatchStanding(new WatchSubject(WatchKind.Policy, "a"), 1)]);

    [Fact]
    public void The_same_bytes_say_the_same_again_and_others_are_not_known()
    {
        var memory = new WatchMemory();
        Assert.Null(memory.Find([1, 2, 3]));
        memory.Keep([1, 2, 3], _state);
        Assert.Same(_state, memory.Find([1, 2, 3]));
        Assert.Null(memory.Find([1, 2, 4]));
        Assert.Null(memory.Find([1, 2]));
    }

    [Fact]
    public void The_last_bytes_are_kept_and_no_others()
    {
        var memory = new WatchMemory();
        memory.Keep([1], _state);
        memory.Keep([2], _state with { IsBehind = true });
        Assert.Null(memory.Find([1]));
        Assert.True(memory.Find([2])!.IsBehind);
    }
}
