namespace ClvOrleans.Testing;

/// <summary>A fault of one call.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Error">Makes what is thrown, from the name of the call; an <see cref="IOException"/> by default.</param>
/// <param name="Gate">What a delayed call waits for.</param>
public sealed record Fault(FaultKind Kind, Func<string, Exception>? Error = null, Task? Gate = null)
{
    internal Exception ErrorOf(string call) => Error?.Invoke(call) ?? new IOException($"Injected into {call}.");

    internal async Task BeforeAsync(string call)
    {
        switch (Kind)
        {
            case FaultKind.Fail:
                await Task.Yield();
                throw ErrorOf(call);
            case FaultKind.Delay when Gate is { } gate:
                await gate;
                break;
            case FaultKind.Delay:
                for (var turn = 0; turn < 8; turn++)
                {
                    await Task.Yield();
                }

                break;
            default:
                break;
        }
    }

    internal void After(string call)
    {
        if (Kind == FaultKind.FailAfter)
        {
            throw ErrorOf(call);
        }
    }
}
