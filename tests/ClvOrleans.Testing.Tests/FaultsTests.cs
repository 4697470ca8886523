namespace ClvOrleans.Testing.Tests;

public class FaultsTests
{
    private readonly Faults _faults = new();
    private readonly Counter _counter = new();

    private ICounter Port => field ??= _faults.Wrap<ICounter>(_counter);

    [Fact]
    public async Task A_call_fails_by_its_number_and_has_done_nothing()
    {
        _faults.Next("ICounter.AddAsync", 2, new Fault(FaultKind.Fail));
        Assert.Equal(1, await Port.AddAsync());
        var error = await Assert.ThrowsAsync<IOException>(Port.AddAsync);
        Assert.Equal("Injected into ICounter.AddAsync.", error.Message);
        Assert.Equal(2, await Port.AddAsync());
        Assert.Equal(3, _faults.Calls["ICounter.AddAsync"]);
        Assert.Equal(1, _faults.Injected);
    }

    [Fact]
    public async Task A_call_that_fails_afterwards_has_done_its_work()
    {
        _faults.Next("ICounter.AddAsync", 1, new Fault(FaultKind.FailAfter, call => new TimeoutException(call)));
        await Assert.ThrowsAsync<TimeoutException>(Port.AddAsync);
        Assert.Equal(1, _counter.Count);
    }

    [Fact]
    public async Task A_delayed_call_waits_for_its_gate()
    {
        var gate = new TaskCompletionSource();
        _faults.Next("ICounter.AddAsync", 1, new Fault(FaultKind.Delay, Gate: gate.Task));
        var call = Port.AddAsync();
        Assert.Equal(0, _counter.Count);
        gate.SetResult();
        Assert.Equal(1, await call);
    }

    [Fact]
    public async Task A_stream_breaks_off_after_its_first_item()
    {
        _faults.Always("ICounter.ListAsync", new Fault(FaultKind.FailAfter));
        var seen = new List<int>();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var item in Port.ListAsync())
            {
                seen.Add(item);
            }
        });
        Assert.Equal([1], seen);
        _faults.Stop();
        var whole = await Port.ListAsync().ToArrayAsync();
        Assert.Equal([1, 2, 3], whole);
    }

    [Fact]
    public async Task Chance_is_the_same_for_the_same_seed()
    {
        async Task<string> RunAsync()
        {
            var faults = new Faults();
            var port = faults.Wrap<ICounter>(new Counter());
            faults.Randomly(7, .3);
            var log = "";
            for (var i = 0; i < 100; i++)
            {
                try
                {
                    log += await port.AddAsync() + " ";
                }
                catch (IOException)
                {
                    log += "x ";
                }
            }

            return $"{log}{faults.Injected}";
        }

        var first = await RunAsync();
        Assert.Contains('x', first);
        Assert.Equal(first, await RunAsync());
    }

    public interface ICounter
    {
        Task<int> AddAsync();

        IAsyncEnumerable<int> ListAsync();
    }

    private sealed class Counter : ICounter
    {
        public int Count { get; private set; }

        public Task<int> AddAsync() => Task.FromResult(++Count);

        public IAsyncEnumerable<int> ListAsync() => AsyncEnumerable.Range(1, 3);
    }
}
