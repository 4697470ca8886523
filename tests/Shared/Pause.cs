namespace ClvOrleans.Tests;

/// <summary>
/// Between two looks at what nothing tells a test of. Whoever looks without a pause takes the processor from what is waited for.
/// </summary>
internal static class Pause
{
    public static Task ShortAsync(CancellationToken cancellation = default) => Task.Delay(20, cancellation);
}
